import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createFakeClock } from '../../test/fakes/clock.ts';
import type { Ordered } from './assembly/order.ts';
import { inOrder, type Work } from './in-order.ts';

const item = (id: string, ...dependencies: string[]): Ordered => ({ id, dependencies });

/** Works items off that take a second each, and tells what started and ended when. */
function createWork(bad: readonly string[] = [], more: Partial<Work<Ordered, string>> = {}) {
  const clock = createFakeClock();
  const start = clock.now();
  const told: string[] = [];
  const work: Work<Ordered, string> = {
    limit: 4,
    run: async ({ id }) => {
      told.push(`${(clock.now() - start) / 1000} ${id}`);
      await clock.sleep(1_000);
      return id;
    },
    isGood: (id) => !bad.includes(id),
    onEnd: () => {},
    before: new Map(),
    ...more,
  };
  return { clock, told, work };
}

const never = new AbortController().signal;

describe('items in order', () => {
  test('start when what they depend on has ended, side by side, and no more at once than allowed', async () => {
    const items = [item('a'), item('b', 'a'), item('c', 'a'), item('d', 'b', 'c'), item('e')];
    const wide = createWork();
    await inOrder(items, wide.work, never);
    expect(wide.told).toEqual(['0 a', '0 e', '1 b', '1 c', '2 d']);
    const narrow = createWork([], { limit: 1 });
    await inOrder(items, narrow.work, never);
    expect(narrow.told).toEqual(['0 a', '1 b', '2 c', '3 d', '4 e']);
  });

  test('that depend on one that ended badly are not started; the others are', async () => {
    const { told, work } = createWork(['a']);
    const { ended, running } = await inOrder([item('a'), item('b', 'a'), item('c', 'b'), item('d')], work, never);
    expect([...ended.keys()]).toEqual(['a', 'd']);
    expect(running).toEqual([]);
    expect(told).toHaveLength(2);
  });

  test('that ended before are not started again, and count', async () => {
    const { told, work } = createWork(['x'], { before: new Map(['a', 'x'].map((id) => [id, id])) });
    await inOrder([item('a'), item('b', 'a'), item('x'), item('y', 'x')], work, never);
    expect(told).toEqual(['0 b']);
  });

  test('are left to themselves when the run is cancelled, and no new one starts', async () => {
    const controller = new AbortController();
    const { clock, told, work } = createWork();
    clock.at(500, () => controller.abort());
    const { ended, running } = await inOrder([item('a'), item('b', 'a'), item('c')], work, controller.signal);
    expect({ ended: ended.size, running, told }).toEqual({ ended: 0, running: ['a', 'c'], told: ['0 a', '0 c'] });
  });

  test('of any graph all end once, each after what it depends on', async () => {
    const graph = fc
      .array(fc.array(fc.nat(), { maxLength: 3 }), { maxLength: 12 })
      .map((rows) => rows.map((picks, i) => item(`s${i}`, ...new Set(picks.flatMap((p) => (i ? [`s${p % i}`] : []))))));
    await fc.assert(
      fc.asyncProperty(graph, fc.integer({ min: 1, max: 4 }), async (items, limit) => {
        const ends: string[] = [];
        await inOrder(items, { ...createWork().work, limit, onEnd: (id) => void ends.push(id) }, never);
        expect(ends.toSorted()).toEqual(items.map(({ id }) => id).sort());
        for (const { id, dependencies } of items) for (const d of dependencies) expect(ends.indexOf(d)).toBeLessThan(ends.indexOf(id));
      }),
    );
  });
});
