import { toPartition, type Surroundings } from './assembly/surroundings.ts';

/** Gives the name of an alarm of CloudWatch that is called by its name or ARN. */
export const toAlarmName = (alarm: string): string => /^arn:[^:]+:cloudwatch:[^:]*:\d*:alarm:(.+)$/.exec(alarm)?.[1] ?? alarm;

/** Gives the ARN of an alarm that is called by its name or ARN; one that is called by its name is of this place. */
export const toAlarmArn = (alarm: string, { account, region }: Surroundings): string =>
  alarm.startsWith('arn:') ? alarm : `arn:${toPartition(region)}:cloudwatch:${region}:${account}:alarm:${alarm}`;
