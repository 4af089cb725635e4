import { CfnOutput, Duration, Stack, Tags } from 'aws-cdk-lib/core';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  MathExpression,
  Metric,
  TextWidget,
  type Alarm,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { linkedAlarm } from '../../lib/linked-alarm.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import { toAlarms, type AlarmRow } from './alarms.ts';
import type { Blueprint } from './blueprint.ts';
import type { EdgeStack } from './edge-stack.ts';
import { services } from './foundation-stack.ts';
import type { Ground, ServicesStack } from './services-stack.ts';
import { metricsNamespace } from './task.ts';

/** What watches: alarms that lead to the runbook, and one dashboard. */
export class MonitoringStack extends Stack {
  constructor(scope: Construct, id: string, blueprint: Blueprint, ground: Ground, running: ServicesStack, { distribution }: EdgeStack) {
    super(scope, id, toStackProps(blueprint.request, 'CloudWeave: alarms and the dashboard'));
    Tags.of(this).add('stack', id);
    const { names } = blueprint;
    const made = toAlarms(blueprint, ground, running).map((row) => this.#addAlarm(row, blueprint, ground));
    const alarms = [...Object.values(running.releaseAlarms), ...made];
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: names.dashboard, defaultInterval: Duration.hours(6) });
    dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', width: 24, height: 5, alarms }));
    dashboard.addWidgets(new TextWidget({ width: 24, height: 6, markdown: toLinks(blueprint) }));
    const edge = (metricName: string, statistic: string): Metric =>
      new Metric({
        namespace: 'AWS/CloudFront',
        metricName,
        statistic,
        period: Duration.minutes(5),
        region: 'us-east-1',
        dimensionsMap: { DistributionId: distribution.distributionId, Region: 'Global' },
      });
    const { publicBalancer, internalBalancer } = running;
    const { database, cache } = ground.data;
    dashboard.addWidgets(
      graph('CloudFront: requests', [edge('Requests', 'Sum')]),
      graph('CloudFront: errors, %', [edge('5xxErrorRate', 'Average'), edge('4xxErrorRate', 'Average')]),
      graph('Load balancers: requests', [publicBalancer.metrics.requestCount(), internalBalancer.metrics.requestCount()]),
    );
    dashboard.addWidgets(
      graph(
        'Answers, p99',
        [publicBalancer, internalBalancer].map(({ metrics }) => metrics.targetResponseTime({ statistic: 'p99' })),
      ),
      graph(
        'CPU, %',
        services.map((name) => running.services[name].service.metricCpuUtilization({ label: name })),
      ),
      graph(
        'Memory, %',
        services.map((name) => running.services[name].service.metricMemoryUtilization({ label: name })),
      ),
    );
    dashboard.addWidgets(
      graph('Database: CPU, %, and connections', [database.metricCPUUtilization(), database.metricDatabaseConnections()]),
      graph('Database: latency of reads and writes', [database.metric('ReadLatency'), database.metric('WriteLatency')]),
      graph(
        'Cache: CPU and memory, %',
        ['EngineCPUUtilization', 'DatabaseMemoryUsagePercentage'].map((name) => ofCache(name, cache.ref)),
      ),
    );
    const kpis = new MathExpression({ expression: `SEARCH('Namespace="${metricsNamespace}"', 'Sum', 300)`, usingMetrics: {}, label: '' });
    dashboard.addWidgets(new GraphWidget({ title: 'Business', width: 24, height: 6, left: [kpis] }));
    new CfnOutput(this, 'DashboardName', { value: dashboard.dashboardName, description: 'Dashboard of all that runs' });
  }

  #addAlarm(row: AlarmRow, { request, settings }: Blueprint, { foundation }: Ground): Alarm {
    return linkedAlarm(this, row.id, {
      ...row,
      alarmName: `cloudweave-${row.id}-${request.environment}`,
      runbookUrl: `${settings.runbook}#${row.section}`,
      topics: [(row.critical ? foundation.critical : foundation.alerts).topicArn],
    });
  }
}

const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, width: 8, height: 6, left });

const ofCache = (metricName: string, group: string): Metric =>
  new Metric({
    namespace: 'AWS/ElastiCache',
    metricName,
    statistic: 'Maximum',
    period: Duration.minutes(5),
    dimensionsMap: { CacheClusterId: `${group}-001` },
  });

const toLinks = ({ settings: { runbook } }: Blueprint): string =>
  `# CloudWeave\n[What to do when something rings](${runbook}) | [Restoring the database](${runbook}#restoring-the-database) | [A release](${runbook}#a-release)`;
