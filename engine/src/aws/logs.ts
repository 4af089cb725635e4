import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** How many lines of a page are given. */
const longest = 100;

/** Makes the reading of log groups. */
export function createLogReadings(config: ClientConfig): Pick<Readings, 'logLines'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs');
    const client: CloudWatchLogsClient = new sdk.CloudWatchLogsClient({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    logLines: ({ group, fromMs, toMs }) =>
      ask(
        'logs:FilterLogEvents',
        group,
        async () => {
          const { sdk, client } = await load();
          const command = new sdk.FilterLogEventsCommand({ logGroupName: group, startTime: fromMs, endTime: toMs, limit: 1_000 });
          const { events = [] } = await client.send(command);
          return events.flatMap(({ message = '' }) => message.trimEnd().split('\n')).slice(-longest);
        },
        (e) => toErrorName(e) === 'ResourceNotFoundException',
      ),
  };
}
