import { Duration } from 'aws-cdk-lib/core';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  MathExpression,
  PeriodOverride,
  SingleValueWidget,
  TextWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { badPercent } from '../../lib/burn-rate.ts';
import type { LiveFunction } from '../../lib/live-function.ts';
import type { Blueprint } from './blueprint.ts';
import type { Foundation } from './compute-stack.ts';
import type { Indicators } from './indicators.ts';

const five = Duration.minutes(5);
const month = Duration.days(30);

/** An alarm with what it says and the address of what to do. */
export interface LinkedAlarm {
  readonly alarm: IAlarm;
  readonly name: string;
  readonly says: string;
  readonly link: string;
}

/** Makes the dashboard of what runs: alarms with their links, requests, functions, queues and tables. */
export function makeOverview(
  scope: Construct,
  { names }: Blueprint,
  { messaging, storage }: Foundation,
  functions: readonly LiveFunction[],
  indicators: Indicators,
  alarms: readonly LinkedAlarm[],
): Dashboard {
  const dashboard = new Dashboard(scope, 'Overview', { dashboardName: names.dashboard, defaultInterval: Duration.hours(6) });
  dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', width: 24, height: 6, alarms: alarms.map(({ alarm }) => alarm) }));
  dashboard.addWidgets(new TextWidget({ width: 24, height: 8, markdown: toLinks(alarms) }));
  dashboard.addWidgets(
    graph('Requests', [indicators.requests(five), indicators.failed(five)]),
    graph(
      'Latency, ms',
      [50, 90, 99].map((percentile) => indicators.latency(five, percentile)),
    ),
    graph('Circuits and checks', [indicators.circuitsOpened(five), indicators.unhealthy(five)]),
  );
  const ofEach = (metric: (made: LiveFunction['function']) => IMetric): IMetric[] => functions.map((made) => metric(made.function));
  dashboard.addWidgets(
    graph(
      'Invocations',
      ofEach((made) => made.metricInvocations({ period: five, label: made.node.scope?.node.id ?? '' })),
    ),
    graph(
      'Errors',
      ofEach((made) => made.metricErrors({ period: five, label: made.node.scope?.node.id ?? '' })),
    ),
    graph(
      'Duration p99, ms',
      ofEach((made) => made.metricDuration({ period: five, statistic: 'p99', label: made.node.scope?.node.id ?? '' })),
    ),
  );
  dashboard.addWidgets(
    graph('Waiting analyses', [messaging.analysis.queue.metricApproximateNumberOfMessagesVisible({ period: five })]),
    graph(
      'Failed for good',
      [messaging.analysis.failed, messaging.eventsFailed].map((queue) => queue.metricApproximateNumberOfMessagesVisible({ period: five })),
    ),
    graph(
      'Capacity used',
      [storage.events, storage.circuits].flatMap((table) => [
        table.metricConsumedReadCapacityUnits({ period: five }),
        table.metricConsumedWriteCapacityUnits({ period: five }),
      ]),
    ),
  );
  return dashboard;
}

/** Makes the dashboard of the objectives: what was promised for 30 days, what came of it, and what is left of the error budget. */
export function makeObjectives(
  scope: Construct,
  { names, data }: Blueprint,
  indicators: Indicators,
  alarms: readonly LinkedAlarm[],
): Dashboard {
  const { availablePercent, fastPercent, fastMs } = data.objectives;
  const dashboard = new Dashboard(scope, 'Objectives', {
    dashboardName: names.objectives,
    defaultInterval: Duration.days(30),
    periodOverride: PeriodOverride.INHERIT,
  });
  const rows = [
    { title: `Answered without failing, of ${availablePercent} %`, target: availablePercent, bad: indicators.failed },
    { title: `Answered within ${fastMs} ms, of ${fastPercent} %`, target: fastPercent, bad: indicators.slow },
  ];
  for (const { title, target, bad } of rows) {
    const overMonth = badPercent(bad(month), indicators.requests(month), month, 'failed');
    dashboard.addWidgets(
      value(title, expression('100 - failed', overMonth, month, '%')),
      value('Left of the error budget, %', expression(`100 * (1 - failed / ${(100 - target).toFixed(4)})`, overMonth, month, '%')),
      graph('Pace of the error budget: 1 spends it in 30 days', [
        expression(
          `failed / ${(100 - target).toFixed(4)}`,
          badPercent(bad(Duration.hours(1)), indicators.requests(Duration.hours(1)), Duration.hours(1), 'failed'),
          Duration.hours(1),
          'pace',
        ),
      ]),
    );
  }
  dashboard.addWidgets(new TextWidget({ width: 24, height: 5, markdown: toLinks(alarms) }));
  return dashboard;
}

const toLinks = (alarms: readonly LinkedAlarm[]): string =>
  ['| alarm | says | |', '|---|---|---|', ...alarms.map(({ name, says, link }) => `| ${name} | ${says} | [what to do](${link}) |`)].join(
    '\n',
  );

const graph = (title: string, left: IMetric[]): IWidget => new GraphWidget({ title, left, width: 8, height: 6 });
const value = (title: string, metric: IMetric): IWidget =>
  new SingleValueWidget({ title, metrics: [metric], width: 8, height: 6, setPeriodToTimeRange: false });
const expression = (text: string, failed: IMetric, period: Duration, label: string): IMetric =>
  new MathExpression({ expression: text, usingMetrics: { failed }, period, label });
