import { Duration } from 'aws-cdk-lib/core';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { SubnetType, type ISecurityGroup, type IVpc } from 'aws-cdk-lib/aws-ec2';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  ListenerAction,
  SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { Blueprint } from './blueprint.ts';
import { apiPort } from './ports.ts';
import { albLogsPrefix } from './s3-stack.ts';

/** Where the load balancer stands, what it proves to be, where it writes its log, and whom it sends requests to. */
export interface ApiEntranceProps {
  readonly blueprint: Blueprint;
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
  readonly certificateArn: string;
  readonly logsBucketName: string;
  readonly api: FargateService;
}

/** The load balancer before the API: TLS ends here, HTTP is sent on to HTTPS, and every request is logged. */
export class ApiEntrance extends Construct {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly targetGroup: ApplicationTargetGroup;

  constructor(scope: Construct, id: string, props: ApiEntranceProps) {
    super(scope, id);
    const { names, request } = props.blueprint;
    this.loadBalancer = new ApplicationLoadBalancer(this, 'Alb', {
      loadBalancerName: names.alb,
      vpc: props.vpc,
      vpcSubnets: { subnetType: SubnetType.PUBLIC },
      securityGroup: props.securityGroup,
      internetFacing: true,
      deletionProtection: request.protected,
      dropInvalidHeaderFields: true,
    });
    // Not by the construct's own method: it would write the policy of a bucket that belongs to another stack.
    this.loadBalancer.setAttribute('access_logs.s3.enabled', 'true');
    this.loadBalancer.setAttribute('access_logs.s3.bucket', props.logsBucketName);
    this.loadBalancer.setAttribute('access_logs.s3.prefix', albLogsPrefix);
    this.targetGroup = this.#makeTargetGroup(props);
    this.loadBalancer.addListener('Https', {
      port: 443,
      open: false,
      certificates: [Certificate.fromCertificateArn(this, 'Certificate', props.certificateArn)],
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
      defaultTargetGroups: [this.targetGroup],
    });
    this.loadBalancer.addListener('Http', {
      port: 80,
      open: false,
      defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
    });
  }

  #makeTargetGroup({ vpc, api, blueprint }: ApiEntranceProps): ApplicationTargetGroup {
    return new ApplicationTargetGroup(this, 'Api', {
      targetGroupName: blueprint.names.targetGroup,
      vpc,
      port: apiPort,
      protocol: ApplicationProtocol.HTTP,
      targetType: TargetType.IP,
      targets: [api],
      deregistrationDelay: Duration.seconds(30),
      healthCheck: {
        path: blueprint.settings.healthPath,
        interval: Duration.seconds(15),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
    });
  }
}
