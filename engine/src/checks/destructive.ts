import picomatch from 'picomatch';
import { toText } from '../assembly/evaluate.ts';
import type { Facts } from '../facts.ts';
import { finding, toWhere, type Finding } from '../finding.ts';
import { nameProperty, nameRules } from '../names.ts';
import { holdsData } from '../stateful.ts';
import type { Check } from './check.ts';
import { toRemovals, type Removal } from './removals.ts';
import type { TemplateFacts } from '../template-facts.ts';

/**
 * Whether every loss of a resource that holds data, and every replacement of one that others know by its name, is allowed.
 *
 * A policy: such a deployment would succeed. What stays in AWS when it leaves its stack is no loss; what is replaced is one even
 * when the old one is kept, because the app goes on with an empty one.
 */
export const destructive: Check = {
  name: 'destructive changes',
  tier: 'read',
  judge: ({ templates, allowDestructive }) =>
    templates.flatMap((facts) =>
      toRemovals(facts)
        .filter((removal) => isLoss(removal, facts) && !isLookedInto(removal, facts, templates) && !isAllowed(removal, allowDestructive))
        .map(toFinding),
    ),
};

/** Of a nested stack that goes, what it loses is told in its place. */
const isLookedInto = ({ logicalId }: Removal, { stack }: TemplateFacts, templates: Facts['templates']): boolean =>
  templates.some((t) => t.stack.id === `${stack.id}/${logicalId}` && t.liveTemplate !== undefined);

function isLoss(removal: Removal, { resources }: TemplateFacts): boolean {
  const { how, policy, type } = removal;
  const name = toUniqueName(type, removal.properties);
  const isRefused = name !== undefined && resources.some((r) => r.type === type && toUniqueName(type, r.properties) === name);
  if (isRefused) return false; // nothing new can be made under a name that the old one still has
  if (how === 'removed') return holdsData(type) && !policy.startsWith('Retain');
  return holdsData(type) || (how === 'replaced' && name !== undefined);
}

/** Gives the name that the properties of a resource fix, of a type whose names must be unique. */
const toUniqueName = (type: string, properties: Removal['properties']): string | undefined =>
  nameRules[type]?.scope && toText(properties[nameProperty(type) ?? '']);

const isAllowed = ({ type, place }: Removal, allowed: Facts['allowDestructive']): boolean =>
  allowed.some((pattern) => [type, toWhere(place)].some((text) => text === pattern || picomatch(pattern)(text)));

function toFinding({ type, logicalId, how, policy, place, change }: Removal): Finding {
  const because = change.properties.filter((p) => p.replaces !== 'no').map((p) => p.path);
  const why = because.length ? `, because of its ${because.join(', ')}` : '';
  const then =
    policy === 'Snapshot'
      ? 'the old one is deleted after a snapshot'
      : policy.startsWith('Retain')
        ? 'the old one stays in AWS, outside of the stack'
        : 'the old one is deleted';
  const message = `The ${type} ${logicalId} is ${how}${why}; ${then}.`;
  return how === 'perhaps replaced' ? finding('PF221', message, place) : finding('PF220', message, place);
}
