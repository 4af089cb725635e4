import { describe, expect, test } from '@jest/globals';
import { codes, type Code } from '../codes.ts';
import { finding } from '../finding.ts';
import { isFailing, toCounts, toFailureReason, type FailureReason } from './report.ts';

/** By the beginning of a code, the longest that fits. */
const wanted: Readonly<Record<string, FailureReason>> = {
  RT001: 'unexpected',
  RT002: 'cancelled',
  RT01: 'input',
  RT06: 'input',
  RT02: 'config',
  RT03: 'environment',
  RT04: 'aws-access',
  RT05: 'assembly',
  PF: 'preflight',
  DP101: 'plan-changed',
  DP102: 'not-reviewed',
  DP103: 'not-reviewed',
  DP104: 'not-reviewed',
  DP105: 'not-reviewed',
  DP106: 'not-reviewed',
  DP12: 'stack-failed',
  DP13: 'read-back',
  DP140: 'still-running',
  DP141: 'timeout',
  DP15: 'verification',
  DP160: 'refused',
  DP161: 'stack-failed',
  DP163: 'read-back',
  DP187: 'still-running',
  DP184: 'code-failed',
  DP185: 'code-failed',
  DP186: 'code-failed',
  DP18: 'preflight',
  DS10: 'refused',
  DS12: 'stack-failed',
  DS14: 'still-running',
  DS15: 'data',
  PM10: 'refused',
  PM11: 'artifacts',
  PM12: 'artifacts',
  PM13: 'artifacts',
  PM14: 'conflict',
  PM15: 'artifacts',
};
const all = Object.entries(codes) as [Code, (typeof codes)[Code]][];

describe('why a run failed', () => {
  test.each(
    all
      .filter(([, { severity }]) => severity === 'error')
      .map(([code]) => [code, wanted[Object.keys(wanted).find((k) => code.startsWith(k)) ?? '']] as const),
  )('%s means %s', (code, reason) => {
    expect(reason).toBeDefined();
    expect(toFailureReason([finding(code, '')])).toBe(reason);
  });

  test.each(all.filter(([, { severity }]) => severity !== 'error').map(([code]) => [code] as const))('%s is no reason', (code) =>
    expect(toFailureReason([finding(code, '')])).toBeUndefined(),
  );

  test.each<[string, Code[], FailureReason | undefined]>([
    ['nothing went wrong', [], undefined],
    ['a cancelled run says so, whatever else there is', ['DP140', 'DP122', 'RT002'], 'cancelled'],
    ['a defect of the action goes before all', ['PF100', 'RT001', 'RT002'], 'unexpected'],
    ['a failed stack goes before what was not read back', ['DP131', 'DP120'], 'stack-failed'],
  ])('%s', (_name, found, reason) => expect(toFailureReason(found.map((c) => finding(c, '')))).toBe(reason));

  test('a finding that is let stand as a warning is no reason', () =>
    expect(toFailureReason([{ ...finding('PF160', ''), severity: 'warning' }])).toBeUndefined());
});

test.each<[string, Code[], Parameters<typeof isFailing>[1], boolean]>([
  ['an error does', ['PF100'], 'error', true],
  ['an error does, even where the step is never to fail', ['PF100'], 'never', true],
  ['an error among others does', ['PF112', 'PF001', 'PF100'], 'warning', true],
  ['a warning does not', ['PF001'], 'error', false],
  ['a warning does where it is not to be let pass', ['PF001'], 'warning', true],
  ['a notice never does', ['PF002', 'PF112'], 'warning', false],
  ['nothing does not', [], 'warning', false],
])('findings that make a run fail: %s', (_name, found, failOn, fails) =>
  expect(
    isFailing(
      found.map((c) => finding(c, '')),
      failOn,
    ),
  ).toBe(fails),
);

test('findings are counted by severity, and checks that did not run apart from warnings', () => {
  const found = (['PF100', 'PF130', 'RT023', 'PF001', 'PF001', 'PF112'] as const).map((c) => finding(c, ''));
  expect(toCounts(found)).toEqual({ errors: 2, warnings: 1, notices: 1, notRun: 2 });
});
