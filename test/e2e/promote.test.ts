import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { account, createStage, region, type Stage } from './stage.ts';

const other = '222222222222';
const config = `environments:
  dev: { account: "${account}", regions: [${region}] }
  sandbox: { account: "${other}", regions: [${region}] }
promotions:
  lambda: { from: dev, to: [sandbox], bucket: "artifacts-{environment}", prefix: lambda/ }
`;
const wanted = { to: 'sandbox', reason: 'Release 1.4', confirm: 'sandbox' };
const inSandbox = { account: other };

let stage: Stage;
let dev: S3Client;
let sandbox: S3Client;
beforeAll(async () => {
  stage = await createStage({ '.github/spaceport.yml': config }, []);
  const client = (who: string) =>
    new S3Client({
      region,
      endpoint: stage.emulator.endpoint,
      forcePathStyle: true,
      credentials: { accessKeyId: who, secretAccessKey: 'test' },
    });
  [dev, sandbox] = [client(account), client(other)];
  const CreateBucketConfiguration = { LocationConstraint: region } as const;
  await dev.send(new CreateBucketCommand({ Bucket: 'artifacts-dev', CreateBucketConfiguration }));
  await sandbox.send(new CreateBucketCommand({ Bucket: 'artifacts-sandbox', CreateBucketConfiguration }));
  await sandbox.send(new PutBucketVersioningCommand({ Bucket: 'artifacts-sandbox', VersioningConfiguration: { Status: 'Enabled' } }));
  const Statement = [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${other}:root` },
      Action: ['s3:ListBucket', 's3:GetObject'],
      Resource: ['arn:aws:s3:::artifacts-dev', 'arn:aws:s3:::artifacts-dev/*'],
    },
  ];
  await dev.send(new PutBucketPolicyCommand({ Bucket: 'artifacts-dev', Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }));
  for (const name of ['a', 'b', 'c'])
    await dev.send(
      new PutObjectCommand({ Bucket: 'artifacts-dev', Key: `lambda/${name}.zip`, Body: `zip ${name}`, ChecksumAlgorithm: 'SHA256' }),
    );
});
afterAll(() => stage?.end());

const keys = async (): Promise<readonly string[]> =>
  ((await sandbox.send(new ListObjectsV2Command({ Bucket: 'artifacts-sandbox' }))).Contents ?? []).map((o) => o.Key ?? '');
const text = async (Key: string): Promise<string> =>
  (await (await sandbox.send(new GetObjectCommand({ Bucket: 'artifacts-sandbox', Key }))).Body?.transformToString()) ?? '';

describe('promotion from dev to sandbox, two accounts', () => {
  test('a refused attempt leaves its record and nothing else', async () => {
    const result = await stage.run('promote', { ...wanted, confirm: 'sandbxo' }, inSandbox);
    expect(result.outputs).toMatchObject({ verdict: 'blocked', 'failure-reason': 'refused', promoted: '[]' });
    expect(result.code).toBe(1);
    const there = await keys();
    expect(there).toEqual([expect.stringMatching(/^lambda\/records\/.*\.json$/)]);
    expect(JSON.parse(await text(there[0] ?? ''))).toMatchObject({ result: 'refused', actor: 'octocat' });
  });

  test('an artifact that vanishes between listing and copying stops it: nothing becomes current', async () => {
    await stage.emulator.setFaults([
      { call: 's3:CopyObject', status: 404, code: 'NoSuchKey', message: 'The specified key does not exist.' },
    ]);
    const result = await stage.run('promote', wanted, inSandbox);
    await stage.emulator.setFaults([]);
    expect(result.outputs).toMatchObject({ verdict: 'failed', 'failure-reason': 'artifacts' });
    expect(result.log).toContain('PM112');
    expect(await keys()).not.toContain('lambda/manifest.json');
  });

  test('the next run copies what is missing, and its manifest makes the set current', async () => {
    const result = await stage.run('promote', wanted, inSandbox);
    expect(result.outputs).toMatchObject({ verdict: 'promoted', errors: '0' });
    expect(result.code).toBe(0);
    const manifest = JSON.parse(await text('lambda/manifest.json'));
    expect(manifest.digest ?? manifest.setDigest).toBe(result.outputs['set-digest']);
    expect(JSON.parse(result.outputs['promoted'] ?? '').length + JSON.parse(result.outputs['unchanged'] ?? '').length).toBe(3);
    expect(result.outputs['record']).toMatch(/^s3:\/\/artifacts-sandbox\/lambda\/records\//);
    expect(await text(`lambda/sets/${result.outputs['set-digest']}/c.zip`)).toBe('zip c');
    expect(result.summary).toContain('Release 1.4');
  });

  test('the same set again copies nothing', async () => {
    await stage.emulator.clearCalls();
    const result = await stage.run('promote', wanted, inSandbox);
    expect(result.outputs).toMatchObject({ verdict: 'unchanged', promoted: '[]' });
    expect((await stage.writes()).filter((call) => call === 's3:CopyObject')).toEqual([]);
  });

  test('no byte of an artifact comes through the runner', async () => {
    await dev.send(new PutObjectCommand({ Bucket: 'artifacts-dev', Key: 'lambda/d.zip', Body: 'zip d', ChecksumAlgorithm: 'SHA256' }));
    await stage.emulator.clearCalls();
    const result = await stage.run('promote', wanted, inSandbox);
    expect(result.outputs).toMatchObject({ verdict: 'promoted' });
    const calls = (await stage.emulator.calls()).map((c) => c.operation);
    expect(calls.filter((c) => c === 'CopyObject').length).toBeGreaterThan(0);
    expect(calls.filter((c) => c === 'GetObject').length).toBeLessThanOrEqual(2);
  });
});
