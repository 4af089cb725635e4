import { toCanonicalJson } from '../../../../engine/src/canonical.ts';
import { untilAnswered } from '../../../../engine/src/checks/ask.ts';
import { toPlace } from '../../../../engine/src/checks/check.ts';
import type { StackFacts } from '../../../../engine/src/facts.ts';
import { noCodeChange, type CodeChange } from '../../../../engine/src/hotswap/code-change.ts';
import { findSwap, type SwapTarget } from '../../../../engine/src/hotswap/find-swap.ts';
import { judgeSwap } from '../../../../engine/src/hotswap/judge-swap.ts';
import type { CodeResult, StackOutcome } from '../../../../engine/src/report/report.ts';
import { toCodeWords } from '../../../../engine/src/template-code.ts';
import type { Cause, Cloud, World } from '../../../../engine/src/world.ts';
import type { ServiceOrder } from '../code/judge-service.ts';
import { lookAtImages, lookAtTarget, type Judged } from '../code/look-at-targets.ts';
import { release, restore, type Release } from '../code/release.ts';
import type { Target } from '../code/targets.ts';

/** What swapping the code of one stack takes. */
export interface SwapOrder {
  readonly facts: StackFacts;
  /** Folder of the assembly. */
  readonly assembly: string;
  /** Account of the credentials. */
  readonly account: string;
  readonly cloud: Cloud;
  readonly concurrency: number;
  /** Whether what does not work stays. */
  readonly keeps: boolean;
  readonly startedMs: number;
  /** Told before the first write. */
  readonly onWrite: () => void;
}

/** Gives a stack the code that it ran before a swap; what went wrong, or nothing. */
export type GoBack = (because: string, world: World) => Promise<string | undefined>;

/** What became of a swap; one that was passed over needs a change set. `goBack` where anything was given other code. */
export type Swapped =
  | { readonly kind: 'passed-over'; readonly why: string }
  | { readonly kind: 'done'; readonly outcome: StackOutcome; readonly goBack?: GoBack };

/**
 * Gives the functions and services of a stack the code of its template, where nothing but code changes, by the ways of `mode: code`.
 *
 * All is looked at before the first write. Where anything of it is not sure the stack is passed over. One that equals its template has
 * no change set to fall back on: what cannot get its code fails it.
 */
export async function swapStack(order: SwapOrder, world: World): Promise<Swapped> {
  const judged = judgeSwap(order.facts, order.account);
  return 'why' in judged ? { kind: 'passed-over', why: judged.why } : swap(order, judged.code, world, isAsItWas);
}

/** Gives what runs code other than that of its stack the code of the stack again, right after the stack was deployed. */
export const bringBack = (order: SwapOrder, world: World): Promise<Swapped> => swap(order, noCodeChange, world, async () => true);

/** Says whether a stack and its template are still what the run was judged by. */
async function isAsItWas({ facts: { stack, live, liveTemplate }, cloud: { stacks } }: SwapOrder): Promise<boolean> {
  const [now, template] = await Promise.all([stacks.describe(stack.name), stacks.template(stack.name)]);
  if (now.kind !== 'known' || template.kind !== 'known' || live?.kind !== 'known') return false;
  return toCanonicalJson([now.value ?? null, template.value ?? null]) === toCanonicalJson([live.value ?? null, liveTemplate ?? null]);
}

async function swap(order: SwapOrder, change: CodeChange, world: World, isSure: (order: SwapOrder) => Promise<boolean>): Promise<Swapped> {
  const { facts, assembly, cloud, keeps } = order;
  const { stack } = facts;
  const found = await untilAnswered(
    (ask) => findSwap(facts, change, ask),
    () => cloud.readings,
  );
  const giveUp = (why: string): Swapped =>
    change === noCodeChange ? { kind: 'done', outcome: { kind: 'failed', cause: toCause(why) } } : { kind: 'passed-over', why };
  if (found.obstacles.length) return giveUp(found.obstacles.join('; '));
  if (found.targets.length === 0) return { kind: 'done', outcome: { kind: 'unchanged' } };
  if (!(await isSure(order))) return { kind: 'passed-over', why: 'it is not what it was when it was looked at' };
  const { error } = await cloud.deployer.publish({ assembly, stack });
  if (error !== undefined) return giveUp(`its assets cannot be published: ${error}`);
  const looked = await Promise.all(found.targets.map((target) => lookAt(target, order, world)));
  const findings = looked.flatMap((l) => l.findings);
  if (findings.length) return giveUp(findings.map((f) => f.message.replace(/\.$/, '')).join('; '));
  order.onWrite();
  const orders = looked.flatMap((l) => l.order ?? []);
  // The limit of the run ends what takes too long, and tells it as still running.
  const way: Release = { ...order, orders, clouds: () => cloud, endMs: Number.POSITIVE_INFINITY };
  const given = await release(way, world);
  const bad = given.find((r) => r.outcome.kind === 'failed');
  const isLost = given.some((r) => r.outcome.kind === 'still-running');
  const results = bad && !isLost && !keeps ? await restore(given, way, `${bad.target} did not work`, world) : given;
  const outcome = toOutcome(given, results, facts);
  return { kind: 'done', outcome, ...(outcome.kind === 'deployed' ? { goBack: toGoBack(results, way) } : {}) };
}

