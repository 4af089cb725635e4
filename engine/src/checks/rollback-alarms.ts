import { toAlarmNamesAt } from '../alarms.ts';
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
      const names = toAlarmNamesAt(alarms, at); // those of another place cannot be looked at from here
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
