import { known, toSentence, type Answer, type NotRead } from './answer.ts';
import type { DataResource, Decision, Existing } from './decision.ts';
import { finding, type Finding } from './finding.ts';
import type { Presence } from './readings.ts';
import type { Cloud } from './world.ts';

/** What AWS holds under one name, and who owns it. */
export interface DataFact {
  readonly name: string;
  readonly presence: Answer<Presence>;
  /** Only asked when it is present. */
  readonly owner?: Answer<{ readonly stack: string; readonly logicalId: string } | undefined>;
  /** The environment of the owning stack, where its tags or its name say so. */
  readonly ownerEnvironment?: string;
  /** Stacks of other environments whose templates name it; only asked for fallback names. */
  readonly usedBy?: readonly string[];
  /** Why nobody knows whether it belongs to another environment. */
  readonly notRead?: NotRead;
}

/** What is known of one data resource: its preferred name, and its fallback name where the environment may use it. */
export interface DataFacts {
  readonly resource: DataResource;
  readonly environment: string;
  readonly preferred: DataFact;
  readonly fallback?: DataFact;
}

/**
 * Gives what synth does with one data resource, or why nobody can say.
 *
 * The preferred name counts first. A name that cannot be looked up is never taken for a free one.
 */
export function decide(facts: DataFacts, existing: Existing): Decision | { readonly problem: Finding } {
  const { id, type, stack } = facts.resource;
  for (const fact of [facts.preferred, ...(facts.fallback ? [facts.fallback] : [])]) {
    const verdict = judgeFact(fact, facts);
    if (verdict === 'free') continue;
    if (typeof verdict !== 'string') return { problem: verdict };
    if (verdict === 'reference' && existing === 'fail') {
      return { problem: finding('PF120', `The ${type} ${fact.name} exists, and \`existing\` is fail.`, { stack }) };
    }
    const isNobodys = fact.owner?.kind === 'known' && !fact.owner.value;
    const adopts = verdict === 'reference' && existing === 'adopt' && isNobodys;
    return { id, type, stack, name: fact.name, kind: adopts ? 'adopt' : verdict };
  }
  return { id, type, stack, name: facts.preferred.name, kind: 'create' };
}

function judgeFact(fact: DataFact, { resource, environment }: DataFacts): 'free' | 'managed' | 'reference' | Finding {
  const what = `${resource.type} ${fact.name}`;
  const place = { stack: resource.stack };
  if (fact.presence.kind === 'unknown') return finding('PF141', `${what}: ${toSentence(fact.presence.because)}.`, place);
  const presence = fact.presence.value;
  if (presence.kind === 'absent') return 'free';
  if (presence.kind === 'foreign') return finding('PF122', `${what} belongs to another account.`, place);
  if (presence.kind === 'elsewhere')
    return finding('PF120', `${what} is in another region of this account; bucket names are global.`, place);
  if (fact.owner?.kind === 'unknown')
    return finding('PF141', `${what} exists; who owns it cannot be read: ${toSentence(fact.owner.because)}.`, place);
  const owner = fact.owner?.value;
  if (owner?.stack === resource.stack) return 'managed';
  if (owner && fact.ownerEnvironment && fact.ownerEnvironment !== environment) {
    return finding('PF140', `${what} is owned by the stack ${owner.stack} of the environment ${fact.ownerEnvironment}.`, place);
  }
  if (fact.usedBy?.length) return finding('PF140', `${what} is used by ${fact.usedBy.join(', ')}, of another environment.`, place);
  if (fact.notRead)
    return finding('PF141', `${what} exists; whether another environment has it cannot be read: ${toSentence(fact.notRead)}.`, place);
  return 'reference';
}

/** What reading the facts of data resources takes. */
export interface DataQuestion {
  readonly resources: readonly DataResource[];
  readonly environment: string;
  readonly legacyNames: boolean;
  /** The stacks of each environment of the system, so that an owner can be placed. */
  readonly stacksOf: ReadonlyMap<string, readonly string[]>;
}

/** Reads what AWS holds under the names of data resources. All at once, and reading only: at most three calls a name, and for a fallback name one more for each stack of the other environments. */
export function readDataFacts(question: DataQuestion, cloud: Cloud): Promise<readonly DataFacts[]> {
  return Promise.all(
    question.resources.map(async (resource): Promise<DataFacts> => {
      const preferred = await readFact(resource, resource.preferred, false, question, cloud);
      const absent = preferred.presence.kind === 'known' && preferred.presence.value.kind === 'absent';
      const looksBack = absent && question.legacyNames && resource.fallback !== resource.preferred;
      return {
        resource,
        environment: question.environment,
        preferred,
        ...(looksBack ? { fallback: await readFact(resource, resource.fallback, true, question, cloud) } : {}),
      };
    }),
  );
}

async function readFact(
  resource: DataResource,
  name: string,
  isFallback: boolean,
  question: DataQuestion,
  cloud: Cloud,
): Promise<DataFact> {
  const presence = await cloud.readings.presence({ type: resource.type, name });
  if (presence.kind === 'unknown' || presence.value.kind !== 'present') return { name, presence };
  const owner = await cloud.readings.owner({ type: resource.type, physicalId: name });
  const stack = owner.kind === 'known' ? owner.value?.stack : undefined;
  if (stack === resource.stack) return { name, presence, owner };
  const environment = stack ? await findEnvironment(stack, question, cloud) : known(undefined);
  const users = isFallback ? await findUsers(name, question, cloud) : known([]);
  const unread = [environment, users].find((answer) => answer.kind === 'unknown');
  return {
    name,
    presence,
    owner,
    ...(environment.kind === 'known' && environment.value ? { ownerEnvironment: environment.value } : {}),
    ...(users.kind === 'known' && users.value.length ? { usedBy: users.value } : {}),
    ...(unread?.kind === 'unknown' ? { notRead: unread.because } : {}),
  };
}

async function findEnvironment(stack: string, { stacksOf }: DataQuestion, cloud: Cloud): Promise<Answer<string | undefined>> {
  const own = [...stacksOf].find(([, stacks]) => stacks.includes(stack))?.[0];
  if (own) return known(own);
  const live = await cloud.stacks.describe(stack);
  return live.kind === 'known' ? known(live.value?.tags['environment']) : live;
}

/** A template that cannot be read may name it: only when another one does, that one is told instead. */
async function findUsers(name: string, { stacksOf, environment }: DataQuestion, cloud: Cloud): Promise<Answer<readonly string[]>> {
  const others = [...stacksOf].filter(([other]) => other !== environment).flatMap(([, stacks]) => stacks);
  const templates = await Promise.all(others.map(async (stack) => ({ stack, template: await cloud.stacks.template(stack) })));
  const users = templates.filter(({ template }) => template.kind === 'known' && mentions(template.value, name)).map(({ stack }) => stack);
  const unread = templates.find(({ template }) => template.kind === 'unknown')?.template;
  return users.length === 0 && unread?.kind === 'unknown' ? unread : known(users);
}

/** Says whether a value names it: alone, or as a part of an ARN or of a path. */
function mentions(value: unknown, name: string): boolean {
  if (typeof value === 'string') return toParts(value).includes(toParts(name));
  return value !== null && typeof value === 'object' && Object.values(value).some((v) => mentions(v, name));
}

const toParts = (text: string): string => `:${text.replaceAll('/', ':')}:`;
