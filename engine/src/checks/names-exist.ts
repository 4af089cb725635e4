import { known, toSentence, type Answer } from '../answer.ts';
import { evaluate, isOpen, Open, toText } from '../assembly/evaluate.ts';
import type { Code } from '../codes.ts';
import type { Facts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import { ownNames } from '../own-names.ts';
import type { LiveProperties, Presence } from '../readings.ts';
import type { Owner } from '../stack-readings.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, notKnown, notRun, toPlace, type Check } from './check.ts';
import { judgeAdoption } from './adopted.ts';
import { close } from './live.ts';
import { toNaming, toWanted, type LookUp, type Wanted } from './look-up.ts';
import { judgeMove } from './moves.ts';
import { toNewlyNamed } from './newly-named.ts';
import { toPerhapsNested, toUnnamed, type TemplateFacts, type TemplateResource } from '../template-facts.ts';

/** Whether the names that the deployment would newly take are free; if not, who has them. */
export const namesExist: Check = {
  name: 'names that exist',
  tier: 'read',
  judge: ({ templates, adoptions }, ask) => {
    const taking = templates
      .filter((s) => s.live && s.change.action !== 'unchanged')
      .flatMap((facts) => toNewlyNamed(facts).flatMap((resource) => toTaking(resource, facts, ask)));
    const open = taking.filter((t) => t.wanted === 'open' && !isOfNew(t));
    const asked = taking.flatMap(({ wanted, ...of }) =>
      wanted === 'open' ? [] : [{ ...of, ...wanted, answer: find(wanted.lookUp, of.facts, ask) }],
    );
    const isUnread = ({ answer }: Asked) => answer?.kind === 'unknown' && answer.because.why === 'unsupported';
    return [
      ...asked.filter((a) => !isUnread(a)).flatMap((a) => judgeName(a, { templates, adoptions }, ask)),
      ...judgeUnread(asked.filter(isUnread)),
      ...notKnown(
        namesExist.name,
        open.map(({ resource, facts }) => toPlace(facts.stack, resource.logicalId)),
      ),
    ];
  },
};

/** A resource of a stack, and the name that it would newly take. */
interface Taking {
  readonly facts: TemplateFacts;
  readonly resource: TemplateResource;
  readonly wanted: Wanted;
}

interface Asked extends Pick<Taking, 'facts' | 'resource'> {
  readonly name: string;
  readonly answer: Answer<Found> | undefined;
}

/** What has a name: everything that a presence tells, and the properties of the resource where they were read with it. */
type Found =
  | Exclude<Presence, { kind: 'present' }>
  | { readonly kind: 'present'; readonly active: boolean; readonly physicalId: string; readonly properties?: LiveProperties };

function toTaking(resource: TemplateResource, facts: TemplateFacts, ask: Ask): readonly Taking[] {
  const { type, properties } = resource;
  const wanted = toWanted(type, properties, facts.at);
  if (wanted !== 'open') return wanted ? [{ facts, resource, wanted }] : [];
  const closed = Object.entries(properties).map(([key, value]) => [
    key,
    isNaming(type, key) && isOpen(value) ? close(evaluate(value, toNamedScope(facts)), facts, ask) : value,
  ]);
  const again = toWanted(type, Object.fromEntries(closed) as LiveProperties, facts.at);
  return again ? [{ facts, resource, wanted: again }] : [];
}

const isNaming = (type: string, property: string): boolean => property === toNaming(type) || /^(EventBusName|Path|Scope)$/.test(property);

/** A reference to a resource that has a name of its own is that name, before the resource is there. */
const toNamedScope = ({ scope, resources }: TemplateFacts): TemplateFacts['scope'] => ({
  ...scope,
  ref: (logicalId) => {
    const found = resources.find((r) => r.logicalId === logicalId);
    return found && toText(found.properties[ownNames[found.type] ?? '']);
  },
});

/** Says whether an open name has one in it that this very deployment makes up, so that nothing has it yet. */
const isOfNew = ({ facts, resource }: Taking): boolean => mentionsNew(resource.properties[toNaming(resource.type) ?? ''], facts);

/** What a nested stack is given may be of what the stack around it makes. */
function mentionsNew(value: unknown, { change, changes, resources, scope, parent }: TemplateFacts): boolean {
  const isWhole = change.action === 'create' || change.action === 'recover';
  const made = isWhole ? resources : changes.filter((c) => c.action === 'create' || c.action === 'replace');
  const text = JSON.stringify(value);
  const isIn = (id: string) => [`"${id}"`, `"${id}.`, `\${${id}}`, `\${${id}.`].some((form) => text.includes(form));
  if (made.some(({ logicalId }) => isIn(logicalId))) return true;
  const given = Object.entries(scope.parameters).filter(([name, v]) => v instanceof Open && isIn(name));
  return parent !== undefined && given.some(([, v]) => mentionsNew(v, parent));
}

function find(lookUp: LookUp, { at }: TemplateFacts, ask: Ask): Answer<Found> | undefined {
  const { type } = lookUp;
  switch (lookUp.by) {
    case 'presence':
      return then(ask(at, 'presence', { type, name: lookUp.name }), (presence) => ({ physicalId: lookUp.name, ...presence }));
    case 'resource': {
      const { identifier, property = '', physicalId } = lookUp;
      return then(ask(at, 'resource', { type, identifier }), (properties) =>
        toFound(properties, physicalId ?? toText(properties?.[property]) ?? identifier),
      );
    }
    case 'resources': {
      const { within, isIt } = lookUp;
      return then(ask(at, 'resources', { type, ...(within ? { within } : {}) }), (all) => {
        const one = all.find(({ identifier }) => isIt(identifier));
        return toFound(one?.properties, one?.identifier ?? '');
      });
    }
  }
}

const then = <T>(answer: Answer<T> | undefined, give: (value: T) => Found): Answer<Found> | undefined =>
  answer?.kind === 'known' ? known(give(answer.value)) : answer;

const toFound = (properties: LiveProperties | undefined, physicalId: string): Found =>
  properties ? { kind: 'present', active: true, physicalId, properties } : { kind: 'absent' };

type Around = Pick<Facts, 'templates' | 'adoptions'>;

const judgeName = (asked: Asked, around: Around, ask: Ask): readonly Finding[] =>
  judgeAnswer(asked.answer, `${asked.resource.type} ${asked.name}`, toPlace(asked.facts.stack, asked.resource.logicalId), (found) => {
    const { type } = asked.resource;
    const tell = toTell(asked);
    switch (found.kind) {
      case 'absent':
        return [];
      case 'foreign':
        return type === 'AWS::S3::Bucket'
          ? tell('PF122', `The bucket name ${asked.name} is in use by another account.`)
          : tell('PF182', `The domain prefix ${asked.name} is in use by another account.`);
      case 'elsewhere':
        return tell('PF120', `The bucket ${asked.name} exists in another region of this account; bucket names are global.`);
      case 'present': {
        if (type === 'AWS::SecretsManager::Secret' && !found.active)
          return tell('PF180', `The secret ${asked.name} is deleted, and kept until its recovery window ends.`);
        const owner = ask(asked.facts.at, 'owner', { type, physicalId: found.physicalId });
        return owner ? judgeOwner(asked, found, owner, around, ask) : [];
      }
    }
  });

const toTell =
  ({ facts, resource }: Asked) =>
  (code: Code, message: string): readonly Finding[] => [finding(code, message, toPlace(facts.stack, resource.logicalId))];

type Present = Extract<Found, { kind: 'present' }>;

/** Where the live stack could not be read, a name without a known owner may well be its own; so it may where only this look went wrong. */
function judgeOwner(
  asked: Asked,
  found: Present,
  owner: Answer<Owner | undefined>,
  { templates, adoptions }: Around,
  ask: Ask,
): readonly Finding[] {
  const { facts, resource, name } = asked;
  const { type, logicalId } = resource;
  const tell = toTell(asked);
  const isProvider = type.startsWith('AWS::IAM::OIDC') || type.startsWith('Custom::');
  if (owner.kind === 'unknown') {
    const isPassing = ['throttled', 'unreachable', 'failed', 'expired'].includes(owner.because.why);
    if (facts.unread.length || isPassing) return [notRun(`owner of ${type} ${name}`, owner.because, toPlace(facts.stack, logicalId))];
    return tell(isProvider ? 'PF181' : 'PF120', `The ${type} ${name} exists; who owns it cannot be read: ${toSentence(owner.because)}.`);
  }
  const adoption = adoptions?.find((a) => a.stack === facts.stack.id && a.logicalId === logicalId);
  if (!owner.value) return adoption ? judgeAdoption(asked, adoption, ask) : judgeUnowned(asked, found, isProvider, ask);
  const { stack } = owner.value;
  if (stack !== facts.stack.name) {
    const because = toUnnamed(facts) ?? toPerhapsNested(stack, templates);
    if (because) return [notRun(`owner of ${type} ${name}`, because, toPlace(facts.stack, logicalId))];
    if (isProvider) return tell('PF181', `The ${type} ${name} is owned by the stack ${stack}.`);
    return judgeMove({ facts, resource, name }, owner.value, templates);
  }
  if (owner.value.logicalId === logicalId) return [];
  const message = `The ${type} ${name} is ${owner.value.logicalId} in the live stack ${stack}, and has another logical id in this template.`;
  return tell('PF124', message);
}

/** What a stack made and left behind still has the stack's tag. */
function judgeUnowned(asked: Asked, { physicalId, properties }: Present, isProvider: boolean, ask: Ask): readonly Finding[] {
  const { facts, resource, name } = asked;
  const { type } = resource;
  const tell = toTell(asked);
  const answer = properties ? known(properties) : ask(facts.at, 'resource', { type, identifier: physicalId });
  if (!answer) return [];
  if (isProvider) return tell('PF181', `The ${type} ${name} exists, and no stack owns it.`);
  const stack = answer.kind === 'known' ? toStackTag(answer.value) : undefined;
  if (stack) return tell('PF127', `The ${type} ${name} exists; the stack ${stack} made it and left it behind.`);
  const why = name.startsWith('/aws/lambda/') && type === 'AWS::Logs::LogGroup' ? ': Lambda makes it when the function first runs' : '';
  return tell('PF120', `The ${type} ${name} exists, and no stack owns it${why}.`);
}

const stackTag = 'aws:cloudformation:stack-name';

function toStackTag(properties: LiveProperties | undefined): string | undefined {
  const tags = properties?.['Tags'];
  if (!Array.isArray(tags)) return toText((tags as Record<string, unknown> | undefined)?.[stackTag]);
  return toText((tags as readonly { Key?: unknown; Value?: unknown }[]).find((t) => t.Key === stackTag)?.Value);
}

/** One notice for all types that Cloud Control does not know. */
function judgeUnread(asked: readonly Asked[]): readonly Finding[] {
  const [first] = asked;
  if (!first) return [];
  const types = [...new Set(asked.map(({ resource }) => resource.type))].sort();
  const place = asked.length === 1 ? toPlace(first.facts.stack, first.resource.logicalId) : {};
  return [finding('PF129', `${asked.length} of the types ${types.join(', ')}.`, place)];
}
