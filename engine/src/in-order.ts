import { untilAborted } from './aborted.ts';
import { toReady, type Ordered } from './assembly/order.ts';

/** How items are worked off. `E` is how one of them ended. */
export interface Work<T, E> {
  /** How many may run at once. */
  readonly limit: number;
  /** Never throws: how an item ended is a value. */
  readonly run: (item: T) => Promise<E>;
  /** Says whether what depends on an item may start after this end. */
  readonly isGood: (end: E) => boolean;
  readonly onEnd: (end: E) => void;
  /** What has ended before, by id. */
  readonly before: ReadonlyMap<string, E>;
}

/**
 * Works items off, each as soon as all that it depends on has ended well.
 *
 * When the run is cancelled nothing new starts, and the answer comes at once: `running` are the ids of what is still under way. An
 * item in neither was not started: it depends on one that did not end well, or the run was cancelled before.
 */
export async function inOrder<T extends Ordered, E>(
  items: readonly T[],
  work: Work<T, E>,
  cancelled: AbortSignal,
): Promise<{ readonly ended: ReadonlyMap<string, E>; readonly running: readonly string[] }> {
  const ended = new Map(work.before);
  const running = new Map<string, Promise<{ readonly id: string; readonly end: E }>>();
  const aborted = untilAborted(cancelled);
  while (!cancelled.aborted) {
    const done = new Set([...ended].filter(([, end]) => work.isGood(end)).map(([id]) => id));
    const waiting = toReady(items, done).filter(({ id }) => !ended.has(id) && !running.has(id));
    for (const item of waiting.slice(0, Math.max(0, work.limit - running.size)))
      running.set(
        item.id,
        work.run(item).then((end) => ({ id: item.id, end })),
      );
    if (running.size === 0) break;
    const next = await Promise.race([...running.values(), aborted]);
    if (!next) break;
    running.delete(next.id);
    ended.set(next.id, next.end);
    work.onEnd(next.end);
  }
  return { ended, running: [...running.keys()] };
}
