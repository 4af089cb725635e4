import { toCleaned } from '../../../../engine/src/cause/clean.ts';
import { toSentence, type NotRead } from '../../../../engine/src/answer.ts';
import type { Environment } from '../../../../engine/src/config/environment.ts';
import { toConsoleUrl } from '../../../../engine/src/console.ts';
import type { StackFacts } from '../../../../engine/src/facts.ts';
import { toPlace } from '../../../../engine/src/checks/check.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import { inOrder } from '../../../../engine/src/in-order.ts';
import { hasNoResources } from '../../../../engine/src/plan/change.ts';
import { looksAtUnchanged, toStackMethod, type Method } from '../../../../engine/src/method.ts';
import type { RecoverySettings } from '../../../../engine/src/recovery.ts';
import type { StackOutcome, StackResult } from '../../../../engine/src/report/report.ts';
import type { DeployEnd, Progress } from '../../../../engine/src/stack-changes.ts';
import type { Cloud, LiveStack, World } from '../../../../engine/src/world.ts';
import { isGoodOutcome, toOutputs, toResult, toSeconds, type Ended } from './ended.ts';
import { tellAdopted } from './adopted.ts';
import { explain } from './explain.ts';
import { hotswapStack, isSettled, type Swaps } from './hotswap.ts';
import { toWhyNot, type Limit } from './limit.ts';
import { judgeEnding, toFindings, toSaid } from './outcome.ts';
import { createProgressLines } from './progress.ts';
import { judgeOutputs } from './read-back.ts';
import type { Recheck } from './recheck.ts';
import { recoverStack } from './recover.ts';
import type { GoBack } from './swap.ts';
import { toTriggers } from './triggers.ts';

/** What applying takes. */
export interface Application {
  /** Folder of the assembly. */
  readonly assembly: string;
  /** Account of the credentials. */
  readonly account: string;
  /** The chosen stacks, in the order of deployment. */
  readonly stacks: readonly StackFacts[];
  readonly concurrency: number;
  readonly cloudOf: (facts: StackFacts) => Cloud;
  readonly onFailure: 'rollback' | 'keep' | 'stop';
  readonly method: Method;
  readonly rollback: Environment['rollback'];
  readonly recovery: RecoverySettings;
  readonly recheck: Recheck;
  readonly limit: Limit;
  /** When the run started, in milliseconds. */
  readonly startedMs: number;
}

/** What became of the stacks, in their order, and what is wrong with it: two regions may have stacks of one name. */
export interface Applied {
  readonly results: readonly StackResult[];
  readonly findings: readonly Finding[];
  /** How stacks whose code was swapped get the former one back, by their id. */
  readonly swapped: ReadonlyMap<string, GoBack>;
}

/**
 * Deploys the stacks that change: each as soon as what it needs is done, at most `concurrency` at once.
 *
 * A failure stops what depends on it; the rest goes on, unless `onFailure` is to stop. When the run is cancelled or its time is over
 * nothing new starts, and what is under way is reported as still running. Never throws for a stack: what became of it is a value.
 */
export async function apply(application: Application, world: World): Promise<Applied> {
  const { method, account } = application;
  const isLookedAt = (facts: StackFacts) => looksAtUnchanged(method) && !hasNoResources(facts.stack.template);
  const isDone = (facts: StackFacts) =>
    facts.change.action === 'unchanged' && (!isLookedAt(facts) || (method === 'hotswap' && isSettled(facts, account)));
  const swaps: Swaps = { underWay: new Set(), done: new Map() };
  const deploy = (facts: StackFacts) => {
    const byChangeSet = () => deployStack(facts, application, world);
    return method === 'hotswap' ? hotswapStack(facts, application, swaps, byChangeSet, world) : byChangeSet();
  };
  const unchanged = application.stacks.filter(isDone);
  let failed: string | undefined;
  const work = await inOrder(
    application.stacks.map((facts) => ({ id: facts.stack.id, dependencies: facts.stack.dependencies, facts })),
    {
      limit: application.concurrency,
      run: async ({ facts }) => (failed ? toHeldBack(facts, failed) : deploy(facts)),
      isGood: (end) => isGoodOutcome(end.result.outcome),
      onEnd: ({ result }) => {
        toEndLines(result).forEach(world.log.line);
        if (application.onFailure === 'stop' && !isGoodOutcome(result.outcome)) failed ??= result.name;
      },
      before: new Map(unchanged.map((facts) => [facts.stack.id, toUnchanged(facts)])),
    },
    application.limit.signal,
  );
  const ended = new Map(work.ended);
  const interrupted = work.running.map((id) => toInterrupted(id, application, swaps.underWay.has(id), world));
  for (const e of await Promise.all(interrupted)) ended.set(e.facts.stack.id, e);
  const all = application.stacks.map((facts) => ended.get(facts.stack.id) ?? toNotStarted(facts, application, ended));
  return { results: all.map((e) => e.result), findings: all.flatMap((e) => e.findings), swapped: swaps.done };
}

