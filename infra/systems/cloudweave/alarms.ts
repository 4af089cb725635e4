import { Duration } from 'aws-cdk-lib/core';
import { Metric, MathExpression, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { PlainMetric } from '../../lib/linked-alarm.ts';
import type { Blueprint } from './blueprint.ts';
import { services, type ServiceName } from './foundation-stack.ts';
import type { Ground, ServicesStack } from './services-stack.ts';
import { metricsNamespace } from './task.ts';

/** One alarm: when it rings, for whom, and which section of the runbook says what to do. */
export interface AlarmRow {
  readonly id: string;
  readonly says: string;
  /** Section of the runbook. */
  readonly section: string;
  /** Rings at PagerDuty, too. */
  readonly critical: boolean;
  readonly metric: IMetric | PlainMetric;
  readonly rings: 'above' | 'below';
  readonly threshold: number;
  readonly periods: number;
  readonly missingRings?: boolean;
}

/** Gives the alarms of services, database, cache and recovery. */
export function toAlarms({ data, request }: Blueprint, { data: { database, cache } }: Ground, running: ServicesStack): readonly AlarmRow[] {
  const ofDatabase = (metricName: string, statistic = 'Average'): PlainMetric => ({
    namespace: 'AWS/RDS',
    metricName,
    statistic,
    dimensions: { DBInstanceIdentifier: database.instanceIdentifier },
  });
  const ofNodes = (metricName: string): IMetric =>
    new MathExpression({
      expression: 'MAX(METRICS())',
      period: Duration.minutes(5),
      label: metricName,
      usingMetrics: Object.fromEntries(['001', '002'].map((node) => [`n${node}`, ofNode(metricName, `${cache.ref}-${node}`)])),
    });
  return [
    ...services.flatMap((name) => ofService(name, running)),
    {
      id: 'database-cpu',
      says: 'The database has been busy for fifteen minutes.',
      section: 'the-database-is-busy',
      critical: false,
      metric: ofDatabase('CPUUtilization'),
      rings: 'above',
      threshold: 80,
      periods: 3,
    },
    {
      id: 'database-storage',
      says: 'The database has less than a tenth of its first storage left.',
      section: 'the-database-runs-out-of-storage',
      critical: true,
      metric: ofDatabase('FreeStorageSpace', 'Minimum'),
      rings: 'below',
      threshold: (data.storage.initialGb * 1024 ** 3) / 10,
      periods: 1,
    },
    {
      id: 'database-connections',
      says: 'The database has many connections open.',
      section: 'the-database-is-busy',
      critical: false,
      metric: ofDatabase('DatabaseConnections', 'Maximum'),
      rings: 'above',
      threshold: 80,
      periods: 3,
    },
    {
      id: 'database-latency',
      says: 'Reading from the database takes more than 50 ms.',
      section: 'the-database-is-busy',
      critical: false,
      metric: ofDatabase('ReadLatency'),
      rings: 'above',
      threshold: 0.05,
      periods: 3,
    },
    {
      id: 'cache-memory',
      says: 'The cache is nearly full, and forgets sessions next.',
      section: 'the-cache-is-full',
      critical: false,
      metric: ofNodes('DatabaseMemoryUsagePercentage'),
      rings: 'above',
      threshold: 85,
      periods: 3,
    },
    {
      id: 'cache-cpu',
      says: 'The cache has been busy for fifteen minutes.',
      section: 'the-cache-is-full',
      critical: false,
      metric: ofNodes('EngineCPUUtilization'),
      rings: 'above',
      threshold: 80,
      periods: 3,
    },
    {
      id: 'restore-failed',
      says: 'A backup could not be restored within what was promised.',
      section: 'a-restore-failed',
      critical: true,
      metric: {
        namespace: metricsNamespace,
        metricName: 'RestoreFailed',
        dimensions: { Environment: request.environment },
        statistic: 'Sum',
      },
      rings: 'above',
      threshold: 0,
      periods: 1,
    },
    {
      id: 'backup-failed',
      says: 'A backup of the database, or its copy, failed.',
      section: 'a-backup-failed',
      critical: true,
      metric: new MathExpression({
        expression: 'FILL(backups, 0) + FILL(copies, 0)',
        period: Duration.hours(1),
        label: 'failed',
        usingMetrics: { backups: ofBackup('NumberOfBackupJobsFailed'), copies: ofBackup('NumberOfCopyJobsFailed') },
      }),
      rings: 'above',
      threshold: 0,
      periods: 1,
    },
  ];
}

function ofService(name: ServiceName, { services: all, publicBalancer, internalBalancer }: ServicesStack): readonly AlarmRow[] {
  const { service, targets } = all[name];
  const period = Duration.minutes(1);
  const [blue, green] = [targets.blue, targets.green].map((group) => group.metrics.unhealthyHostCount({ period, statistic: 'Maximum' }));
  const balancer = name === 'frontend' ? publicBalancer : internalBalancer;
  return [
    {
      id: `${name}-unhealthy`,
      says: `Tasks of the ${name} fail their health check.`,
      section: 'tasks-are-unhealthy',
      critical: true,
      metric: new MathExpression({
        expression: 'FILL(blue, 0) + FILL(green, 0)',
        usingMetrics: { ...(blue ? { blue } : {}), ...(green ? { green } : {}) },
        period,
        label: 'unhealthy',
      }),
      rings: 'above',
      threshold: 0,
      periods: 5,
    },
    {
      id: `${name}-slow`,
      says: `One answer in a hundred of the ${name} takes longer than two seconds.`,
      section: 'requests-are-slow',
      critical: false,
      metric: balancer.metrics.targetResponseTime({ period: Duration.minutes(5), statistic: 'p99' }),
      rings: 'above',
      threshold: 2,
      periods: 3,
    },
    {
      id: `${name}-memory`,
      says: `Tasks of the ${name} are nearly out of memory.`,
      section: 'tasks-are-out-of-memory',
      critical: false,
      metric: service.metricMemoryUtilization({ period: Duration.minutes(5) }),
      rings: 'above',
      threshold: 85,
      periods: 3,
    },
  ];
}

const ofNode = (metricName: string, node: string): Metric =>
  new Metric({
    namespace: 'AWS/ElastiCache',
    metricName,
    statistic: 'Maximum',
    period: Duration.minutes(5),
    dimensionsMap: { CacheClusterId: node },
  });

const ofBackup = (metricName: string): Metric =>
  new Metric({ namespace: 'AWS/Backup', metricName, statistic: 'Sum', period: Duration.hours(1), dimensionsMap: { ResourceType: 'RDS' } });
