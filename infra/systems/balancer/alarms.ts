import { balancerQueues, balancerServices } from '../../environments/balancer.ts';
import type { LinkedAlarmProps } from '../../lib/linked-alarm.ts';
import type { Blueprint } from './blueprint.ts';
import { deadLetterName, errorMetric, metricNamespace, queueName, serviceName } from './part-names.ts';

/** One alarm: what it looks at, when it rings, and which section of the runbook says what to do. */
export interface AlarmRow extends Pick<LinkedAlarmProps, 'says' | 'metric' | 'rings' | 'threshold' | 'periods'> {
  readonly id: string;
  readonly section: string;
}

/** The load balancer and its target group as their metrics name them. */
export interface EntranceNames {
  readonly LoadBalancer: string;
  readonly TargetGroup: string;
}

/** Gives the alarms of the API, the services, the queues, the database and the log forwarder. */
export function toAlarms(blueprint: Blueprint, entrance: EntranceNames): readonly AlarmRow[] {
  return [...ofApi(entrance), ...ofServices(blueprint), ...ofQueues(blueprint), ...ofDatabase(blueprint), ...ofForwarder(blueprint)];
}

const metricOf = (namespace: string, dimensions: Readonly<Record<string, string>>) => (metricName: string, statistic: string) => ({
  namespace,
  metricName,
  dimensions,
  statistic,
});

function ofApi(entrance: EntranceNames): readonly AlarmRow[] {
  const targets = metricOf('AWS/ApplicationELB', { ...entrance });
  const balancer = metricOf('AWS/ApplicationELB', { LoadBalancer: entrance.LoadBalancer });
  return [
    {
      id: 'api-errors',
      says: 'The API answers with errors.',
      section: 'the-api-answers-with-errors',
      metric: targets('HTTPCode_Target_5XX_Count', 'Sum'),
      rings: 'above',
      threshold: 10,
      periods: 2,
    },
    {
      id: 'alb-errors',
      says: 'The load balancer itself answers with errors: no task takes the requests.',
      section: 'no-task-takes-requests',
      metric: balancer('HTTPCode_ELB_5XX_Count', 'Sum'),
      rings: 'above',
      threshold: 10,
      periods: 1,
    },
    {
      id: 'api-unhealthy',
      says: 'Tasks of the API are not well.',
      section: 'no-task-takes-requests',
      metric: targets('UnHealthyHostCount', 'Maximum'),
      rings: 'above',
      threshold: 0,
      periods: 3,
    },
    {
      id: 'api-slow',
      says: 'One request in a hundred takes longer than two seconds.',
      section: 'the-api-is-slow',
      metric: targets('TargetResponseTime', 'p99'),
      rings: 'above',
      threshold: 2,
      periods: 3,
    },
  ];
}

const ofServices = ({ names, request, data }: Blueprint): readonly AlarmRow[] =>
  balancerServices.flatMap((id) => {
    const dimensions = { ClusterName: names.cluster, ServiceName: serviceName(request.environment, id) };
    const service = metricOf('AWS/ECS', dimensions);
    return [
      {
        id: `${id}-tasks`,
        says: `The ${id} has fewer tasks than it should.`,
        section: 'tasks-are-missing',
        metric: metricOf('ECS/ContainerInsights', dimensions)('RunningTaskCount', 'Average'),
        rings: 'below',
        threshold: data.services[id].tasks.min,
        periods: 2,
      },
      {
        id: `${id}-cpu`,
        says: `The ${id} has been busy for a quarter of an hour, with all the tasks that it may have.`,
        section: 'a-service-is-busy',
        metric: service('CPUUtilization', 'Average'),
        rings: 'above',
        threshold: 85,
        periods: 3,
      },
      {
        id: `${id}-memory`,
        says: `The ${id} is about to run out of memory.`,
        section: 'a-service-is-busy',
        metric: service('MemoryUtilization', 'Average'),
        rings: 'above',
        threshold: 90,
        periods: 3,
      },
      {
        id: `${id}-logged-errors`,
        says: `The ${id} logs errors.`,
        section: 'errors-are-logged',
        metric: metricOf(metricNamespace(request.environment), {})(errorMetric(id), 'Sum'),
        rings: 'above',
        threshold: 10,
        periods: 2,
      },
    ];
  });

const ofQueues = ({ request }: Blueprint): readonly AlarmRow[] =>
  balancerQueues.flatMap((id) => [
    {
      id: `${id}-failed`,
      says: `A message of the queue ${id} failed for good.`,
      section: 'messages-failed',
      metric: metricOf('AWS/SQS', { QueueName: deadLetterName(request.environment, id) })('ApproximateNumberOfMessagesVisible', 'Maximum'),
      rings: 'above',
      threshold: 0,
      periods: 1,
    },
    {
      id: `${id}-waits`,
      says: `Messages of the queue ${id} wait for more than 15 minutes.`,
      section: 'messages-wait',
      metric: metricOf('AWS/SQS', { QueueName: queueName(request.environment, id) })('ApproximateAgeOfOldestMessage', 'Maximum'),
      rings: 'above',
      threshold: 900,
      periods: 1,
    },
  ]);

function ofDatabase({ names, data }: Blueprint): readonly AlarmRow[] {
  const metric = metricOf('AWS/RDS', { DBInstanceIdentifier: names.database });
  return [
    {
      id: 'database-cpu',
      says: 'The database has been busy for a quarter of an hour.',
      section: 'the-database-is-busy',
      metric: metric('CPUUtilization', 'Average'),
      rings: 'above',
      threshold: 80,
      periods: 3,
    },
    {
      id: 'database-storage',
      says: 'The database is running out of storage.',
      section: 'the-database-runs-out-of-storage',
      metric: metric('FreeStorageSpace', 'Minimum'),
      rings: 'below',
      threshold: data.database.storageGb * 1024 ** 3 * 0.1,
      periods: 1,
    },
    {
      id: 'database-memory',
      says: 'The database is about to run out of memory.',
      section: 'the-database-is-busy',
      metric: metric('FreeableMemory', 'Minimum'),
      rings: 'below',
      threshold: 64 * 1024 ** 2,
      periods: 3,
    },
  ];
}

function ofForwarder({ names }: Blueprint): readonly AlarmRow[] {
  return [
    {
      id: 'log-forwarder-errors',
      says: 'The log forwarder fails.',
      section: 'logs-are-not-forwarded',
      metric: metricOf('AWS/Lambda', { FunctionName: names.forwarder })('Errors', 'Sum'),
      rings: 'above',
      threshold: 0,
      periods: 2,
    },
    {
      id: 'log-forwarder-failed',
      says: 'Logs could not be forwarded for good.',
      section: 'logs-are-not-forwarded',
      metric: metricOf('AWS/SQS', { QueueName: names.forwarderFailed })('ApproximateNumberOfMessagesVisible', 'Maximum'),
      rings: 'above',
      threshold: 0,
      periods: 1,
    },
  ];
}
