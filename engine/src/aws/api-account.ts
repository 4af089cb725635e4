import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, type ClientConfig } from './call.ts';

/** Makes the reading of what API Gateway is set to for the account and region. */
export function createApiAccountReadings(config: ClientConfig): Pick<Readings, 'apiLogsRole'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-api-gateway');
    return { sdk, client: new sdk.APIGatewayClient({ ...clientDefaults, ...config }) };
  });
  return {
    apiLogsRole: () =>
      ask('apigateway:GET', '/account', async () => {
        const { sdk, client } = await load();
        return (await client.send(new sdk.GetAccountCommand({}))).cloudwatchRoleArn;
      }),
  };
}
