import { cloudWeaveEnvironments, type CloudWeaveEnvironment } from '../../environments/cloudweave.ts';

/** The stacks of cloudweave, each after all that it needs. */
export const stackIds = ['network', 'foundation', 'data', 'services', 'flags', 'edge', 'recovery', 'monitoring'] as const;

/** The id of one of cloudweave's stacks. */
export type StackId = (typeof stackIds)[number];

/** The names of one environment's stacks. */
export type StackNames = Readonly<Record<StackId, string>>;

/**
 * Gives the names of the stacks of an environment, in the order of a deployment; they are the same in every region.
 *
 * @throws Error in one line for an environment that cloudweave does not have.
 */
export function stackNames(environment: string): StackNames {
  environmentData(environment);
  return Object.fromEntries(stackIds.map((id) => [id, `CloudWeave${capital(id)}${capital(environment)}Stack`])) as Record<StackId, string>;
}

/**
 * Gives what is set for an environment.
 *
 * @throws Error in one line for an environment that cloudweave does not have.
 */
export function environmentData(environment: string): CloudWeaveEnvironment {
  const data = Object.hasOwn(cloudWeaveEnvironments, environment) ? cloudWeaveEnvironments[environment] : undefined;
  if (!data)
    throw new Error(
      `cloudweave has no environment ${JSON.stringify(environment)}; it has: ${Object.keys(cloudWeaveEnvironments).join(', ')}`,
    );
  return data;
}

const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
