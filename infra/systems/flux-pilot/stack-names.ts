import { fluxPilotEnvironments, type FluxPilotEnvironment } from '../../environments/flux-pilot.ts';

/** The names of one environment's stacks, in the order in which they depend on each other. */
export interface StackNames {
  /** Where promoted ZIPs arrive; it has to be there before the application can be. */
  readonly artifacts: string;
  /** Database and users: deployed once, then left alone. */
  readonly base: string;
  /** API and functions: deployed often. */
  readonly app: string;
}

/**
 * Gives the names of the three stacks of an environment; they are the same in every region.
 *
 * @throws Error in one line for an environment that flux-pilot does not have.
 */
export function stackNames(environment: string): StackNames {
  environmentData(environment);
  const stem = `flux-systems-${environment}`;
  return { artifacts: `${stem}-artifacts`, base: `${stem}-base`, app: `${stem}-app` };
}

/**
 * Gives what is set for an environment.
 *
 * @throws Error in one line for an environment that flux-pilot does not have.
 */
export function environmentData(environment: string): FluxPilotEnvironment {
  const data = Object.hasOwn(fluxPilotEnvironments, environment) ? fluxPilotEnvironments[environment] : undefined;
  if (!data)
    throw new Error(
      `flux-pilot has no environment ${JSON.stringify(environment)}; it has: ${Object.keys(fluxPilotEnvironments).join(', ')}`,
    );
  return data;
}