const toGoBack =
  (results: readonly CodeResult[], way: Release): GoBack =>
  async (because, world) => {
    const ends = await restore(results, way, because, world);
    const left = ends.flatMap(({ target, outcome }) => (outcome.kind === 'failed' ? [`${target}: ${outcome.left ?? outcome.why}`] : []));
    return left.length ? left.join('; ') : undefined;
  };

async function lookAt(target: SwapTarget, order: SwapOrder, world: World): Promise<Judged> {
  const { facts, cloud } = order;
  const { logicalId } = target;
  const { stack, at } = facts;
  const base = { id: `${stack.name}/${logicalId}`, stack: stack.name, at, place: toPlace(stack, logicalId), names: new Set<string>() };
  const clouds = () => cloud;
  if (target.kind === 'service') {
    const { service, images, revision, former, hasLentBreaker } = target;
    if (revision && former)
      return { findings: [], order: toWaiting({ ...base, kind: 'service', service }, { revision, former, hasLentBreaker }) };
    const looked = await lookAtImages({ ...base, kind: 'service', service }, () => ({ kind: 'chosen', images }), '', clouds);
    const by = revision ? { revision } : {};
    if (looked.order?.kind !== 'service') return looked;
    const lendsBreaker = looked.order.lendsBreaker || hasLentBreaker;
    return { ...looked, order: { ...looked.order, lendsBreaker, isUnchanged: false, swap: by } };
  }
  const { name, code, leads, leadsOnly, isOfStack } = target;
  const own: Target = { ...base, kind: 'function', name, aliases: Object.keys(leads) };
  const looked = await lookAtTarget({ target: own, line: { code, text: toCodeWords(code) }, isNamed: true }, clouds, world);
  const by = { leads, leadsOnly, isOfStack };
  return { ...looked, ...(looked.order?.kind === 'function' ? { order: { ...looked.order, isUnchanged: false, swap: by } } : {}) };
}

/** The order to wait for a release that an earlier run began, and to give the circuit breaker back. */
function toWaiting(
  target: Extract<Target, { readonly kind: 'service' }>,
  {
    revision,
    former,
    hasLentBreaker: lendsBreaker,
  }: { readonly revision: string; readonly former: string; readonly hasLentBreaker: boolean },
): ServiceOrder {
  const nothing = { images: {}, digests: {}, formerDigests: {}, back: {}, isUnchanged: false };
  const { service } = target;
  const by = { revision, waits: true };
  return { ...nothing, kind: 'service', target, service, former, from: former, to: revision, lendsBreaker, swap: by };
}

const toCause = (message: string): Cause => ({ logicalId: '', type: '', message });

/** Gives what became of a stack: `given` says what did not work, `results` what there is after going back. */
function toOutcome(given: readonly CodeResult[], results: readonly CodeResult[], { stack }: StackFacts): StackOutcome {
  const toCauseOf = (target: string, message: string): Cause => {
    const logicalId = target.slice(stack.name.length + 1);
    return { logicalId, type: stack.template.Resources?.[logicalId]?.Type ?? '', message };
  };
  for (const { target, outcome } of results)
    if (outcome.kind === 'still-running') return { kind: 'still-running', status: `the middle of its swap (${target}: ${outcome.status})` };
  for (const { target, outcome } of results)
    if (outcome.kind === 'failed' && !outcome.isUntouched) {
      const left = outcome.left === undefined ? '' : `\nGoing back: ${outcome.left}`;
      return { kind: 'failed', cause: toCauseOf(target, `${outcome.why}${left}`) };
    }
  for (const { target, outcome } of given)
    if (outcome.kind === 'failed') return { kind: 'rolled-back', of: 'update', cause: toCauseOf(target, outcome.why) };
  for (const { outcome } of results) if (outcome.kind === 'not-started') return { kind: 'not-started', because: outcome.because };
  return { kind: 'deployed', by: 'hotswap' };
}
