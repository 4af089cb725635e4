import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { Readings } from '../readings.ts';
import { createAlarmReadings } from './alarms.ts';
import { createApiAccountReadings } from './api-account.ts';
import { clientDefaults, type ClientConfig } from './call.ts';
import { createIsEmpty } from './contents.ts';
import { createNetworkInterfaces } from './network-interfaces.ts';
import { createCertificateReadings } from './certificates.ts';
import { createDatabaseReadings } from './databases.ts';
import { createCodeReadings } from './code-readings.ts';
import { createContainerServiceReadings } from './container-services.ts';
import { createFunctionReadings } from './functions.ts';
import { createImageReadings } from './container-images.ts';
import { createNetworkReadings } from './networks.ts';
import { createObjectReadings } from './objects.ts';
import { createLimitReadings } from './limits.ts';
import { createLogReadings } from './logs.ts';
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
    ...createObjectReadings(config),
    ...createImageReadings(config),
    ...createFunctionReadings(config),
    ...createCertificateReadings(config),
    ...createApiAccountReadings(config),
    ...createDatabaseReadings(config),
    ...createNetworkReadings(config),
    ...createSecretReadings(config),
    ...createPrincipalReadings(config),
    ...createLimitReadings(config),
    ...createAlarmReadings(config),
    ...createContainerServiceReadings(config),
    ...createLogReadings(config),
    ...createCodeReadings(config),
  };
}
