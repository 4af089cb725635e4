import { fileName, id, numberBetween, oneOf, optional, readFields, sha256, text, wholeNumber } from './fields.ts';

const fields = { name: text(/^[a-z]+$/, 'letters'), size: wholeNumber(1, 9), kind: optional(oneOf(['a', 'b'])) };

test('gives the fields of a good body', () => {
  expect(readFields({ name: 'x', size: 9 }, fields)).toEqual({ kind: 'read', values: { name: 'x', size: 9, kind: undefined } });
});

test('says everything that is wrong at once', () => {
  expect(readFields({ name: 'X', size: 10, kind: 'c', more: 1 }, fields)).toEqual({
    kind: 'refused',
    problems: [
      'name: letters is allowed',
      'size: a whole number from 1 to 9 is allowed',
      'kind: one of a, b, or nothing is allowed',
      'more: there is no such field',
    ],
  });
});

test.each([[undefined], [null], ['text'], [[]], [1]])('refuses the body %j, which is no object', (body) => {
  expect(readFields(body, fields)).toEqual({ kind: 'refused', problems: ['the body must be an object with name, size, kind'] });
});

test.each([
  ['a field named __proto__', JSON.parse('{"name":"x","size":1,"__proto__":{"kind":"a"}}') as unknown, 'refused'],
  ['a number as text', { name: 'x', size: '1' }, 'refused'],
  ['a fraction', { name: 'x', size: 1.5 }, 'refused'],
  ['null for an optional field', { name: 'x', size: 1, kind: null }, 'refused'],
  ['an optional field', { name: 'x', size: 1, kind: 'a' }, 'read'],
])('%s', (_, body, kind) => {
  expect(readFields(body, fields).kind).toBe(kind);
});

test.each([
  [id, '0b7e4f5a-9a53-4b3e-8c7b-2f4f0c9a1d2e', true],
  [id, '0B7E4F5A-9A53-4B3E-8C7B-2F4F0C9A1D2E', false],
  [id, '0b7e4f5a', false],
  [numberBetween(-90, 90), 47.5, true],
  [numberBetween(-90, 90), 90.1, false],
  [numberBetween(-90, 90), Number.NaN, false],
  [numberBetween(-90, 90), '1', false],
  [fileName, 'Flight 1 (ü).zip', true],
  [fileName, '', false],
  [fileName, 'a\nb', false],
  [fileName, 'a'.repeat(256), false],
  [sha256, `${'A'.repeat(43)}=`, true],
  [sha256, 'A'.repeat(44), false],
])('%# decides on %j', (field, value, accepted) => {
  expect(field.accepts(value)).toBe(accepted);
});
