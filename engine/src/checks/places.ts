import type { NotRead } from '../answer.ts';
import type { Surroundings } from '../assembly/surroundings.ts';
import type { Facts, StackFacts } from '../facts.ts';
import type { Check } from './check.ts';
import { notRun } from './check.ts';
import type { ReadingsOf } from './ask.ts';

/** Whether every account and region that stacks go to can be looked at. One that cannot is told once, whatever the checks would ask there. */
export const places: Check = {
  name: 'places',
  tier: 'read',
  judge: ({ stacks }) =>
    [...toShut(stacks).values()].map(({ at, because, names: [first = '', ...more] }) =>
      notRun(`all of account ${at.account} in ${at.region} (${[first, ...more].join(', ')})`, because, { stack: first }),
    ),
};

/** An account and region that nobody can look at, and the stacks that go there. */
interface Shut {
  readonly at: Surroundings;
  readonly because: NotRead;
  readonly names: readonly string[];
}

const toKey = ({ account, region }: Surroundings): string => `${account} ${region}`;

/** Says whether nothing of the place of a stack can be read: its role for that cannot be assumed. */
export const isShut = ({ live }: StackFacts): boolean => live?.kind === 'unknown' && live.because.call === 'sts:AssumeRole';

function toShut(stacks: readonly StackFacts[]): ReadonlyMap<string, Shut> {
  const found = new Map<string, Shut>();
  for (const { at, live, stack } of stacks.filter(isShut)) {
    if (live?.kind !== 'unknown') continue;
    const names = found.get(toKey(at))?.names ?? [];
    found.set(toKey(at), { at, because: live.because, names: [...names, stack.name] });
  }
  return found;
}

/** Leaves, of a place that cannot be looked at, only what is asked of the account of the credentials: whether a role can be assumed. */
export function toOpen(readingsOf: ReadingsOf, { stacks }: Facts): ReadingsOf {
  const shut = toShut(stacks);
  return (at) => {
    const readings = readingsOf(at);
    return shut.has(toKey(at)) && readings.refusal ? { refusal: readings.refusal } : readings;
  };
}
