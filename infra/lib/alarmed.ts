import { Duration } from 'aws-cdk-lib/core';
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { runbookSection } from './runbook.ts';

/** An alarm on something that should not happen. */
export interface AlarmedProps {
  readonly alarmName: string;
  /** The name without its environment: the heading of the runbook's section. */
  readonly section: string;
  /** One sentence: what it means for users. */
  readonly means: string;
  readonly metric: IMetric;
  /** At how many, in each of `periods` periods of the metric. */
  readonly atLeast: number;
  readonly periods: number;
  readonly topic: ITopic;
}

/** Over how long an alarm's metric is summed up. */
export const alarmPeriod = Duration.minutes(5);

/** Makes an alarm that tells the topic when it goes off and when it ends, and leads to its section of the runbook. */
export function alarmed(scope: Construct, id: string, props: AlarmedProps): Alarm {
  const alarm = new Alarm(scope, id, {
    alarmName: props.alarmName,
    alarmDescription: `${props.means} What to do: ${runbookSection(props.section)}`,
    metric: props.metric,
    threshold: props.atLeast,
    evaluationPeriods: props.periods,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    // Nothing happened is not a failure.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  const action = new SnsAction(props.topic);
  alarm.addAlarmAction(action);
  alarm.addOkAction(action);
  return alarm;
}
