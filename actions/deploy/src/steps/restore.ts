import { join } from 'node:path';
import { toPreviousAssembly } from '../../../../engine/src/assembly/previous.ts';
import type { Surroundings } from '../../../../engine/src/assembly/surroundings.ts';
import { toPlace } from '../../../../engine/src/checks/check.ts';
import type { StackFacts } from '../../../../engine/src/facts.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import { inOrder } from '../../../../engine/src/in-order.ts';
import type { StackOutcome, StackResult } from '../../../../engine/src/report/report.ts';
import type { Progress } from '../../../../engine/src/stack-changes.ts';
import type { Cloud, World } from '../../../../engine/src/world.ts';
import { explain } from './explain.ts';
import { toWhyNot, type Limit } from './limit.ts';
import { judgeEnding, toSaid } from './outcome.ts';
import { toLosses, toUnrestored, type Previous, type PreviousStacks } from './previous.ts';
import type { GoBack } from './swap.ts';

/** What going back takes. */
export interface Restoration {
  readonly stacks: readonly StackFacts[];
  /** In the order of the stacks. */
  readonly results: readonly StackResult[];
  readonly previous: PreviousStacks;
  /** How stacks whose code was swapped get the former one back, by their id. */
  readonly swapped: ReadonlyMap<string, GoBack>;
  readonly cloudOf: (of: { readonly at: Surroundings }) => Cloud;
  readonly concurrency: number;
  readonly limit: Limit;
  /** Why, in words. */
  readonly because: string;
}

/** How going back ended for one stack. */
type End =
  /** `what` it has again; `unrestored` are hidden parameters that have another value than before, `isUnwatched` is whether its rollback alarms are gone. */
  | { readonly kind: 'restored'; readonly what: string; readonly unrestored: readonly string[]; readonly isUnwatched: boolean }
  | { readonly kind: 'not-restored'; readonly why: string }
  | { readonly kind: 'still-running'; readonly status: string };

/**
 * Brings the stacks that a run updated back to what they were: the template, parameters and tags of before, in the opposite order.
 *
 * A stack that the run created stays, and so does one where data would be lost; what such a stack needs stays with it. Gives the results of
 * all stacks anew, and what there is to say: which are back, which are not and why. Never throws for a stack. When the run is cancelled or
 * the time of going back is over nothing more starts.
 */
export async function restore(
  restoration: Restoration,
  world: World,
): Promise<{ readonly results: readonly StackResult[]; readonly findings: readonly Finding[] }> {
  const { stacks, results, concurrency, because, limit } = restoration;
  const changed = stacks.filter((_, i) => results[i]?.outcome.kind === 'deployed');
  if (changed.length === 0) return { results, findings: [] };
  world.log.line(`↩️ Going back to the previous version, because of ${because}`);
  const dependents = ({ stack }: StackFacts) =>
    changed.filter((other) => other.stack.dependencies.includes(stack.id)).map((o) => o.stack.id);
  const { ended, running } = await inOrder(
    changed.map((facts) => ({ id: facts.stack.id, dependencies: dependents(facts), facts })),
    {
      limit: concurrency,
      run: ({ facts }) => restoreOne(facts, restoration, world),
      isGood: ({ kind }: End) => kind === 'restored',
      onEnd: () => {},
      before: new Map<string, End>(),
    },
    limit.signal,
  );
  const ends = changed.map((facts): { readonly facts: StackFacts; readonly end: End } => ({
    facts,
    end: ended.get(facts.stack.id) ?? toUnended(facts, running.includes(facts.stack.id), limit),
  }));
  const findings = ends.map(({ facts, end }) => toFinding(facts, end));
  return { findings, results: results.map((r, i) => toResult(r, ends.find(({ facts }) => facts === stacks[i])?.end, because)) };
}

function toUnended({ stack }: StackFacts, isRunning: boolean, limit: Limit): End {
  if (isRunning) return { kind: 'still-running', status: 'a state that was not looked at' };
  const why = limit.signal.aborted ? toWhyNot(limit) : `what needs ${stack.name} is as this run left it`;
  return { kind: 'not-restored', why };
}

async function restoreOne(facts: StackFacts, restoration: Restoration, world: World): Promise<End> {
  const { stack, change } = facts;
  const goBack = restoration.swapped.get(stack.id);
  const lacks = goBack && (await goBack(restoration.because, { ...world, cancelled: restoration.limit.signal }));
  if (lacks !== undefined) return { kind: 'not-restored', why: lacks };
  if (goBack && isSwap(facts, restoration)) return { kind: 'restored', what: 'the code', unrestored: [], isUnwatched: false };
  const kept = restoration.previous.get(stack.id);
  if (change.action === 'unchanged') return { kind: 'not-restored', why: 'what had drifted is as its template says, and stays so' };
  if (change.action !== 'update') return { kind: 'not-restored', why: 'this run created it, and deletes nothing' };
  if (!kept || 'problem' in kept) return { kind: 'not-restored', why: kept?.problem ?? 'it was not kept' };
  const losses = toLosses(facts);
  if (losses.length) return { kind: 'not-restored', why: `data might be lost in ${losses.join(', ')}` };
  return deployPrevious(facts, kept, restoration, world);
}

