import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { once } from '../once.ts';
import type { Cloud, Connection } from '../world.ts';
import { createArtifacts } from './artifacts.ts';
import { clientDefaults } from './call.ts';
import { createDataRemover } from './data-remover.ts';
import { createDeployer } from './deployer.ts';
import { createDestroyer } from './destroyer.ts';
import { createFunctions } from './functions.ts';
import { findCaller, toClientConfig, type IdToken } from './identity.ts';
import { createReadings } from './readings.ts';
import { createStacks } from './stacks.ts';

/**
 * Makes the ports of one account and region. Nothing is called before a port's method is. Sessions of a role are renewed before they end.
 */
export function createCloud(connection: Connection, idToken: IdToken): Cloud {
  const { region } = connection;
  const config = toClientConfig(connection, idToken);
  const findOnce = once(() => findCaller(config));
  return {
    region,
    caller: findOnce,
    stacks: createStacks(new CloudFormationClient({ ...clientDefaults, ...config })),
    readings: createReadings(config, async () => (await findOnce()).account),
    artifacts: createArtifacts(config),
    deployer: createDeployer(config),
    functions: createFunctions(config),
    destroyer: createDestroyer(config),
    data: createDataRemover(config, async () => (await findOnce()).account),
  };
}
