import { describe, expect, test } from '@jest/globals';
import { zipOf } from '../../test/fakes/zip.ts';
import {
  type CodeGiver,
  isNoteOf,
  lentBreaker,
  parseFunctionNote,
  parseImage,
  parseRevisionNote,
  toFunctionNote,
  toRevisionNote,
} from './code.ts';
import { parseZip } from './zip.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const base = '111111111111.dkr.ecr.us-west-2.amazonaws.com/team/shop';
const store = { account: '111111111111', region: 'us-west-2', repository: 'team/shop' };

test.each([
  [`${base}:1.2`, { base, tag: '1.2', store }],
  [base, { base, tag: 'latest', store }],
  [`${base}@${digest}`, { base, digest, store }],
  [`${base}:1.2@${digest}`, { base, digest, store }],
  ['nginx', { base: 'nginx', tag: 'latest' }],
  ['localhost:5000/app:3', { base: 'localhost:5000/app', tag: '3' }],
  ['public.ecr.aws/otel/agent:9', { base: 'public.ecr.aws/otel/agent', tag: '9' }],
  ['', undefined],
  [':1', undefined],
  ['shop@sha256:12', undefined],
])('the name of an image has its parts: %s', (text, parts) => expect(parseImage(text)).toEqual(parts));

describe('the note of a function', () => {
  test('says when it got which code, in characters that a tag takes', () => {
    const note = toFunctionNote(Date.parse('2026-11-21T10:00:00Z'), 'ab+/=', 's3://builds/größe.zip', 'mode: code');
    expect(note).toMatch(/^[\w\s+\-=.:/@]{1,256}$/);
    expect(parseFunctionNote(note)).toEqual({ day: '2026-11-21', sha256: 'ab+/=', what: 's3://builds/gr__e.zip', by: 'mode: code' });
  });
  test('is cut to what a tag takes', () => expect(toFunctionNote(0, 'a', 'x'.repeat(400), 'mode: code')).toHaveLength(256));
  test('says that a swap gave it, and of which code it is, though the end of a long name is missing', () => {
    const [short, long] = ['s3://builds/one.zip', `s3://builds/${'x'.repeat(400)}`];
    for (const what of [short, long]) {
      const note = parseFunctionNote(toFunctionNote(0, 'a', what, 'method: hotswap'));
      expect(note).toMatchObject({ by: 'method: hotswap' });
      expect([what, 's3://builds/two.zip'].map((w) => note && isNoteOf(note, w))).toEqual([true, false]);
    }
  });
  test.each<CodeGiver>(['mode: code', 'method: hotswap'])('of a revision says that it came by %s', (by) =>
    expect(parseRevisionNote(toRevisionNote(0, '42', by))).toBe(by),
  );
  test('of a revision says that a circuit breaker was lent, in what a tag of ECS takes', () => {
    const [plain, lent] = [false, true].map((lends) => toRevisionNote(0, '42 going back', 'method: hotswap', lends));
    expect([lentBreaker(plain ?? ''), lentBreaker(lent ?? '')]).toEqual([false, true]);
    expect(lent).toMatch(/^[\w\s+\-=.:/@]{1,256}$/);
  });
  test('is none when somebody else wrote the tag', () => expect(parseFunctionNote('mine')).toBeUndefined());
});

describe('a ZIP', () => {
  test('has its files and their size', () => {
    const zip = zipOf({ 'index.js': 'exports', 'lib/a.js': '12' });
    expect(parseZip(zip)).toEqual({ names: ['index.js', 'lib/a.js'], unzippedBytes: 9 });
  });
  test.each<[string, Uint8Array]>([
    ['a text', new TextEncoder().encode('no zip at all, but long enough to be one')],
    ['nothing', new Uint8Array()],
    ['one that is cut', zipOf({ 'index.js': 'exports' }).slice(0, 40)],
    ['one whose directory is elsewhere', zipOf({ 'index.js': 'exports' }).slice(4)],
  ])('is not %s', (_name, bytes) => expect(parseZip(bytes)).toBeUndefined());
});
