import { describe, expect, test } from '@jest/globals';
import { Stop } from '../finding.ts';
import type { EnvironmentDefaults } from '../system.ts';
import { appEnvironments, chooseEnvironment, type EnvironmentQuestion } from './environment.ts';
import type { Event } from './event.ts';
import { parseConfig } from './parse-config.ts';
import { emptyConfig } from './schema.ts';

const push = (branch: string): Event => ({ name: 'push', branch, isPullRequest: false });
const tag: Event = { name: 'push', isPullRequest: false };

/** The environments of a config file that has nothing else. */
function inFile(environments: Record<string, string[]>): Pick<EnvironmentQuestion, 'config' | 'where'> {
  const { config = emptyConfig, where } = parseConfig(
    `environments:\n${Object.entries(environments)
      .map(([name, b]) => `  ${name}: { branches: ${JSON.stringify(b)} }`)
      .join('\n')}\n`,
    'c.yml',
  );
  return { config, where };
}

const choose = (environments: Record<string, string[]>, event: Event, more: Partial<EnvironmentQuestion> = {}) =>
  chooseEnvironment({ ...inFile(environments), defaults: {}, event, ...more });

const stopped = (act: () => unknown): string[] => {
  try {
    act();
    return [];
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    return thrown.findings.map((f) => `${f.code} ${f.place.line ?? '-'}: ${f.message}`);
  }
};

test.each<[string, Record<string, string[]>, string, string]>([
  ['a plain name', { prod: ['main'], staging: ['development'] }, 'development', 'staging'],
  ['a glob over one part of the name', { prod: ['main'], test: ['feature/*'] }, 'feature/login', 'test'],
  ['a glob over several parts', { test: ['feature/**'] }, 'feature/a/b', 'test'],
  ['one of some alternatives', { test: ['{qa,uat}'] }, 'uat', 'test'],
  ['a plain name before a glob', { all: ['**'], prod: ['main'] }, 'main', 'prod'],
  [
    'a short plain name before a long glob',
    { long: ['release-of-the-yea*'], short: ['release-of-the-year'] },
    'release-of-the-year',
    'short',
  ],
  ['the glob with more literal characters', { any: ['feature/*'], ui: ['feature/ui-*'] }, 'feature/ui-menu', 'ui'],
  ['any pattern before one that takes all but another', { rest: ['!main'], dev: ['dev*'] }, 'dev1', 'dev'],
  ['what is left for one that takes all but another', { rest: ['!main'], prod: ['main'] }, 'other', 'rest'],
])('a branch goes to %s', (_name, environments, branch, name) => expect(choose(environments, push(branch)).name).toBe(name));

test('two patterns of one environment that fit equally well are no tie', () => {
  expect(choose({ prod: ['main', 'mai?', 'm?in'] }, push('main')).because).toBe('branch main fits main');
  expect(choose({ prod: ['mai?', 'm?in'] }, push('main')).name).toBe('prod');
});

test.each<[string, () => unknown, string]>([
  [
    'a branch that fits nothing, with the patterns there are',
    () => choose({ prod: ['main'], staging: ['development', 'hotfix/*'], demo: [] }, push('feature/x')),
    'RT030 1: No pattern fits the branch `feature/x`; there are prod (main), staging (development, hotfix/*), demo (no branches).',
  ],
  [
    'a glob of one part for a name of two',
    () => choose({ test: ['feature/*'] }, push('feature/a/b')),
    'RT030 1: No pattern fits the branch `feature/a/b`; there are test (feature/*).',
  ],
  [
    'a branch whose letters have another case',
    () => choose({ prod: ['main'] }, push('Main')),
    'RT030 1: No pattern fits the branch `Main`; there are prod (main).',
  ],
  [
    'two globs that fit equally well',
    () => choose({ one: ['rel/*'], two: ['rel/*'], three: ['**'] }, push('rel/1')),
    'RT031 2: The branch `rel/1` fits `rel/*` of one and `rel/*` of two equally well.',
  ],
  [
    'a branch that two environments name',
    () => choose({ one: ['main'], two: ['main'] }, push('main')),
    'RT031 2: The branch `main` fits `main` of one and `main` of two equally well.',
  ],
  [
    'a tag, which has no branch',
    () => choose({ prod: ['main'] }, tag),
    'RT033 -: The event push has no branch; the environments are prod (main).',
  ],
  [
    'no event at all',
    () => choose({ prod: ['main'] }, { name: '', isPullRequest: false }),
    'RT033 -: The event (none) has no branch; the environments are prod (main).',
  ],
  [
    'a name that is none of the environments',
    () => choose({ prod: ['main'], staging: [] }, push('main'), { wanted: 'porduction' }),
    'RT032 1: `porduction` is none of the environments prod (main), staging (no branches).',
  ],
  [
    'neither a file nor a map of the system',
    () => chooseEnvironment({ ...inFile({}), config: emptyConfig, defaults: {}, event: push('main') }),
    'RT033 -: Neither a config file nor the system maps branches to environments.',
  ],
  [
    'a name that can be none, where nothing lists any',
    () => chooseEnvironment({ config: emptyConfig, where: () => ({}), defaults: {}, event: push('main'), wanted: 'Prod!' }),
    'RT032 -: `Prod!` is no name of an environment: it has small letters, digits and hyphens, a letter first, at most 32 in all.',
  ],
])('refused: %s', (_name, act, message) => expect(stopped(act)).toEqual([message]));

