import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toCanonicalJson, toSha256 } from './canonical.ts';

test.each<[string, unknown, string]>([
  ['keys are in order, at every level', { b: 1, a: { d: [2, { f: 1, e: 2 }], c: null } }, '{"a":{"c":null,"d":[2,{"e":2,"f":1}]},"b":1}'],
  ['lists keep theirs', [3, 1, 2], '[3,1,2]'],
  ['members that are undefined are left out', { a: undefined, b: 1 }, '{"b":1}'],
  ['items that are undefined are null', [undefined, 1], '[null,1]'],
  ['what is nothing is null', undefined, 'null'],
  ['texts are escaped', { 'a"b': 'c\n' }, '{"a\\"b":"c\\n"}'],
  ['numbers and their texts differ', { a: 1, b: '1', c: true }, '{"a":1,"b":"1","c":true}'],
])('canonical JSON: %s', (_name, value, text) => expect(toCanonicalJson(value)).toBe(text));

test('canonical JSON is the JSON of the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) =>
      expect(JSON.parse(toCanonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value))),
    ),
  );
});

test('the SHA-256 is that of the text as UTF-8', () => {
  expect(toSha256('ä')).toBe('33e6d73fee82904c8d7afb78de1154d1e8dc2a0edb08120e63df5b9385c2d9cc');
  expect(toSha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
