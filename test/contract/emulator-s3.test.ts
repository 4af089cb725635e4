import { createHash } from 'node:crypto';

import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { IAMClient, CreateRoleCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';

import { type Emulator, startEmulator } from '../../emulator/emulator.ts';

// What promoting artifacts from one account to another relies on.
const dev = '111111111111';
const sandbox = '222222222222';
const stranger = '333333333333';
const key = 'lambda/handler.zip';
const content = 'the artifact';
const sha256 = createHash('sha256').update(content).digest('base64');
const source = { Bucket: 'artifacts-dev', Key: key };
const target = { Bucket: 'artifacts-sandbox', Key: key };
const copy = { ...target, CopySource: `artifacts-dev/${key}` };

let emulator: Emulator;
let s3: Record<string, S3Client>;

function connection(account: string) {
  return { endpoint: emulator.endpoint, region: 'us-west-2', credentials: { accessKeyId: account, secretAccessKey: 'test' } };
}

/** Gives `ok`, or the error's code (its HTTP status for HEAD, whose answers have no body). */
async function outcome(call: Promise<unknown>): Promise<string | number> {
  return call.then(
    () => 'ok',
    (error: { name: string; $metadata?: { httpStatusCode?: number } }) =>
      error.name === 'Unknown' || error.name === 'UnknownError' || /^\d+$/.test(error.name)
        ? (error.$metadata?.httpStatusCode ?? error.name)
        : error.name,
  );
}

async function allow(principal: unknown, actions: string | string[]): Promise<void> {
  const statement = {
    Effect: 'Allow',
    Principal: principal,
    Action: actions,
    Resource: ['arn:aws:s3:::artifacts-dev', 'arn:aws:s3:::artifacts-dev/*'],
  };
  await s3[dev]?.send(
    new PutBucketPolicyCommand({ Bucket: 'artifacts-dev', Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) }),
  );
}

async function version(client: S3Client | undefined, bucket: string): Promise<void> {
  await client?.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
}

beforeAll(async () => {
  emulator = await startEmulator();
  s3 = Object.fromEntries([dev, sandbox, stranger].map((account) => [account, new S3Client(connection(account))]));
});

afterAll(() => emulator.stop());

beforeEach(async () => {
  await emulator.reset();
  await s3[dev]?.send(new CreateBucketCommand({ Bucket: 'artifacts-dev' }));
  await s3[sandbox]?.send(new CreateBucketCommand({ Bucket: 'artifacts-sandbox' }));
  await s3[dev]?.send(new PutObjectCommand({ ...source, Body: content, ChecksumAlgorithm: 'SHA256' }));
});

test('a bucket name is one over all accounts', async () => {
  expect(await outcome(s3[stranger]!.send(new CreateBucketCommand({ Bucket: 'artifacts-dev' })))).toBe('BucketAlreadyExists');
  expect(await outcome(s3[dev]!.send(new CreateBucketCommand({ Bucket: 'artifacts-dev' })))).toBe('BucketAlreadyOwnedByYou');
  expect(await outcome(s3[stranger]!.send(new CreateBucketCommand({ Bucket: 'artifacts-stranger' })))).toBe('ok');
});

test('a listing of buckets tells their regions only when it is asked for something', async () => {
  const regions = async (input: object) => (await s3[dev]!.send(new ListBucketsCommand(input))).Buckets?.map((b) => b.BucketRegion);
  expect(await regions({})).toEqual([undefined]);
  expect(await regions({ MaxBuckets: 10 })).toEqual(['us-west-2']);
  expect(await regions({ Prefix: 'artifacts' })).toEqual(['us-west-2']);
});

test('a bucket of another region is told by a redirection, and one of this region is there', async () => {
  const client = new S3Client({ ...connection(dev), region: 'eu-central-1' });
  const elsewhere = client.send(new HeadBucketCommand({ Bucket: 'artifacts-dev' }));
  await expect(elsewhere).rejects.toMatchObject({
    $metadata: { httpStatusCode: 301 },
    $response: { headers: { 'x-amz-bucket-region': 'us-west-2' } },
  });
  expect(await s3[dev]!.send(new HeadBucketCommand({ Bucket: 'artifacts-dev' }))).toMatchObject({ BucketRegion: 'us-west-2' });
});

