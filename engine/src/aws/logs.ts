import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** How many lines are given. */
const longest = 100;

/** How many pages are read: some are empty, though others follow. */
const pagesAtMost = 10;

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
          const of = { logGroupName: group, startTime: fromMs, endTime: toMs };
          let lines: readonly string[] = [];
          let pages = 0;
          for await (const { events = [] } of sdk.paginateFilterLogEvents({ client, pageSize: 1_000 }, of)) {
            lines = [...lines, ...events.flatMap(({ message = '' }) => message.trimEnd().split('\n'))].slice(-longest);
            if (++pages === pagesAtMost) break;
          }
          return lines;
        },
        (e) => toErrorName(e) === 'ResourceNotFoundException',
      ),
  };
}
