import { fakeBackups, fakeBreaker, recorder } from '../../../../../test/fakes/monitoring.ts';
import { performTask, tooOld, type BackupWorld } from './back-up.ts';

const day = 86_400_000;

function stage() {
  const recorded = recorder();
  const clock = { now: Date.parse('2026-03-01T03:00:00Z') };
  const now = () => new Date(clock.now);
  const backups = fakeBackups(now);
  const world: BackupWorld = {
    tables: ['events', 'circuits'],
    keepDays: 30,
    backups,
    breaker: fakeBreaker(recorded, clock),
    metrics: recorded.metrics,
    log: recorded.log,
    now,
  };
  return { recorded, clock, backups, world };
}

test('backs up every table and counts one backup', async () => {
  const { world, backups, recorded } = stage();
  await performTask({ task: 'backup' }, world);
  expect(backups.kept.map(({ arn }) => arn.split('/').at(-1))).toEqual(['events-20260301T030000Z', 'circuits-20260301T030000Z']);
  expect(recorded.counted).toEqual([['BackupMade', 1]]);
});

test('keeps each backup for 30 days', async () => {
  const { world, backups, clock } = stage();
  for (let made = 0; made < 40; made++) {
    await performTask({ task: 'backup' }, world);
    clock.now += day;
  }
  const ages = backups.kept.filter(({ table }) => table === 'events').map(({ madeAt }) => (clock.now - day - madeAt.getTime()) / day);
  expect(ages).toEqual(Array.from({ length: 31 }, (_, index) => 30 - index));
});

test('the latest backup stays, however old, and one that is being made is left alone', () => {
  const at = (age: number, available = true) => ({ arn: String(age), table: 't', madeAt: new Date(-age * day), available });
  expect(tooOld([at(40), at(50), at(35, false)], 30, new Date(0)).map(({ arn }) => arn)).toEqual(['50']);
  expect(tooOld([], 30, new Date(0))).toEqual([]);
});

test('a table that cannot be backed up does not keep the others from it, and is an error in the end', async () => {
  const { world, backups, recorded } = stage();
  const make: typeof backups.make = (table, name) => (table === 'events' ? Promise.reject(new Error('busy')) : backups.make(table, name));
  await expect(performTask({ task: 'backup' }, { ...world, backups: { ...backups, make } })).rejects.toThrow(
    '1 of 2 tables were not backed up',
  );
  expect([backups.kept.length, recorded.counted]).toEqual([1, []]);
});

test('restores a backup to a new table beside the old one', async () => {
  const { world, backups } = stage();
  await performTask({ task: 'backup' }, world);
  const [first] = backups.kept;
  const result = await performTask({ task: 'restore', backupArn: first?.arn ?? '' }, world);
  expect(result).toEqual({ restoring: 'events-restored-20260301T030000Z', from: first?.arn });
  expect([...backups.restored]).toEqual([['events-restored-20260301T030000Z', first?.arn]]);
});

test.each([
  ['that is not there', 'arn:none', undefined, /^There is no backup arn:none$/],
  ['of a table of others', 'arn:other', { table: 'other', available: true }, /looks after events, circuits$/],
  ['that is not ready', 'arn:new', { table: 'events', available: false }, /is not available yet$/],
])('restores no backup %s', async (_, backupArn, backup, problem) => {
  const { world, backups } = stage();
  if (backup) backups.kept.push({ ...backup, arn: backupArn, madeAt: new Date(0) });
  await expect(performTask({ task: 'restore', backupArn }, world)).rejects.toThrow(problem);
  expect(backups.restored.size).toBe(0);
});

test('an unknown task is refused with the known ones', () => {
  expect(() => performTask({ task: 'delete' } as never, stage().world)).toThrow('There is no task "delete"; there is: backup, restore');
});
