import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { Cloud, Connection } from '../world.ts';
import { createArtifacts } from './artifacts.ts';
import { createBootstraps } from './bootstraps.ts';
import { clientDefaults } from './call.ts';
import { createDeployer } from './deployer.ts';
import { findCaller, toClientConfig, type IdToken } from './identity.ts';
import { createNames } from './names.ts';
import { createStacks } from './stacks.ts';

/**
 * Makes the ports of one account and region. Nothing is called before a port's method is; the role is assumed once.
 *
 * Sessions of a role are not renewed: a run is shorter than the hour they last.
 */
export function createCloud(connection: Connection, idToken: IdToken): Cloud {
  const { region } = connection;
  const config = toClientConfig(connection, idToken);
  let caller: ReturnType<Cloud['caller']> | undefined;
  const findOnce = () => (caller ??= findCaller(config));
  return {
    region,
    caller: findOnce,
    stacks: createStacks(new CloudFormationClient({ ...clientDefaults, ...config })),
    names: createNames(config, async () => (await findOnce()).account),
    bootstraps: createBootstraps(config),
    artifacts: createArtifacts(config),
    deployer: createDeployer(config),
  };
}
