import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** Makes the reading of what secrets are, never of what is in them. */
export function createSecretReadings(config: ClientConfig): Pick<Readings, 'secret'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-secrets-manager');
    return { sdk, client: new sdk.SecretsManagerClient({ ...clientDefaults, ...config }) };
  });
  return {
    secret: ({ id }) =>
      ask(
        'secretsmanager:DescribeSecret',
        id,
        async () => {
          const { sdk, client } = await load();
          const { DeletedDate, VersionIdsToStages = {} } = await client.send(new sdk.DescribeSecretCommand({ SecretId: id }));
          return { isDeleted: DeletedDate !== undefined, versions: VersionIdsToStages };
        },
        (e) => toErrorName(e) === 'ResourceNotFoundException',
      ),
  };
}
