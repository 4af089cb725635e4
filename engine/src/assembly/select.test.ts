import { describe, expect, test } from '@jest/globals';
import { Stop } from '../finding.ts';
import { readSample } from '../../../test/fakes/assembly.ts';
import type { Assembly } from './assembly.ts';
import { selectStacks, type Phases } from './select.ts';

const plain = readSample({ Net: {}, ShopApi: { dependencies: ['Net', 'ShopDb'] }, ShopDb: { dependencies: ['Net'] }, Audit: {} });
/** One of the stacks is in a stage, and has another name in CloudFormation. */
const assembly: Assembly = {
  ...plain,
  stacks: plain.stacks.map((s) => (s.id === 'Audit' ? { ...s, name: 'audit-prod', displayName: 'Prod/Audit' } : s)),
};

const phases: Phases = { first: ['Net', 'audit-prod'], last: ['ShopApi'] };

test.each<[string, string[], boolean, string[]]>([
  ['no pattern chooses all, in the order of deployment', [], true, ['Audit', 'Net', 'ShopDb', 'ShopApi']],
  ['a name chooses one', ['Net'], true, ['Net']],
  ['a name brings what it needs', ['ShopApi'], true, ['Net', 'ShopDb', 'ShopApi']],
  ['or not, when that is not wanted', ['ShopApi'], false, ['ShopApi']],
  ['a glob chooses several, still in order', ['Shop*'], false, ['ShopDb', 'ShopApi']],
  ['several patterns choose what any of them does', ['ShopDb', 'Net', 'N*'], false, ['Net', 'ShopDb']],
  ['the name in CloudFormation counts', ['audit-*'], true, ['Audit']],
  ['so does the path of a stage', ['Prod/*'], true, ['Audit']],
  ['a phase chooses its stacks', ['phase:first'], false, ['Audit', 'Net']],
  ['a phase brings what its stacks need', ['phase:last'], true, ['Net', 'ShopDb', 'ShopApi']],
  ['or not, when that is not wanted, either', ['phase:last'], false, ['ShopApi']],
  ['a phase and a name choose what either does', ['phase:last', 'Net'], false, ['Net', 'ShopApi']],
  ['an exclusion alone chooses all others', ['!audit-prod'], true, ['Net', 'ShopDb', 'ShopApi']],
  ['an exclusion takes out of what others choose', ['Shop*', '!ShopDb'], false, ['ShopApi']],
  ['wherever it stands, and what is needed, too', ['!ShopDb', 'ShopApi'], true, ['Net', 'ShopApi']],
  ['a glob may be excluded', ['!Shop*'], true, ['Audit', 'Net']],
  ['so may a phase', ['!phase:first'], false, ['ShopDb', 'ShopApi']],
  ['a group that is negated is a pattern like others', ['!(Net|audit-prod|ShopDb)'], false, ['ShopApi']],
  ['a star stays out of stages, as in the CDK CLI, where the name does not fit', ['N*', '**'], true, ['Audit', 'Net', 'ShopDb', 'ShopApi']],
])('%s', (_name, patterns, withDependencies, ids) =>
  expect(selectStacks(assembly, { patterns, withDependencies, phases }).map((s) => s.id)).toEqual(ids),
);

describe('a selection is refused', () => {
  const told = (patterns: string[], from: Assembly = assembly, known: Phases = phases) => {
    try {
      return selectStacks(from, { patterns, withDependencies: true, phases: known }).map((s) => s.id);
    } catch (thrown) {
      if (!(thrown instanceof Stop)) throw thrown;
      return thrown.findings.map((f) => `${f.code} ${f.message}`);
    }
  };

  test('for each pattern that matches nothing, with the stacks there are', () => {
    expect(told(['Shp*', 'Net', 'net'])).toEqual([
      'RT055 `Shp*` matches none of the stacks: Prod/Audit, Net, ShopApi, ShopDb.',
      'RT055 `net` matches none of the stacks: Prod/Audit, Net, ShopApi, ShopDb.',
    ]);
  });

  test('for an exclusion that fits nothing, and for those that leave nothing over', () => {
    expect(told(['!Shp', 'Net'])).toEqual(['RT055 `!Shp` matches none of the stacks: Prod/Audit, Net, ShopApi, ShopDb.']);
    expect(told(['!phase:lst'])).toEqual(['RT056 `!phase:lst` is none of the phases first, last.']);
    expect(told(['Net', '!N*'])).toEqual(['RT055 `Net`, `!N*` leave no stack over.']);
  });

  test('for each phase that is not there, with the phases there are', () => {
    expect(told(['phase:lst', 'phase:first', 'phase:', 'phase:toString'])).toEqual([
      'RT056 `phase:lst` is none of the phases first, last.',
      'RT056 `phase:` is none of the phases first, last.',
      'RT056 `phase:toString` is none of the phases first, last.',
    ]);
  });

  test('for a phase where there are none, with the stacks there are', () => {
    expect(told(['phase:first'], assembly, {})).toEqual([
      'RT056 `phase:first` names a phase, and only bundled systems have phases, not all of them; the stacks are Prod/Audit, Net, ShopApi, ShopDb.',
    ]);
  });

  test('for stacks that depend on one another', () => {
    expect(told([], readSample({ A: { dependencies: ['B'] }, B: { dependencies: ['A'] } }))).toEqual([
      'PF131 These stacks depend on one another: A -> B -> A.',
    ]);
  });
});
