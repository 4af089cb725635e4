import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { codes } from '../../engine/src/codes.ts';
import { root } from '../../tools/repository.ts';
import { families } from './all.ts';
import { classes } from './classes.ts';

const scenarios = Object.values(families).flat();

const told = Object.entries(classes).filter(([, { codes: said, shownBy }]) => said && !shownBy);

/** Whether any code of a class stops a deployment; the others are told, and it goes on. */
const stops = (said: readonly (keyof typeof codes)[] = []) => said.some((code) => codes[code].severity === 'error');

test.each(told.filter(([, c]) => stops(c.codes)))('%s has a scenario that is caught', (id, { codes: said }) => {
  const caught = scenarios.filter((s) => s.class === id).flatMap((s) => (typeof s.ends === 'object' ? s.ends.stoppedBy : []));
  expect(caught.some((code) => said?.includes(code))).toBe(true);
});

test.each(told)('%s has a scenario that passes', (id) => {
  expect(scenarios.some((s) => s.class === id && typeof s.ends !== 'object')).toBe(true);
});

test.each(Object.entries(classes).filter(([, c]) => c.shownBy))('what shows %s is there', (_id, { shownBy = '' }) => {
  expect(existsSync(join(root, shownBy))).toBe(true);
});

test('there are at least 120 scenarios, and 15 apps that are right', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(120);
  expect(scenarios.filter((s) => s.class === 'right').length).toBeGreaterThanOrEqual(15);
});

test('every family of the folder is among them', () => {
  const files = readdirSync(import.meta.dirname).filter((f) => f.endsWith('.test.ts') && f !== 'classes.test.ts');
  expect(Object.keys(families).sort()).toEqual(files.map((f) => f.replace('.test.ts', '')).sort());
});
