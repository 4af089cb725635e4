import { expect, test } from '@jest/globals';
import { createPool } from './pool.ts';

test('a pool has no more under way than it has room for, and makes room when work ends or fails', async () => {
  const pool = createPool(2);
  const started: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const run = (name: string) =>
    pool(
      () =>
        new Promise<string>((resolve, reject) => {
          started.push(name);
          ends.set(name, (error) => (error ? reject(error) : resolve(name)));
        }),
    );
  const all = ['a', 'b', 'c', 'd'].map(run);
  expect(started).toEqual(['a', 'b']);
  ends.get('b')?.();
  expect(await all[1]).toBe('b');
  expect(started).toEqual(['a', 'b', 'c']);
  ends.get('a')?.(new Error('no'));
  await expect(all[0]).rejects.toThrow('no');
  expect(started).toEqual(['a', 'b', 'c', 'd']);
  ['c', 'd'].forEach((name) => ends.get(name)?.());
  expect(await Promise.all(all.slice(2))).toEqual(['c', 'd']);
});
