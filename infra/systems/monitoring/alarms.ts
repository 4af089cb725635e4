import { Duration } from 'aws-cdk-lib/core';
import { ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { LiveFunction } from '../../lib/live-function.ts';
import type { MonitoringFunction } from '../../environments/monitoring.ts';
import type { Blueprint } from './blueprint.ts';
import type { Foundation } from './compute-stack.ts';
import type { Indicators } from './indicators.ts';

/** One alarm: when it rings, and which section of the runbook says what to do. */
export interface AlarmRow {
  readonly id: string;
  readonly says: string;
  /** Section of the runbook. */
  readonly section: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** How many of the latest periods must be over the threshold; 1 of 1 unless said otherwise. */
  readonly of?: readonly [count: number, periods: number];
  readonly comparison?: ComparisonOperator;
  readonly missing?: TreatMissingData;
}

const five = Duration.minutes(5);
const atLeast = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD;

/** Gives the alarms of the functions, the API, the queues, the tables and what the functions measure themselves. */
export function toAlarms(
  { data }: Blueprint,
  { messaging, storage }: Foundation,
  functions: Readonly<Record<MonitoringFunction, LiveFunction>>,
  indicators: Indicators,
): readonly AlarmRow[] {
  return [
    ...Object.entries(functions).flatMap(([name, made]) =>
      ofFunction(name, made, data.functions[name as MonitoringFunction].timeoutSeconds),
    ),
    {
      id: 'api-latency',
      says: `99 % of the requests take longer than ${data.objectives.fastMs} ms`,
      section: 'slow-requests',
      metric: indicators.latency(five, 99),
      threshold: data.objectives.fastMs,
      of: [3, 3],
    },
    {
      id: 'circuit-opened',
      says: 'A function stopped calling something that fails again and again',
      section: 'circuit-opened',
      metric: indicators.circuitsOpened(five),
      threshold: 1,
      comparison: atLeast,
    },
    {
      id: 'endpoint-unhealthy',
      says: 'A watched endpoint does not answer as it should',
      section: 'endpoint-unhealthy',
      metric: indicators.unhealthy(Duration.minutes(data.healthEveryMinutes)),
      threshold: 1,
      of: [2, 3],
      comparison: atLeast,
    },
    {
      id: 'backup-missing',
      says: 'No backup was made for a day',
      section: 'backup-missing',
      metric: indicators.backups(Duration.days(1)),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      missing: TreatMissingData.BREACHING,
    },
    {
      id: 'analysis-waits',
      says: 'Log files wait for their analysis for more than 15 minutes',
      section: 'analysis-waits',
      metric: messaging.analysis.queue.metricApproximateAgeOfOldestMessage({ period: five }),
      threshold: 900,
    },
    {
      id: 'analysis-failed',
      says: 'An analysis failed for good',
      section: 'failed-messages',
      metric: messaging.analysis.failed.metricApproximateNumberOfMessagesVisible({ period: five }),
      threshold: 1,
      comparison: atLeast,
    },
    {
      id: 'events-failed',
      says: 'An event or a schedule failed for good',
      section: 'failed-messages',
      metric: messaging.eventsFailed.metricApproximateNumberOfMessagesVisible({ period: five }),
      threshold: 1,
      comparison: atLeast,
    },
    ...(['events', 'circuits'] as const).flatMap((id) =>
      ['Read', 'Write'].map((call) => ({
        id: `${id}-${call.toLowerCase()}-throttled`,
        says: `The table of the ${id} refuses calls (${call})`,
        section: 'table-throttled',
        metric: storage[id].metric(`${call}ThrottleEvents`, { statistic: 'Sum', period: five }),
        threshold: 1,
        comparison: atLeast,
      })),
    ),
  ];
}

function ofFunction(name: string, { function: made }: LiveFunction, timeoutSeconds: number): readonly AlarmRow[] {
  return [
    {
      id: `${name}-errors`,
      says: `The function ${name} fails`,
      section: 'function-errors',
      metric: made.metricErrors({ period: five }),
      threshold: 1,
      of: [2, 3],
      comparison: atLeast,
    },
    {
      id: `${name}-throttles`,
      says: `The function ${name} may not run more often at once`,
      section: 'function-throttles',
      metric: made.metricThrottles({ period: five }),
      threshold: 1,
      of: [2, 3],
      comparison: atLeast,
    },
    {
      id: `${name}-duration`,
      says: `The function ${name} takes more than 80 % of its time`,
      section: 'function-duration',
      metric: made.metricDuration({ period: five, statistic: 'p99' }),
      threshold: 800 * timeoutSeconds,
      of: [3, 3],
    },
  ];
}
