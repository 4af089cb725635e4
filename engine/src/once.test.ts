import { expect, test } from '@jest/globals';
import { once } from './once.ts';

test.each<[string, unknown]>([
  ['a value', { a: 1 }],
  ['nothing at all', undefined],
  ['a promise that fails', Promise.reject(new Error('no'))],
])('%s is made at the first call and never again', async (_name, value) => {
  if (value instanceof Promise) await value.catch(() => undefined);
  let calls = 0;
  const get = once(() => (calls++, value));
  expect(calls).toBe(0);
  expect([get(), get(), get()].every((got) => got === value)).toBe(true);
  expect(calls).toBe(1);
});

test('what throws is tried again', () => {
  let calls = 0;
  const get = once(() => {
    if (++calls === 1) throw new Error('not yet');
    return calls;
  });
  expect(get).toThrow('not yet');
  expect([get(), get()]).toEqual([2, 2]);
});
