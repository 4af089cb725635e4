import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { SecurityGroup, SubnetType, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerInsights, Secret as TaskSecret, type FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ListenerAction,
  ListenerCondition,
  SslPolicy,
  type ApplicationListener,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import type { Construct } from 'constructs';
import { allow } from '../../lib/allow.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import { WebFirewall } from '../../lib/web-firewall.ts';
import type { Blueprint } from './blueprint.ts';
import type { DataStack } from './data-stack.ts';
import type { FoundationStack, ServiceName } from './foundation-stack.ts';
import type { GroupId, NetworkStack } from './network-stack.ts';
import { ports } from './ports.ts';
import { releaseAlarm } from './release-alarm.ts';
import { ReleasedService } from './released-service.ts';
import { makeTask, metricsNamespace } from './task.ts';
import { healthPaths, originHeader, originName, viewerHeader } from './web.ts';

/** What the services need of the stacks below them. */
export interface Ground {
  readonly network: NetworkStack;
  readonly foundation: FoundationStack;
  readonly data: DataStack;
}

/** The frontend and the backend, each behind a load balancer: users reach the former by CloudFront, and only it reaches the latter. */
export class ServicesStack extends Stack {
  readonly publicBalancer: ApplicationLoadBalancer;
  readonly internalBalancer: ApplicationLoadBalancer;
  /** What CloudFront tells the load balancer, so that it answers nobody else. */
  readonly originKey: Secret;
  readonly services: Readonly<Record<ServiceName, ReleasedService>>;
  readonly tasks: Readonly<Record<ServiceName, FargateTaskDefinition>>;
  readonly releaseAlarms: Readonly<Record<ServiceName, Alarm>>;
  readonly #blueprint: Blueprint;
  readonly #ground: Ground;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, blueprint: Blueprint, ground: Ground) {
    super(scope, id, toStackProps(blueprint.request, 'CloudWeave: frontend, backend and their load balancers'));
    Tags.of(this).add('stack', id);
    this.#blueprint = blueprint;
    this.#ground = ground;
    const { names, data } = blueprint;
    // As it is: nothing here may change the key of another stack.
    this.#key = Key.fromKeyArn(this, 'DataKey', ground.foundation.dataKey.keyArn);
    const cluster = new Cluster(this, 'Cluster', {
      clusterName: names.cluster,
      vpc: ground.network.vpc,
      containerInsightsV2: ContainerInsights.ENHANCED,
    });
    this.originKey = new Secret(this, 'OriginKey', {
      secretName: names.originKey,
      description: 'What CloudFront tells the load balancer, so that it answers nobody else',
      encryptionKey: this.#key,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
    });
    this.publicBalancer = this.#makeBalancer('PublicBalancer', names.publicBalancer, 'publicBalancer');
    this.internalBalancer = this.#makeBalancer('InternalBalancer', names.internalBalancer, 'internalBalancer');
    this.tasks = { frontend: this.#makeFrontendTask(), backend: this.#makeBackendTask() };
    this.releaseAlarms = {
      frontend: releaseAlarm(this, 'frontend', this.publicBalancer, blueprint, ground.foundation),
      backend: releaseAlarm(this, 'backend', this.internalBalancer, blueprint, ground.foundation),
    };
    const fromEdge = ListenerCondition.httpHeader(originHeader, [this.originKey.secretValue.unsafeUnwrap()]);
    this.services = {
      backend: this.#makeService('backend', cluster, this.#listenInside(), ListenerCondition.pathPatterns(['/api/*'])),
      frontend: this.#makeService('frontend', cluster, this.#listenPublicly(), fromEdge),
    };
    new WebFirewall(this, 'Firewall', {
      firewallName: names.firewall,
      logGroupName: names.firewallLog,
      logRetentionDays: data.logs.retentionDays,
      resourceArn: this.publicBalancer.loadBalancerArn,
      requestsPerFiveMinutes: data.requestLimit,
      addressHeader: viewerHeader,
    });
    this.#sample();
    new CfnOutput(this, 'PublicBalancerName', {
      value: this.publicBalancer.loadBalancerDnsName,
      description: 'Where CloudFront finds the frontend',
    });
    new CfnOutput(this, 'ImageTag', { value: blueprint.imageTag, description: 'The tag of the images that run' });
  }

  #group(id: GroupId): ISecurityGroup {
    // As it is: the chain is the network's to make.
    return SecurityGroup.fromSecurityGroupId(this, `${id}Group`, this.#ground.network.groups[id].securityGroupId, { mutable: false });
  }

  #makeBalancer(id: string, loadBalancerName: string, group: GroupId): ApplicationLoadBalancer {
    const { request } = this.#blueprint;
    const internetFacing = group === 'publicBalancer';
    const balancer = new ApplicationLoadBalancer(this, id, {
      loadBalancerName,
      vpc: this.#ground.network.vpc,
      vpcSubnets: { subnetType: internetFacing ? SubnetType.PUBLIC : SubnetType.PRIVATE_WITH_EGRESS },
      internetFacing,
      securityGroup: this.#group(group),
      deletionProtection: request.protected,
      dropInvalidHeaderFields: true,
    });
    const logs = { enabled: 'true', bucket: this.#ground.foundation.accessLogs.bucketName, prefix: loadBalancerName };
    for (const [key, value] of Object.entries(logs)) balancer.setAttribute(`access_logs.s3.${key}`, value);
    return balancer;
  }

  /** With a domain CloudFront comes by HTTPS, and HTTP leads there; without one there is no certificate to do so with. */
  #listenPublicly(): ApplicationListener {
    const { domain } = this.#blueprint.settings;
    const refuse = {
      open: false,
      defaultAction: ListenerAction.fixedResponse(403, { contentType: 'text/plain', messageBody: 'Not here' }),
    };
    if (!domain) return this.publicBalancer.addListener('Http', { ...refuse, port: 80, protocol: ApplicationProtocol.HTTP });
    const hostedZone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: domain.hostedZoneId, zoneName: domain.name });
    const certificate = new Certificate(this, 'Certificate', {
      domainName: originName(domain.name),
      validation: CertificateValidation.fromDns(hostedZone),
    });
    this.publicBalancer.addListener('Http', {
      open: false,
      port: 80,
      protocol: ApplicationProtocol.HTTP,
      defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
    });
    return this.publicBalancer.addListener('Https', {
      ...refuse,
      port: 443,
      protocol: ApplicationProtocol.HTTPS,
      certificates: [certificate],
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
    });
  }

  #listenInside(): ApplicationListener {
    return this.internalBalancer.addListener('Http', {
      open: false,
      port: ports.backend,
      protocol: ApplicationProtocol.HTTP,
      defaultAction: ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'Not here' }),
    });
  }

  #makeFrontendTask(): FargateTaskDefinition {
    const backend = `http://${this.internalBalancer.loadBalancerDnsName}:${ports.backend}`;
    return this.#makeTask('frontend', { BACKEND_URL: backend }, {});
  }

  #makeBackendTask(): FargateTaskDefinition {
    const { database, jwt, redis, redisToken } = this.#ground.data.secrets;
    const { names } = this.#blueprint;
    const task = this.#makeTask(
      'backend',
      { APPCONFIG_APPLICATION: names.flags, APPCONFIG_ENVIRONMENT: this.#blueprint.request.environment, APPCONFIG_PROFILE: 'flags' },
      {
        DATABASE: TaskSecret.fromSecretsManager(database),
        JWT: TaskSecret.fromSecretsManager(jwt),
        REDIS: TaskSecret.fromSecretsManager(redis),
        REDIS_TOKEN: TaskSecret.fromSecretsManager(redisToken),
      },
    );
    allow(task.obtainExecutionRole(), ['kms:Decrypt'], [this.#key.keyArn], {
      StringEquals: { 'kms:ViaService': `secretsmanager.${this.region}.amazonaws.com` },
    });
    return task;
  }

  #makeTask(
    name: ServiceName,
    variables: Readonly<Record<string, string>>,
    secrets: Readonly<Record<string, TaskSecret>>,
  ): FargateTaskDefinition {
    const { data, imageTag, names, request } = this.#blueprint;
    return makeTask(this, `${name}Task`, {
      family: names[name],
      container: name,
      repository: this.#ground.foundation.images[name],
      tag: imageTag,
      size: data.compute[name],
      port: ports[name],
      healthPath: healthPaths[name],
      variables: {
        ENVIRONMENT: request.environment,
        METRICS_NAMESPACE: metricsNamespace,
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4317',
        ...variables,
      },
      secrets,
      key: this.#key,
      logs: data.logs,
    });
  }

  #makeService(name: ServiceName, cluster: Cluster, listener: ApplicationListener, condition: ListenerCondition): ReleasedService {
    const { data, names, settings } = this.#blueprint;
    return new ReleasedService(this, name, {
      serviceName: names[name],
      cluster,
      vpc: this.#ground.network.vpc,
      group: this.#group(name),
      listener,
      conditions: [condition],
      port: ports[name],
      healthPath: healthPaths[name],
      task: this.tasks[name],
      container: name,
      size: data.compute[name],
      strategy: settings.release,
      release: data.release,
      alarms: [this.releaseAlarms[name]],
    });
  }

  #sample(): void {
    const { data, names, request } = this.#blueprint;
    new CfnSamplingRule(this, 'Sampling', {
      samplingRule: {
        ruleName: `cloudweave-${request.environment}`,
        version: 1,
        priority: 1000,
        fixedRate: data.tracedShare,
        reservoirSize: 1,
        serviceName: `${names.cluster}*`,
        serviceType: '*',
        host: '*',
        httpMethod: '*',
        urlPath: '*',
        resourceArn: '*',
      },
    });
  }
}
