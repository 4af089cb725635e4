import type { LambdaClient } from '@aws-sdk/client-lambda';
import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import type { Functions } from '../reach.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** How long a function may run, in milliseconds, as Lambda allows it, and some more. */
const longestRunMs = 15 * 60_000 + 30_000;

const isMissing = (e: Error): boolean => toErrorName(e) === 'ResourceNotFoundException';

const toLoad = (config: object) =>
  once(async () => {
    const sdk = await import('@aws-sdk/client-lambda');
    const client: LambdaClient = new sdk.LambdaClient(config);
    return { sdk, client };
  });

/** Connecting has a time of its own: what it ends says nothing of the function. */
const isOver = (thrown: unknown): boolean =>
  thrown instanceof Error && /exceeded the configured \d+ ms requestTimeout/.test(thrown.message);

/** Makes the port that invokes functions. A call is made once: what a function does may not be wanted twice. */
export function createFunctions(config: ClientConfig): Functions {
  const requestHandler = { ...clientDefaults.requestHandler, requestTimeout: longestRunMs };
  const load = toLoad({ ...clientDefaults, requestHandler, ...config, maxAttempts: 1 });
  return {
    invoke: ({ name, payload, timeoutMs }) =>
      ask(
        'lambda:InvokeFunction',
        name,
        async () => {
          const { sdk, client } = await load();
          const command = new sdk.InvokeCommand({ FunctionName: name, Payload: new TextEncoder().encode(payload) });
          const requestTimeout = Math.ceil(Math.min(timeoutMs, longestRunMs));
          const { FunctionError: error, Payload } = await client.send(command, { requestTimeout }).catch((thrown: unknown) => {
            if (isOver(thrown)) return { FunctionError: `no answer in ${Math.round(requestTimeout / 1_000)} s`, Payload: undefined };
            throw thrown;
          });
          return { payload: new TextDecoder().decode(Payload), ...(error ? { error } : {}) };
        },
        isMissing,
      ),
  };
}

/** Makes the readings of functions: their policies, where none and no function are the same, and where they write their logs. */
export function createFunctionReadings(config: ClientConfig): Pick<Readings, 'functionPolicy' | 'functionLogs'> {
  const load = toLoad({ ...clientDefaults, ...config });
  return {
    functionLogs: ({ name }) =>
      ask(
        'lambda:GetFunctionConfiguration',
        name,
        async () => {
          const { sdk, client } = await load();
          const { FunctionName, LoggingConfig } = await client.send(new sdk.GetFunctionConfigurationCommand({ FunctionName: name }));
          return LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName ?? name}`;
        },
        isMissing,
      ),
    functionPolicy: ({ name }) =>
      ask(
        'lambda:GetPolicy',
        name,
        async () => {
          const { sdk, client } = await load();
          return (await client.send(new sdk.GetPolicyCommand({ FunctionName: name }))).Policy;
        },
        isMissing,
      ),
  };
}
