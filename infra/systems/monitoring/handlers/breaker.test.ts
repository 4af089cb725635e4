import { fakeBreaker, fakeCircuits, recorder } from '../../../../test/fakes/monitoring.ts';
import { CircuitOpen } from './breaker.ts';
import type { Circuits } from './circuits.ts';

const works = async (): Promise<string> => 'done';
const fails = async (): Promise<string> => {
  throw new Error('out of order');
};

function stage(circuits: Circuits = fakeCircuits()) {
  const recorded = recorder();
  const clock = { now: 1_000_000 };
  let calls = 0;
  const breaker = fakeBreaker(recorded, clock, circuits);
  const call = (work: () => Promise<string>): Promise<string> =>
    breaker('thing', () => {
      calls++;
      return work();
    });
  return { recorded, clock, call, calls: () => calls };
}

test('passes on what the work gives and what it throws', async () => {
  const { call } = stage();
  expect(await call(works)).toBe('done');
  await expect(call(fails)).rejects.toThrow('out of order');
});

test('opens after failures in a row, says so once, and then does not call at all', async () => {
  const { call, calls, recorded } = stage();
  for (const _ of [1, 2]) await expect(call(fails)).rejects.toThrow('out of order');
  await expect(call(works)).rejects.toBeInstanceOf(CircuitOpen);
  expect(calls()).toBe(2);
  expect(recorded.counted).toEqual([['CircuitOpened', 1]]);
});

test('a success in between starts the count again', async () => {
  const { call } = stage();
  await expect(call(fails)).rejects.toThrow();
  await call(works);
  await expect(call(fails)).rejects.toThrow();
  expect(await call(works)).toBe('done');
});

test('lets one call try when the time is over: it closes the circuit, or opens it again', async () => {
  const { call, clock, calls } = stage();
  for (const _ of [1, 2]) await expect(call(fails)).rejects.toThrow();
  clock.now += 60_000;
  await expect(call(fails)).rejects.toThrow('out of order');
  await expect(call(works)).rejects.toBeInstanceOf(CircuitOpen);
  clock.now += 60_000;
  expect(await call(works)).toBe('done');
  expect(await call(works)).toBe('done');
  expect(calls()).toBe(5);
});

test('while one tries, the others are refused', async () => {
  const { call, clock } = stage();
  for (const _ of [1, 2]) await expect(call(fails)).rejects.toThrow();
  clock.now += 60_000;
  let finish: (text: string) => void = () => {};
  const trying = call(() => new Promise((resolve) => (finish = resolve)));
  await new Promise(setImmediate);
  await expect(call(works)).rejects.toBeInstanceOf(CircuitOpen);
  finish('tried');
  expect(await trying).toBe('tried');
});

test('failures of different instances count together', async () => {
  const circuits = fakeCircuits();
  for (const one of [stage(circuits), stage(circuits)]) await expect(one.call(fails)).rejects.toThrow('out of order');
  await expect(stage(circuits).call(works)).rejects.toBeInstanceOf(CircuitOpen);
});

test('two that fail at the same moment both count', async () => {
  const circuits = fakeCircuits();
  const { call } = stage(circuits);
  await Promise.allSettled([call(fails), call(fails)]);
  expect(circuits.kept.get('thing')?.state).toBe('open');
});

test('without its table the work is done all the same, and the log says so', async () => {
  const broken = async (): Promise<never> => {
    throw new Error('no table');
  };
  const { call, recorded } = stage({ read: broken, replace: broken });
  expect(await call(works)).toBe('done');
  expect(recorded.lines).toEqual(['error circuit not known', 'error circuit not known']);
});

test('an error that is an answer, such as of an object that is not there, opens nothing', async () => {
  const { call } = stage();
  const missing = async (): Promise<never> => {
    throw Object.assign(new Error('not there'), { name: 'NoSuchKey' });
  };
  for (const _ of [1, 2, 3]) await expect(call(missing)).rejects.toThrow('not there');
  expect(await call(works)).toBe('done');
});
