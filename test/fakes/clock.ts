import type { Clock } from '../../engine/src/world.ts';

/** A clock on which time passes only when everything waits. */
export interface FakeClock extends Clock {
  /** Does something at a time, in milliseconds from the start. */
  at(ms: number, act: () => void): void;
}

/** When every fake run starts. */
export const startMs = Date.parse('2026-11-21T10:00:00Z');

/**
 * Makes a clock whose time jumps to the next thing that anybody waits for, once nothing else can go on.
 *
 * Two sleeps side by side take as long as the longer one, as they would on a real clock, and no time at all.
 */
export function createFakeClock(): FakeClock {
  let now = startMs;
  let isPumping = false;
  const waiting: { readonly at: number; readonly wake: () => void }[] = [];
  const pump = (): void => {
    waiting.sort((a, b) => a.at - b.at);
    const next = waiting.shift();
    isPumping = next !== undefined;
    if (!next) return;
    now = Math.max(now, next.at);
    next.wake();
    setImmediate(pump);
  };
  const enter = (at: number, wake: () => void): void => {
    waiting.push({ at, wake });
    if (isPumping) return;
    isPumping = true;
    setImmediate(pump);
  };
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = () => resolve();
        signal?.addEventListener(
          'abort',
          () => {
            const at = waiting.findIndex((w) => w.wake === wake);
            if (at >= 0) waiting.splice(at, 1);
            resolve();
          },
          { once: true },
        );
        enter(now + ms, wake);
      }),
    at: (ms, act) => enter(startMs + ms, act),
  };
}
