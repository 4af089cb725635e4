import type { Answer } from '../answer.ts';
import type { Code } from '../codes.ts';
import { finding, type Finding } from '../finding.ts';
import type { StackFacts } from '../facts.ts';
import type { StackResource } from '../stack-readings.ts';
import { judgeRecovery, type Recovery, type RecoverySettings } from '../recovery.ts';
import type { LiveStack } from '../world.ts';
import type { Ask } from './ask.ts';
import { notRun, toPlace, type Check } from './check.ts';
import { isShut } from './places.ts';

/** Whether every stack is in a state that CloudFormation deploys from, or that deploy brings back; of the others, what is stuck and what helps. */
export const stackStates: Check = {
  name: 'stack states',
  tier: 'read',
  judge: ({ stacks, recovery }, ask) => stacks.flatMap((facts) => judgeStack(facts, recovery, ask)),
};

function judgeStack(facts: StackFacts, settings: RecoverySettings, ask: Ask): readonly Finding[] {
  const { stack, live, unread } = facts;
  if (!live || isShut(facts)) return [];
  const place = toPlace(stack);
  const found = live.kind === 'known' && live.value ? judgeState(live.value, facts, settings, ask) : [];
  return [...found, ...unread.map((because) => notRun(`live stack ${stack.name}`, because, place))];
}

function judgeState(live: LiveStack, facts: StackFacts, settings: RecoverySettings, ask: Ask): readonly Finding[] {
  const { name, status } = live;
  const tell = (code: Code, message: string) => [finding(code, message, toPlace(facts.stack))];
  const recovery = judgeRecovery({ live, at: facts.at, settings, resources: [facts, ...facts.nested].flatMap((f) => f.resources) }, ask);
  switch (recovery.kind) {
    case 'none':
      return [];
    case 'wait':
      return tell(settings.isOn ? 'PF114' : 'PF111', `${name} is in ${status}${toWho(live, facts, ask)}.`);
    case 'fill':
      return tell('PF112', toShell(facts, ask));
    case 'delete':
      return tell(recovery.retains.length ? 'PF113' : 'PF112', toUncreated(live, recovery, facts, ask));
    case 'roll-back':
      return tell('PF113', `${name} is in ${status}: its last update failed and was left so. Deploy rolls it back first.`);
    case 'continue':
      return tell('PF113', toContinued(live, recovery.skip, facts, ask));
    case 'go-on':
      return tell('PF113', `${name} is in ${status}: what failed was left so. Deploy goes on from there.`);
    case 'stuck':
      return tell('PF110', toStuck(live, recovery.why, facts, ask));
  }
}

/** What can be done by hand about a state. */
const ways: Readonly<Record<string, string>> = {
  UPDATE_ROLLBACK_FAILED:
    'correct what is stuck, or leave it as it is, and continue its rollback: aws cloudformation continue-update-rollback --stack-name',
  ROLLBACK_COMPLETE: 'delete it: aws cloudformation delete-stack --stack-name',
  ROLLBACK_FAILED: 'delete it, keeping what it cannot delete: aws cloudformation delete-stack --stack-name',
  CREATE_FAILED:
    'go on from there with `on-failure: keep`, or delete it, keeping what has to stay: aws cloudformation delete-stack --stack-name',
  DELETE_FAILED:
    'name what of it stays in `recover`, by <stack>/<logical id>, and deploy deletes the rest and creates it anew; or delete it again, keeping what it cannot delete, which `existing: adopt` takes in then: aws cloudformation delete-stack --stack-name',
  UPDATE_FAILED: 'go on from there with `on-failure: keep`, or roll it back: aws cloudformation rollback-stack --stack-name',
  IMPORT_ROLLBACK_FAILED:
    'CloudFormation documents no way on but its deletion, which takes with it all that its template does not retain: look at what it could not give back and ask AWS support: aws cloudformation describe-stack-events --stack-name',
};

/** The option of a way that leaves alone what is stuck. */
const leaving: Readonly<Record<string, string>> = {
  UPDATE_ROLLBACK_FAILED: '--resources-to-skip',
  DELETE_FAILED: '--retain-resources',
};

