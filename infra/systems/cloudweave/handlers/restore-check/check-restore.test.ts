import { checkRestore, type CheckWorld } from './check-restore.ts';
import { judgeRestore, type RestoreJob } from './judge.ts';
import { createRestores, type RestoresWorld } from './restores.ts';

const promised = { timeHours: 4, pointHours: 1 };
const minute = 60_000;
const start = Date.parse('2026-01-05T05:00:00Z');
const good: RestoreJob = {
  status: 'COMPLETED',
  createdAt: new Date(start),
  completedAt: new Date(start + 30 * minute),
  pointAt: new Date(start - 50 * minute),
  madeArn: 'arn:aws:rds:us-west-2:111111111111:db:awsbackup-restore-test-1',
};

test.each<[why: string, job: RestoreJob, kept: boolean, message: string]>([
  ['a restore in time', good, true, 'Restored in 30 minutes.'],
  ['one that takes just four hours', { ...good, completedAt: new Date(start + 240 * minute) }, true, 'Restored in 240 minutes.'],
  [
    'one that takes longer',
    { ...good, completedAt: new Date(start + 241 * minute) },
    false,
    'it took 241 minutes, and 4 hours are promised',
  ],
  [
    'one of a backup whose next one had its hour to begin',
    { ...good, pointAt: new Date(start - 120 * minute) },
    true,
    'Restored in 30 minutes.',
  ],
  [
    'one of a backup that is too old',
    { ...good, pointAt: new Date(start - 121 * minute) },
    false,
    'its backup was 121 minutes old, and 1 hours are promised',
  ],
  ['one that failed', { ...good, status: 'FAILED' }, false, 'The restore ended as FAILED.'],
  ['one that made nothing', { status: 'COMPLETED', createdAt: good.createdAt }, false, 'does not say what was made'],
])('%s is judged', (_, job, kept, message) => {
  expect(judgeRestore(job, promised)).toMatchObject({ kept, message: expect.stringContaining(message) });
});

function stage(job: RestoreJob) {
  const concluded: unknown[] = [];
  const counted: unknown[] = [];
  const world: CheckWorld = {
    promised,
    metrics: { count: (name, value) => void counted.push([name, value]) },
    restores: {
      describe: async () => job,
      conclude: async (id, { kept }) => void concluded.push([id, kept]),
    },
  };
  return { world, concluded, counted };
}

const event = { detail: { restoreJobId: 'R-1', restoreTestingPlanArn: 'arn:aws:backup:us-west-2:111111111111:restore-testing-plan:p' } };

test('a test that keeps the promise is told to AWS Backup and counted', async () => {
  const { world, concluded, counted } = stage(good);
  await checkRestore(event, world);
  expect(concluded).toEqual([['R-1', true]]);
  expect(counted).toEqual([
    ['RestoreFailed', 0],
    ['RestoreMinutes', 30],
  ]);
});

test('a test that failed is counted for the alarm', async () => {
  const { world, concluded, counted } = stage({ ...good, status: 'FAILED' });
  await checkRestore(event, world);
  expect(concluded).toEqual([['R-1', false]]);
  expect(counted).toEqual([['RestoreFailed', 1]]);
});

test('a restore that somebody asked for is left alone', async () => {
  const { world, concluded, counted } = stage(good);
  expect(await checkRestore({ detail: { restoreJobId: 'R-2' } }, world)).toEqual({ ignored: 'R-2 is no test' });
  expect([concluded, counted]).toEqual([[], []]);
});

test('an event without a restore is an error', async () => {
  await expect(checkRestore({ detail: {} }, stage(good).world)).rejects.toThrow('The event lacks restoreJobId');
});

function service(status: number, answer: string) {
  const sent: (readonly [method: string, url: string, body: string | undefined])[] = [];
  const world: RestoresWorld = {
    region: 'us-west-2',
    now: () => new Date(start),
    credentials: () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' }),
    fetch: async (url, { method, body }) => {
      sent.push([method, url.href, body]);
      return { ok: status < 400, status, text: async () => answer };
    },
  };
  return { sent, restores: createRestores(world) };
}

test('a restore is asked for by its id, and its times are read', async () => {
  const answer = {
    Status: 'COMPLETED',
    CreationDate: start / 1000,
    CompletionDate: start / 1000 + 1800,
    RecoveryPointCreationDate: start / 1000 - 3000,
    CreatedResourceArn: good.madeArn,
  };
  const { sent, restores } = service(200, JSON.stringify(answer));
  expect(await restores.describe('R 1')).toEqual(good);
  expect(sent).toEqual([['GET', 'https://backup.us-west-2.amazonaws.com/restore-jobs/R%201', undefined]]);
});

test('a verdict is put to the restore', async () => {
  const { sent, restores } = service(204, '');
  await restores.conclude('R-1', { kept: false, message: 'Too slow.' });
  expect(sent).toEqual([
    [
      'PUT',
      'https://backup.us-west-2.amazonaws.com/restore-jobs/R-1/validations',
      '{"ValidationStatus":"FAILED","ValidationStatusMessage":"Too slow."}',
    ],
  ]);
});

test('what AWS Backup refuses is an error with its words', async () => {
  await expect(service(400, 'no such job').restores.describe('R-1')).rejects.toThrow('AWS Backup answered 400: no such job');
});
