import { toSentence } from '../../../../engine/src/answer.ts';
import { resolveText } from '../../../../engine/src/assembly/resolve.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import { inOrder } from '../../../../engine/src/in-order.ts';
import type { StackOutcome, StackResult } from '../../../../engine/src/report/report.ts';
import type { DestroyOrder, Progress } from '../../../../engine/src/stack-changes.ts';
import type { Cloud, LiveStack, World } from '../../../../engine/src/world.ts';
import type { DoomedStack, OwnedResource } from '../facts.ts';
import { isNamed, toFate } from '../plan.ts';
import { judgeEnding, toFindings } from './outcome.ts';
import { isLeftBehind, removeData } from './remove-data.ts';

/** What destroying takes. */
export interface Destruction {
  /** The chosen stacks, in the order of deletion. */
  readonly stacks: readonly DoomedStack[];
  readonly deleteData: readonly string[];
  readonly concurrency: number;
  readonly cloudOf: (doomed: DoomedStack) => Cloud;
  /** When the run started, in milliseconds. */
  readonly startedMs: number;
}

/** What became of the stacks, and what is wrong with it. */
export interface Destroyed {
  readonly results: readonly StackResult[];
  readonly findings: readonly Finding[];
}

interface Ended {
  readonly doomed: DoomedStack;
  readonly result: StackResult;
  readonly findings: readonly Finding[];
}

/**
 * Deletes the stacks that are there: each as soon as all that need it are gone, at most `concurrency` at once, and then what it left
 * behind and was named.
 *
 * A failure stops what comes after it; the rest goes on. When the run is cancelled nothing new starts, and what is under way is
 * reported as still running. Never throws for a stack: what became of it is a value.
 */
export async function destroyStacks(destruction: Destruction, world: World): Promise<Destroyed> {
  const { stacks } = destruction;
  const idle = stacks.filter((doomed) => !doomed.live && toLeftovers(doomed, destruction).length === 0);
  const work = await inOrder(
    stacks.map((doomed) => ({ id: doomed.stack.id, dependencies: doomed.dependencies, doomed })),
    {
      limit: destruction.concurrency,
      run: ({ doomed }) => destroyStack(doomed, destruction, world),
      isGood: ({ result }) => isGoodOutcome(result.outcome),
      onEnd: ({ result }) => world.log.line(toEndLine(result)),
      before: new Map(idle.map((doomed) => [doomed.stack.id, toEnded(doomed, { kind: 'unchanged' })])),
    },
    world.cancelled,
  );
  const interrupted = await Promise.all(work.running.map((id) => toInterrupted(id, destruction, world)));
  const ended = new Map([...work.ended, ...interrupted.map((e) => [e.doomed.stack.id, e] as const)]);
  const all = stacks.map((doomed) => ended.get(doomed.stack.id) ?? toNotStarted(doomed, stacks, ended, world));
  return { results: all.map((e) => e.result), findings: all.flatMap((e) => e.findings) };
}

const isGoodOutcome = ({ kind }: StackOutcome): boolean => kind === 'destroyed' || kind === 'unchanged';

/** What its stack leaves behind, or left behind before, and was named. */
const toLeftovers = ({ resources }: DoomedStack, { deleteData }: Destruction): readonly OwnedResource[] =>
  resources.filter((resource) => toFate(resource, deleteData) === 'remove');

async function destroyStack(doomed: DoomedStack, destruction: Destruction, world: World): Promise<Ended> {
  const { stack, live } = doomed;
  const cloud = destruction.cloudOf(doomed);
  const startMs = world.clock.now();
  world.log.line(`🗑️ ${stack.name}: ${live ? 'delete starts' : 'is gone; what it left behind and was named is deleted'}`);
  const problems = live ? await prepareData(doomed, destruction, cloud) : [];
  const failed = problems.length || !live ? undefined : await deleteStack(doomed, live, cloud, world);
  const gone = problems.length || failed ? undefined : await finishData(doomed, destruction, cloud);
  const outcome = gone?.outcome ?? failed ?? toUnprepared(problems);
  const times = {
    startSeconds: toSeconds(startMs - destruction.startedMs),
    seconds: toSeconds(world.clock.now() - startMs),
  };
  const findings = [...problems, ...(failed ? toFindings(stack, failed) : []), ...(gone?.findings ?? [])];
  return { doomed, result: { ...toResult(doomed, outcome), ...times }, findings };
}

/** What was named and goes with its stack is made ready for that; the stack is not touched when it cannot be. */
async function prepareData({ stack, resources }: DoomedStack, { deleteData }: Destruction, cloud: Cloud): Promise<readonly Finding[]> {
  const named = resources.filter((r) => r.policy === 'Delete' && isNamed(r, deleteData) && cloud.data.types.includes(r.type));
  const answers = await Promise.all(named.map(async (r) => ({ r, answer: await cloud.data.prepare(r.type, r.name) })));
  return answers.flatMap(({ r, answer }) =>
    answer.kind === 'unknown'
      ? [finding('DS150', `${r.type} ${r.name}: ${toSentence(answer.because)}.`, { stack: stack.name, constructPath: r.path })]
      : [],
  );
}

const toUnprepared = ([first]: readonly Finding[]): StackOutcome => ({
  kind: 'failed',
  cause: { logicalId: '', type: '', message: first?.message ?? '' },
});

