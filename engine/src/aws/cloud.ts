import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { once } from '../once.ts';
import type { Cloud, Connection } from '../world.ts';
import { createArtifacts } from './artifacts.ts';
import { clientDefaults } from './call.ts';
import { toBounded, toReadingSettings } from './bounded.ts';
import { createBootstrapper } from './bootstrapper.ts';
import { createCodeChanges } from './code-changes.ts';
import { createDataRemover } from './data-remover.ts';
import { createDeployer } from './deployer.ts';
import { createDestroyer } from './destroyer.ts';
import { createDriftDetector } from './drift-detector.ts';
import { createFunctions } from './functions.ts';
import { findCaller, toClientConfig, toElsewhereConfig, type IdToken } from './identity.ts';
import { createPrincipalReadings } from './principals.ts';
import { createReadings } from './readings.ts';
import { createRecoverer } from './recoverer.ts';
import { createStacks } from './stacks.ts';

/**
 * Makes the ports of one account and region. Nothing is called before a port's method is. Sessions of a role are renewed before they end.
 *
 * Of another account than that of the credentials stacks and readings are seen with the role of it; what is asked about the credentials
 * themselves is asked with these.
 */
export function createCloud(connection: Connection, idToken: IdToken): Cloud {
  const { region, elsewhere } = connection;
  const config = toClientConfig(connection, idToken);
  const own = { ...config, ...toReadingSettings() };
  const findOnce = once(() => findCaller(own));
  const there = elsewhere ? toElsewhereConfig(own, elsewhere) : config;
  const looking = { ...there, ...toReadingSettings() };
  const account = async () => elsewhere?.account ?? (await findOnce()).account;
  const readings = toBounded(createReadings(looking, account));
  return {
    region,
    caller: findOnce,
    stacks: createStacks(new CloudFormationClient({ ...clientDefaults, ...looking })),
    readings: elsewhere ? { ...readings, refusal: createPrincipalReadings(own).refusal } : readings,
    artifacts: createArtifacts(config),
    deployer: createDeployer(config, elsewhere !== undefined),
    bootstrapper: createBootstrapper(config),
    functions: createFunctions(config),
    code: createCodeChanges(there),
    drift: createDriftDetector(there),
    destroyer: createDestroyer(config, elsewhere !== undefined),
    recoverer: createRecoverer(config, elsewhere !== undefined),
    data: createDataRemover(there, account),
  };
}
