import type { Environment } from './config/environment.ts';
import type { StackFacts } from './facts.ts';
import type { PlannedStack } from './plan/plan.ts';
import { isSamePlace, toArnPlace, toPartition, type Surroundings } from './assembly/surroundings.ts';

/** Gives the name of an alarm of CloudWatch that is called by its name or ARN. */
export const toAlarmName = (alarm: string): string => /^arn:[^:]+:cloudwatch:[^:]*:\d*:alarm:(.+)$/.exec(alarm)?.[1] ?? alarm;

/** Gives the ARN of an alarm that is called by its name or ARN; one that is called by its name is of this place. */
export const toAlarmArn = (alarm: string, at: Surroundings): string =>
  alarm.startsWith('arn:') ? alarm : `arn:${toPartition(at.region)}:cloudwatch:${at.region}:${at.account}:alarm:${alarm}`;

/** Gives the names of those alarms that are of a place: an ARN says where its alarm is, a name is of every place. */
export const toAlarmNamesAt = (alarms: readonly string[], at: Surroundings): readonly string[] =>
  alarms.filter((alarm) => isSamePlace(toArnPlace(alarm) ?? at, at)).map(toAlarmName);

/** The alarms that are watched while a stack is deployed, and those that were and are no longer. */
type Watch = Pick<PlannedStack, 'watched' | 'unwatched'>;

/**
 * Gives the alarms that a deployment of a stack is rolled back on: those of the environment, otherwise those that the stack has, which
 * CloudFormation keeps; a stack that is made anew has none of its own.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackConfiguration.html
 */
export function toWatch({ at, live, change }: Pick<StackFacts, 'at' | 'live' | 'change'>, rollback: Environment['rollback']): Watch {
  const kept = live?.kind === 'known' && change.action === 'update' ? live.value?.rollback : undefined;
  const wanted = rollback && { ...rollback, alarms: rollback.alarms.map((alarm) => toAlarmArn(alarm, at)) };
  const watched = wanted ? (wanted.alarms.length ? wanted : undefined) : kept;
  const unwatched = wanted && kept ? kept.alarms.filter((arn) => !wanted.alarms.includes(arn)).sort() : [];
  return {
    ...(watched ? { watched: { monitoringMinutes: watched.monitoringMinutes, alarms: [...new Set(watched.alarms)].sort() } } : {}),
    ...(unwatched.length ? { unwatched } : {}),
  };
}
