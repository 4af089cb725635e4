import { spaceportEnvironments, type SpaceportEnvironment } from '../../environments/spaceport.ts';

/** The names of one environment's stacks, in the order in which they depend on each other. */
export interface StackNames {
  readonly auth: string;
  readonly main: string;
  readonly mlPipeline: string;
}

/**
 * Gives the names of the three stacks of an environment; they are the same in every region.
 *
 * @throws Error in one line for an environment that spaceport does not have.
 */
export function stackNames(environment: string): StackNames {
  environmentData(environment);
  const word = `${environment.slice(0, 1).toUpperCase()}${environment.slice(1)}`;
  return { auth: `SpaceportAuth${word}Stack`, main: `Spaceport${word}Stack`, mlPipeline: `SpaceportMLPipeline${word}Stack` };
}

/**
 * Gives what is set for an environment.
 *
 * @throws Error in one line for an environment that spaceport does not have.
 */
export function environmentData(environment: string): SpaceportEnvironment {
  const data = Object.hasOwn(spaceportEnvironments, environment) ? spaceportEnvironments[environment] : undefined;
  if (!data)
    throw new Error(
      `spaceport has no environment ${JSON.stringify(environment)}; it has: ${Object.keys(spaceportEnvironments).join(', ')}`,
    );
  return data;
}
