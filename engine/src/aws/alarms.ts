import type { CloudWatchClient, CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { once } from '../once.ts';
import type { Alarm, Readings } from '../readings.ts';
import { ask, clientDefaults, type ClientConfig } from './call.ts';

/** Both kinds: CloudWatch gives metric alarms alone when it is not asked. */
const AlarmTypes = ['MetricAlarm', 'CompositeAlarm'] as const;

/** How many names one call takes. */
const namesAtOnce = 100;

/** Makes the reading of alarms and their states. */
export function createAlarmReadings(config: ClientConfig): Pick<Readings, 'alarms'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-cloudwatch');
    const client: CloudWatchClient = new sdk.CloudWatchClient({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    alarms: (of) =>
      ask('cloudwatch:DescribeAlarms', 'prefix' in of ? `${of.prefix}*` : of.names.join(', '), async () => {
        const { sdk, client } = await load();
        const questions =
          'prefix' in of ? [{ AlarmNamePrefix: of.prefix }] : toParts(of.names, namesAtOnce).map((AlarmNames) => ({ AlarmNames }));
        const found: Alarm[] = [];
        for (const question of questions) {
          for await (const page of sdk.paginateDescribeAlarms({ client }, { ...question, AlarmTypes: [...AlarmTypes] }))
            found.push(
              ...(page.MetricAlarms ?? []).map(toAlarm),
              ...(page.CompositeAlarms ?? []).map((a): Alarm => ({ ...toAlarm(a), isComposite: true })),
            );
        }
        return found.sort((a, b) => (a.name < b.name ? -1 : 1));
      }),
  };
}

const toAlarm = ({ AlarmName, StateValue, StateUpdatedTimestamp }: MetricAlarm | CompositeAlarm): Alarm => ({
  name: AlarmName ?? '',
  state: StateValue ?? '',
  sinceMs: StateUpdatedTimestamp?.getTime() ?? 0,
});

/** Gives a list in parts of at most so many. */
export const toParts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