test("another account's bucket is closed without a policy, and its own account's is open", async () => {
  expect(await outcome(s3[sandbox]!.send(new HeadBucketCommand({ Bucket: 'artifacts-dev' })))).toBe(403);
  expect(await outcome(s3[sandbox]!.send(new GetObjectCommand(source)))).toBe('AccessDenied');
  expect(await outcome(s3[sandbox]!.send(new CopyObjectCommand(copy)))).toBe('AccessDenied');
  expect(await outcome(s3[dev]!.send(new HeadBucketCommand({ Bucket: 'artifacts-dev' })))).toBe('ok');
  expect(await outcome(s3[sandbox]!.send(new HeadBucketCommand({ Bucket: 'nowhere' })))).toBe('NotFound');
});

test.each([
  ['the account', { AWS: `arn:aws:iam::${sandbox}:root` }, 's3:*'],
  ['the number of the account', { AWS: sandbox }, ['s3:Get*', 's3:List*']],
  ['everybody', '*', ['s3:GetObject', 's3:ListBucket']],
  ['a role of the account', { AWS: `arn:aws:iam::${sandbox}:role/deploy` }, ['s3:GetObject*', 's3:ListBucket']],
])('a policy for %s opens the bucket to copies', async (_, principal, actions) => {
  await allow(principal, actions);
  expect(await outcome(s3[sandbox]!.send(new HeadBucketCommand({ Bucket: 'artifacts-dev' })))).toBe('ok');
  expect(await outcome(s3[sandbox]!.send(new CopyObjectCommand(copy)))).toBe('ok');
  const copied = await s3[sandbox]!.send(new GetObjectCommand(target));
  expect(await copied.Body?.transformToString()).toBe(content);
});

test.each([
  ['another account', { AWS: `arn:aws:iam::${stranger}:root` }, 's3:*'],
  ['a role of another account', { AWS: `arn:aws:iam::${stranger}:role/deploy` }, 's3:*'],
  ['another action', { AWS: `arn:aws:iam::${sandbox}:root` }, 's3:ListBucket'],
])('a policy for %s does not', async (_, principal, actions) => {
  await allow(principal, actions);
  expect(await outcome(s3[sandbox]!.send(new CopyObjectCommand(copy)))).toBe('AccessDenied');
});

