import { expect, test } from '@jest/globals';
import { inParallel } from './in-parallel.ts';

const never = new AbortController().signal;

test('results come in the order of the items, whichever is done first', async () => {
  const turns = (n: number): Promise<void> => (n > 0 ? Promise.resolve().then(() => turns(n - 1)) : Promise.resolve());
  expect(await inParallel([3, 0, 2, 1], 2, async (n) => (await turns(n), n * 10), never)).toEqual([30, 0, 20, 10]);
});

test('no more than the limit run together, and as many as it allows', async () => {
  let running = 0;
  let most = 0;
  await inParallel(
    Array.from({ length: 20 }, (_, i) => i),
    4,
    async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running -= 1;
    },
    never,
  );
  expect(most).toBe(4);
});

test('an abort is answered at once, even when something never ends', async () => {
  const controller = new AbortController();
  const started: number[] = [];
  const results = inParallel(
    [1, 2, 3, 4],
    2,
    (n) => {
      started.push(n);
      return n === 1 ? Promise.resolve('one') : (controller.abort(), new Promise<string>(() => {}));
    },
    controller.signal,
  );
  expect((await results).slice(1)).toEqual([undefined, undefined, undefined]);
  expect(started).toEqual([1, 2]);
});

test('what a function throws is thrown', async () => {
  await expect(inParallel([1], 1, () => Promise.reject(new Error('no')), never)).rejects.toThrow('no');
});

test('nothing to do gives nothing', async () => {
  expect(await inParallel([], 3, async () => 1, never)).toEqual([]);
});
