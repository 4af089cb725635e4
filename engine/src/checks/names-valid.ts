import { finding } from '../finding.ts';
import { judgeName, nameRules } from '../names.ts';
import { toPlace, type Check } from './check.ts';

/** Whether the names in the templates are allowed for their types; those of an unchanged stack are, as AWS has them. */
export const namesValid: Check = {
  name: 'names that are allowed',
  tier: 'static',
  judge: ({ stacks }) =>
    stacks.flatMap(({ named, change }) =>
      (change.action === 'unchanged' ? [] : named).flatMap(({ stack, logicalId, type, name }) =>
        judgeName(type, name).map((problem) =>
          finding('PF130', `The ${type} name ${JSON.stringify(name)}: ${problem}.`, toPlace(stack, logicalId)),
        ),
      ),
    ),
};

/** Whether two resources of the assembly want one name, in one stack or in two, as far as the name's scope reaches. */
export const namesTwice: Check = {
  name: 'names used twice',
  tier: 'static',
  judge: ({ stacks }) => {
    const seen = new Map<string, string>();
    return stacks.flatMap(({ at, named }) =>
      named.flatMap(({ stack, logicalId, type, name }) => {
        const scope = nameRules[type]?.scope;
        if (!scope) return [];
        const key = [type, name, scope === 'global' ? '' : at.account, scope === 'region' ? at.region : ''].join('|');
        const place = toPlace(stack, logicalId);
        const first = seen.get(key);
        seen.set(key, first ?? place.constructPath ?? logicalId);
        return first === undefined ? [] : [finding('PF123', `The ${type} name ${name} is used by ${first} too.`, place)];
      }),
    );
  },
};
