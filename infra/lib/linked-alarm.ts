import { Duration } from 'aws-cdk-lib/core';
import { Alarm, ComparisonOperator, Metric, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
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
  readonly metric: IMetric | PlainMetric;
  readonly rings: 'above' | 'below';
  readonly threshold: number;
  /** How many periods of the metric in a row; a plain one has five minutes. */
  readonly periods: number;
  /** Whether a metric without data is a reason to ring; it is none unless said otherwise. */
  readonly missingRings?: boolean;
}

/** One metric over five minutes. */
export interface PlainMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
}

/** Makes an alarm whose description links to the runbook. */
export function linkedAlarm(scope: Construct, id: string, props: LinkedAlarmProps): Alarm {
  const alarm = new Alarm(scope, id, {
    alarmName: props.alarmName,
    alarmDescription: `${props.says} What to do: ${props.runbookUrl}`,
    metric: 'toMetricConfig' in props.metric ? props.metric : toMetric(props.metric),
    comparisonOperator: props.rings === 'above' ? ComparisonOperator.GREATER_THAN_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: props.threshold,
    evaluationPeriods: props.periods,
    treatMissingData: props.missingRings ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
  for (const topic of props.topics) {
    const action = { bind: () => ({ alarmActionArn: topic }) };
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
  return alarm;
}

const toMetric = ({ dimensions, ...metric }: PlainMetric): Metric =>
  new Metric({ ...metric, dimensionsMap: { ...dimensions }, period: Duration.minutes(5) });