const isGood = (e: Ended | undefined): boolean => e !== undefined && isGoodOutcome(e.result.outcome);

async function deployStack(facts: StackFacts, application: Application, world: World): Promise<Ended> {
  const { stack, parameters, tags, change, adopts } = facts;
  world.log.line(`🚀 ${stack.name}: ${change.action === 'unchanged' ? 'looking for drift' : change.action} starts`);
  const cloud = application.cloudOf(facts);
  const startMs = world.clock.now();
  const changeSetName = `spaceport-${world.run.id}-${world.run.attempt}`;
  const progress: Progress[] = [];
  const toLines = createProgressLines(facts);
  const onProgress = (p: Progress) => {
    progress.push(p);
    toLines(p).forEach(world.log.line);
  };
  const watch = await toTriggers(application.rollback, facts, cloud, world);
  const order = {
    assembly: application.assembly,
    stack,
    parameters,
    tags,
    changeSetName,
    keepsFailed: application.onFailure === 'keep',
    method: toStackMethod(application.method, change.action, watch.triggers !== undefined),
    adopts,
    ...watch,
  };
  const recovered = await recoverStack(facts, application.recovery, cloud, world, onProgress);
  if (recovered.error === undefined) progress.length = 0; // what went on before has its own end
  const against = recovered.error === undefined && recovered.isRolledBack ? await application.recheck(facts, cloud) : [];
  if (against.length) return toRefused(facts, against);
  const end: DeployEnd = recovered.error === undefined ? await cloud.deployer.deploy(order, onProgress) : recovered;
  const answer = await cloud.stacks.describe(stack.name);
  const live = answer.kind === 'known' ? answer.value : undefined;
  const judged: StackOutcome =
    answer.kind === 'unknown'
      ? { kind: 'still-running', status: toUnread(answer.because) }
      : judgeEnding({ ...end, changeSetName, noOp: end.noOp === true && !isProtectedAnew(facts, live), progress, live });
  if (judged.kind === 'still-running' && end.error !== undefined) world.log.line(`   ${stack.name}: ${toCleaned(end.error)}`);
  const outcome = await explain(judged, progress, facts, cloud);
  const good = isGoodOutcome(outcome) ? live : undefined;
  const times = { startSeconds: toSeconds(startMs - application.startedMs), seconds: toSeconds(world.clock.now() - startMs) };
  const adopted = await tellAdopted(facts, outcome, cloud);
  const findings = [
    ...toFindings(facts, outcome),
    ...adopted,
    ...(good ? [...judgeOutputs(facts, good), ...judgeSteadiness(facts, end)] : []),
  ];
  return {
    facts,
    findings,
    result: {
      name: stack.name,
      region: facts.at.region,
      outcome,
      outputs: good ? toOutputs(good) : {},
      ...times,
      ...toConsole(outcome, live),
    },
  };
}

/** An express deployment is complete before its resources are: nobody has seen yet that they become steady. */
const judgeSteadiness = ({ stack }: StackFacts, { unsteady = [] }: DeployEnd): readonly Finding[] =>
  unsteady.length ? [finding('DP133', `${stack.name}: ${unsteady.join(', ')}.`, toPlace(stack))] : [];

/** A stack that did not end well is looked at in the console next. */
function toConsole({ kind }: StackOutcome, live: LiveStack | undefined): Pick<StackResult, 'console'> {
  const url = kind === 'deployed' || kind === 'unchanged' ? undefined : toConsoleUrl(live?.id ?? '');
  return url ? { console: url } : {};
}

