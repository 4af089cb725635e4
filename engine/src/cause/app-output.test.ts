import { expect, test } from '@jest/globals';
import { toSynthFailure } from './app-output.ts';

test.each<[string, string[], string]>([
  ['the first error of Node', ['/app/shop.ts:3', '  throw new Error("a")', 'Error: a', 'TypeError: b', '    at x (y.js:1)'], 'Error: a'],
  ['an error of Python', ['Traceback (most recent call last):', '  File "app.py"', 'ValueError: no name'], 'ValueError: no name'],
  [
    'an exception of .NET',
    ['Unhandled exception. System.ArgumentException: no name'],
    'Unhandled exception. System.ArgumentException: no name',
  ],
  ['the last line where none is named', ['a', 'no such module', ''], 'no such module'],
  ['what ran it where it said nothing', [], 'Subprocess exited with error 3'],
])('the message of an app that failed is %s', (_name, output, said) =>
  expect(toSynthFailure('node app.js', 'Subprocess exited with error 3\nand more', output).message).toBe(`\`node app.js\` failed: ${said}`),
);

test('what it said otherwise stands beside it, line by line, the last of it', () => {
  const lines = Array.from({ length: 80 }, (_, i) => `line ${i}`);
  const failure = toSynthFailure('node app.js', '', [`Error: a\n${lines.join('\n')}`]);
  expect(failure).toMatchObject({ code: 'RT052', message: '`node app.js` failed: Error: a' });
  expect([failure.output?.length, failure.output?.[0], failure.output?.at(-1)]).toEqual([60, 'line 20', 'line 79']);
  expect(toSynthFailure('node app.js', '', ['Error: a']).output).toBeUndefined();
});
