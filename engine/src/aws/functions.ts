import type { LambdaClient } from '@aws-sdk/client-lambda';
import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** Makes the reading of the policies of functions; one without a policy and one that is not there are the same. */
export function createFunctionReadings(config: ClientConfig): Pick<Readings, 'functionPolicy'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-lambda');
    const client: LambdaClient = new sdk.LambdaClient({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    functionPolicy: ({ name }) =>
      ask(
        'lambda:GetPolicy',
        name,
        async () => {
          const { sdk, client } = await load();
          return (await client.send(new sdk.GetPolicyCommand({ FunctionName: name }))).Policy;
        },
        (e) => toErrorName(e) === 'ResourceNotFoundException',
      ),
  };
}
