import { Duration } from 'aws-cdk-lib/core';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListenerRule,
  ApplicationProtocol,
  ApplicationTargetGroup,
  ListenerAction,
  ListenerCondition,
  TargetType,
  type ApplicationListener,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

/** The header by which a request reaches the new tasks before everybody does. */
export const releaseHeader = { name: 'x-cloudweave-release', value: 'next' } as const;

/** Where requests come from, which of them are for the service, and how its tasks say that they are well. */
export interface TargetPairProps {
  readonly vpc: IVpc;
  readonly listener: ApplicationListener;
  readonly conditions: readonly ListenerCondition[];
  readonly port: number;
  readonly healthPath: string;
}

/**
 * Two target groups behind one listener: the tasks that run now, and those that take their place.
 *
 * A deployment moves the weights of the production rule from one group to the other; which of them is live is ECS's to know.
 */
export class TargetPair extends Construct {
  readonly blue: ApplicationTargetGroup;
  readonly green: ApplicationTargetGroup;
  readonly production: ApplicationListenerRule;
  readonly test: ApplicationListenerRule;

  constructor(scope: Construct, id: string, props: TargetPairProps) {
    super(scope, id);
    this.blue = makeGroup(this, 'Blue', props);
    this.green = makeGroup(this, 'Green', props);
    const { listener, conditions } = props;
    this.test = new ApplicationListenerRule(this, 'Test', {
      listener,
      priority: 10,
      conditions: [...conditions, ListenerCondition.httpHeader(releaseHeader.name, [releaseHeader.value])],
      action: forward(this.blue, this.green),
    });
    this.production = new ApplicationListenerRule(this, 'Production', {
      listener,
      priority: 20,
      conditions: [...conditions],
      action: forward(this.blue, this.green),
    });
  }
}

const forward = (blue: ApplicationTargetGroup, green: ApplicationTargetGroup): ListenerAction =>
  ListenerAction.weightedForward([
    { targetGroup: blue, weight: 100 },
    { targetGroup: green, weight: 0 },
  ]);

function makeGroup(scope: Construct, id: string, { vpc, port, healthPath }: TargetPairProps): ApplicationTargetGroup {
  return new ApplicationTargetGroup(scope, id, {
    vpc,
    port,
    protocol: ApplicationProtocol.HTTP,
    targetType: TargetType.IP,
    deregistrationDelay: Duration.seconds(30),
    healthCheck: {
      path: healthPath,
      port: String(port),
      healthyHttpCodes: '200',
      healthyThresholdCount: 3,
      unhealthyThresholdCount: 2,
      interval: Duration.seconds(30),
      timeout: Duration.seconds(5),
    },
  });
}
