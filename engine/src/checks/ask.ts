import { toCanonicalJson } from '../canonical.ts';
import type { Asked, Given, Readings } from '../readings.ts';
import type { Surroundings } from '../assembly/surroundings.ts';

/**
 * Asks what AWS has, at the account and region of a stack: the answer, or undefined as long as it is not there yet.
 *
 * A check that gets undefined judges what it can. It is judged again once its questions are answered, until it asks nothing
 * new: what it finds then is what it found. So a check stays a pure function, and all checks' questions are asked side by side.
 */
export type Ask = <K extends keyof Readings>(at: Surroundings, kind: K, of: Asked<K>) => Given<K> | undefined;

/** Gives the readings of the place of a stack; those that nobody can make are not there, and never answered. */
export type ReadingsOf = (at: Surroundings) => Partial<Readings>;

/** Gives what `judge` gives in the end: it is called again and again with more answers, until it asks for nothing new. */
export async function untilAnswered<T>(judge: (ask: Ask) => T, readingsOf: ReadingsOf): Promise<T> {
  const answers = new Map<string, unknown>();
  for (;;) {
    const open = new Map<string, Promise<unknown>>();
    const ask: Ask = (at, kind, of) => {
      const key = `${at.account} ${at.region} ${kind} ${toCanonicalJson(of)}`;
      if (answers.has(key)) return answers.get(key) as Given<typeof kind>;
      const read = readingsOf(at)[kind] as ((of: object) => Promise<unknown>) | undefined;
      if (read && !open.has(key)) open.set(key, read(of));
      return undefined;
    };
    const judged = judge(ask);
    if (open.size === 0) return judged;
    await Promise.all([...open].map(async ([key, answer]) => answers.set(key, await answer)));
  }
}

/** Asks nothing: for what is judged without AWS. */
export const askNothing: Ask = () => undefined;
