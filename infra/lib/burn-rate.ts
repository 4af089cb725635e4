import { Duration } from 'aws-cdk-lib/core';
import {
  Alarm,
  AlarmRule,
  ComparisonOperator,
  CompositeAlarm,
  MathExpression,
  TreatMissingData,
  type IAlarmAction,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

/** How fast the error budget may go: `rate` times the even pace over 30 days, seen over a long window and still in a short one. */
export interface BurnWindow {
  readonly id: string;
  readonly rate: number;
  readonly long: Duration;
  readonly short: Duration;
}

/**
 * The windows that tell a fast loss of the budget from a slow one: 2 % of 30 days' budget in 1 h, 5 % in 6 h, 10 % in 1 day.
 *
 * @source https://sre.google/workbook/alerting-on-slos/ (multiwindow, multi-burn-rate alerts)
 */
export const burnWindows: readonly BurnWindow[] = [
  { id: 'fast', rate: 14.4, long: Duration.hours(1), short: Duration.minutes(5) },
  { id: 'medium', rate: 6, long: Duration.hours(6), short: Duration.minutes(30) },
  { id: 'slow', rate: 3, long: Duration.days(1), short: Duration.hours(2) },
];

/** An objective: how many per cent of all must be good, and how to count. */
export interface BurnRateProps {
  /** Names of the alarms are this, the window and, for the parts, `long` or `short`. */
  readonly name: string;
  readonly suffix: string;
  readonly targetPercent: number;
  /** Both as sums; the period is set here. */
  readonly bad: (period: Duration) => IMetric;
  readonly total: (period: Duration) => IMetric;
  readonly description: string;
  readonly action: IAlarmAction;
}

/** Gives the share of bad ones in per cent; nothing happened counts as nothing bad. */
export function badPercent(bad: IMetric, total: IMetric, period: Duration, label: string): MathExpression {
  return new MathExpression({ expression: 'IF(total > 0, 100 * bad / total, 0)', usingMetrics: { bad, total }, period, label });
}

/** Gives how many times faster than allowed the budget may go before a share of this many per cent is too much. */
export const toThreshold = (rate: number, targetPercent: number): number => Number((rate * (100 - targetPercent)).toFixed(4));

/** Alarms on the pace at which an objective's error budget is spent: one per window, when its long and short view agree. */
export class BurnRateAlarms extends Construct {
  readonly alarms: readonly CompositeAlarm[];

  constructor(scope: Construct, id: string, props: BurnRateProps) {
    super(scope, id);
    this.alarms = burnWindows.map((window) => {
      const parts = (['long', 'short'] as const).map((view) => this.#makePart(window, view, props));
      const alarm = new CompositeAlarm(this, window.id, {
        compositeAlarmName: `${props.name}-${window.id}-${props.suffix}`,
        alarmDescription: props.description,
        alarmRule: AlarmRule.allOf(...parts),
      });
      alarm.addAlarmAction(props.action);
      alarm.addOkAction(props.action);
      return alarm;
    });
  }

  /** A part says nothing to anybody: only both together do. */
  #makePart(window: BurnWindow, view: 'long' | 'short', { name, suffix, targetPercent, bad, total }: BurnRateProps): Alarm {
    const period = window[view];
    return new Alarm(this, `${window.id}-${view}`, {
      alarmName: `${name}-${window.id}-${view}-${suffix}`,
      alarmDescription: `Part of ${name}-${window.id}-${suffix}`,
      metric: badPercent(bad(period), total(period), period, 'failed, in per cent'),
      threshold: toThreshold(window.rate, targetPercent),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
