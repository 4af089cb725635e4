import type { StoppedTask } from '../readings.ts';

/** The cluster and name of a service of ECS. */
export interface ServiceName {
  readonly cluster: string;
  readonly service: string;
}

/** Gives what an ARN of a service says, also one of the old format, which has no cluster; undefined for what is no ARN of a service. */
export function toServiceName(arn: string): ServiceName | undefined {
  const [, path = ''] = /^arn:[\w-]+:ecs:[\w-]+:\d{12}:service\/(.+)$/.exec(arn) ?? [];
  const parts = path.split('/');
  const service = parts.at(-1);
  if (!service) return undefined;
  return { service, cluster: parts.length > 1 ? (parts[0] ?? '') : 'default' };
}

/** Gives why the tasks of a service stopped, one line each: the newest one, its containers, and how many more there are. */
export function toTaskLines(tasks: readonly StoppedTask[]): readonly string[] {
  const [newest, ...others] = tasks;
  if (!newest) return [];
  const containers = newest.containers
    .filter(({ exitCode, reason }) => reason !== '' || (exitCode !== undefined && exitCode !== 0))
    .map(({ name, image, exitCode, reason }) => {
      const said = [...(exitCode === undefined ? [] : [`exit code ${exitCode}`]), ...(reason ? [reason] : [])];
      return `container ${name} (${image}): ${said.join(', ')}`;
    });
  const more = others.length ? [`${others.length} more ${others.length === 1 ? 'task' : 'tasks'} stopped before`] : [];
  return [...(newest.reason ? [`task stopped: ${newest.reason}`] : []), ...containers, ...more];
}
