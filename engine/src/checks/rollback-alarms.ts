import { toAlarmName, toAlarmNamesAt, toWatch } from '../alarms.ts';
import type { Environment } from '../config/environment.ts';
import type { StackFacts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';

/**
 * Whether the alarms that would roll a deployment back are there: with one that is not, CloudFormation rolls back at once. And whether
 * those that rolled the last one back still do.
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
    const unwatched = changing.flatMap((s) => toUnwatched(s, environment));
    const absent = [...places.values()].flatMap(({ stack, at }) => {
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
    return [...absent, ...unwatched];
  },
};

function toUnwatched(facts: StackFacts, { rollback, place }: Environment): readonly Finding[] {
  const { unwatched = [] } = toWatch(facts, rollback);
  const names = unwatched.map(toAlarmName).join(', ');
  return names ? [finding('PF313', `${facts.stack.name} was rolled back on ${names}, and is not any more.`, place)] : [];
}
