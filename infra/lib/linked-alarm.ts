import { Duration } from 'aws-cdk-lib/core';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** When an alarm rings, whom it tells, and where one reads what to do. */
export interface LinkedAlarmProps {
  readonly alarmName: string;
  /** What is wrong then, in one sentence. */
  readonly says: string;
  /** Address of the section that says what to do. */
  readonly runbookUrl: string;
  /** ARNs of SNS topics. */
  readonly topics: readonly string[];
  readonly metric: {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Readonly<Record<string, string>>;
    readonly statistic: string;
  };
  readonly rings: 'above' | 'below';
  readonly threshold: number;
  /** How many periods of five minutes in a row. */
  readonly periods: number;
}

/** Makes an alarm whose description links to the runbook; a metric without data is no reason to ring. */
export function linkedAlarm(scope: Construct, id: string, props: LinkedAlarmProps): Alarm {
  const { namespace, metricName, dimensions, statistic } = props.metric;
  const alarm = new Alarm(scope, id, {
    alarmName: props.alarmName,
    alarmDescription: `${props.says} What to do: ${props.runbookUrl}`,
    metric: new Metric({ namespace, metricName, dimensionsMap: { ...dimensions }, statistic, period: Duration.minutes(5) }),
    comparisonOperator: props.rings === 'above' ? ComparisonOperator.GREATER_THAN_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: props.threshold,
    evaluationPeriods: props.periods,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  for (const topic of props.topics) {
    const action = { bind: () => ({ alarmActionArn: topic }) };
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
  return alarm;
}
