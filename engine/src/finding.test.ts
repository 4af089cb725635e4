import { describe, expect, test } from '@jest/globals';
import { codes, type Code } from './codes.ts';
import { finding, hasErrors, orderFindings, Stop, toFindings, toWhere, type Place } from './finding.ts';

describe('a finding', () => {
  test('has the facts of its case, and the rest from the table', () => {
    expect(finding('PF130', 'The name X is too long.', { stack: 'Shop' })).toEqual({
      code: 'PF130',
      severity: 'error',
      title: codes.PF130.title,
      remedy: codes.PF130.remedy,
      message: 'The name X is too long.',
      place: { stack: 'Shop' },
      docs: expect.stringMatching(/^https:\/\/github\.com\/.+\/blob\/v\d+\.\d+\.\d+\/docs\/findings\.md#pf130$/),
    });
  });

  test.each(Object.entries(codes))('of the code %s says what to do next, in whole sentences', (code, { title, remedy }) => {
    expect(code).toMatch(/^(RT|PF|DP|DS|PM)\d{3}$/);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(remedy).toMatch(/^[A-Z][^]*\.$/);
  });

  test('no two codes have one title', () => {
    const titles = Object.values(codes).map((c) => c.title);
    expect(titles.filter((t, i) => titles.indexOf(t) !== i)).toEqual([]);
  });
});

test.each<[string, Place, string]>([
  ['the construct path goes before all else', { constructPath: 'Shop/Uploads', file: 'app.ts', line: 3, stack: 'Shop' }, 'Shop/Uploads'],
  ['then the stack', { file: 'app.ts', line: 3, stack: 'Shop' }, 'Shop'],
  ['then the file with its line', { file: 'app.ts', line: 3 }, 'app.ts:3'],
  ['or without a line where none is known', { file: 'app.ts' }, 'app.ts'],
  ['and nothing is shown for nothing', {}, ''],
])('where: %s', (_name, place, where) => expect(toWhere(place)).toBe(where));

describe('the order of findings', () => {
  const f = (code: Code, message = 'm', place: Place = {}) => finding(code, message, place);
  const shown = (found: ReturnType<typeof orderFindings>) => found.map((x) => `${x.code} ${toWhere(x.place)} ${x.message}`);

  test('is worst first, then by code, then by place, then by message', () => {
    const mixed = [
      f('PF112'),
      f('PF001'),
      f('PF130', 'b', { constructPath: 'A/B' }),
      f('PF130', 'a', { constructPath: 'A/B' }),
      f('PF130', 'z', { constructPath: 'A/A' }),
      f('PF100'),
    ];
    expect(shown(orderFindings(mixed))).toEqual(['PF100  m', 'PF130 A/A z', 'PF130 A/B a', 'PF130 A/B b', 'PF001  m', 'PF112  m']);
  });

  test('is the same whatever order they were found in', () => {
    const found = [f('PF130', 'a', { stack: 'A' }), f('PF001'), f('PF130', 'b'), f('PF112')];
    expect(orderFindings(found.toReversed())).toEqual(orderFindings(found));
  });

  test('goes by the severity that a case has, where it is another one than that of its code', () => {
    expect(shown(orderFindings([{ ...f('PF100'), severity: 'warning' }, f('PF160')]))).toEqual(['PF160  m', 'PF100  m']);
  });

  test('counts the lines of a file as numbers', () => {
    const found = [f('RT022', 'm', { file: 'a.yml', line: 10 }), f('RT022', 'm', { file: 'a.yml', line: 9 })];
    expect(shown(orderFindings(found))).toEqual(['RT022 a.yml:9 m', 'RT022 a.yml:10 m']);
  });

  test('shows what was found twice once, and keeps two cases of one code apart', () => {
    expect(orderFindings([f('PF130', 'a'), f('PF130', 'a'), f('PF130', 'b')])).toHaveLength(2);
  });
});

test.each<[string, Code[], boolean]>([
  ['one error among others counts', ['PF112', 'PF001', 'PF100'], true],
  ['warnings and notices do not', ['PF112', 'PF001'], false],
  ['nothing is no error', [], false],
])('errors: %s', (_name, all, has) => expect(hasErrors(all.map((c) => finding(c, '')))).toBe(has));

describe('what ends a run', () => {
  test('a Stop of one finding carries it, with its code in the message', () => {
    const stop = new Stop(finding('RT040', 'No keys.'));
    expect(stop.findings.map((f) => f.code)).toEqual(['RT040']);
    expect(stop.message).toBe('RT040 No keys.');
    expect(stop).toBeInstanceOf(Error);
  });

  test('a Stop of several carries all, and keeps its cause', () => {
    const cause = new Error('first');
    const stop = new Stop([finding('RT022', 'a'), finding('RT022', 'b')], { cause });
    expect(toFindings(stop).map((f) => f.message)).toEqual(['a', 'b']);
    expect(stop.cause).toBe(cause);
  });

  test.each<[string, unknown, string]>([
    ['an error', new TypeError('x is not a function'), 'TypeError: x is not a function'],
    ['a text', 'out of order', 'out of order'],
    ['nothing at all', undefined, 'undefined'],
  ])('%s that is thrown otherwise becomes RT001 with its own words', (_name, thrown, message) => {
    expect(toFindings(thrown)).toEqual([finding('RT001', message)]);
  });
});
