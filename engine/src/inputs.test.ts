import { describe, expect, test } from '@jest/globals';
import { commonInputs, commonOutputs, toCommonOutputs } from './common-inputs.ts';
import { finding } from './finding.ts';
import { parseInputs, toCamel, type ActionTable } from './inputs.ts';
import type { Report } from './report/report.ts';

const table = {
  name: 'sample',
  title: 'Sample',
  description: 'An action with one input of each kind',
  icon: 'box',
  inputs: {
    text: { kind: 'text', description: 'A text.' },
    preset: { kind: 'text', description: 'A text with a default.', default: 'here' },
    'evaluated-preset': { kind: 'text', description: 'A default that the runner evaluates.', default: '${{ github.token }}' },
    needed: { kind: 'text', description: 'A text that must be.', required: true },
    choice: { kind: 'choice', values: ['a', 'b'], description: 'One of two.' },
    lines: { kind: 'lines', description: 'A list.' },
    pairs: { kind: 'pairs', description: 'A map.' },
    count: { kind: 'integer', min: 2, description: 'A number.' },
    flag: { kind: 'flag', description: 'Yes or no.' },
    'the-token': { kind: 'secret', description: 'A secret.' },
    'other-token': { kind: 'secret', description: 'Another secret.' },
  },
  exclusive: [
    ['text', 'choice', 'lines'],
    ['the-token', 'other-token'],
  ],
  outputs: {},
} as const satisfies ActionTable;

const parse = (given: Record<string, string>) => parseInputs(table, { needed: 'x', ...given });
const told = (given: Record<string, string>) => parse(given).problems.map((p) => `${p.code} ${p.message}`);

test.each<[string, Record<string, string>, Record<string, unknown>]>([
  ['a text is taken without the space around it', { text: ' a b\n' }, { text: 'a b' }],
  ['a text that is only space was not given', { text: ' \n ' }, { text: undefined }],
  ['a default stands in for what was not given', { preset: '' }, { preset: 'here' }],
  ['what was given goes before the default', { preset: 'there' }, { preset: 'there' }],
  ['a default that is an expression counts as nothing where no runner evaluated it', {}, { evaluatedPreset: undefined }],
  ['one of the choices is taken', { choice: 'b' }, { choice: 'b' }],
  ['no choice is no choice', {}, { choice: undefined }],
  ['lines may be lines', { lines: 'a\n\n  b \r\nc' }, { lines: ['a', 'b', 'c'] }],
  ['lines may be separated by commas', { lines: 'a, b,,c' }, { lines: ['a', 'b', 'c'] }],
  ['no lines are an empty list', {}, { lines: [] }],
  ['a pair may have the sign of equality in its value', { pairs: 'a=b=c\n d = e f ' }, { pairs: { a: 'b=c', d: 'e f' } }],
  ['a pair may have an empty value', { pairs: 'a=' }, { pairs: { a: '' } }],
  [
    'a pair may have the name of a member that every object has',
    { pairs: 'constructor=1\n__proto__=2' },
    {
      pairs: Object.fromEntries([
        ['constructor', '1'],
        ['__proto__', '2'],
      ]),
    },
  ],
  ['no pairs are an empty map', {}, { pairs: {} }],
  ['a number is a number', { count: '17' }, { count: 17 }],
  ['the least number is allowed', { count: '2' }, { count: 2 }],
  ['no number is no number', {}, { count: undefined }],
  ['a flag is true in any case of letters', { flag: 'TRUE' }, { flag: true }],
  ['a flag is false when it says so', { flag: 'false' }, { flag: false }],
  ['a flag is false when it was not given', {}, { flag: false }],
  ['a secret is taken as it is', { 'the-token': 'ghs_1' }, { theToken: 'ghs_1' }],
])('good input: %s', (_name, given, wanted) => {
  const { values, problems } = parse(given);
  expect(problems).toEqual([]);
  const got = Object.fromEntries(Object.keys(wanted).map((key) => [key, (values as Record<string, unknown>)[key]]));
  expect(got).toStrictEqual(wanted);
});