/** Gives what went wrong; undefined when the stack is gone. */
async function deleteStack(doomed: DoomedStack, live: LiveStack, cloud: Cloud, world: World): Promise<StackOutcome | undefined> {
  const { stack, resources } = doomed;
  const progress: Progress[] = [];
  const end = await cloud.destroyer.destroy({ id: live.id, liftsProtection: live.terminationProtection, roles: toRoles(doomed) }, (p) => {
    progress.push(p);
    if (/^DELETE_(COMPLETE|FAILED|SKIPPED)$/.test(p.status) && p.type !== 'AWS::CloudFormation::Stack')
      world.log.line(toProgressLine(stack.name, p, progress, resources.length));
  });
  const answer = await cloud.stacks.describe(live.id);
  if (answer.kind === 'unknown') return { kind: 'still-running', status: `a state that cannot be read: ${toSentence(answer.because)}` };
  return judgeEnding({ ...end, progress, live: answer.value });
}

/** The placeholders of the assembly stand for account, region and partition of the stack. */
function toRoles({ stack, at }: DoomedStack): DestroyOrder['roles'] {
  const { deploy, externalId, execution } = stack.roles;
  const resolve = (arn: string | undefined) => (arn === undefined ? undefined : resolveText({ 'Fn::Sub': arn }, stack, at));
  const [who, as] = [resolve(deploy), resolve(execution)];
  return { ...(who ? { deploy: who } : {}), ...(externalId ? { externalId } : {}), ...(as ? { execution: as } : {}) };
}

/** Deletes what a stack that is gone left behind and was named, and gives what it left for good. */
async function finishData(
  doomed: DoomedStack,
  destruction: Destruction,
  cloud: Cloud,
): Promise<{ readonly outcome: StackOutcome; readonly findings: readonly Finding[] }> {
  const { stack, resources } = doomed;
  const ids = [...new Set(resources.map((r) => r.stackId))];
  const lists = await Promise.all(ids.map((id) => cloud.readings.stackResources({ stack: id })));
  const unread = lists.flatMap((list) => (list.kind === 'unknown' ? [list.because] : []));
  const left = lists.flatMap((list) => (list.kind === 'known' ? [...(list.value?.values() ?? [])] : []));
  const behind = resources.filter((resource) => isLeftBehind(resource, left));
  const removal = await removeData(
    behind.filter((r) => toFate(r, destruction.deleteData) === 'remove'),
    cloud,
    stack.name,
  );
  const kept = behind.filter((resource) => !removal.removed.includes(resource));
  const blind = toLeftovers(doomed, destruction).length ? unread : [];
  return {
    outcome: {
      kind: 'destroyed',
      deleted: resources.length - kept.length,
      kept: kept.map(({ type, name }) => `${type} ${name}`).sort(),
    },
    findings: [
      ...removal.findings,
      ...blind.map((because) => finding('DS150', `What ${stack.name} left behind: ${toSentence(because)}.`, { stack: stack.name })),
    ],
  };
}

async function toInterrupted(id: string, { stacks, cloudOf }: Destruction, world: World): Promise<Ended> {
  const doomed = stacks.find(({ stack }) => stack.id === id) as DoomedStack;
  const asked = cloudOf(doomed).stacks.describe(doomed.live?.id ?? doomed.stack.name);
  const answer = await Promise.race([asked, world.clock.sleep(2_000)]);
  const status = answer?.kind === 'known' ? (answer.value?.status ?? 'DELETE_COMPLETE') : 'a state that cannot be read';
  const outcome: StackOutcome =
    answer?.kind !== 'known' || status === 'DELETE_IN_PROGRESS'
      ? { kind: 'still-running', status }
      : { kind: 'not-started', because: `the run was cancelled; it is in ${status}` };
  return toEnded(doomed, outcome);
}

function toNotStarted(doomed: DoomedStack, all: readonly DoomedStack[], ended: ReadonlyMap<string, Ended>, world: World): Ended {
  const isLeft = (id: string) => !isGoodOutcome(ended.get(id)?.result.outcome ?? { kind: 'not-started', because: '' });
  const blockers = all.filter(({ stack }) => doomed.dependencies.includes(stack.id) && isLeft(stack.id)).map(({ stack }) => stack.name);
  const because = world.cancelled.aborted ? 'the run was cancelled' : `it is needed by ${blockers.join(', ')}`;
  return toEnded(doomed, { kind: 'not-started', because });
}

const toEnded = (doomed: DoomedStack, outcome: StackOutcome): Ended => ({
  doomed,
  result: toResult(doomed, outcome),
  findings: toFindings(doomed.stack, outcome),
});

const toResult = ({ stack, at }: DoomedStack, outcome: StackOutcome): StackResult => ({
  name: stack.name,
  region: at.region,
  outcome,
  startSeconds: 0,
  seconds: 0,
  outputs: {},
});

const toSeconds = (ms: number): number => Math.round(ms / 100) / 10;

function toProgressLine(name: string, p: Progress, all: readonly Progress[], total: number): string {
  const done = new Set(all.filter((e) => /^DELETE_(COMPLETE|SKIPPED)$/.test(e.status)).map((e) => e.logicalId)).size;
  const sign = p.status === 'DELETE_FAILED' ? '❌' : '  ';
  return `${sign} ${name} ${Math.min(done, total)}/${total} ${p.status} ${p.type} ${p.logicalId}${p.status === 'DELETE_FAILED' ? `: ${p.reason}` : ''}`;
}

function toEndLine({ name, outcome, seconds }: StackResult): string {
  switch (outcome.kind) {
    case 'destroyed':
      return `✅ ${name}: destroyed in ${seconds.toFixed(1)} s, ${outcome.deleted} resources deleted, ${outcome.kept.length} kept`;
    case 'failed':
      return `❌ ${name}: failed, because of ${outcome.cause.logicalId || 'the stack'}: ${outcome.cause.message}`;
    default:
      return `⏸️ ${name}: ${outcome.kind}`;
  }
}
