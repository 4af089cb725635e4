import { toSentence } from '../answer.ts';
import { finding, type Finding, type Place } from '../finding.ts';
import type { NameFact } from '../facts.ts';
import { notRun, toPlace, type Check } from './check.ts';

/** Whether the names that the deployment would newly take are free; if not, who has them. */
export const namesExist: Check = {
  name: 'names that exist',
  tier: 'read',
  judge: ({ names, stacks }) => {
    const unread = new Set(stacks.filter((s) => s.unread.length).map((s) => s.stack.id));
    return names.flatMap((fact) => judgeName(fact, unread.has(fact.stack.id)));
  },
};

/** Where the live stack could not be read, a name without a known owner may well be its own. */
function judgeName(fact: NameFact, isStackUnread: boolean): readonly Finding[] {
  const { stack, logicalId, type, name, presence, owner } = fact;
  const place = toPlace(stack, logicalId);
  if (presence.kind === 'unknown') return [notRun(`${type} ${name}`, presence.because, place)];
  switch (presence.value.kind) {
    case 'absent':
      return [];
    case 'foreign':
      return [finding('PF122', `The bucket name ${name} is in use by another account.`, place)];
    case 'elsewhere':
      return [finding('PF120', `The bucket ${name} exists in another region of this account; bucket names are global.`, place)];
    case 'present':
      if (owner?.kind === 'unknown' && isStackUnread) return [notRun(`owner of ${type} ${name}`, owner.because, place)];
      if (owner?.kind === 'unknown')
        return [finding('PF120', `The ${type} ${name} exists; who owns it cannot be read: ${toSentence(owner.because)}.`, place)];
      return judgeOwner(fact, owner?.value, place);
  }
}

function judgeOwner(
  { stack, logicalId, type, name }: NameFact,
  owner: { stack: string; logicalId: string } | undefined,
  place: Place,
): readonly Finding[] {
  if (!owner) return [finding('PF120', `The ${type} ${name} exists, and no stack owns it.`, place)];
  if (owner.stack !== stack.name) return [finding('PF121', `The ${type} ${name} is owned by the stack ${owner.stack}.`, place)];
  if (owner.logicalId === logicalId) return [];
  return [
    finding(
      'PF124',
      `The ${type} ${name} is ${owner.logicalId} in the live stack ${stack.name}, and has another logical id in this template.`,
      place,
    ),
  ];
}
