import { Duration } from 'aws-cdk-lib/core';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SubnetType, type ISecurityGroup, type IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  AlarmBehavior,
  AlternateTarget,
  DeploymentStrategy,
  FargatePlatformVersion,
  FargateService,
  ListenerRuleConfiguration,
  PropagatedTagSource,
  type FargateTaskDefinition,
  type ICluster,
} from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { CloudWeaveEnvironment, ServiceSize } from '../../environments/cloudweave.ts';
import { allow } from '../../lib/allow.ts';
import { Scaling } from './scaling.ts';
import type { Settings } from './settings.ts';
import { TargetPair, type TargetPairProps } from './target-pair.ts';

/** A service: what it runs, where, behind what, how large, and how a new version takes over. */
export interface ReleasedServiceProps extends TargetPairProps {
  readonly serviceName: string;
  readonly cluster: ICluster;
  readonly vpc: IVpc;
  readonly group: ISecurityGroup;
  readonly task: FargateTaskDefinition;
  readonly container: string;
  readonly size: ServiceSize;
  readonly strategy: Settings['release'];
  readonly release: CloudWeaveEnvironment['release'];
  /** A deployment goes back when one of them rings. */
  readonly alarms: readonly Alarm[];
}

/**
 * A Fargate service in the private subnets whose new version runs beside the old one, is checked, and takes over: at once or, as a
 * canary, with some of the requests first.
 *
 * When its health checks fail or an alarm rings, the requests go back to the old tasks, which run until then.
 *
 * @source https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html
 */
export class ReleasedService extends Construct {
  readonly service: FargateService;
  readonly targets: TargetPair;

  constructor(scope: Construct, id: string, props: ReleasedServiceProps) {
    super(scope, id);
    const { size, cluster } = props;
    this.targets = new TargetPair(this, 'Targets', props);
    this.service = new FargateService(this, 'Service', {
      serviceName: props.serviceName,
      cluster,
      taskDefinition: props.task,
      platformVersion: FargatePlatformVersion.LATEST,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [props.group],
      assignPublicIp: false,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      healthCheckGracePeriod: Duration.seconds(60),
      circuitBreaker: { rollback: true },
      deploymentAlarms: { alarmNames: props.alarms.map(({ alarmName }) => alarmName), behavior: AlarmBehavior.ROLLBACK_ON_ALARM },
      bakeTime: Duration.minutes(props.release.bakeMinutes),
      ...toStrategy(props),
      propagateTags: PropagatedTagSource.SERVICE,
      enableECSManagedTags: true,
    });
    this.#join(props);
    new Scaling(this, 'Scaling', { cluster, service: this.service, least: size.desiredCount, most: size.maxCount });
  }

  #join({ container, port }: ReleasedServiceProps): void {
    const { blue, green, production, test } = this.targets;
    const role = this.#makeShifter();
    const alternateTarget = new AlternateTarget('Shifter', {
      role,
      alternateTargetGroup: green,
      productionListener: ListenerRuleConfiguration.applicationListenerRule(production),
      testListener: ListenerRuleConfiguration.applicationListenerRule(test),
    });
    blue.addTarget(this.service.loadBalancerTarget({ containerName: container, containerPort: port, alternateTarget }));
    // Its policy, too: ECS shifts with it from the first deployment on.
    this.service.node.addDependency(role, production, test);
  }

  /** What ECS may do with the load balancer: these two groups and two rules. */
  #makeShifter(): Role {
    const { blue, green, production, test } = this.targets;
    const role = new Role(this, 'Shifter', {
      description: `Moves requests between the tasks of ${this.node.id}`,
      assumedBy: new ServicePrincipal('ecs.amazonaws.com'),
    });
    const look = ['DescribeListeners', 'DescribeRules', 'DescribeTargetGroups', 'DescribeTargetHealth'];
    // They know no resources.
    allow(
      role,
      look.map((call) => `elasticloadbalancing:${call}`),
      ['*'],
    );
    const groups = [blue.targetGroupArn, green.targetGroupArn];
    allow(role, ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'], groups);
    allow(role, ['elasticloadbalancing:ModifyRule'], [production.listenerRuleArn, test.listenerRuleArn]);
    return role;
  }
}

function toStrategy({ strategy, release }: ReleasedServiceProps): object {
  if (strategy === 'blue-green') return { deploymentStrategy: DeploymentStrategy.BLUE_GREEN };
  return {
    deploymentStrategy: DeploymentStrategy.CANARY,
    canaryConfiguration: { stepPercent: release.canaryPercent, stepBakeTime: Duration.minutes(release.canaryMinutes) },
  };
}
