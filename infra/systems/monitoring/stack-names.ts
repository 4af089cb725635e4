import { monitoringEnvironments, type MonitoringEnvironment } from '../../environments/monitoring.ts';

/** The phases of a deployment, each with its stacks; a phase needs only the ones before it. */
export const phases = {
  foundation: ['networking', 'security', 'storage', 'messaging'],
  application: ['compute', 'api', 'monitoring'],
  integrations: ['integrations', 'pipeline'],
} as const;

/** The id of one of monitoring's stacks. */
export type StackId = (typeof phases)[keyof typeof phases][number];

/** The names of one environment's stacks. */
export type StackNames = Readonly<Record<StackId, string>>;

/**
 * Gives the names of the stacks of an environment, in the order of their phases; they are the same in every region.
 *
 * @throws Error in one line for an environment that monitoring does not have.
 */
export function stackNames(environment: string): StackNames {
  environmentData(environment);
  const names = Object.values(phases)
    .flat()
    .map((id) => [id, `Monitoring${capital(id)}${capital(environment)}Stack`]);
  return Object.fromEntries(names) as Record<StackId, string>;
}

/** Gives the names of the stacks of an environment by phase. */
export function stacksByPhase(environment: string): Readonly<Record<string, readonly string[]>> {
  const names = stackNames(environment);
  return Object.fromEntries(Object.entries(phases).map(([phase, ids]) => [phase, ids.map((id) => names[id])]));
}

/**
 * Gives what is set for an environment.
 *
 * @throws Error in one line for an environment that monitoring does not have.
 */
export function environmentData(environment: string): MonitoringEnvironment {
  const data = Object.hasOwn(monitoringEnvironments, environment) ? monitoringEnvironments[environment] : undefined;
  if (!data)
    throw new Error(
      `monitoring has no environment ${JSON.stringify(environment)}; it has: ${Object.keys(monitoringEnvironments).join(', ')}`,
    );
  return data;
}

const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
