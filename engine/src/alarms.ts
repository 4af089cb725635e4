import { isSamePlace, toArnPlace, toPartition, type Surroundings } from './assembly/surroundings.ts';

/** Gives the name of an alarm of CloudWatch that is called by its name or ARN. */
export const toAlarmName = (alarm: string): string => /^arn:[^:]+:cloudwatch:[^:]*:\d*:alarm:(.+)$/.exec(alarm)?.[1] ?? alarm;

/** Gives the ARN of an alarm that is called by its name or ARN; one that is called by its name is of this place. */
export const toAlarmArn = (alarm: string, at: Surroundings): string =>
  alarm.startsWith('arn:') ? alarm : `arn:${toPartition(at.region)}:cloudwatch:${at.region}:${at.account}:alarm:${alarm}`;

/** Gives the names of those alarms that are of a place: an ARN says where its alarm is, a name is of every place. */
export const toAlarmNamesAt = (alarms: readonly string[], at: Surroundings): readonly string[] =>
  alarms.filter((alarm) => isSamePlace(toArnPlace(alarm) ?? at, at)).map(toAlarmName);
