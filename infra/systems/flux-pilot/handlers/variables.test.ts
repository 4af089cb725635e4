import { readVariables } from './variables.ts';

test('gives what was asked for', () => {
  expect(readVariables({ A: '1', B: '2', C: '3' }, ['A', 'B'])).toEqual({ A: '1', B: '2' });
});

test('says everything that is missing', () => {
  expect(() => readVariables({ A: '' }, ['A', 'B'])).toThrow('Environment variables are missing: A, B');
});