/** Says whether a swap is all that was done to a stack. */
function isSwap({ stack }: StackFacts, { stacks, results }: Restoration): boolean {
  const outcome = results[stacks.findIndex((s) => s.stack.id === stack.id)]?.outcome;
  return outcome?.kind === 'deployed' && outcome.by === 'hotswap';
}

async function deployPrevious(facts: StackFacts, previous: Previous, { cloudOf }: Restoration, world: World): Promise<End> {
  const { stack } = facts;
  const { files, log, run } = world;
  const cloud = cloudOf(facts);
  const assembly = files.temporary(`previous-${stack.id}`.replace(/[^\w-]/g, '-'));
  const { terminationProtection, notificationArns } = previous;
  const former = { ...stack, terminationProtection, ...(stack.notificationArns ? { notificationArns } : {}) };
  const written = toPreviousAssembly(former, previous.template, files.read);
  for (const [name, text] of Object.entries(written)) files.write(join(assembly, name), text);
  log.line(`↩️ ${stack.name}: its previous version is deployed`);
  const changeSetName = `spaceport-${run.id}-${run.attempt}-back`;
  const progress: Progress[] = [];
  const template = JSON.parse(previous.template) as StackFacts['stack']['template'];
  const before = await cloud.stacks.describe(stack.name);
  const isWatched = before.kind === 'known' && before.value?.rollback !== undefined;
  const order = {
    assembly,
    stack: { ...former, template },
    parameters: previous.parameters,
    tags: previous.tags,
    changeSetName,
    keepsFailed: false,
    method: 'change-set',
    adopts: [],
    ...(isWatched ? { triggers: { alarms: [], monitoringMinutes: 0, at: facts.at } } : {}), // one that went off would keep the previous version away
  } as const;
  const end = await cloud.deployer.deploy(order, (p) => void progress.push(p));
  const answer = await cloud.stacks.describe(stack.name);
  if (answer.kind === 'unknown') return { kind: 'still-running', status: 'a state that cannot be read' };
  const outcome = await explain(judgeEnding({ ...end, changeSetName, progress, live: answer.value }), progress, facts, cloud);
  const restored = toEnd(outcome, toUnrestored(facts, previous), isWatched);
  log.line(
    restored.kind === 'restored' ? `↩️ ${stack.name}: its previous version is back` : `❌ ${stack.name}: its previous version is not back`,
  );
  return restored;
}

function toEnd(outcome: StackOutcome, unrestored: readonly string[], isUnwatched: boolean): End {
  switch (outcome.kind) {
    case 'deployed':
    case 'unchanged':
      return { kind: 'restored', what: 'the template, parameters and tags', unrestored, isUnwatched };
    case 'rolled-back':
    case 'failed':
      return { kind: 'not-restored', why: toSaid(outcome.cause) };
    case 'still-running':
      return { kind: 'still-running', status: outcome.status };
    default:
      return { kind: 'not-restored', why: 'it was not started' };
  }
}

function toFinding({ stack }: StackFacts, end: End): Finding {
  switch (end.kind) {
    case 'restored':
      return finding(
        'DP152',
        `${stack.name} has ${end.what} that it had before${toBut(end.unrestored)}.${end.isUnwatched ? ' No alarm watches it until its next deployment.' : ''}`,
        toPlace(stack),
      );
    case 'not-restored':
      return finding('DP153', `${stack.name}: ${end.why}.`, toPlace(stack));
    case 'still-running':
      return finding('DP140', `${stack.name} is in ${end.status}.`, toPlace(stack));
  }
}

/** CloudFormation tells nobody the former value of a hidden parameter. */
const toBut = (unrestored: readonly string[]): string =>
  unrestored.length ? `, but for the hidden ${unrestored.join(', ')}: nobody can read what that was, and it is as this run left it` : '';

/** A stack that is back is rolled back; one that is not stays deployed: that is what it is. */
function toResult(result: StackResult, end: End | undefined, because: string): StackResult {
  const cause = { logicalId: '', type: '', message: because };
  switch (end?.kind) {
    case 'restored':
      return { ...result, outputs: {}, outcome: { kind: 'rolled-back', of: 'update', cause } };
    case 'still-running':
      return { ...result, outputs: {}, outcome: { kind: 'still-running', status: end.status } };
    default:
      return result;
  }
}
