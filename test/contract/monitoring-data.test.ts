import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import { performTask } from '../../infra/systems/monitoring/handlers/backup/back-up.ts';
import { createBackups } from '../../infra/systems/monitoring/handlers/backup/backups.ts';
import { unused } from '../../infra/systems/monitoring/handlers/circuit.ts';
import { createCircuits, listCircuits, type Circuits } from '../../infra/systems/monitoring/handlers/circuits.ts';
import { createEvents, type Events } from '../../infra/systems/monitoring/handlers/events.ts';
import { fakeBreaker, fakeCircuits, fakeEvents, recorder } from '../fakes/monitoring.ts';

const now = (): Date => new Date('2026-01-01T00:00:00Z');
let emulator: Emulator;
let client: DynamoDBClient;
let documents: DynamoDBDocumentClient;

beforeAll(async () => {
  emulator = await startEmulator();
  client = new DynamoDBClient({
    region: 'us-west-2',
    endpoint: emulator.endpoint,
    credentials: { accessKeyId: '111111111111', secretAccessKey: 'test' },
  });
  documents = DynamoDBDocumentClient.from(client);
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  const keys = (hash: string, range?: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    ...(range ? [{ AttributeName: range, KeyType: 'RANGE' as const }] : []),
  ];
  await client.send(
    new CreateTableCommand({
      TableName: 'circuits',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [text('circuit')],
      KeySchema: keys('circuit'),
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: 'events',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [text('source'), text('at'), text('kind')],
      KeySchema: keys('source', 'at'),
      GlobalSecondaryIndexes: [{ IndexName: 'by-kind', KeySchema: keys('kind', 'at'), Projection: { ProjectionType: 'ALL' } }],
    }),
  );
});
afterAll(() => emulator?.stop());

describe.each<[where: string, make: () => Circuits]>([
  ['in memory', fakeCircuits],
  ['in the table', () => createCircuits(documents, 'circuits')],
])('circuits %s', (_, make) => {
  test('keep a state only when nobody kept another one in between', async () => {
    const circuits = make();
    expect(await circuits.read('model')).toEqual(unused);
    const first = { ...unused, failures: 1, version: 1 };
    expect(await circuits.replace('model', first)).toBe(true);
    expect(await circuits.replace('model', { ...first, failures: 5 })).toBe(false);
    expect(await circuits.read('model')).toMatchObject(first);
    expect(await circuits.replace('model', { state: 'open', failures: 2, until: 5, version: 2 })).toBe(true);
    expect(await circuits.read('model')).toMatchObject({ state: 'open', until: 5 });
  });
});

describe.each<[where: string, make: () => Events]>([
  ['in memory', fakeEvents],
  ['in the table', () => createEvents(documents, 'events', 30, now)],
])('events %s', (_, make) => {
  test('are kept once, and listed by source and by kind, latest first', async () => {
    const events = make();
    const event = { source: 'shop', kind: 'health', level: 'info', message: 'm', details: { a: 1 } } as const;
    for (const day of ['01', '02', '03']) expect(await events.put({ ...event, at: `2026-01-${day}` })).toBe(true);
    expect(await events.put({ ...event, at: '2026-01-01', message: 'again' })).toBe(false);
    await events.put({ ...event, source: 'other', at: '2026-01-04' });
    expect([await events.has('shop', '2026-01-02'), await events.has('shop', '2026-01-09')]).toEqual([true, false]);
    expect(await events.list({ by: 'source', value: 'shop', limit: 2 })).toEqual([
      { ...event, at: '2026-01-03' },
      { ...event, at: '2026-01-02' },
    ]);
    const before = await events.list({ by: 'kind', value: 'health', limit: 10, before: '2026-01-04' });
    expect(before.map(({ at }) => at)).toEqual(['2026-01-03', '2026-01-02', '2026-01-01']);
  });
});

test('all circuits are listed in order of name', async () => {
  await createCircuits(documents, 'circuits').replace('api', { ...unused, version: 1 });
  expect((await listCircuits(documents, 'circuits')).map(({ circuit }) => circuit)).toEqual(['api', 'model']);
});

test('an event goes by itself after its days', async () => {
  const { Item } = await client.send(new GetItemCommand({ TableName: 'events', Key: { source: { S: 'shop' }, at: { S: '2026-01-01' } } }));
  expect(Item?.['expiresAt']).toEqual({ N: String(now().getTime() / 1000 + 30 * 86_400) });
});

describe('a backup', () => {
  const recorded = recorder();
  const world = () => ({
    tables: ['circuits'],
    keepDays: 30,
    backups: createBackups(client),
    breaker: fakeBreaker(recorded, { now: 0 }),
    metrics: recorded.metrics,
    log: recorded.log,
    now,
  });

  test('is restored to a new table with what was in the old one, even when that is gone', async () => {
    const made = await performTask({ task: 'backup' }, world());
    const [backupArn = ''] = 'made' in made ? made.made : [];
    await client.send(new PutItemCommand({ TableName: 'circuits', Item: { circuit: { S: 'later' } } }));
    await client.send(new DeleteTableCommand({ TableName: 'circuits' }));
    expect(await performTask({ task: 'restore', backupArn }, world())).toEqual({
      restoring: 'circuits-restored-20260101T000000Z',
      from: backupArn,
    });
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'circuits-restored-20260101T000000Z' }));
    expect(Table?.KeySchema).toEqual([{ AttributeName: 'circuit', KeyType: 'HASH' }]);
    const restored = await listCircuits(documents, 'circuits-restored-20260101T000000Z');
    expect(restored.map(({ circuit }) => circuit)).toEqual(['api', 'model']);
  });

  test('that is too old is removed, and the latest is not', async () => {
    const backups = createBackups(client);
    await backups.make('events', 'first');
    await backups.make('events', 'second');
    const later = { ...world(), tables: ['events'], now: () => new Date(Date.now() + 40 * 86_400_000) };
    const result = await performTask({ task: 'backup' }, later);
    expect('removed' in result && result.removed.length).toBeGreaterThan(0);
    const left = await backups.list('events');
    expect(left.map(({ arn }) => arn)).toEqual('made' in result ? result.made : []);
  });

  test('that is not there is told', async () => {
    await expect(
      performTask({ task: 'restore', backupArn: 'arn:aws:dynamodb:us-west-2:111111111111:table/circuits/backup/none' }, world()),
    ).rejects.toThrow(/^There is no backup/);
  });
});
