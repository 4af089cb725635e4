import { expect, test } from '@jest/globals';
import { redact } from './redact.ts';

test.each<[string, unknown, string[], unknown]>([
  ['a text that is one', 'hunter2', ['hunter2'], '***'],
  ['a text with one, more than once', 'a hunter2 b hunter2', ['hunter2'], 'a *** b ***'],
  [
    'members and lists, however deep',
    { a: [{ b: 'hunter2' }], n: 1, x: null, u: undefined },
    ['hunter2'],
    { a: [{ b: '***' }], n: 1, x: null },
  ],
  ['a text, and not the name of its member', { hunter2: 'hunter2' }, ['hunter2'], { hunter2: '***' }],
  ['one within another as a whole', 'hunter2-long', ['hunter2', 'hunter2-long'], '***'],
  ['one with characters that patterns are made of', 'a $&.* b', ['$&.*'], 'a *** b'],
])('takes secrets out of %s', (_name, value, secrets, wanted) => expect(redact(value, secrets)).toEqual(wanted));

test.each<[string, string[]]>([
  ['there are none', []],
  ['one is empty', ['']],
])('leaves everything as it is when %s', (_name, secrets) => expect(redact({ text: 'a b c' }, secrets)).toEqual({ text: 'a b c' }));

test('leaves digests alone, in which a short secret stands by chance, and takes long ones out of them', () => {
  const digest = 'cafe'.repeat(16);
  expect(redact([digest, digest.slice(0, 32), 'cafe'], ['cafe'])).toEqual([digest, digest.slice(0, 32), '***']);
  expect(redact(digest, [digest.slice(0, 40)])).toBe(`***${digest.slice(40)}`);
});
