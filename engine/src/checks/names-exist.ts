import { toSentence, type Answer } from '../answer.ts';
import { toLiveResources, type NamedResource, type StackFacts } from '../facts.ts';
import { finding, type Finding, type Place } from '../finding.ts';
import { nameProperty } from '../names.ts';
import type { Owner } from '../readings.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, notRun, toPlace, type Check } from './check.ts';

/** Whether the names that the deployment would newly take are free; if not, who has them. */
export const namesExist: Check = {
  name: 'names that exist',
  tier: 'read',
  judge: ({ stacks }, ask) =>
    stacks
      .filter((s) => s.live && s.change.action !== 'unchanged')
      .flatMap((s) => toNewlyTaken(s).flatMap((named) => judgeName(named, s, ask))),
};

/** The types whose services are asked. */
const lookedUp: ReadonlySet<string> = new Set([
  'AWS::S3::Bucket',
  'AWS::DynamoDB::Table',
  'AWS::ECR::Repository',
  'AWS::IAM::Role',
  'AWS::Lambda::Function',
]);

/** Names that the live stack has already under the same logical id are its own: nothing has to be asked about them. */
function toNewlyTaken(facts: StackFacts): readonly NamedResource[] {
  const isThere = facts.change.action !== 'create' && facts.change.action !== 'recover';
  const key = (logicalId: string, type: string, name: unknown) => `${logicalId} ${type} ${String(name)}`;
  const own = new Set(isThere ? toLiveResources(facts).map((r) => key(r.logicalId, r.type, r.properties[nameProperty(r.type) ?? ''])) : []);
  return facts.named.filter(({ logicalId, type, name }) => lookedUp.has(type) && !own.has(key(logicalId, type, name)));
}

function judgeName(named: NamedResource, { at, unread }: StackFacts, ask: Ask): readonly Finding[] {
  const { stack, logicalId, type, name } = named;
  const place = toPlace(stack, logicalId);
  return judgeAnswer(ask(at, 'presence', { type, name }), `${type} ${name}`, place, (presence) => {
    switch (presence.kind) {
      case 'absent':
        return [];
      case 'foreign':
        return [finding('PF122', `The bucket name ${name} is in use by another account.`, place)];
      case 'elsewhere':
        return [finding('PF120', `The bucket ${name} exists in another region of this account; bucket names are global.`, place)];
      case 'present': {
        const owner = ask(at, 'owner', { type, physicalId: name });
        return owner ? judgeOwner(named, owner, place, unread.length > 0) : [];
      }
    }
  });
}

/** Where the live stack could not be read, a name without a known owner may well be its own. */
function judgeOwner(
  { stack, logicalId, type, name }: NamedResource,
  owner: Answer<Owner | undefined>,
  place: Place,
  isStackUnread: boolean,
): readonly Finding[] {
  if (owner.kind === 'unknown') {
    if (isStackUnread) return [notRun(`owner of ${type} ${name}`, owner.because, place)];
    return [finding('PF120', `The ${type} ${name} exists; who owns it cannot be read: ${toSentence(owner.because)}.`, place)];
  }
  if (!owner.value) return [finding('PF120', `The ${type} ${name} exists, and no stack owns it.`, place)];
  if (owner.value.stack !== stack.name) return [finding('PF121', `The ${type} ${name} is owned by the stack ${owner.value.stack}.`, place)];
  if (owner.value.logicalId === logicalId) return [];
  const message = `The ${type} ${name} is ${owner.value.logicalId} in the live stack ${stack.name}, and has another logical id in this template.`;
  return [finding('PF124', message, place)];
}
