import { securityProfiles } from './flux-pilot-profiles.ts';
import { fluxPilotEnvironmentSchema } from './flux-pilot-schema.ts';
import { fluxPilotEnvironments } from './flux-pilot.ts';

test.each(Object.entries(fluxPilotEnvironments))('what is set for %s is within the limits of the services', (_, data) => {
  expect(fluxPilotEnvironmentSchema.parse(data)).toEqual(data);
});

test('everything that is wrong is said at once', () => {
  const pilot = fluxPilotEnvironments['pilot'];
  const wrong = { ...pilot, profile: 'none', database: { ...pilot?.database, instanceClass: 'db.t3.micro', storageGb: 5, backupDays: 0 } };
  expect(fluxPilotEnvironmentSchema.safeParse(wrong).error?.issues.map(({ path }) => path.join('.'))).toEqual([
    'profile',
    'database.instanceClass',
    'database.storageGb',
    'database.backupDays',
  ]);
});

test('the environments are those that artifacts pass, and the pilot itself, which alone is protected', () => {
  expect(Object.entries(fluxPilotEnvironments).map(([name, data]) => [name, data.profile, data.protected])).toEqual([
    ['dev', 'pilot', false],
    ['sandbox', 'pilot', false],
    ['staging', 'production', false],
    ['pilot', 'pilot', true],
  ]);
});

test('every environment has the size of a pilot: the smallest ARM instance, 20 GB, one zone', () => {
  for (const { database } of Object.values(fluxPilotEnvironments))
    expect(database).toMatchObject({ instanceClass: 'db.t4g.micro', storageGb: 20, multiAz: false });
});

test('production guards at least as well as the pilot in everything', () => {
  const { pilot, production } = securityProfiles;
  expect([pilot.mfa, production.mfa]).toEqual(['OFF', 'REQUIRED']);
  expect(production.passwords.minLength).toBeGreaterThan(pilot.passwords.minLength);
  for (const rule of ['lowercase', 'uppercase', 'digits', 'symbols'] as const) expect(production.passwords[rule]).toBe(true);
  expect([production.network.kind, production.rotation.kind, production.firewall.kind]).toEqual(['private', 'scheduled', 'waf']);
});
