import { expect, test } from '@jest/globals';
import type { Clock } from '../../../../engine/src/world.ts';
import { createLimit } from './limit.ts';

test('a limit beyond what a timer can be is not over at once', () => {
  const slept: number[] = [];
  const clock: Clock = { now: () => 0, sleep: (ms) => (slept.push(ms), new Promise(() => undefined)) };
  createLimit(99_999 * 60_000, { clock, cancelled: new AbortController().signal });
  expect(slept).toEqual([2_147_483_647]);
});
