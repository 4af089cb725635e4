import { describe, expect, test } from '@jest/globals';
import type { Environment } from './environment.ts';
import { chooseRegion, judgeAccount, judgeRegion } from './target.ts';

const environment = (more: Partial<Environment> = {}): Environment => ({
  name: 'prod',
  regions: [],
  protected: false,
  approve: [],
  legacyNames: false,
  wave: 1,
  settings: {},
  because: '',
  place: { file: 'c.yml', line: 4 },
  ...more,
});

test.each<[string, string[], string | undefined, string | undefined, string]>([
  ['the input goes before the region of the job', [], 'eu-west-1', 'us-west-2', 'eu-west-1'],
  ['the region of the job goes before the first of the environment', ['us-east-1', 'us-west-2'], undefined, 'us-west-2', 'us-west-2'],
  ['the first of the environment comes last', ['us-east-1', 'us-west-2'], undefined, undefined, 'us-east-1'],
  ['an environment without regions takes any', [], undefined, 'af-south-1', 'af-south-1'],
])('region: %s', (_name, regions, wanted, ambient, region) =>
  expect(chooseRegion(environment({ regions }), wanted, ambient)).toEqual({ region }),
);

test.each<[string, string[], string | undefined, string | undefined, string]>([
  [
    'nobody names one',
    [],
    undefined,
    undefined,
    'RT042 Neither the input `region` nor AWS_REGION nor the environment prod names a region.',
  ],
  [
    'the input names one that the environment does not have',
    ['us-west-2'],
    'us-east-1',
    undefined,
    'RT043 The region is us-east-1; the environment prod has us-west-2.',
  ],
  [
    'the job has one that the environment does not have',
    ['us-west-2', 'eu-west-1'],
    undefined,
    'us-east-1',
    'RT043 The region is us-east-1; the environment prod has us-west-2, eu-west-1.',
  ],
])('no region: %s', (_name, regions, wanted, ambient, message) => {
  const chosen = chooseRegion(environment({ regions }), wanted, ambient);
  expect('problem' in chosen && `${chosen.problem.code} ${chosen.problem.message}`).toBe(message);
});

test.each<[string, string | undefined, string[]]>([
  ['the same one is fine', '111111111111', []],
  ['an environment without an account takes any', undefined, []],
  [
    'another one is refused, with both',
    '222222222222',
    ['RT041 4: The credentials belong to account 111111111111; the environment prod is in 222222222222.'],
  ],
])('account: %s', (_name, account, told) => {
  const problems = judgeAccount(environment(account ? { account } : {}), '111111111111');
  expect(problems.map((p) => `${p.code} ${p.place.line}: ${p.message}`)).toEqual(told);
});

test.each(['us-west-2', 'us-gov-west-1', 'us-isob-east-1', 'eusc-de-east-1', 'cn-northwest-1', 'ap-southeast-7', 'mx-central-1'])(
  '%s may be a region',
  (region) => expect(chooseRegion(environment(), region, undefined)).toEqual({ region }),
);

test.each(['moon', 'us-west', 'us-west-2a', 'US-WEST-2', 'us west 2', 'us-west-2 '])('%s is no region, whoever names it', (region) => {
  expect(chooseRegion(environment(), region, undefined)).toMatchObject({ problem: { code: 'RT047' } });
  expect(chooseRegion(environment(), undefined, region)).toMatchObject({ problem: { code: 'RT047' } });
});

describe('a run for a region', () => {
  const told = (regions: readonly (string | undefined)[], wanted?: string) =>
    judgeRegion(
      regions.map((region) => (region ? { region } : {})),
      'eu-west-1',
      wanted,
    ).map((f) => `${f.code} ${f.message}`);

  test('that none of its stacks goes to is refused where an input names it, and told otherwise', () => {
    expect(told(['us-west-2', 'us-east-1'], 'eu-west-1')).toEqual([
      'RT014 `region: eu-west-1`: the chosen stacks go to us-east-1, us-west-2, as the app says.',
    ]);
    expect(told(['us-west-2'])).toEqual(['RT048 The run is for eu-west-1; the chosen stacks go to us-west-2, as the app says.']);
  });

  test('that one of them goes to, or one that names none, is fine', () => {
    expect(told(['us-west-2', 'eu-west-1'], 'eu-west-1')).toEqual([]);
    expect(told(['us-west-2', undefined], 'eu-west-1')).toEqual([]);
  });
});