test('a session is its role: a policy for that role opens the bucket, one for another role does not', async () => {
  const trust = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { AWS: sandbox }, Action: 'sts:AssumeRole' }] });
  await new IAMClient(connection(sandbox)).send(new CreateRoleCommand({ RoleName: 'deploy', AssumeRolePolicyDocument: trust }));
  const session = await new STSClient(connection(sandbox)).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${sandbox}:role/deploy`, RoleSessionName: 'test' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = session.Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const client = new S3Client({ ...connection(sandbox), credentials });
  await allow({ AWS: `arn:aws:iam::${sandbox}:role/other` }, 's3:GetObject');
  expect(await outcome(client.send(new CopyObjectCommand(copy)))).toBe('AccessDenied');
  await allow({ AWS: `arn:aws:iam::${sandbox}:role/deploy` }, 's3:GetObject');
  expect(await outcome(client.send(new CopyObjectCommand(copy)))).toBe('ok');
});

test('an expected owner is compared with the bucket and with the source of a copy', async () => {
  await allow({ AWS: sandbox }, 's3:*');
  const asking = (owner: string) => s3[sandbox]!.send(new HeadBucketCommand({ Bucket: 'artifacts-dev', ExpectedBucketOwner: owner }));
  expect(await outcome(asking(stranger))).toBe(403);
  expect(await outcome(asking(dev))).toBe('ok');
  const copying = (owner: string) =>
    s3[sandbox]!.send(new CopyObjectCommand({ ...copy, ExpectedSourceBucketOwner: owner, ExpectedBucketOwner: sandbox }));
  expect(await outcome(copying(stranger))).toBe('AccessDenied');
  expect(await outcome(copying(dev))).toBe('ok');
});

test('a copy is made only of the source that is expected', async () => {
  const { ETag = '' } = await s3[dev]!.send(new HeadObjectCommand(source));
  const copying = (tag: string) =>
    s3[dev]!.send(new CopyObjectCommand({ ...source, Key: 'copy', CopySource: `artifacts-dev/${key}`, CopySourceIfMatch: tag }));
  expect(await outcome(copying('"0000"'))).toBe('PreconditionFailed');
  expect(await outcome(copying(ETag))).toBe('ok');
});

test('a write can ask that nothing be there, or that the expected be there', async () => {
  const put = (conditions: object) =>
    s3[dev]!.send(new PutObjectCommand({ Bucket: 'artifacts-dev', Key: 'record', Body: 'x', ...conditions }));
  expect(await outcome(put({ IfMatch: '"0000"' }))).toBe('NoSuchKey');
  const { ETag = '' } = await put({ IfNoneMatch: '*' });
  expect(await outcome(put({ IfNoneMatch: '*' }))).toBe('PreconditionFailed');
  expect(await outcome(put({ IfMatch: '"0000"' }))).toBe('PreconditionFailed');
  expect(await outcome(put({ IfMatch: ETag }))).toBe('ok');
  const copying = (name: string) =>
    s3[dev]!.send(new CopyObjectCommand({ ...source, Key: name, CopySource: `artifacts-dev/${key}`, IfNoneMatch: '*' }));
  expect(await outcome(copying('record'))).toBe('PreconditionFailed');
  expect(await outcome(copying('new'))).toBe('ok');
});

test('versions are told by every answer, and a copy can be made of an old one', async () => {
  await allow({ AWS: sandbox }, 's3:Get*');
  await version(s3[dev], 'artifacts-dev');
  await version(s3[sandbox], 'artifacts-sandbox');
  const first = await s3[dev]!.send(new PutObjectCommand({ ...source, Body: 'old' }));
  const second = await s3[dev]!.send(new PutObjectCommand({ ...source, Body: 'new' }));
  expect(first.VersionId).not.toBe(second.VersionId);
  const copied = await s3[sandbox]!.send(
    new CopyObjectCommand({ ...copy, CopySource: `artifacts-dev/${key}?versionId=${first.VersionId}` }),
  );
  expect(copied.CopySourceVersionId).toBe(first.VersionId);
  const read = await s3[sandbox]!.send(new GetObjectCommand({ ...target, VersionId: copied.VersionId! }));
  expect([await read.Body?.transformToString(), read.VersionId]).toEqual(['old', copied.VersionId]);
});

test('a SHA-256 is verified, stored and told', async () => {
  const put = (checksum: string) => s3[dev]!.send(new PutObjectCommand({ ...source, Body: content, ChecksumSHA256: checksum }));
  expect(await outcome(put(createHash('sha256').update('something else').digest('base64')))).toBe('BadDigest');
  expect(await put(sha256)).toMatchObject({ ChecksumSHA256: sha256, ChecksumType: 'FULL_OBJECT' });
  expect(await s3[dev]!.send(new HeadObjectCommand({ ...source, ChecksumMode: 'ENABLED' }))).toMatchObject({ ChecksumSHA256: sha256 });
  expect((await s3[dev]!.send(new HeadObjectCommand(source))).ChecksumSHA256).toBeUndefined();
});

test('a copy keeps the checksum of its source unless it asks for another', async () => {
  await s3[dev]!.send(new PutObjectCommand({ ...source, Body: content, ChecksumAlgorithm: 'CRC32' }));
  await allow({ AWS: sandbox }, 's3:GetObject');
  const kept = await s3[sandbox]!.send(new CopyObjectCommand(copy));
  expect(kept.CopyObjectResult?.ChecksumCRC32).toMatch(/==$/);
  const asked = await s3[sandbox]!.send(new CopyObjectCommand({ ...copy, ChecksumAlgorithm: 'SHA256' }));
  expect(asked.CopyObjectResult).toMatchObject({ ChecksumSHA256: sha256, ChecksumType: 'FULL_OBJECT' });
  expect(asked.CopyObjectResult?.ChecksumCRC32).toBeUndefined();
  const head = await s3[sandbox]!.send(new HeadObjectCommand({ ...target, ChecksumMode: 'ENABLED' }));
  expect([head.ChecksumSHA256, head.ChecksumCRC32]).toEqual([sha256, undefined]);
});
