import { toCanonicalJson } from './canonical.ts';
import type { Surroundings } from './assembly/surroundings.ts';
import type { Readings } from './readings.ts';
import type { Clouds } from './target.ts';

/**
 * Gives readings that ask AWS each question once: decisions and checks ask about the same things.
 *
 * For as long as nothing is written; what is read back after a deployment is asked of the connection itself.
 */
export function remember(readings: Readings): Readings {
  const seen = new Map<string, unknown>();
  const kinds = Object.entries(readings) as [string, (of: object) => unknown][];
  const remembering = kinds.map(([kind, read]) => [
    kind,
    (of: object) => {
      const key = `${kind} ${toCanonicalJson(of)}`;
      if (!seen.has(key)) seen.set(key, read(of));
      return seen.get(key);
    },
  ]);
  return Object.fromEntries(remembering) as Readings;
}

/** Gives the readings of each account and region, each question asked once. */
export function toReadings(clouds: Clouds): (at: Surroundings) => Readings {
  const made = new Map<string, Readings>();
  return (at) => {
    const key = `${at.account} ${at.region}`;
    const found = made.get(key) ?? remember(clouds(at).readings);
    made.set(key, found);
    return found;
  };
}
