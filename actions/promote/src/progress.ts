import type { Clock, Log } from '../../../engine/src/world.ts';

const everyMs = 2_000;

/** Gives bytes as megabytes of a million, for people. */
export const toMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/**
 * Gives a function to call after each copy with its size; it logs a line at every tenth of the copies, and when two
 * seconds passed without one.
 */
export function createProgress(total: number, clock: Clock, log: Log): (sizeBytes: number) => void {
  let done = 0;
  let bytes = 0;
  let tenth = 0;
  let last = clock.now();
  return (sizeBytes) => {
    done += 1;
    bytes += sizeBytes;
    const now = clock.now();
    const reached = Math.floor((done * 10) / total);
    if (reached === tenth && now - last < everyMs) return;
    tenth = reached;
    last = now;
    log.line(`📦 copied ${done} of ${total} (${toMegabytes(bytes)})`);
  };
}
