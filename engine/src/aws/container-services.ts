import type { ECSClient, Service, Task } from '@aws-sdk/client-ecs';
import { once } from '../once.ts';
import type { ContainerService, Readings, StoppedTask } from '../readings.ts';
import { toParts } from './alarms.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';
import { describeTasks } from './tasks.ts';

/** How many services one call describes. */
const servicesAtOnce = 10;

const isMissing = (e: Error): boolean => toErrorName(e) === 'ClusterNotFoundException';

/** Makes the readings of ECS: how services are, and why tasks stopped. */
export function createContainerServiceReadings(config: ClientConfig): Pick<Readings, 'containerServices' | 'stoppedTasks'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-ecs');
    const client: ECSClient = new sdk.ECSClient({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    containerServices: ({ cluster, services }) =>
      ask(
        'ecs:DescribeServices',
        `${cluster}/${services.join(', ')}`,
        async () => {
          const { sdk, client } = await load();
          const pages = toParts(services, servicesAtOnce).map((names) =>
            client.send(new sdk.DescribeServicesCommand({ cluster, services: names })),
          );
          return (await Promise.all(pages)).flatMap(({ services: found = [], failures = [] }) => [
            ...found.map(toService),
            ...failures.map((f) => toAbsent(f.arn ?? '', f.reason ?? 'MISSING')),
          ]);
        },
        isMissing,
      ),
    stoppedTasks: ({ cluster, service }) =>
      ask(
        'ecs:ListTasks',
        cluster,
        async () => {
          const sdk = await load();
          const list = (more: object) => describeTasks(sdk, { cluster, desiredStatus: 'STOPPED', ...more });
          // A service that is gone has no list of its own any more, so those of the cluster are looked through.
          const found = await list({ serviceName: service }).catch((e: Error) => (isGone(e) ? list({}) : Promise.reject(e)));
          return found
            .filter(({ group }) => group === `service:${service}`)
            .map(toStopped)
            .sort((a, b) => b.stoppedAtMs - a.stoppedAtMs);
        },
        isMissing,
      ),
  };
}

const isGone = (e: Error): boolean => ['ServiceNotFoundException', 'ServiceNotActiveException'].includes(toErrorName(e));

const toService = (s: Service): ContainerService => ({
  name: s.serviceName ?? '',
  status: s.status ?? '',
  desired: s.desiredCount ?? 0,
  running: s.runningCount ?? 0,
  deployments: (s.deployments ?? []).map((d) => ({
    status: d.status ?? '',
    rollout: d.rolloutState ?? '',
    reason: d.rolloutStateReason ?? '',
    failed: d.failedTasks ?? 0,
  })),
});

const toAbsent = (arn: string, status: string): ContainerService => ({
  name: arn.slice(arn.lastIndexOf('/') + 1),
  status,
  desired: 0,
  running: 0,
  deployments: [],
});

const toStopped = (t: Task): StoppedTask => ({
  stoppedAtMs: t.stoppedAt?.getTime() ?? 0,
  reason: t.stoppedReason ?? '',
  containers: (t.containers ?? []).map((c) => ({
    name: c.name ?? '',
    image: c.image ?? '',
    reason: c.reason ?? '',
    ...(c.exitCode === undefined ? {} : { exitCode: c.exitCode }),
  })),
});
