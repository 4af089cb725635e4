import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import type { Answer } from '../../engine/src/answer.ts';
import { createArtifacts } from '../../engine/src/aws/artifacts.ts';
import type { Artifacts } from '../../engine/src/artifacts.ts';
import { createFakeBuckets } from '../fakes/artifacts.ts';

const dev = '111111111111';
const staging = '333333333333';
const stranger = '444444444444';

/** Three buckets: of dev one that staging may read and one that it may not, and one of staging with versions. */
const buckets = { source: 'contract-source', closed: 'contract-closed', target: 'contract-target' } as const;

/** The same, as the port takes them, whoever has them; and one that is not there. */
const named = {
  source: { name: buckets.source },
  closed: { name: buckets.closed },
  target: { name: buckets.target },
  nowhere: { name: 'contract-nowhere' },
} as const;

interface Subject {
  /** The port with the credentials of staging. */
  readonly artifacts: Artifacts;
  put(bucket: string, key: string, text: string, algorithm?: 'SHA256' | 'CRC32' | 'none'): Promise<void>;
  remove(bucket: string, key: string): Promise<void>;
  stop(): Promise<void>;
}

async function startFake(): Promise<Subject> {
  const fake = createFakeBuckets();
  fake.create(buckets.source, { account: dev, readers: [staging] });
  fake.create(buckets.closed, { account: dev });
  fake.create(buckets.target, { account: staging, versioned: true });
  return {
    artifacts: fake.artifacts(staging),
    put: async (...args) => fake.put(...args),
    remove: async (...args) => fake.remove(...args),
    stop: async () => {},
  };
}

let emulator: Emulator;

const keysOf = (account: string) => ({ accessKeyId: account, secretAccessKey: 'test', sessionToken: '' });

const clientOf = (account: string): S3Client =>
  new S3Client({
    region: 'us-west-2',
    endpoint: emulator.endpoint,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    credentials: { accessKeyId: account, secretAccessKey: 'test' },
  });

async function startReal(): Promise<Subject> {
  emulator = await startEmulator();
  process.env['AWS_ENDPOINT_URL'] = emulator.endpoint;
  await makeBuckets();
  const of = (bucket: string) => clientOf(bucket === buckets.target ? staging : dev);
  return {
    artifacts: createArtifacts({ region: 'us-west-2', credentials: async () => keysOf(staging) }),
    put: async (Bucket, Key, Body, algorithm = 'SHA256') =>
      void (await of(Bucket).send(
        new PutObjectCommand({ Bucket, Key, Body, ...(algorithm === 'none' ? {} : { ChecksumAlgorithm: algorithm }) }),
      )),
    remove: async (Bucket, Key) => void (await of(Bucket).send(new DeleteObjectCommand({ Bucket, Key }))),
    stop: () => emulator.stop(),
  };
}

