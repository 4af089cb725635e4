import { admit, afterFailure, afterSuccess, type Circuit, type CircuitLimits } from './circuit.ts';
import type { Circuits } from './circuits.ts';
import type { Log } from '../../../handlers/log.ts';
import type { Metrics } from '../../../handlers/metrics.ts';

/** A call that was not made, because the one before it failed too often. */
export class CircuitOpen extends Error {
  override readonly name = 'CircuitOpen';
  readonly circuit: string;
  readonly until: Date;

  constructor(circuit: string, until: Date) {
    super(`The circuit ${circuit} is open until ${until.toISOString()}`);
    this.circuit = circuit;
    this.until = until;
  }
}

/** What a breaker works with. */
export interface BreakerWorld {
  readonly circuits: Circuits;
  readonly limits: CircuitLimits;
  readonly log: Log;
  readonly metrics: Metrics;
  now(): Date;
}

/**
 * Performs work behind the circuit of a name: what it gives, or what it throws.
 *
 * Failures of all functions and of all their instances count together, because the state is kept in a table. When that table
 * cannot be read or written the work is done all the same: a guard that fails must not stop what it guards.
 *
 * @throws CircuitOpen, without doing the work, while the circuit is open.
 */
export type Breaker = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Errors of a service that works: what was asked for is not there, or was asked wrongly. */
const answers: readonly string[] = [
  'NoSuchKey',
  'NoSuchVersion',
  'ValidationException',
  'BackupNotFoundException',
  'ResourceInUseException',
];
const isAnswer = (error: unknown): boolean => error instanceof Error && answers.includes(error.name);

/** Makes a breaker. */
export function createBreaker(world: BreakerWorld): Breaker {
  return async (name, work) => {
    await enter(name, world);
    try {
      const result = await work();
      await settle(name, world, afterSuccess);
      return result;
    } catch (error) {
      const toNext = isAnswer(error) ? afterSuccess : (circuit: Circuit) => afterFailure(circuit, world.now().getTime(), world.limits);
      await settle(name, world, toNext);
      throw error;
    }
  };
}

async function enter(name: string, { circuits, limits, log, now }: BreakerWorld): Promise<void> {
  const admission = await unguarded(log, name, async () => {
    const decided = admit(await circuits.read(name), now().getTime(), limits);
    if (decided.kind !== 'try' || (await circuits.replace(name, decided.next))) return decided;
    // Another one tries.
    return { kind: 'refuse', until: now().getTime() + limits.tryMs } as const;
  });
  if (admission?.kind === 'refuse') throw new CircuitOpen(name, new Date(admission.until));
}

/** Keeps what a call came to; when others do at the same time, again from what they kept, a few times. */
async function settle(name: string, { circuits, log, metrics }: BreakerWorld, toNext: (circuit: Circuit) => Circuit): Promise<void> {
  await unguarded(log, name, async () => {
    for (let attempt = 0; attempt < 5; attempt++) {
      const before = await circuits.read(name);
      const next = toNext(before);
      if (next === before) return;
      if (!(await circuits.replace(name, next))) continue;
      if (next.state !== before.state) log.info('circuit changed', { circuit: name, from: before.state, to: next.state });
      if (next.state === 'open') metrics.count('CircuitOpened', 1, { circuit: name });
      return;
    }
  });
}

async function unguarded<T>(log: Log, name: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    log.error('circuit not known', { circuit: name }, error);
    return undefined;
  }
}
