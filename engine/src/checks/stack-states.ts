import type { Answer } from '../answer.ts';
import { finding, type Finding, type Place } from '../finding.ts';
import type { StackFacts } from '../facts.ts';
import type { StackResource } from '../readings.ts';
import type { LiveStack } from '../world.ts';
import type { Ask } from './ask.ts';
import { notRun, toPlace, type Check } from './check.ts';
import { isShut } from './places.ts';

/** Whether every stack is in a state that CloudFormation deploys from; of the others, what is stuck and what helps. */
export const stackStates: Check = {
  name: 'stack states',
  tier: 'read',
  judge: ({ stacks }, ask) => stacks.flatMap((facts) => judgeStack(facts, ask)),
};

function judgeStack(facts: StackFacts, ask: Ask): readonly Finding[] {
  const { stack, live, unread } = facts;
  if (!live || isShut(facts)) return [];
  const place = toPlace(stack);
  const found = live.kind === 'known' && live.value ? judgeState(live.value, facts, place, ask) : [];
  return [...found, ...unread.map((because) => notRun(`live stack ${stack.name}`, because, place))];
}

/** What can be done about a state; the states not here are fine. */
const ways: Readonly<Record<string, string>> = {
  UPDATE_ROLLBACK_FAILED:
    'correct what is stuck, or leave it as it is, and continue its rollback: aws cloudformation continue-update-rollback --stack-name',
  ROLLBACK_FAILED: 'delete it, keeping what it cannot delete: aws cloudformation delete-stack --stack-name',
  CREATE_FAILED: 'delete it: aws cloudformation delete-stack --stack-name',
  DELETE_FAILED: 'delete it again, keeping what it cannot delete: aws cloudformation delete-stack --stack-name',
  UPDATE_FAILED: 'roll it back: aws cloudformation rollback-stack --stack-name',
  IMPORT_ROLLBACK_FAILED: 'continue its rollback: aws cloudformation continue-update-rollback --stack-name',
};

/** The option of a way that leaves alone what is stuck. */
const leaving: Readonly<Record<string, string>> = {
  UPDATE_ROLLBACK_FAILED: '--resources-to-skip',
  DELETE_FAILED: '--retain-resources',
};

function judgeState(live: LiveStack, facts: StackFacts, place: Place, ask: Ask): readonly Finding[] {
  const { name, status } = live;
  if (status === 'ROLLBACK_COMPLETE' && live.terminationProtection) return [finding('PF110', toProtectedShell(name), place)];
  if (status === 'ROLLBACK_COMPLETE') return [finding('PF112', toRolledBack(facts, ask), place)];
  if (status === 'REVIEW_IN_PROGRESS') return [finding('PF112', toShell(facts, ask), place)];
  if (status.endsWith('_IN_PROGRESS')) return [finding('PF111', `${name} is in ${status}${toWho(live)}.`, place)];
  const way = ways[status];
  return way ? [finding('PF110', toStuck(live, way, facts, ask), place)] : [];
}

/** Change sets of deploy carry the id and the attempt of their run. */
function toWho({ changeSet }: LiveStack): string {
  if (!changeSet) return '';
  const [, run, attempt] = /^spaceport-(\d+)-(\d+)$/.exec(changeSet) ?? [];
  return `, by the change set ${changeSet}${run ? ` (attempt ${attempt} of the workflow run ${run})` : ''}`;
}

/** What is not known of the details is left out: the state is told all the same. */
const toKnown = <T>(answer: Answer<T> | undefined): T | undefined => (answer?.kind === 'known' ? answer.value : undefined);

function toRolledBack({ stack, at }: StackFacts, ask: Ask): string {
  const resources = toKnown(ask(at, 'stackResources', { stack: stack.name }));
  const kept = resources && toNamed(resources, (status) => status !== 'DELETE_COMPLETE');
  const left = kept?.length
    ? ` Still there of what it made: ${kept.join(', ')}.`
    : kept
      ? ' All that it made is deleted already, so nothing is lost.'
      : '';
  return `${stack.name} is in ROLLBACK_COMPLETE: its creation never came to an end. Deploy deletes what is left of it and creates the stack anew.${left}`;
}

function toShell({ stack, at }: StackFacts, ask: Ask): string {
  const names = toKnown(ask(at, 'changeSets', { stack: stack.name }))?.map((c) => `${c.name} of ${c.day}`) ?? [];
  const then = names.length ? ` What nobody executed goes away with it: ${names.join(', ')}.` : '';
  return `${stack.name} is in REVIEW_IN_PROGRESS: its creation never came to an end. Deploy creates the stack in its place.${then}`;
}

function toStuck({ name, status, statusReason }: LiveStack, way: string, { at }: StackFacts, ask: Ask): string {
  const resources = toKnown(ask(at, 'stackResources', { stack: name })) ?? new Map<string, StackResource>();
  const isStuck = (s: string) => s.endsWith('_FAILED');
  const stuck = toNamed(resources, isStuck);
  const ids = [...resources].flatMap(([id, r]) => (isStuck(r.status) ? [id] : [])).sort();
  const which = stuck.length ? ` with ${stuck.join(', ')}` : '';
  const why = statusReason ? ` (${statusReason})` : '';
  const option = ids.length ? leaving[status] : undefined;
  return `${name} is in ${status}${which}${why}; ${way} ${name}${option ? ` ${option} ${ids.join(' ')}` : ''}`;
}

const toNamed = (resources: ReadonlyMap<string, StackResource>, isIt: (status: string) => boolean): readonly string[] =>
  [...resources].flatMap(([id, { type, physicalId, status }]) => (isIt(status) ? [`${type} ${id} (${physicalId || status})`] : [])).sort();

/** The toolkit protects a stack before its first change set is executed, so even a failed creation is protected. */
const toProtectedShell = (name: string): string =>
  `${name} is in ROLLBACK_COMPLETE and protected from deletion, so nobody can create it anew; first run: ` +
  `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name}`;
