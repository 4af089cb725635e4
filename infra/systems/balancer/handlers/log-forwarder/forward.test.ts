import { gunzipSync, gzipSync } from 'node:zlib';
import type { S3Client } from '@aws-sdk/client-s3';
import { forward, type LogsEvent } from './forward.ts';
import { createKeeper } from './keep.ts';

const toEvent = (batch: object): LogsEvent => ({ awslogs: { data: gzipSync(JSON.stringify(batch)).toString('base64') } });
const batch = {
  messageType: 'DATA_MESSAGE',
  logGroup: '/v3-backend/staging/worker',
  logStream: 'worker/worker/task-1',
  logEvents: [
    { id: 'e1', timestamp: Date.UTC(2026, 0, 2, 3, 4, 5), message: '{"level":"error","message":"no"}\n' },
    { id: 'e2', timestamp: Date.UTC(2026, 0, 3), message: 'plain\n' },
    { id: 'e3', timestamp: Date.UTC(2026, 0, 3), message: '{not json' },
  ],
};

function store() {
  const kept = new Map<string, readonly unknown[]>();
  const keep = async (key: string, body: Buffer) => {
    const lines = gunzipSync(body).toString('utf8').trimEnd().split('\n');
    kept.set(
      key,
      lines.map((line) => JSON.parse(line) as unknown),
    );
  };
  return { kept, keep };
}

test('a batch becomes one object of lines, below its service and day', async () => {
  const { kept, keep } = store();
  expect(await forward(toEvent(batch), 'application', keep)).toEqual({ lines: 3, key: 'application/worker/2026/01/02/e1.ndjson.gz' });
  const shared = { service: 'worker', task: 'worker/worker/task-1' };
  expect(kept.get('application/worker/2026/01/02/e1.ndjson.gz')).toEqual([
    { ...shared, time: '2026-01-02T03:04:05.000Z', id: 'e1', fields: { level: 'error', message: 'no' } },
    { ...shared, time: '2026-01-03T00:00:00.000Z', id: 'e2', message: 'plain' },
    { ...shared, time: '2026-01-03T00:00:00.000Z', id: 'e3', message: '{not json' },
  ]);
});

test('a batch that comes twice is there once', async () => {
  const { kept, keep } = store();
  await forward(toEvent(batch), 'application', keep);
  await forward(toEvent(batch), 'application', keep);
  expect(kept.size).toBe(1);
});

test.each([
  ['a question whether somebody listens', { ...batch, messageType: 'CONTROL_MESSAGE' }],
  ['a batch without lines', { ...batch, logEvents: [] }],
])('%s keeps nothing', async (_, given) => {
  const { kept, keep } = store();
  expect(await forward(toEvent(given), 'application', keep)).toEqual({ lines: 0 });
  expect(kept.size).toBe(0);
});

test('what cannot be read, and what cannot be kept, is an error', async () => {
  const { keep } = store();
  await expect(forward({ awslogs: { data: 'bm90IHBhY2tlZA==' } }, 'application', keep)).rejects.toThrow(/incorrect header/);
  const refusing = () => Promise.reject(new Error('AccessDenied'));
  await expect(forward(toEvent(batch), 'application', refusing)).rejects.toThrow('AccessDenied');
});

test('an object is written packed, with a checksum that S3 compares', async () => {
  const sent: unknown[] = [];
  const client = { send: async ({ input }: { input: unknown }) => sent.push(input) } as unknown as S3Client;
  await createKeeper(client, 'logs')('application/a.ndjson.gz', Buffer.from('x'));
  expect(sent).toEqual([
    expect.objectContaining({ Bucket: 'logs', Key: 'application/a.ndjson.gz', ContentEncoding: 'gzip', ChecksumAlgorithm: 'SHA256' }),
  ]);
});
