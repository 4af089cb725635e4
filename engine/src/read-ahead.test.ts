import { expect, test } from '@jest/globals';
import { known } from './answer.ts';
import { readAhead } from './read-ahead.ts';
import type { Stacks } from './world.ts';

function createStacks() {
  const calls: string[] = [];
  const record = (what: string) => async (name: string) => (calls.push(`${what} ${name}`), known(undefined));
  const stacks: Stacks = { describe: record('describe'), template: record('template'), templateText: record('text') };
  return { stacks, calls };
}

test('what is read ahead is asked for at once, and not again', async () => {
  const { stacks, calls } = createStacks();
  const ahead = readAhead(stacks, ['Net', 'Shop']);
  expect(calls).toEqual(['describe Net', 'template Net', 'describe Shop', 'template Shop']);
  await Promise.all([ahead.describe('Net'), ahead.template('Net'), ahead.describe('Net')]);
  expect(calls).toHaveLength(4);
});

test('all else is asked for when it is needed', async () => {
  const { stacks, calls } = createStacks();
  const ahead = readAhead(stacks, []);
  await Promise.all([ahead.describe('Net'), ahead.templateText('Net')]);
  expect(calls).toEqual(['describe Net', 'text Net']);
});
