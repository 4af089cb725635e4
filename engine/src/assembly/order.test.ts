import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Stop } from '../finding.ts';
import { orderByDependencies, reverse, toPrerequisites, toReady, type Ordered } from './order.ts';

const item = (id: string, ...dependencies: string[]): Ordered => ({ id, dependencies });
const ids = (items: readonly Ordered[]) => items.map((i) => i.id);

/** Any graph without cycles: an item depends on some of those before it, and on some that are elsewhere. */
const acyclic = fc
  .array(fc.tuple(fc.nat(), fc.array(fc.nat(), { maxLength: 4 }), fc.boolean()), { maxLength: 30 })
  .map((rows) =>
    rows.map(([, picks, elsewhere], i) =>
      item(`s${i}`, ...new Set(picks.flatMap((p) => (i ? [`s${p % i}`] : []))), ...(elsewhere ? ['elsewhere'] : [])),
    ),
  );

describe('the order of items', () => {
  test('has every item once, each after all that it depends on', () => {
    fc.assert(
      fc.property(acyclic, (items) => {
        const ordered = orderByDependencies(items);
        const place = new Map(ordered.map((i, n) => [i.id, n]));
        expect([...place.keys()].sort()).toEqual(ids(items).sort());
        for (const i of items) for (const d of i.dependencies) expect(place.get(d) ?? -1).toBeLessThan(place.get(i.id) ?? -1);
      }),
    );
  });

  test('is the same whatever order they came in', () => {
    fc.assert(
      fc.property(
        acyclic.chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length }))),
        ([items, shuffled]) => {
          expect(ids(orderByDependencies(shuffled))).toEqual(ids(orderByDependencies(items)));
        },
      ),
    );
  });

  test('leaves the items that were given as they are', () => {
    const items = [item('b', 'a'), item('a')];
    orderByDependencies(items);
    expect(ids(items)).toEqual(['b', 'a']);
  });

  test.each<[string, Ordered[], string]>([
    ['two that need one another', [item('a', 'b'), item('b', 'a')], 'a -> b -> a'],
    ['one that needs itself', [item('a', 'a')], 'a -> a'],
    ['three in a ring', [item('a', 'b'), item('b', 'c'), item('c', 'a')], 'a -> b -> c -> a'],
    ['a ring that others lead to', [item('a', 'x'), item('x', 'y'), item('y', 'x'), item('z')], 'x -> y -> x'],
  ])('cannot be had for %s', (_name, items, cycle) => {
    const act = () => orderByDependencies(items);
    expect(act).toThrow(Stop);
    expect(act).toThrow(`PF131 These stacks depend on one another: ${cycle}.`);
  });
});

test.each<[string, Ordered[], string[], string[]]>([
  ['all that need nothing', [item('a'), item('b'), item('c', 'a')], [], ['a', 'b']],
  ['those whose prerequisites are done', [item('a'), item('b', 'a'), item('c', 'a', 'b')], ['a'], ['b']],
  ['those whose prerequisites are elsewhere', [item('a', 'elsewhere')], [], ['a']],
  ['none when all are done', [item('a'), item('b', 'a')], ['a', 'b'], []],
])('what may start: %s', (_name, items, done, ready) => expect(ids(toReady(items, new Set(done)))).toEqual(ready));

test.each<[string, string[], string[]]>([
  ['itself and all before it, directly or not', ['d'], ['a', 'b', 'd']],
  ['itself alone', ['a'], ['a']],
  ['nothing for nothing', [], []],
])('what is needed: %s', (_name, wanted, all) => {
  const items = [item('a'), item('b', 'a'), item('c', 'a'), item('d', 'b')];
  expect([...toPrerequisites(items, wanted)].sort()).toEqual(all);
});

describe('items turned round', () => {
  test('depend on those that needed them, and need nothing that is elsewhere', () => {
    expect(reverse([item('a', 'elsewhere'), item('b', 'a'), item('c', 'a', 'b')])).toEqual([
      item('a', 'b', 'c'),
      item('b', 'c'),
      item('c'),
    ]);
  });

  test('turned round again are as they were, but for what is elsewhere', () => {
    fc.assert(
      fc.property(acyclic, (items) => {
        const inner = items.map(({ id, dependencies }) => item(id, ...dependencies.filter((d) => d !== 'elsewhere').sort()));
        expect(reverse(reverse(inner)).map(({ id, dependencies }) => item(id, ...dependencies.toSorted()))).toEqual(inner);
      }),
    );
  });
});
