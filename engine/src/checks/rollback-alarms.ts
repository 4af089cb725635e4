import { toAlarmName } from '../alarms.ts';
import { finding } from '../finding.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';

/**
 * Whether the alarms that would roll a deployment back are there: with one that is not, CloudFormation rolls back at once.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackTrigger.html
 */
export const rollbackAlarms: Check = {
  name: 'rollback alarms',
  tier: 'read',
  judge: ({ environment, stacks }, ask) => {
    const alarms = environment.rollback?.alarms ?? [];
    const changing = stacks.filter((s) => s.live && s.change.action !== 'unchanged');
    const places = new Map(changing.map((s) => [`${s.at.account} ${s.at.region}`, s]));
    return [...places.values()].flatMap(({ stack, at }) => {
      const names = alarms.filter((a) => isIn(a, at)).map(toAlarmName);
      if (names.length === 0) return [];
      return judgeAnswer(ask(at, 'alarms', { names }), rollbackAlarms.name, toPlace(stack), (found) =>
        names
          .filter((name) => !found.some((f) => f.name === name))
          .map((name) =>
            finding('PF312', `There is no alarm ${name} in ${at.account}/${at.region}, where ${stack.name} goes.`, environment.place),
          ),
      );
    });
  },
};

/** An ARN says where its alarm is; that of another place cannot be looked at from here. */
const isIn = (alarm: string, at: { readonly account: string; readonly region: string }): boolean =>
  !alarm.startsWith('arn:') || alarm.includes(`:${at.region}:${at.account}:`);
