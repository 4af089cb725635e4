import { Duration } from 'aws-cdk-lib/core';
import {
  AdjustmentType,
  PredefinedMetric,
  ScalableTarget,
  ServiceNamespace,
  StepScalingAction,
  TargetTrackingScalingPolicy,
} from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationScalingAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { FargateService, ICluster } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';

/** How many tasks there may be. */
export interface ScalingProps {
  readonly cluster: ICluster;
  readonly service: FargateService;
  readonly least: number;
  readonly most: number;
}

/** When a step is taken, in per cent of CPU, and after how many minutes in a row. */
const steps = {
  Up: { comparison: ComparisonOperator.GREATER_THAN_THRESHOLD, threshold: 70, periods: 2, adjustment: 1 },
  Down: { comparison: ComparisonOperator.LESS_THAN_THRESHOLD, threshold: 30, periods: 5, adjustment: -1 },
} as const;

/** Below the step's 70 %, so that a slow rise is met before the step is needed. */
const trackedPercent = 60;

/**
 * Scales a service by its CPU: steps up and down, and beside them the tracking of a target that only adds tasks.
 *
 * Of several policies the one that asks for the most tasks wins; to remove tasks is left to the step, or its rule would not hold.
 *
 * @source https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
 */
export class Scaling extends Construct {
  constructor(scope: Construct, id: string, { cluster, service, least, most }: ScalingProps) {
    super(scope, id);
    const scalingTarget = new ScalableTarget(this, 'Target', {
      serviceNamespace: ServiceNamespace.ECS,
      resourceId: `service/${cluster.clusterName}/${service.serviceName}`,
      scalableDimension: 'ecs:service:DesiredCount',
      minCapacity: least,
      maxCapacity: most,
    });
    new TargetTrackingScalingPolicy(this, 'Tracking', {
      scalingTarget,
      predefinedMetric: PredefinedMetric.ECS_SERVICE_AVERAGE_CPU_UTILIZATION,
      targetValue: trackedPercent,
      disableScaleIn: true,
      scaleOutCooldown: Duration.minutes(1),
    });
    for (const [name, { comparison, threshold, periods, adjustment }] of Object.entries(steps)) {
      const action = new StepScalingAction(this, name, {
        scalingTarget,
        adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
        cooldown: Duration.minutes(adjustment > 0 ? 1 : 5),
      });
      action.addAdjustment(adjustment > 0 ? { adjustment, lowerBound: 0 } : { adjustment, upperBound: 0 });
      new Alarm(this, `${name}Alarm`, {
        alarmDescription: `${service.node.id}: a step ${name.toLowerCase()}. It asks for nobody: scaling acts on it`,
        metric: service.metricCpuUtilization({ period: Duration.minutes(1) }),
        comparisonOperator: comparison,
        threshold,
        evaluationPeriods: periods,
        treatMissingData: TreatMissingData.MISSING,
      }).addAlarmAction(new ApplicationScalingAction(action));
    }
  }
}
