import { chooseEnvironment, type Environment } from '../../../engine/src/config/environment.ts';
import { chooseRegion } from '../../../engine/src/config/target.ts';
import { Stop, type Finding } from '../../../engine/src/finding.ts';
import { connectTo, type LoadedConfig } from '../../../engine/src/target.ts';
import type { Cloud, World } from '../../../engine/src/world.ts';
import type { PromoteInputs } from './inputs.ts';
import type { Request } from './request.ts';

/** What is known of the target before anything of it is read. */
export interface Target {
  /** Undefined when the config does not have it. */
  readonly environment?: Environment;
  readonly region?: string;
  /** Undefined when it must not or cannot be reached. */
  readonly reached?: { readonly cloud: Cloud; readonly account: string };
  readonly findings: readonly Finding[];
}

/**
 * Connects to the account of the target with its role, and makes sure that it is that account.
 *
 * A target that the config does not have, or that is the source itself, is left alone: the gates say why. What stops
 * the connection is given as findings, so that it stands beside the other problems.
 */
export async function reachTarget(
  inputs: PromoteInputs,
  request: Request,
  { config, where }: Pick<LoadedConfig, 'config' | 'where'>,
  world: World,
): Promise<Target> {
  const name = request.to.environment;
  if (!Object.hasOwn(config.environments, name)) return { findings: [] };
  const environment = chooseEnvironment({ config, where, defaults: {}, event: world.event, wanted: name });
  const chosen = chooseRegion(environment, inputs.region, world.ambientRegion);
  if ('problem' in chosen) return { environment, findings: [chosen.problem] };
  const { region } = chosen;
  if (name === request.from.environment) return { environment, region, findings: [] };
  try {
    const { cloud, caller } = await connectTo(environment, region, world);
    return { environment, region, reached: { cloud, account: caller.account }, findings: [] };
  } catch (thrown) {
    if (thrown instanceof Stop) return { environment, region, findings: thrown.findings };
    throw thrown;
  }
}
