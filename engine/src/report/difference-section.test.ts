import { expect, test } from '@jest/globals';
import type { StackDifference } from '../plan/compare.ts';
import { toDifferenceLines, toDifferenceSection } from './difference-section.ts';

const stack = (name: string, more: Partial<StackDifference>): StackDifference => ({
  name,
  id: `1/r/${name}`,
  difference: 'different',
  reviewed: 'update',
  now: 'update',
  parts: [],
  entries: [],
  isCoarse: false,
  ...more,
});
const replaces = 'no' as const;
const all: readonly StackDifference[] = [
  stack('New', { difference: 'added', now: 'create' }),
  stack('Old', { difference: 'gone', reviewed: 'update' }),
  stack('Parts', { parts: ['tags', 'order'], reviewed: 'create' }),
  stack('Coarse', { isCoarse: true }),
  stack('Shop', {
    entries: [
      { path: 'Shop/Role', type: 'AWS::IAM::Role', difference: 'added', widens: true, properties: [] },
      {
        path: 'Shop/Queue',
        difference: 'different',
        widens: false,
        properties: [
          {
            path: 'Delay',
            reviewed: { path: 'Delay', before: 1, after: 2, replaces },
            now: { path: 'Delay', before: 3, after: 2, replaces },
          },
          { path: 'Tags', now: { path: 'Tags', before: [1], after: [2], replaces } },
        ],
      },
    ],
  }),
];

test('each stack and each thing that differs is a line of the log', () => {
  expect(toDifferenceLines(all)).toEqual([
    'New: new in the plan, create',
    'Old: gone from the plan, update',
    'Parts: action (create, now update) differ',
    'Parts: tags differ',
    'Parts: order differ',
    'Coarse: digests, and the review kept nothing else of it differ',
    'Shop: Shop/Role is new in the plan, and widens access',
    'Shop: Shop/Queue is different',
    '   Delay: reviewed 1 → 2; now 3 → 2',
    '   Tags: reviewed as it is; now … → …',
  ]);
});

test('and a row of the report, with what was reviewed beside what is planned now', () => {
  const [section] = toDifferenceSection(all);
  const [table] = section?.blocks ?? [];
  if (table?.kind !== 'table') throw new Error('there is no table');
  expect([section?.title, table.head]).toEqual(['Since the review', ['stack', 'what', 'since the review', 'reviewed', 'now']]);
  expect(table.rows.map(([name, what]) => [name?.[0], what?.at(-1)])).toEqual([
    ['New', { own: 'the stack' }],
    ['Old', { own: 'the stack' }],
    ['Parts', { own: 'action (create, now update), tags, order' }],
    ['Coarse', { own: 'digests, and the review kept nothing else of it' }],
    ['Shop', { code: 'Shop/Role' }],
    ['Shop', { code: 'Shop/Queue' }],
  ]);
  expect(table.rows.at(-1)?.[4]).toEqual(expect.arrayContaining([{ code: 'Delay' }, { code: '3' }, { code: '2' }, { code: 'Tags' }]));
});

test('no difference is no section', () => expect(toDifferenceSection([])).toEqual([]));
