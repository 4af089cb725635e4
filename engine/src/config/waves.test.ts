import { describe, expect, test } from '@jest/globals';
import { Stop } from '../finding.ts';
import { chooseEnvironments } from './environment.ts';
import { parseConfig } from './parse-config.ts';
import { emptyConfig } from './schema.ts';
import { toWaves } from './waves.ts';

const role = (account: string) => `arn:aws:iam::${account}:role/deploy`;

function choose(text: string, patterns: readonly string[]) {
  const { config = emptyConfig, where } = parseConfig(text, 'c.yml');
  return chooseEnvironments({ config, where, defaults: {} }, patterns);
}

const cells = `environments:
  cell-b: { account: "222222222222", regions: [us-west-2, eu-west-1], role: "${role('222222222222')}" }
  cell-a: { account: "111111111111", regions: [us-west-2, eu-west-1], github-environment: canary, wave: 0 }
  cell-c: { wave: 7 }
  tools: { account: "333333333333" }
`;

describe('the waves of a deployment of many environments', () => {
  test('are in the order of their numbers, with one job for each account and region', () => {
    const entry = (environment: string, account: string, region: string, more = {}) => ({
      environment,
      account,
      region,
      role: '',
      'github-environment': '',
      ...more,
    });
    expect(toWaves(choose(cells, ['cell-*']), 'sa-east-1')).toEqual([
      ['us-west-2', 'eu-west-1'].map((r) => entry('cell-a', '111111111111', r, { 'github-environment': 'canary' })),
      ['us-west-2', 'eu-west-1'].map((r) => entry('cell-b', '222222222222', r, { role: role('222222222222') })),
      [entry('cell-c', '', 'sa-east-1')],
    ]);
  });

  test('leave the region open where nobody names one', () => {
    expect(toWaves(choose(cells, ['tools']), undefined)).toMatchObject([[{ environment: 'tools', region: '' }]]);
  });

  test('have no more jobs than GitHub makes of a matrix', () => {
    const many = Array.from({ length: 150 }, (_, i) => `  cell-${i}: { regions: [us-west-2, eu-west-1] }`).join('\n');
    const waves = toWaves(choose(`environments:\n${many}\n`, ['*']), undefined);
    expect(waves.map((w) => w.length)).toEqual([256, 44]);
    expect(new Set(waves.flat().map((e) => `${e.environment} ${e.region}`)).size).toBe(300);
  });

  test('take an environment once, however many patterns fit it', () => {
    expect(choose(cells, ['cell-a', 'cell-*', '*']).map((e) => e.name)).toEqual(['cell-b', 'cell-a', 'cell-c', 'tools']);
  });

  test('are refused with every pattern that fits nothing', () => {
    let told: readonly string[] = [];
    try {
      choose(cells, ['cell-a', 'sell-*', 'prod']);
    } catch (thrown) {
      told = thrown instanceof Stop ? thrown.findings.map((f) => `${f.code} ${f.message.slice(0, 45)}`) : [];
    }
    expect(told).toEqual(['RT032 `sell-*` fits none of the environments cell-b', 'RT032 `prod` fits none of the environments cell-b (']);
  });

  test('are refused where there are no environments at all', () => {
    expect(() => choose('suppress: []\n', ['*'])).toThrow(/^RT033 /);
  });
});