describe('the environment', () => {
  test('that is named is taken whatever the branch', () => {
    expect(choose({ prod: ['main'], staging: [] }, push('feature/x'), { wanted: 'staging' })).toMatchObject({
      name: 'staging',
      because: 'named by the input environment',
    });
    expect(choose({ prod: ['main'] }, tag, { wanted: 'prod' }).name).toBe('prod');
  });

  test('of a pull request is that of its base branch', () => {
    const event: Event = { name: 'pull_request', branch: 'development', isPullRequest: true };
    expect(choose({ prod: ['main'], staging: ['development'] }, event)).toMatchObject({
      name: 'staging',
      because: 'branch development fits development',
    });
  });

  test('may be any good name where neither file nor system lists any', () => {
    const chosen = chooseEnvironment({ config: emptyConfig, where: () => ({}), defaults: {}, event: tag, wanted: 'demo-2' });
    expect(chosen).toEqual({
      name: 'demo-2',
      because: 'named by the input environment',
      place: {},
      approve: [],
      regions: [],
      protected: false,
      legacyNames: false,
      wave: 1,
      settings: {},
    });
  });

  test('is protected as its system has it, and has its GitHub environment, unless the file says otherwise', () => {
    const defaults = { prod: { branches: ['main'], protected: true, githubEnvironment: 'production' } };
    const { config = emptyConfig, where } = parseConfig(
      'environments: { prod: { branches: [main], protected: false, github-environment: live } }\n',
      'c.yml',
    );
    const silent = choose({ prod: ['main'] }, push('main'), { defaults });
    const loud = choose({}, push('main'), { defaults, config, where });
    expect([silent, loud].map((e) => [e.protected, e.githubEnvironment])).toEqual([
      [true, 'production'],
      [false, 'live'],
    ]);
  });

  test('is in the regions of its system, unless the file says otherwise', () => {
    const defaults = { prod: { branches: ['main'], regions: ['eu-west-1'] } };
    const none = chooseEnvironment({ config: emptyConfig, where: () => ({}), defaults, event: push('main') });
    const { config = emptyConfig, where } = parseConfig('environments: { prod: { branches: [main], regions: [us-east-1] } }\n', 'c.yml');
    const named = chooseEnvironment({ config, where, defaults, event: push('main') });
    expect([none, choose({ prod: ['main'] }, push('main'), { defaults }), named].map(({ regions }) => regions)).toEqual([
      ['eu-west-1'],
      ['eu-west-1'],
      ['us-east-1'],
    ]);
  });

  test('has what the file says of it, and where it says so', () => {
    const text =
      'environments:\n  prod:\n    branches: [main]\n    account: "111111111111"\n    regions: [us-west-2]\n    role: arn:aws:iam::111111111111:role/d\n    github-environment: production\n    protected: true\n    legacy-names: true\n    settings: { a: 1 }\n';
    const { config = emptyConfig, where } = parseConfig(text, 'c.yml');
    expect(chooseEnvironment({ config, where, defaults: {}, event: push('main') })).toEqual({
      name: 'prod',
      approve: [],
      because: 'branch main fits main',
      account: '111111111111',
      regions: ['us-west-2'],
      role: 'arn:aws:iam::111111111111:role/d',
      githubEnvironment: 'production',
      protected: true,
      legacyNames: true,
      wave: 1,
      settings: { a: 1 },
      place: { file: 'c.yml', line: 2, column: 3 },
    });
  });

  test.each<[string, string]>([
    ['main', 'prod'],
    ['development', 'staging'],
  ])('of %s is %s for an app without a config file', (branch, name) => {
    expect(chooseEnvironment({ config: emptyConfig, where: () => ({}), defaults: appEnvironments, event: push(branch) }).name).toBe(name);
  });

  test('comes from the map of the system, protection and all, when the file names none', () => {
    const defaults: Record<string, EnvironmentDefaults> = {
      production: { branches: ['main'], githubEnvironment: 'live', protected: true },
    };
    expect(chooseEnvironment({ config: { ...emptyConfig, system: 'x' }, where: () => ({}), defaults, event: push('main') })).toMatchObject({
      name: 'production',
      githubEnvironment: 'live',
      protected: true,
      legacyNames: false,
      wave: 1,
    });
  });

  test('never comes from the map of the system when the file names any', () => {
    expect(stopped(() => choose({ dev: ['dev'] }, push('main'), { defaults: appEnvironments }))).toEqual([
      'RT030 1: No pattern fits the branch `main`; there are dev (dev).',
    ]);
  });
});
