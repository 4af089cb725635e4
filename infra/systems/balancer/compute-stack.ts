import { CfnOutput } from 'aws-cdk-lib/core';
import { Cluster, ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { BalancerService } from '../../environments/balancer.ts';
import { serviceKey } from '../../lib/service-key.ts';
import { BackendService, type BackendServiceProps } from './backend-service.ts';
import { BalancerStack } from './balancer-stack.ts';
import type { Blueprint } from './blueprint.ts';
import { ApiEntrance } from './api-entrance.ts';
import { TaskSources } from './task-sources.ts';

/** What runs: API, worker and scheduler in containers, and the load balancer before the API. */
export class ComputeStack extends BalancerStack {
  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, 'compute', blueprint, 'containers and load balancer');
    const { names } = blueprint;
    const vpc = this.takeNetwork();
    const cluster = new Cluster(this, 'Cluster', { clusterName: names.cluster, vpc, containerInsightsV2: ContainerInsights.ENABLED });
    const shared: Omit<BackendServiceProps, 'role'> = {
      blueprint,
      cluster,
      securityGroup: this.takeSecurityGroup('ecsSecurityGroupId'),
      sources: new TaskSources(this, 'Sources', blueprint, (id) => this.take(id)),
      logsKey: this.#makeLogsKey(),
    };
    const make = (id: BalancerService, role: 'apiRoleArn' | 'workerRoleArn' | 'schedulerRoleArn'): BackendService =>
      new BackendService(this, id, { ...shared, role: this.take(role) });
    const services = {
      api: make('api', 'apiRoleArn'),
      worker: make('worker', 'workerRoleArn'),
      scheduler: make('scheduler', 'schedulerRoleArn'),
    };
    const entrance = new ApiEntrance(this, 'Entrance', {
      blueprint,
      vpc,
      securityGroup: this.takeSecurityGroup('albSecurityGroupId'),
      certificateArn: this.take('certificateArn'),
      logsBucketName: this.take('logsBucketName'),
      api: services.api.service,
    });
    services.api.scaleOnRequests(entrance.targetGroup);
    this.#answerAt(entrance);
    this.give('clusterName', cluster.clusterName, 'Name of the cluster');
    this.give('albFullName', entrance.loadBalancer.loadBalancerFullName, 'Name of the load balancer in its metrics');
    this.give('apiTargetGroupFullName', entrance.targetGroup.targetGroupFullName, "Name of the API's target group in its metrics");
    this.give('apiLogGroupName', services.api.logGroup.logGroupName, 'Log of the API');
    this.give('workerLogGroupName', services.worker.logGroup.logGroupName, 'Log of the worker');
    this.give('schedulerLogGroupName', services.scheduler.logGroup.logGroupName, 'Log of the scheduler');
    new CfnOutput(this, 'ImageTag', { value: blueprint.imageTag, description: 'The image that was deployed with the stack' });
  }

  #makeLogsKey(): Key {
    const groups = `arn:${this.partition}:logs:${this.region}:${this.account}:log-group:*`;
    const key = serviceKey(this, 'LogsKey', {
      alias: this.blueprint.names.logsKey,
      description: 'Logs of the services of balancer',
      services: [
        { principal: `logs.${this.region}.amazonaws.com`, conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } } },
      ],
    });
    this.give('logsKeyArn', key.keyArn, 'Key of the logs');
    return key;
  }

  /** The name of the API, and the firewall before it where the environment has it so: both join what other stacks made. */
  #answerAt({ loadBalancer }: ApiEntrance): void {
    const { settings, data } = this.blueprint;
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: this.take('hostedZoneId'),
      zoneName: settings.domainName,
    });
    new ARecord(this, 'Alias', { zone, recordName: 'api', target: RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer)) });
    if (data.firewall.guards)
      new CfnWebACLAssociation(this, 'Firewall', { webAclArn: this.take('webAclArn'), resourceArn: loadBalancer.loadBalancerArn });
    new CfnOutput(this, 'ApiUrl', { value: `https://api.${settings.domainName}`, description: 'Address of the API' });
  }
}
