import { toSentence, type NotRead } from '../../../../engine/src/answer.ts';
import { toPartition } from '../../../../engine/src/assembly/surroundings.ts';
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
import type { DeployEnd, DeployOrder, Progress } from '../../../../engine/src/stack-changes.ts';
import type { Cloud, LiveStack, World } from '../../../../engine/src/world.ts';
import { explain } from './explain.ts';
import { toWhyNot, type Limit } from './limit.ts';
import { judgeEnding, toFindings, toSaid } from './outcome.ts';
import { judgeOutputs } from './read-back.ts';
import { recoverStack } from './recover.ts';

/** What applying takes. */
export interface Application {
  /** Folder of the assembly. */
  readonly assembly: string;
  /** The chosen stacks, in the order of deployment. */
  readonly stacks: readonly StackFacts[];
  readonly concurrency: number;
  readonly cloudOf: (facts: StackFacts) => Cloud;
  readonly onFailure: 'rollback' | 'keep' | 'stop';
  readonly method: Method;
  readonly rollback: Environment['rollback'];
  readonly recovery: RecoverySettings;
  readonly limit: Limit;
  /** When the run started, in milliseconds. */
  readonly startedMs: number;
}

/** What became of the stacks, in their order, and what is wrong with it: two regions may have stacks of one name. */
export interface Applied {
  readonly results: readonly StackResult[];
  readonly findings: readonly Finding[];
}

interface Ended {
  readonly facts: StackFacts;
  readonly result: StackResult;
  readonly findings: readonly Finding[];
}

/**
 * Deploys the stacks that change: each as soon as what it needs is done, at most `concurrency` at once.
 *
 * A failure stops what depends on it; the rest goes on, unless `onFailure` is to stop. When the run is cancelled or its time is over
 * nothing new starts, and what is under way is reported as still running. Never throws for a stack: what became of it is a value.
 */
