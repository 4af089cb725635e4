import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { securityProfiles } from '../../environments/flux-pilot-profiles.ts';
import { toGaps, toGapTable } from './profile-gap.ts';

const { pilot, production } = securityProfiles;

test('all requirements of production are open in the pilot', () => {
  expect(toGaps(pilot, production).map(({ requirement, closing }) => `${requirement}: ${closing}`)).toEqual([
    'Network of the database: new database',
    'Who reaches the database: new database',
    'Second factor: in place',
    'Passwords of users: in place',
    'Password of the database: in place',
    'Firewall before the API: in place',
  ]);
});

test('a requirement that was met is no gap any more', () => {
  const better = { ...pilot, mfa: production.mfa, passwords: production.passwords, firewall: production.firewall };
  expect(toGaps(better, production).map(({ requirement }) => requirement)).toEqual([
    'Network of the database',
    'Who reaches the database',
    'Password of the database',
  ]);
});

test('nothing separates a profile from itself', () => {
  expect(toGaps(production, production)).toEqual([]);
  expect(toGapTable([])).toBe('Nothing separates them.\n');
});

test('one password rule less is a gap, and the words say which', () => {
  const weaker = { ...production, passwords: { ...production.passwords, symbols: false } };
  expect(toGaps(weaker, production)).toEqual([
    expect.objectContaining({
      is: '14 characters, lowercase, uppercase, digits; a temporary one lasts 3 days',
      wanted: '14 characters, lowercase, uppercase, digits, symbols; a temporary one lasts 3 days',
    }),
  ]);
});

test('the runbook has the table of today (infra/systems/flux-pilot/profile-gap-document.ts writes it)', async () => {
  const runbook = await readFile(join(import.meta.dirname, '../../../docs/runbook/flux-pilot.md'), 'utf8');
  expect(runbook).toContain(`<!-- gaps -->\n\n${toGapTable(toGaps(pilot, production))}\n<!-- /gaps -->`);
});
