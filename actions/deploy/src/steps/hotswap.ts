import { toPlace } from '../../../../engine/src/checks/check.ts';
import type { StackFacts } from '../../../../engine/src/facts.ts';
import { finding } from '../../../../engine/src/finding.ts';
import type { StackOutcome } from '../../../../engine/src/report/report.ts';
import type { Cloud, World } from '../../../../engine/src/world.ts';
import { isGoodOutcome, toOutputs, toResult, toSeconds, type Ended } from './ended.ts';
import type { Limit } from './limit.ts';
import { toFindings } from './outcome.ts';
import { judgeOutputs } from './read-back.ts';
import { bringBack, swapStack, type GoBack, type SwapOrder } from './swap.ts';

/** What a run with hotswap takes, and what it has come to. */
export interface Hotswap {
  readonly assembly: string;
  readonly account: string;
  readonly concurrency: number;
  readonly cloudOf: (facts: StackFacts) => Cloud;
  readonly onFailure: 'rollback' | 'keep' | 'stop';
  readonly limit: Limit;
  readonly startedMs: number;
}

/** What swaps of a run leave behind for later: ids of the stacks whose code is being given, and how those that have it go back. */
export interface Swaps {
  readonly underWay: Set<string>;
  readonly done: Map<string, GoBack>;
}

/** Says whether nothing is looked at in a stack that equals its template: what is in another account only its own credentials change. */
export const isSettled = ({ change, at }: StackFacts, account: string): boolean => change.action === 'unchanged' && at.account !== account;

/**
 * Deploys a stack by a swap of its code where nothing else changes, otherwise as `deploy` does: what then still runs code that came without
 * the stack gets that of the stack.
 */
export async function hotswapStack(
  facts: StackFacts,
  hotswap: Hotswap,
  swaps: Swaps,
  deploy: () => Promise<Ended>,
  world: World,
): Promise<Ended> {
  const { stack, change } = facts;
  const { limit, startedMs } = hotswap;
  const order = toOrder(facts, hotswap, swaps);
  const within = { ...world, cancelled: limit.signal };
  const startMs = world.clock.now();
  const swapped = await swapStack(order, within);
  swaps.underWay.delete(stack.id);
  if (swapped.kind === 'done') {
    keep(facts, swapped.goBack, swaps);
    const times = { startSeconds: toSeconds(startMs - startedMs), seconds: toSeconds(world.clock.now() - startMs) };
    return toEnd(facts, swapped.outcome, times);
  }
  world.log.line(`   ${stack.name}: no hotswap, because ${swapped.why}`);
  const ended = await deploy();
  const findings = [...ended.findings, finding('DP135', `${stack.name}: ${swapped.why}.`, toPlace(stack))];
  const isAnew = change.action === 'create' || change.action === 'recover';
  if (!isGoodOutcome(ended.result.outcome) || isAnew || facts.at.account !== hotswap.account) return { ...ended, findings };
  const back = await bringBack(order, within);
  swaps.underWay.delete(stack.id);
  if (back.kind === 'passed-over' || isGoodOutcome(back.outcome)) {
    keep(facts, back.kind === 'done' ? back.goBack : undefined, swaps);
    const outcome = back.kind === 'done' && ended.result.outcome.kind === 'unchanged' ? back.outcome : ended.result.outcome;
    return { ...ended, findings, result: { ...ended.result, outcome } };
  }
  // The stack itself is not back: only the code that came without it is.
  const outcome: StackOutcome = back.outcome.kind === 'rolled-back' ? { kind: 'failed', cause: back.outcome.cause } : back.outcome;
  const { startSeconds } = ended.result;
  const end = toEnd(facts, outcome, { startSeconds, seconds: toSeconds(world.clock.now() - startMs) });
  return { ...end, findings: [...findings, ...end.findings] };
}

function toOrder(facts: StackFacts, { assembly, account, concurrency, cloudOf, onFailure, startedMs }: Hotswap, swaps: Swaps): SwapOrder {
  const onWrite = () => void swaps.underWay.add(facts.stack.id);
  return { facts, assembly, account, concurrency, cloud: cloudOf(facts), keeps: onFailure === 'keep', startedMs, onWrite };
}

function keep({ stack }: StackFacts, goBack: GoBack | undefined, { done }: Swaps): void {
  if (goBack) done.set(stack.id, goBack);
}

/** A swap leaves the stack as it was, its outputs too. */
function toEnd(facts: StackFacts, outcome: StackOutcome, times: { readonly startSeconds: number; readonly seconds: number }): Ended {
  const live = facts.live?.kind === 'known' ? facts.live.value : undefined;
  const isGood = isGoodOutcome(outcome) && live;
  return {
    facts,
    findings: [...toFindings(facts, outcome), ...(isGood ? judgeOutputs(facts, live) : [])],
    result: { ...toResult(facts, outcome, isGood ? toOutputs(live) : {}), ...times },
  };
}