export async function apply(application: Application, world: World): Promise<Applied> {
  const isDone = ({ change, stack }: StackFacts) =>
    change.action === 'unchanged' && (hasNoResources(stack.template) || !looksAtUnchanged(application.method));
  const unchanged = application.stacks.filter(isDone);
  let failed: string | undefined;
  const work = await inOrder(
    application.stacks.map((facts) => ({ id: facts.stack.id, dependencies: facts.stack.dependencies, facts })),
    {
      limit: application.concurrency,
      run: async ({ facts }) => (failed ? toHeldBack(facts, failed) : deployStack(facts, application, world)),
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
  for (const e of await Promise.all(work.running.map((id) => toInterrupted(id, application, world)))) ended.set(e.facts.stack.id, e);
  const all = application.stacks.map((facts) => ended.get(facts.stack.id) ?? toNotStarted(facts, application, ended));
  return { results: all.map((e) => e.result), findings: all.flatMap((e) => e.findings) };
}

const isGoodOutcome = ({ kind }: StackOutcome): boolean => kind === 'deployed' || kind === 'unchanged';

const isGood = (e: Ended | undefined): boolean => e !== undefined && isGoodOutcome(e.result.outcome);

async function deployStack(facts: StackFacts, application: Application, world: World): Promise<Ended> {
  const { stack, parameters, tags, change, adopts } = facts;
  world.log.line(`🚀 ${stack.name}: ${change.action === 'unchanged' ? 'looking for drift' : change.action} starts`);
  const cloud = application.cloudOf(facts);
  const startMs = world.clock.now();
  const changeSetName = `spaceport-${world.run.id}-${world.run.attempt}`;
  const progress: Progress[] = [];
  const total = Object.keys(stack.template.Resources ?? {}).length;
  const onProgress = (p: Progress) => {
    progress.push(p);
    if (/_(COMPLETE|FAILED)$/.test(p.status) && p.logicalId !== stack.name) world.log.line(toProgressLine(stack.name, p, progress, total));
  };
  const order = {
    assembly: application.assembly,
    stack,
    parameters,
    tags,
    changeSetName,
    keepsFailed: application.onFailure === 'keep',
    method: toStackMethod(application.method, change.action),
    adopts,
    ...toTriggers(application.rollback, facts),
  };
  const recovered = await recoverStack(facts, application.recovery, cloud, world, onProgress);
  if (recovered.error === undefined) progress.length = 0; // what went on before has its own end
  const end: DeployEnd = recovered.error === undefined ? await cloud.deployer.deploy(order, onProgress) : recovered;
  const answer = await cloud.stacks.describe(stack.name);
  const live = answer.kind === 'known' ? answer.value : undefined;
  const judged: StackOutcome =
    answer.kind === 'unknown'
      ? { kind: 'still-running', status: toUnread(answer.because) }
      : judgeEnding({ ...end, changeSetName, noOp: end.noOp === true && !isProtectedAnew(facts, live), progress, live });
  if (judged.kind === 'still-running' && end.error !== undefined) world.log.line(`   ${stack.name}: ${end.error}`);
  const outcome = await explain(judged, progress, facts, cloud);
  const good = isGoodOutcome(outcome) ? live : undefined;
  const times = { startSeconds: toSeconds(startMs - application.startedMs), seconds: toSeconds(world.clock.now() - startMs) };
  const findings = [...toFindings(facts, outcome), ...(good ? [...judgeOutputs(facts, good), ...judgeSteadiness(facts, end)] : [])];
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

/** An alarm that is named is one of the account and region of the stack. */
function toTriggers(rollback: Application['rollback'], { at }: StackFacts): Pick<DeployOrder, 'triggers'> {
  if (!rollback) return {};
  const toArn = (alarm: string) =>
    alarm.startsWith('arn:') ? alarm : `arn:${toPartition(at.region)}:cloudwatch:${at.region}:${at.account}:alarm:${alarm}`;
  return { triggers: { alarms: rollback.alarms.map(toArn), monitoringMinutes: rollback.monitoringMinutes, at } };
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

async function toInterrupted(id: string, { stacks, cloudOf, limit }: Application, world: World): Promise<Ended> {
  const facts = stacks.find((s) => s.stack.id === id) as StackFacts;
  const answer = await Promise.race([cloudOf(facts).stacks.describe(facts.stack.name), world.clock.sleep(2_000)]);
  const status = answer?.kind === 'known' ? (answer.value?.status ?? '') : undefined;
  const goesOn = status === undefined || (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS');
  const outcome: StackOutcome = goesOn
    ? { kind: 'still-running', status: status ?? 'a state that cannot be read' }
    : { kind: 'not-started', because: `${toWhyNot(limit)}; it is ${status ? `in ${status}` : 'not there'}` };
  return { facts, result: toResult(facts, outcome), findings: toFindings(facts, outcome) };
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

const toResult = (facts: StackFacts, outcome: StackOutcome, outputs: StackResult['outputs'] = {}): StackResult => ({
  name: facts.stack.name,
  region: facts.at.region,
  outcome,
  startSeconds: 0,
  seconds: 0,
  outputs,
});

const toOutputs = (live: LiveStack) => Object.fromEntries(Object.entries(live.outputs).map(([key, { value }]) => [key, value]));

const toSeconds = (ms: number): number => Math.round(ms / 100) / 10;

function toProgressLine(name: string, p: Progress, all: readonly Progress[], total: number): string {
  const done = new Set(
    all.filter((e) => /^(CREATE|UPDATE)_COMPLETE$/.test(e.status) && e.type !== 'AWS::CloudFormation::Stack').map((e) => e.logicalId),
  ).size;
  const sign = p.status.endsWith('FAILED') ? '❌' : '  ';
  return `${sign} ${name} ${done}/${total} ${p.status} ${p.type} ${p.logicalId}${p.status.endsWith('FAILED') ? `: ${p.reason}` : ''}`;
}

const toEndLines = (result: StackResult): readonly string[] => [toEndLine(result), ...(result.console ? [`   → ${result.console}`] : [])];

function toEndLine({ name, outcome, seconds }: StackResult): string {
  switch (outcome.kind) {
    case 'deployed':
      return `✅ ${name}: deployed in ${seconds.toFixed(1)} s`;
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
