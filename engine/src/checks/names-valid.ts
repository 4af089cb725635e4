import { toText } from '../assembly/evaluate.ts';
import { finding } from '../finding.ts';
import { judgeName, nameProperty, nameRules, type NameScope } from '../names.ts';
import { ownNames } from '../own-names.ts';
import { toPlace, type Check } from './check.ts';
import { toLiveResources, type NamedResource, type TemplateFacts } from '../template-facts.ts';

/** Whether the names in the templates are allowed for their types; those that the live stack has already are. */
export const namesValid: Check = {
  name: 'names that are allowed',
  tier: 'static',
  judge: ({ templates }) =>
    templates.flatMap((facts) =>
      (facts.change.action === 'unchanged' ? [] : facts.named).flatMap((named) => {
        const { stack, logicalId, type, name } = named;
        const problems = judgeName(type, name);
        return problems.length === 0 || isTaken(named, facts)
          ? []
          : problems.map((problem) => finding('PF130', `The ${type} name ${JSON.stringify(name)}: ${problem}.`, toPlace(stack, logicalId)));
      }),
    ),
};

/** Rules grow stricter: what has its name already keeps it. */
const isTaken = ({ logicalId, type, name }: NamedResource, facts: TemplateFacts): boolean =>
  facts.change.action === 'update' &&
  toLiveResources(facts).some(
    (r) => r.logicalId === logicalId && r.type === type && toText(r.properties[nameProperty(type) ?? '']) === name,
  );

/** Whether two stacks of the assembly want one name in one account and region. */
export const stacksTwice: Check = {
  name: 'stacks with one name',
  tier: 'static',
  judge: ({ stacks }) => {
    const seen = new Map<string, string>();
    return stacks.flatMap(({ stack, at }) => {
      const key = `${stack.name} ${at.account} ${at.region}`;
      const first = seen.get(key);
      seen.set(key, first ?? stack.displayName);
      if (first === undefined) return [];
      return [
        finding(
          'PF128',
          `${first} and ${stack.displayName} are both the stack ${stack.name} of ${at.account}/${at.region}.`,
          toPlace(stack),
        ),
      ];
    });
  },
};

/** Whether two resources of the assembly want one name, in one stack or in two, as far as the name's scope reaches. */
export const namesTwice: Check = {
  name: 'names used twice',
  tier: 'static',
  judge: ({ templates }) =>
    findTwice(templates).flatMap(([first, ...others]) => {
      const { constructPath = first.logicalId } = toPlace(first.stack, first.logicalId);
      return others.map(({ stack, logicalId, type, name }) =>
        finding('PF123', `The ${type} name ${name} is used by ${constructPath} too.`, toPlace(stack, logicalId)),
      );
    }),
};

type Group = readonly [NamedResource, ...NamedResource[]];

/** Gives the resources that want one name, together, in the order of the stacks. */
export function findTwice(templates: readonly TemplateFacts[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { at, named } of templates) {
    for (const one of named) {
      const scope = toScope(one.type);
      if (!scope) continue;
      const key = [one.type, one.name, scope === 'global' ? '' : at.account, scope === 'region' ? at.region : ''].join('|');
      groups.set(key, [...(groups.get(key) ?? []), one] as unknown as Group);
    }
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** A name identifies in one region, but for the services that have no regions. */
function toScope(type: string): NameScope | undefined {
  if (nameRules[type]) return nameRules[type].scope;
  if (!ownNames[type]) return undefined;
  return /^AWS::(IAM|CloudFront|Route53RecoveryReadiness)::/.test(type) ? 'account' : 'region';
}
