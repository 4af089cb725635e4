import { describe, expect, test } from '@jest/globals';
import { blocked, destroyed, planned, promoted, rolledBack } from '../../../test/fakes/reports.ts';
import { toOutputs as toDeployOutputs } from '../../../actions/deploy/src/inputs.ts';
import { toOutputs as toPreflightOutputs } from '../../../actions/preflight/src/inputs.ts';
import { toCommonOutputs } from '../common-inputs.ts';
import { toPlanDigest } from '../plan/plan-tree.ts';
import type { Plan } from '../plan/plan.ts';
import { redactReport } from './free-text.ts';
import { isFailing, type Report } from './report.ts';
import { toSarif } from './sarif.ts';
import { toStatus } from './status.ts';
import { toSummary } from './summary.ts';

const change = { path: 'QueueName', before: 'hunter2-a', after: ['hunter2-b'], replaces: 'yes' as const };
const plan: Plan = {
  schema: 1,
  environment: 'prod',
  decisions: [],
  stacks: [
    planned('ShopProd', {
      action: 'update',
      parameters: { Key: 'hunter2' },
      tags: { Owner: 'hunter2' },
      delta: { 'Resources/Queue': '0'.repeat(32) },
      resources: [
        {
          logicalId: 'Queue',
          path: 'ShopProd/Queue',
          type: 'AWS::SQS::Queue',
          action: 'replace',
          access: false,
          widens: false,
          properties: [change],
        },
      ],
    }),
  ],
};
const reports: readonly (readonly [string, Report])[] = [
  ['preflight', { ...blocked, plan, planDigest: toPlanDigest(plan), seconds: 3, depth: 'read' }],
  ['destroy', destroyed],
  ['deploy', { ...rolledBack, plan }],
  ['promote', promoted],
];

/** Every word that a report is made of: names of its members, its verdicts, kinds, codes and states, and what else stands in it. */
const toWords = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value, ...value.split(/[^A-Za-z0-9]+/)];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...toWords(inner)]);
};
const words = [
  ...new Set([...reports.flatMap(([, report]) => toWords(report)), 'error', 'block', 'fail', 'second', 'read', 'true', 'pass']),
].filter((word) => word.length >= 4);

describe.each(reports)('a report of %s', (_name, report) => {
  test('comes to the same whichever word of its own is a secret', () => {
    const root = '/repo';
    for (const word of words) {
      const told = redactReport(report, [word]);
      expect([word, toCommonOutputs(told)]).toEqual([word, toCommonOutputs(report)]);
      expect(toStatus(told, isFailing(told.findings, 'error'), 'u')).toEqual(toStatus(report, isFailing(report.findings, 'error'), 'u'));
      expect(toPreflightOutputs(told)).toEqual(toPreflightOutputs(report));
      expect(Object.keys(toDeployOutputs(told))).toEqual(Object.keys(toDeployOutputs(report)));
      expect({ ...toDeployOutputs(told), outputs: '', 'DataProd.Url': '', 'DataProd.Key': '', 'NetProd.VpcId': '' }).toMatchObject({
        deployed: toDeployOutputs(report).deployed,
        failed: toDeployOutputs(report).failed,
        seconds: toDeployOutputs(report).seconds,
      });
      expect(toLevels(toSarif(told, root))).toEqual(toLevels(toSarif(report, root)));
      expect(toSummary(told, root).split('\n')).toHaveLength(toSummary(report, root).split('\n').length);
    }
  });

  test('has the same members, and no other text than its free one differs, when all its words are secrets at once', () => {
    const told = redactReport(report, words);
    expect(toShape(told)).toEqual(toShape(report));
    expect(told.findings.map((f) => ({ ...f, message: '' }))).toEqual(report.findings.map((f) => ({ ...f, message: '' })));
    expect(told.stacks.map((s) => [s.name, s.outcome.kind])).toEqual(report.stacks.map((s) => [s.name, s.outcome.kind]));
  });
});

const toLevels = (sarif: string): unknown => sarif.split('\n').filter((line) => /"(ruleId|level|uri)"/.test(line));

/** Gives a value with all texts taken out: the names of its members, however deep. */
const toShape = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return typeof value;
  return Array.isArray(value) ? value.map(toShape) : Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toShape(v)]));
};

test('a secret stands nowhere in the free text of a report', () => {
  const cause = { logicalId: 'Api', type: 'T', message: 'no hunter2', details: ['a hunter2'] };
  const report: Report = {
    ...rolledBack,
    findings: [{ ...rolledBack.findings[0]!, message: 'hunter2', suppressed: { code: 'PF130', message: 'hunter2', reason: 'hunter2' } }],
    plan,
    difference: [
      {
        name: 'ShopProd',
        id: 'i',
        difference: 'different',
        parts: [],
        isCoarse: false,
        entries: [
          { path: 'p', difference: 'different', widens: false, properties: [{ path: 'QueueName', reviewed: change, now: change }] },
        ],
      },
    ],
    stacks: [
      { ...rolledBack.stacks[0]!, outputs: { Url: 'https://u:hunter2@h' } },
      { ...rolledBack.stacks[1]!, outcome: { kind: 'failed', cause } },
      { ...rolledBack.stacks[2]!, outcome: { kind: 'not-started', because: 'hunter2' } },
      { ...rolledBack.stacks[3]!, outcome: { kind: 'still-running', status: 'hunter2' } },
    ],
    environmentUrl: 'https://hunter2',
    code: [
      {
        target: 't',
        kind: 'service',
        from: 'hunter2',
        to: 'hunter2',
        outcome: { kind: 'failed', why: 'hunter2', left: 'hunter2' },
        seconds: 1,
      },
    ],
    promotion: { ...promoted.promotion!, reason: 'hunter2' },
  };
  expect(JSON.stringify(redactReport(report, ['hunter2']))).not.toContain('hunter2');
});
