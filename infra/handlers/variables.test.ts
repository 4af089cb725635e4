import { readVariables } from './variables.ts';

test('gives the variables of the names', () => {
  expect(readVariables({ A: '1', B: '2', C: '3' }, ['A', 'B'])).toEqual({ A: '1', B: '2' });
});

test('names every variable that is missing or empty', () => {
  expect(() => readVariables({ A: '1', B: '' }, ['A', 'B', 'C'])).toThrow('Environment variables are missing: B, C');
});