/** Change sets of deploy carry the id and the attempt of their run; what has no change set may have been begun in the console. */
function toWho({ name, changeSet }: LiveStack, { at }: StackFacts, ask: Ask): string {
  if (changeSet) {
    const [, run, attempt] = /^spaceport-(\d+)-(\d+)(?:-back)?$/.exec(changeSet) ?? [];
    return `, by the change set ${changeSet}${run ? ` (attempt ${attempt} of the workflow run ${run})` : ''}`;
  }
  const token = toKnown(ask(at, 'history', { stack: name }))?.token;
  return token ? `, by ${token.startsWith('Console-') ? 'somebody in the console' : `the request ${token}`}` : '';
}

/** What is not known of the details is left out: the state is told all the same. */
const toKnown = <T>(answer: Answer<T> | undefined): T | undefined => (answer?.kind === 'known' ? answer.value : undefined);

function toUncreated(
  { status }: LiveStack,
  { liftsProtection, retains }: Extract<Recovery, { readonly kind: 'delete' }>,
  { stack, at }: StackFacts,
  ask: Ask,
): string {
  const resources = toKnown(ask(at, 'stackResources', { stack: stack.name }));
  const kept = resources && toNamed(resources, (s) => s === 'DELETE_SKIPPED');
  const going = resources && new Map([...resources].filter(([id]) => !retains.includes(id)));
  const made = going && toNamed(going, (s) => !/^DELETE_(COMPLETE|SKIPPED)$/.test(s));
  const left = retains.length ? `, but ${retains.join(', ')}, which stays in AWS and belongs to no stack then,` : '';
  const sentences = [
    `${stack.name} is in ${status}: its ${retains.length ? 'deletion' : 'creation'} never came to an end. Deploy deletes what is left of it${left} and creates the stack anew.`,
    ...(made?.length ? [`Nothing of it holds data: ${made.join(', ')}.`] : []),
    ...(kept?.length ? [`Still there of what it made: ${kept.join(', ')}.`] : []),
    ...(made?.length === 0 && kept?.length === 0 ? ['All that it made is deleted already, so nothing is lost.'] : []),
    ...(liftsProtection ? ['Its termination protection, which the failed creation left, is turned off for that.'] : []),
  ];
  return sentences.join(' ');
}

function toContinued({ name, status }: LiveStack, skip: readonly string[], { at }: StackFacts, ask: Ask): string {
  const resources = toKnown(ask(at, 'stackResources', { stack: name })) ?? new Map<string, StackResource>();
  const stuck = toNamed(resources, isStuck);
  const which = stuck.length ? ` with ${stuck.join(', ')}` : '';
  const left = skip.length ? ` It leaves as they are: ${skip.join(', ')}.` : '';
  return `${name} is in ${status}${which}. Deploy continues its rollback first.${left}`;
}

function toShell({ stack, at }: StackFacts, ask: Ask): string {
  const names = toKnown(ask(at, 'changeSets', { stack: stack.name }))?.map((c) => `${c.name} of ${c.day}`) ?? [];
  const then = names.length ? ` What nobody executed goes away with it: ${names.join(', ')}.` : '';
  return `${stack.name} is in REVIEW_IN_PROGRESS: its creation never came to an end. Deploy creates the stack in its place.${then}`;
}

function toStuck({ name, status, statusReason }: LiveStack, why: string | undefined, { at }: StackFacts, ask: Ask): string {
  const resources = toKnown(ask(at, 'stackResources', { stack: name })) ?? new Map<string, StackResource>();
  const stuck = toNamed(resources, isStuck);
  const ids = [...resources].flatMap(([id, r]) => (isStuck(r.status) ? [id] : [])).sort();
  const which = stuck.length ? ` with ${stuck.join(', ')}` : '';
  const reason = statusReason ? ` (${statusReason})` : '';
  const option = ids.length ? leaving[status] : undefined;
  const way = `${ways[status] ?? 'look at it: aws cloudformation describe-stack-events --stack-name'} ${name}`;
  return `${name} is in ${status}${which}${reason}; ${why ? `${why}; ` : ''}${way}${option ? ` ${option} ${ids.join(' ')}` : ''}`;
}

const isStuck = (status: string): boolean => status.endsWith('_FAILED');

const toNamed = (resources: ReadonlyMap<string, StackResource>, isIt: (status: string) => boolean): readonly string[] =>
  [...resources].flatMap(([id, { type, physicalId, status }]) => (isIt(status) ? [`${type} ${id} (${physicalId || status})`] : [])).sort();
