import type { World } from '../../../../engine/src/world.ts';

/** Until when a run may start anything: until it is cancelled, or its time is over. */
export interface Limit {
  readonly signal: AbortSignal;
  /** Whether it was the time; a run that was cancelled first was cancelled. */
  readonly isTimeout: () => boolean;
  /** Lets go of the time: for a run that came to its end before. */
  readonly release: () => void;
}

/** How long a timer of Node.js may be, in milliseconds: 24 days. One that is longer ends at once. */
const longestMs = 2 ** 31 - 1;

/** Gives why nothing more was started, in words that end a sentence. */
export const toWhyNot = (limit: Limit): string => (limit.isTimeout() ? 'the time of the run was over' : 'the run was cancelled');

/** Makes the limit of a run that may go on until `endMs`, in milliseconds since the epoch. */
export function createLimit(endMs: number, { cancelled, clock }: Pick<World, 'cancelled' | 'clock'>): Limit {
  const released = new AbortController();
  const over = new AbortController();
  const wait = async () => {
    await clock.sleep(Math.min(longestMs, Math.max(0, endMs - clock.now())), released.signal);
    if (!released.signal.aborted && !cancelled.aborted) over.abort();
  };
  void wait();
  return {
    signal: AbortSignal.any([cancelled, over.signal]),
    isTimeout: () => over.signal.aborted,
    release: () => released.abort(),
  };
}
