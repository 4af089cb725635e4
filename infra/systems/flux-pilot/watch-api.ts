import { Duration } from 'aws-cdk-lib/core';
import { Dashboard, GraphWidget, Metric, TextWidget, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { linkedAlarm } from '../../lib/linked-alarm.ts';
import type { Blueprint } from './blueprint.ts';

/** Makes the alarms of the API, and one dashboard of API, functions and database. */
export function watchApi(scope: Construct, { names, settings, stacks }: Blueprint): void {
  const shared = { topics: settings.alarmTopics, periods: 2, rings: 'above' } as const;
  const metric = { namespace: 'AWS/ApiGateway', dimensions: { ApiName: names.api } };
  linkedAlarm(scope, 'ApiErrorAlarm', {
    ...shared,
    alarmName: names.apiErrorAlarm,
    says: 'More than one request in twenty fails in the API.',
    runbookUrl: `${settings.runbookUrl}#the-api-answers-with-errors`,
    metric: { ...metric, metricName: '5XXError', statistic: 'Average' },
    threshold: 0.05,
  });
  linkedAlarm(scope, 'ApiLatencyAlarm', {
    ...shared,
    alarmName: names.apiLatencyAlarm,
    says: 'One request in a hundred takes longer than five seconds.',
    runbookUrl: `${settings.runbookUrl}#the-api-is-slow`,
    metric: { ...metric, metricName: 'Latency', statistic: 'p99' },
    threshold: 5000,
  });
  const text = new TextWidget({
    markdown: `# ${stacks.app}\n[What to do when something rings](${settings.runbookUrl})`,
    width: 24,
    height: 2,
  });
  const database = { DBInstanceIdentifier: names.database };
  new Dashboard(scope, 'Dashboard', {
    dashboardName: names.dashboard,
    widgets: [
      [text],
      [
        graph('Requests', 'AWS/ApiGateway', { ApiName: names.api }, { Count: 'Sum', '4XXError': 'Sum', '5XXError': 'Sum' }),
        graph('Latency, ms', 'AWS/ApiGateway', { ApiName: names.api }, { Latency: 'p99', IntegrationLatency: 'p99' }),
      ],
      [
        graph('Database: processor, %', 'AWS/RDS', database, { CPUUtilization: 'Average' }),
        graph('Database: free storage and connections', 'AWS/RDS', database, {
          FreeStorageSpace: 'Minimum',
          DatabaseConnections: 'Maximum',
        }),
      ],
    ],
  });
}

function graph(
  title: string,
  namespace: string,
  dimensionsMap: Record<string, string>,
  metrics: Readonly<Record<string, string>>,
): IWidget {
  const left = Object.entries(metrics).map(
    ([metricName, statistic]) => new Metric({ namespace, metricName, dimensionsMap, statistic, period: Duration.minutes(5) }),
  );
  return new GraphWidget({ title, left, width: 12, height: 6 });
}
