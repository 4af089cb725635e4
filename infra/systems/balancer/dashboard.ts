import { Duration } from 'aws-cdk-lib/core';
import { AlarmStatusWidget, Dashboard, GraphWidget, Metric, TextWidget, type Alarm, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { balancerQueues, balancerServices } from '../../environments/balancer.ts';
import type { EntranceNames } from './alarms.ts';
import type { Blueprint } from './blueprint.ts';
import { errorMetric, metricNamespace, queueName, serviceName } from './part-names.ts';

/** An alarm with what it says and the address of what to do. */
export interface WatchedAlarm {
  readonly alarm: Alarm;
  readonly says: string;
  readonly link: string;
}

/** Metrics of one graph: namespace, name, dimensions and statistic. */
type Row = readonly [namespace: string, metricName: string, dimensions: Readonly<Record<string, string>>, statistic: string];

/** Makes the dashboard of an environment: alarms with their links, then API, services, queues and database. */
export function makeDashboard(scope: Construct, blueprint: Blueprint, entrance: EntranceNames, alarms: readonly WatchedAlarm[]): void {
  const { names, request, data } = blueprint;
  const links = [...new Map(alarms.map(({ says, link }) => [says, link]))].map(([says, link]) => `- [${says}](${link})`);
  const api = { ...entrance };
  const database = { DBInstanceIdentifier: names.database };
  const ofServices = (metricName: string): readonly Row[] =>
    balancerServices.map((id) => [
      'AWS/ECS',
      metricName,
      { ClusterName: names.cluster, ServiceName: serviceName(request.environment, id) },
      'Average',
    ]);
  const ofQueues = (metricName: string): readonly Row[] =>
    balancerQueues.map((id) => ['AWS/SQS', metricName, { QueueName: queueName(request.environment, id) }, 'Maximum']);
  new Dashboard(scope, 'Dashboard', {
    dashboardName: names.dashboard,
    defaultInterval: Duration.hours(6),
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', width: 24, height: 6, alarms: alarms.map(({ alarm }) => alarm) })],
      [new TextWidget({ width: 24, height: 8, markdown: links.join('\n') })],
      [
        graph('Requests and errors', [
          ['AWS/ApplicationELB', 'RequestCount', api, 'Sum'],
          ['AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', api, 'Sum'],
        ]),
        graph('Answers take, s', [
          ['AWS/ApplicationELB', 'TargetResponseTime', api, 'p50'],
          ['AWS/ApplicationELB', 'TargetResponseTime', api, 'p99'],
        ]),
        graph(
          'Errors in the logs',
          balancerServices.map((id) => [metricNamespace(request.environment), errorMetric(id), {}, 'Sum']),
        ),
      ],
      [
        graph('Services: processor, %', ofServices('CPUUtilization')),
        graph('Services: memory, %', ofServices('MemoryUtilization')),
        graph('Queues: messages', ofQueues('ApproximateNumberOfMessagesVisible')),
      ],
      [
        graph(data.database.performanceInsights ? 'Database: load' : 'Database: processor, %', [
          ['AWS/RDS', data.database.performanceInsights ? 'DBLoad' : 'CPUUtilization', database, 'Average'],
        ]),
        graph('Database: connections', [['AWS/RDS', 'DatabaseConnections', database, 'Maximum']]),
        graph('Database: free storage', [['AWS/RDS', 'FreeStorageSpace', database, 'Minimum']]),
      ],
    ],
  });
}

function graph(title: string, rows: readonly Row[]): IWidget {
  const left = rows.map(
    ([namespace, metricName, dimensions, statistic]) =>
      new Metric({ namespace, metricName, dimensionsMap: { ...dimensions }, statistic, period: Duration.minutes(5) }),
  );
  return new GraphWidget({ title, left, width: 8, height: 6 });
}
