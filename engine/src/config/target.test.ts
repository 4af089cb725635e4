import { expect, test } from '@jest/globals';
import type { Environment } from './environment.ts';
import { chooseRegion, judgeAccount } from './target.ts';

const environment = (more: Partial<Environment>): Environment => ({
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
