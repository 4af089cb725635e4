import { untilAborted } from '../../../../engine/src/aborted.ts';
import { inOrder } from '../../../../engine/src/in-order.ts';
import type { CodeResult } from '../../../../engine/src/report/report.ts';
import type { Clouds } from '../../../../engine/src/target.ts';
import type { World } from '../../../../engine/src/world.ts';
import type { Order } from './look-at-targets.ts';
import { releaseFunction, restoreFunction } from './release-function.ts';
import { releaseService, restoreService } from './release-service.ts';
import type { Ended, Way } from './way.ts';

/** What giving targets other code takes. */
export interface Release {
  readonly orders: readonly Order[];
  readonly clouds: Clouds;
  readonly concurrency: number;
  /** When nothing starts and nothing is waited for any more, in milliseconds since the epoch. */
  readonly endMs: number;
  readonly startedMs: number;
}

/** How long going back may take beyond the time of the run, in milliseconds. */
const backMs = 10 * 60_000;

/**
 * Gives targets their code, at most `concurrency` at once. After the first that does not work nothing more starts.
 *
 * Never throws for a target: what became of it is a value.
 */
export async function release({ orders, clouds, concurrency, endMs, startedMs }: Release, world: World): Promise<readonly CodeResult[]> {
  const way: Way = { endMs, cancelled: world.cancelled };
  const since = () => Math.round((world.clock.now() - startedMs) / 100) / 10;
  let failed: string | undefined;
  const run = async (order: Order): Promise<CodeResult> => {
    const base = toBase(order);
    if (order.isUnchanged) return { ...base, outcome: { kind: 'unchanged' }, seconds: 0 };
    if (failed !== undefined) return { ...base, outcome: { kind: 'not-started', because: `${failed} failed` }, seconds: 0 };
    if (world.clock.now() >= endMs)
      return { ...base, outcome: { kind: 'not-started', because: 'the time of the run was over' }, seconds: 0 };
    const start = since();
    const cloud = clouds(order.target.at);
    const end = await (order.kind === 'service' ? releaseService(order, cloud, way, world) : releaseFunction(order, cloud, way, world));
    return { ...base, outcome: toOutcome(end), seconds: Math.round((since() - start) * 10) / 10 };
  };
  const work = await inOrder(
    orders.map((order) => ({ id: order.target.id, dependencies: [], order })),
    {
      limit: concurrency,
      run: ({ order }) => run(order),
      isGood: () => true,
      onEnd: (result) => {
        world.log.line(toEndLine(result));
        if (result.outcome.kind === 'failed') failed ??= result.target;
      },
      before: new Map<string, CodeResult>(),
    },
    world.cancelled,
  );
  return orders.map((order): CodeResult => {
    const ended = work.ended.get(order.target.id);
    if (ended) return ended;
    if (work.running.includes(order.target.id))
      return { ...toBase(order), outcome: { kind: 'still-running', status: 'its update is under way' }, seconds: 0 };
    return { ...toBase(order), outcome: { kind: 'not-started', because: 'the run was cancelled' }, seconds: 0 };
  });
}

/** Brings the former code of all targets back that this run touched; side by side, for ten minutes at most. */
export async function restore(
  results: readonly CodeResult[],
  { orders, clouds }: Release,
  because: string,
  world: World,
): Promise<readonly CodeResult[]> {
  const way: Way = { endMs: world.clock.now() + backMs, cancelled: world.cancelled };
  const wasCancelled = untilAborted(world.cancelled).then(() => 'the run was cancelled on the way');
  return Promise.all(
    results.map(async (result): Promise<CodeResult> => {
      const order = orders.find((o) => o.target.id === result.target);
      if (!order || !isTouched(result)) return result;
      world.log.line(`↩️ ${result.target}: back to ${order.from}`);
      const cloud = clouds(order.target.at);
      const going = order.kind === 'service' ? restoreService(order, cloud, way, world) : restoreFunction(order, cloud, way, world);
      const lacks = await Promise.race([going, wasCancelled]);
      const why = result.outcome.kind === 'failed' ? result.outcome.why : because;
      const outcome: CodeResult['outcome'] = lacks === undefined ? { kind: 'restored', why } : { kind: 'failed', why, left: lacks };
      return { ...result, outcome };
    }),
  );
}

const isTouched = ({ outcome }: CodeResult): boolean => outcome.kind === 'updated' || (outcome.kind === 'failed' && !outcome.isUntouched);

const toBase = ({ kind, target, from, to }: Order): Pick<CodeResult, 'target' | 'kind' | 'from' | 'to'> => ({
  target: target.id,
  kind,
  from,
  to,
});

function toOutcome(end: Ended): CodeResult['outcome'] {
  switch (end.kind) {
    case 'updated':
      return { kind: 'updated' };
    case 'refused':
      return { kind: 'failed', why: end.why, isUntouched: true };
    case 'broken':
      return { kind: 'failed', why: end.why };
    case 'running':
      return { kind: 'still-running', status: end.what };
  }
}

function toEndLine({ target, outcome, seconds, to }: CodeResult): string {
  switch (outcome.kind) {
    case 'updated':
      return `✅ ${target}: runs ${to} after ${seconds.toFixed(1)} s`;
    case 'unchanged':
      return `✅ ${target}: runs ${to} already`;
    case 'failed':
      return `❌ ${target}: ${outcome.why}`;
    default:
      return `⏸️ ${target}: ${outcome.kind}`;
  }
}