/** A result that cannot be read is neither a success nor a failure: AWS may still be at work. */
const toUnread = (because: NotRead): string => `a state that cannot be read: ${toSentence(because)}`;

/** The toolkit changes the protection of a stack before it finds that its change set is empty. */
const isProtectedAnew = ({ live: before }: StackFacts, live: LiveStack | undefined): boolean =>
  before?.kind === 'known' && before.value?.terminationProtection !== live?.terminationProtection;

function toUnchanged(facts: StackFacts): Ended {
  const live = facts.live?.kind === 'known' ? facts.live.value : undefined;
  const result = toResult(facts, { kind: 'unchanged' }, live ? toOutputs(live) : {});
  return { facts, result, findings: live ? judgeOutputs(facts, live) : [] };
}

async function toInterrupted(id: string, { stacks, cloudOf, limit }: Application, isSwapped: boolean, world: World): Promise<Ended> {
  const facts = stacks.find((s) => s.stack.id === id) as StackFacts;
  if (isSwapped) {
    const outcome: StackOutcome = { kind: 'still-running', status: 'the middle of its swap' };
    return { facts, result: toResult(facts, outcome), findings: toFindings(facts, outcome) };
  }
  const answer = await Promise.race([cloudOf(facts).stacks.describe(facts.stack.name), world.clock.sleep(2_000)]);
  const status = answer?.kind === 'known' ? (answer.value?.status ?? '') : undefined;
  const goesOn = status === undefined || (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS');
  const outcome: StackOutcome = goesOn
    ? { kind: 'still-running', status: status ?? 'a state that cannot be read' }
    : { kind: 'not-started', because: `${toWhyNot(limit)}; it is ${status ? `in ${status}` : 'not there'}` };
  return { facts, result: toResult(facts, outcome), findings: toFindings(facts, outcome) };
}

/** It is as its rollback left it: what nobody allowed is not deployed. */
function toRefused(facts: StackFacts, against: readonly Finding[]): Ended {
  const outcome: StackOutcome = {
    kind: 'not-started',
    because: 'its rollback is done; what the deployment would change now was not allowed',
  };
  return { facts, result: toResult(facts, outcome), findings: [...against, ...toFindings(facts, outcome)] };
}

function toHeldBack(facts: StackFacts, failed: string): Ended {
  const outcome: StackOutcome = { kind: 'not-started', because: `${failed} failed, and \`on-failure\` is stop` };
  return { facts, result: toResult(facts, outcome), findings: toFindings(facts, outcome) };
}

function toNotStarted(facts: StackFacts, { stacks, limit }: Application, ended: ReadonlyMap<string, Ended>): Ended {
  const name = (id: string) => stacks.find((s) => s.stack.id === id)?.stack.name ?? id;
  const blockers = facts.stack.dependencies.filter((id) => stacks.some((s) => s.stack.id === id) && !isGood(ended.get(id))).map(name);
  const outcome: StackOutcome = {
    kind: 'not-started',
    because: limit.signal.aborted ? toWhyNot(limit) : `it needs ${blockers.join(', ')}`,
  };
  return { facts, result: toResult(facts, outcome), findings: toFindings(facts, outcome) };
}

const toEndLines = (result: StackResult): readonly string[] => [toEndLine(result), ...(result.console ? [`   → ${result.console}`] : [])];

function toEndLine({ name, outcome, seconds }: StackResult): string {
  switch (outcome.kind) {
    case 'deployed':
      return `✅ ${name}: deployed${outcome.by ? ` by ${outcome.by}` : ''} in ${seconds.toFixed(1)} s`;
    case 'unchanged':
      return `✅ ${name}: nothing had to be changed`;
    case 'rolled-back':
      return `↩️ ${name}: rolled back after ${seconds.toFixed(1)} s, because of ${toSaid(outcome.cause)}`;
    case 'failed':
      return `❌ ${name}: failed, because of ${toSaid(outcome.cause)}`;
    default:
      return `⏸️ ${name}: ${outcome.kind}`;
  }
}
