import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { Readings } from '../readings.ts';
import { clientDefaults, type ClientConfig } from './call.ts';
import { createIsEmpty } from './contents.ts';
import { createNetworkInterfaces } from './network-interfaces.ts';
import { createImageReadings } from './images.ts';
import { createLimitReadings } from './limits.ts';
import { createParameterReadings } from './parameters.ts';
import { createPresence } from './presence.ts';
import { createPrincipalReadings } from './principals.ts';
import { createResourceReadings } from './resources.ts';
import { createSecretReadings } from './secrets.ts';
import { createStackReadings } from './stack-readings.ts';

/** Makes all readings of one account and region; `account` is who they belong to. */
export function createReadings(config: ClientConfig, account: () => Promise<string>): Readings {
  return {
    presence: createPresence(config, account),
    isEmpty: createIsEmpty(config),
    networkInterfaces: createNetworkInterfaces(config),
    ...createStackReadings(new CloudFormationClient({ ...clientDefaults, ...config })),
    ...createParameterReadings(config),
    ...createResourceReadings(config),
    ...createSecretReadings(config),
    ...createPrincipalReadings(config),
    ...createLimitReadings(config),
    ...createImageReadings(config),
  };
}