test.each<[string, Record<string, string>, string]>([
  ['a value that is none of the choices', { choice: 'c' }, 'RT010 `choice` is "c": allowed are a, b.'],
  ['a choice in other letters', { choice: 'A' }, 'RT010 `choice` is "A": allowed are a, b.'],
  ['a number below the least one', { count: '1' }, 'RT010 `count` is "1": allowed is a whole number from 2 on.'],
  ['a number with a fraction', { count: '2.5' }, 'RT010 `count` is "2.5": allowed is a whole number from 2 on.'],
  ['a number with a sign', { count: '-3' }, 'RT010 `count` is "-3": allowed is a whole number from 2 on.'],
  ['a number of ten digits', { count: '1000000000' }, 'RT010 `count` is "1000000000": allowed is a whole number from 2 on.'],
  ['a word for a number', { count: 'many' }, 'RT010 `count` is "many": allowed is a whole number from 2 on.'],
  ['a flag that is neither', { flag: 'yes' }, 'RT010 `flag` is "yes": allowed are true and false.'],
  ['a line that is no pair', { pairs: 'a=1\nowner' }, 'RT010 `pairs` is not usable: allowed is one key=value a line; line 2 is not.'],
  ['a pair without a key', { pairs: '=1' }, 'RT010 `pairs` is not usable: allowed is one key=value a line; line 1 is not.'],
  ['a key twice', { pairs: 'a=1\na=2' }, 'RT010 `pairs` is not usable: allowed is one key=value a line; the key "a" is given twice.'],
  ['a required input that is empty', { needed: ' ' }, 'RT012 `needed` is required: A text that must be.'],
  ['an input that the action does not have', { nedeed: '1' }, 'RT013 `nedeed` is no input of sample; `needed` is.'],
  [
    'two that exclude one another',
    { text: 'x', choice: 'a' },
    'RT011 `text` (x) and `choice` (a) are given, of which at most one is allowed.',
  ],
  [
    'three that exclude one another',
    { text: 'x', choice: 'a', lines: 'l' },
    'RT011 `text` (x) and `choice` (a) and `lines` (l) are given, of which at most one is allowed.',
  ],
])('bad input: %s is told with its value and what is allowed', (_name, given, message) => expect(told(given)).toEqual([message]));

describe('the inputs of an action', () => {
  test('are refused all at once', () => {
    expect(
      told({ needed: '', choice: 'c', count: '0', flag: '2', pairs: 'x', text: 't', presset: '1' })
        .map((m) => m.slice(0, 5))
        .sort(),
    ).toEqual(['RT010', 'RT010', 'RT010', 'RT010', 'RT011', 'RT012', 'RT013']);
  });

  test('that are empty count neither as unknown nor as excluding', () => {
    expect(told({ presset: '', text: 'x', choice: '  ' })).toEqual([]);
  });

  test('that are nearly called as one of the table are a mistake, others may be variables of the job', () => {
    expect(told({ evaluated_presett: '1' })).toEqual(['RT013 `evaluated_presett` is no input of sample; `evaluated-preset` is.']);
    expect(told({ 'something-else': '1', constructor: '1' })).toEqual([]);
  });

  test('never show the values of pairs, which may be secret', () => {
    expect(told({ pairs: 'Password=hunter2\nhunter3' }).join()).not.toMatch(/hunter/);
  });

  test('never show a secret, not even where two of them exclude one another', () => {
    const messages = told({ 'the-token': 'ghs_secret', 'other-token': 'ghs_other' });
    expect(messages).toEqual(['RT011 `the-token` and `other-token` are given, of which at most one is allowed.']);
    expect(messages.join()).not.toMatch(/ghs_/);
  });

  test.each([
    ['cdk-out', 'cdkOut'],
    ['a-b-c', 'aBC'],
    ['region', 'region'],
  ])('%s is called %s in the code', (name, camel) => expect(toCamel(name)).toBe(camel));
});

describe('the outputs that every action has', () => {
  const report: Report = { schema: 1, action: 'preflight', version: '0.1.0', verdict: 'ready', findings: [], decisions: [], stacks: [] };

  test('are empty texts and zeros where nothing is known', () => {
    expect(toCommonOutputs(report)).toEqual({
      verdict: 'ready',
      'failure-reason': '',
      environment: '',
      account: '',
      region: '',
      errors: '0',
      warnings: '0',
      'not-run': '0',
    });
  });

  test('count errors, warnings and checks that could not run, each on its own', () => {
    const findings = [finding('PF100', ''), finding('PF130', ''), finding('RT023', ''), finding('PF001', ''), finding('PF112', '')];
    const full: Report = {
      ...report,
      verdict: 'blocked',
      failureReason: 'preflight',
      environment: 'prod',
      account: '111111111111',
      region: 'us-west-2',
      findings,
    };
    expect(toCommonOutputs(full)).toEqual({
      verdict: 'blocked',
      'failure-reason': 'preflight',
      environment: 'prod',
      account: '111111111111',
      region: 'us-west-2',
      errors: '2',
      warnings: '1',
      'not-run': '1',
    });
    expect(Object.keys(toCommonOutputs(full))).toEqual(Object.keys(commonOutputs));
  });

  test('the token is a secret, and comes from the runner', () => {
    expect(commonInputs['github-token']).toMatchObject({ kind: 'secret', default: '${{ github.token }}' });
  });
});