async function makeBuckets(): Promise<void> {
  const LocationConstraint = 'us-west-2';
  for (const Bucket of [buckets.source, buckets.closed])
    await clientOf(dev).send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
  await clientOf(staging).send(new CreateBucketCommand({ Bucket: buckets.target, CreateBucketConfiguration: { LocationConstraint } }));
  await clientOf(staging).send(new PutBucketVersioningCommand({ Bucket: buckets.target, VersioningConfiguration: { Status: 'Enabled' } }));
  const Resource = [`arn:aws:s3:::${buckets.source}`, `arn:aws:s3:::${buckets.source}/*`];
  const Statement = [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${staging}:root` },
      Action: ['s3:ListBucket', 's3:GetObject'],
      Resource,
    },
  ];
  await clientOf(dev).send(
    new PutBucketPolicyCommand({ Bucket: buckets.source, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
  );
}

/** Gives what is known. @throws Error with the reason when nothing is. */
function valueOf<T>(answer: Answer<T>): T {
  if (answer.kind === 'unknown') throw new Error(JSON.stringify(answer.because));
  return answer.value;
}

const whyOf = (answer: Answer<unknown>): string => (answer.kind === 'unknown' ? `${answer.because.call} ${answer.because.why}` : 'known');

describe.each([
  ['the fake', startFake],
  ['the emulator', startReal],
])('artifacts of %s', (_name, start) => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await start();
  });
  afterAll(() => subject.stop());

  const head = async (bucket: string, key: string) => valueOf(await subject.artifacts.head({ name: bucket }, key));

  test('a listing gives all keys below a prefix, over all pages, in order', async () => {
    const names = Array.from({ length: 1005 }, (_, i) => `list/${String(i).padStart(4, '0')}.zip`);
    await Promise.all(names.map((n) => subject.put(buckets.source, n, n)));
    await subject.put(buckets.source, 'listed-not.zip', 'x');
    const listed = valueOf(await subject.artifacts.list(named.source, 'list/'));
    expect(listed.map((o) => o.key)).toEqual(names);
    expect(listed[7]).toEqual({ key: 'list/0007.zip', sizeBytes: 13, etag: (await head(buckets.source, 'list/0007.zip'))?.etag });
  });

  test('a listing of nothing is empty', async () => {
    expect(valueOf(await subject.artifacts.list(named.target, 'nothing/'))).toEqual([]);
  });

  test.each(['SHA256', 'CRC32'] as const)('an object uploaded with %s has that checksum', async (algorithm) => {
    await subject.put(buckets.source, `heads/${algorithm}`, 'hello', algorithm);
    const value = { SHA256: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=', CRC32: 'NhCmhg==' }[algorithm];
    expect(await head(buckets.source, `heads/${algorithm}`)).toMatchObject({ sizeBytes: 5, checksum: { algorithm, value } });
  });

  test('an object uploaded without a checksum has none', async () => {
    await subject.put(buckets.source, 'heads/none', 'hello', 'none');
    expect((await head(buckets.source, 'heads/none'))?.checksum).toBeUndefined();
  });

  test('an object that is not there is known not to be', async () => {
    expect(await head(buckets.source, 'heads/absent')).toBeUndefined();
    expect(valueOf(await subject.artifacts.read(named.source, 'heads/absent'))).toBeUndefined();
  });

  test.each(['plain.zip', 'with space + plus.zip', 'ünïcode/日本.zip', "quote's (1) & 100%.zip", 'a?versionId=1.zip'])(
    'a copy of %s has the bytes and the checksum of its source',
    async (name) => {
      await subject.put(buckets.source, `copies/${name}`, `bytes of ${name}`);
      const source = await head(buckets.source, `copies/${name}`);
      const copied = await subject.artifacts.copy(
        { bucket: named.source, key: `copies/${name}`, etag: source?.etag ?? '' },
        { bucket: named.target, key: `in/${name}` },
      );
      expect(valueOf(copied)).toBe('copied');
      expect(await head(buckets.target, `in/${name}`)).toMatchObject({
        sizeBytes: source?.sizeBytes,
        checksum: source?.checksum,
        versionId: expect.any(String) as unknown,
      });
      expect(valueOf(await subject.artifacts.read(named.target, `in/${name}`))?.text).toBe(`bytes of ${name}`);
    },
  );

  test('a copy keeps a weaker checksum, so that both ends can be compared', async () => {
    await subject.put(buckets.source, 'copies/weak.zip', 'weak', 'CRC32');
    const source = await head(buckets.source, 'copies/weak.zip');
    await subject.artifacts.copy(
      { bucket: named.source, key: 'copies/weak.zip', etag: source?.etag ?? '' },
      { bucket: named.target, key: 'in/weak.zip' },
    );
    expect((await head(buckets.target, 'in/weak.zip'))?.checksum).toEqual(source?.checksum);
  });

  test('a source that changed or went is not copied', async () => {
    const copy = async (etag: string) =>
      valueOf(
        await subject.artifacts.copy(
          { bucket: named.source, key: 'copies/moving.zip', etag },
          { bucket: named.target, key: 'in/moving.zip' },
        ),
      );
    await subject.put(buckets.source, 'copies/moving.zip', 'one');
    const before = await head(buckets.source, 'copies/moving.zip');
    await subject.put(buckets.source, 'copies/moving.zip', 'two');
    expect(await copy(before?.etag ?? '')).toBe('changed');
    await subject.remove(buckets.source, 'copies/moving.zip');
    expect(await copy(before?.etag ?? '')).toBe('changed');
    expect(await head(buckets.target, 'in/moving.zip')).toBeUndefined();
  });

  test('what must be absent is written once', async () => {
    const write = async (text: string) => valueOf(await subject.artifacts.write(named.target, 'once.json', text, { if: 'absent' }));
    expect(await write('1')).toBe('written');
    expect(await write('2')).toBe('conflict');
    expect(valueOf(await subject.artifacts.read(named.target, 'once.json'))?.text).toBe('1');
    expect((await head(buckets.target, 'once.json'))?.checksum?.algorithm).toBe('SHA256');
  });

  test('what was read is written over, and not what somebody else wrote meanwhile', async () => {
    const write = async (text: string, etag: string) =>
      valueOf(await subject.artifacts.write(named.target, 'over.json', text, { if: etag }));
    await subject.artifacts.write(named.target, 'over.json', '1', { if: 'absent' });
    const etag = valueOf(await subject.artifacts.read(named.target, 'over.json'))?.etag ?? '';
    expect(await write('2', etag)).toBe('written');
    expect(await write('3', etag)).toBe('conflict');
    expect(valueOf(await subject.artifacts.read(named.target, 'over.json'))?.text).toBe('2');
  });

  test('what went is not written over', async () => {
    expect(valueOf(await subject.artifacts.write(named.target, 'gone.json', '1', { if: '"d41d8cd98f00b204e9800998ecf8427e"' }))).toBe(
      'conflict',
    );
  });

  test('versions are counted where the bucket has them, and only there', async () => {
    await subject.put(buckets.target, 'versions.zip', '1');
    const first = await head(buckets.target, 'versions.zip');
    await subject.put(buckets.target, 'versions.zip', '2');
    expect((await head(buckets.target, 'versions.zip'))?.versionId).not.toBe(first?.versionId);
    await subject.put(buckets.source, 'versions.zip', '1');
    expect((await head(buckets.source, 'versions.zip'))?.versionId).toBeUndefined();
  });

  test('another account may do what the bucket policy says, and nothing else', async () => {
    await subject.put(buckets.closed, 'a.zip', 'a');
    await subject.put(buckets.source, 'a.zip', 'a');
    const { artifacts } = subject;
    expect(whyOf(await artifacts.list(named.closed, ''))).toBe('s3:ListBucket denied');
    expect(whyOf(await artifacts.head(named.closed, 'a.zip'))).toBe('s3:GetObject denied');
    expect(whyOf(await artifacts.read(named.closed, 'a.zip'))).toBe('s3:GetObject denied');
    expect(whyOf(await artifacts.write(named.source, 'b.json', '{}', { if: 'absent' }))).toBe('s3:PutObject denied');
    const { etag = '' } = (await head(buckets.source, 'a.zip')) ?? {};
    expect(whyOf(await artifacts.copy({ bucket: named.source, key: 'a.zip', etag }, { bucket: named.closed, key: 'b.zip' }))).toBe(
      's3:PutObject denied',
    );
    expect(whyOf(await artifacts.copy({ bucket: named.closed, key: 'a.zip', etag }, { bucket: named.target, key: 'b.zip' }))).toBe(
      's3:PutObject denied',
    );
  });

  test('a bucket is refused when it belongs to another account than expected, whatever its policy allows', async () => {
    await subject.put(buckets.source, 'owned.zip', 'a');
    const { artifacts } = subject;
    const { etag = '' } = (await head(buckets.source, 'owned.zip')) ?? {};
    const use = async (source: string, target: string): Promise<readonly string[]> => {
      const from = { name: buckets.source, account: source };
      const to = { name: buckets.target, account: target };
      return [
        whyOf(await artifacts.list(from, '')),
        whyOf(await artifacts.head(from, 'owned.zip')),
        whyOf(await artifacts.read(from, 'owned.zip')),
        whyOf(await artifacts.copy({ bucket: from, key: 'owned.zip', etag }, { bucket: to, key: 'owned.zip' })),
        whyOf(await artifacts.write(to, `owned-${target}.json`, '{}', { if: 'absent' })),
      ];
    };
    const read = ['s3:ListBucket denied', 's3:GetObject denied', 's3:GetObject denied'];
    expect(await use(dev, staging)).toEqual(['known', 'known', 'known', 'known', 'known']);
    expect(await use(stranger, staging)).toEqual([...read, 's3:PutObject denied', 'known']);
    expect(await use(dev, stranger)).toEqual(['known', 'known', 'known', 's3:PutObject denied', 's3:PutObject denied']);
    expect(await head(buckets.target, `owned-${stranger}.json`)).toBeUndefined();
  });

  test('a bucket that is not there is no empty bucket', async () => {
    expect(whyOf(await subject.artifacts.list(named.nowhere, ''))).toBe('s3:ListBucket refused');
    expect(whyOf(await subject.artifacts.read(named.nowhere, 'a'))).toBe('s3:GetObject refused');
    expect(whyOf(await subject.artifacts.write(named.nowhere, 'a', '{}', { if: 'absent' }))).toBe('s3:PutObject refused');
  });
});

test('the checksum of a multipart upload is one of its parts, and counts as none', async () => {
  const running = await startReal();
  try {
    const [s3, at] = [clientOf(dev), { Bucket: buckets.source, Key: 'parts.zip' }];
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...at, ChecksumAlgorithm: 'SHA256' }));
    const { ETag, ChecksumSHA256 } = await s3.send(
      new UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: 'hello', ChecksumAlgorithm: 'SHA256' }),
    );
    await s3.send(
      new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag, ChecksumSHA256 }] } }),
    );
    expect(valueOf(await running.artifacts.head(named.source, at.Key))).toMatchObject({ sizeBytes: 5 });
    expect(valueOf(await running.artifacts.head(named.source, at.Key))).not.toHaveProperty('checksum');
  } finally {
    await running.stop();
  }
});
