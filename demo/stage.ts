import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateRoleCommand, DeleteRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import type { Emulator } from '../emulator/emulator.ts';

/** The two accounts of the demonstration: one for dev and staging, one for sandbox and production. */
export const accounts = { first: '111111111111', second: '222222222222' } as const;

/** Its region. */
export const region = 'us-west-2';

/** The config file of the consumer whose deployments are shown. */
export const config = `system: spaceport
environments:
  prod:
    branches: [main]
    account: "${accounts.second}"
    regions: [${region}]
    github-environment: production
    protected: true
    legacy-names: true
  staging:
    branches: [development]
    account: "${accounts.first}"
    regions: [${region}]
    github-environment: staging
  dev:
    account: "${accounts.first}"
    regions: [${region}]
  sandbox:
    account: "${accounts.second}"
    regions: [${region}]
promotions:
  lambda: { from: dev, to: [sandbox, staging], bucket: "spaceport-artifacts-{environment}", prefix: lambda/ }
`;

/** Gives an S3 client of one account of the emulator. */
export function createS3(emulator: Emulator, account: string): S3Client {
  return new S3Client({
    endpoint: emulator.endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: account, secretAccessKey: 'test' },
  });
}

const createIam = (emulator: Emulator, account: string) =>
  new IAMClient({ endpoint: emulator.endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'test' } });

/** Makes a role by hand that the staging environment wants for itself. */
export async function plantRole(emulator: Emulator, RoleName: string): Promise<void> {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  await createIam(emulator, accounts.first).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
}

/** Removes it again. */
export const removeRole = async (emulator: Emulator, RoleName: string): Promise<void> =>
  void (await createIam(emulator, accounts.first).send(new DeleteRoleCommand({ RoleName })));

/** Makes a bucket from before environments had suffixes, with one object in it. */
export async function plantLegacyBucket(emulator: Emulator, Bucket: string): Promise<void> {
  const s3 = createS3(emulator, accounts.second);
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'flights/2024/first.mp4', Body: 'the first flight' }));
}

/** Gives the text of an object. */
export async function readText(emulator: Emulator, account: string, Bucket: string, Key: string): Promise<string> {
  const { Body } = await createS3(emulator, account).send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? '';
}

/** Makes the artifact buckets of dev and sandbox; sandbox's account may read dev's. */
export async function createArtifactBuckets(emulator: Emulator): Promise<void> {
  const dev = createS3(emulator, accounts.first);
  const sandbox = createS3(emulator, accounts.second);
  const LocationConstraint = region;
  await dev.send(new CreateBucketCommand({ Bucket: 'spaceport-artifacts-dev', CreateBucketConfiguration: { LocationConstraint } }));
  await sandbox.send(new CreateBucketCommand({ Bucket: 'spaceport-artifacts-sandbox', CreateBucketConfiguration: { LocationConstraint } }));
  await sandbox.send(
    new PutBucketVersioningCommand({ Bucket: 'spaceport-artifacts-sandbox', VersioningConfiguration: { Status: 'Enabled' } }),
  );
  const allow = (Action: string[], Resource: string) => ({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accounts.second}:root` },
    Action,
    Resource,
  });
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      allow(['s3:ListBucket'], 'arn:aws:s3:::spaceport-artifacts-dev'),
      allow(['s3:GetObject'], 'arn:aws:s3:::spaceport-artifacts-dev/*'),
    ],
  });
  await dev.send(new PutBucketPolicyCommand({ Bucket: 'spaceport-artifacts-dev', Policy }));
}

/** Uploads as many Lambda ZIPs as asked to the bucket of dev, each with its SHA-256; `onProgress` gets how many are there. */
export async function uploadZips(emulator: Emulator, count: number, onProgress: (done: number) => void): Promise<void> {
  const s3 = createS3(emulator, accounts.first);
  let done = 0;
  const upload = async (i: number): Promise<void> => {
    const Key = `lambda/function-${String(i).padStart(3, '0')}.zip`;
    await s3.send(new PutObjectCommand({ Bucket: 'spaceport-artifacts-dev', Key, Body: toZip(i), ChecksumAlgorithm: 'SHA256' }));
    onProgress(++done);
  };
  for (let from = 0; from < count; from += 16)
    await Promise.all(Array.from({ length: Math.min(16, count - from) }, (_, i) => upload(from + i)));
}

/** Gives a valid ZIP archive with nothing in it but a comment: every number another one, 20 to 60 KB long. */
function toZip(i: number): Buffer {
  const comment = Buffer.alloc(20_000 + (i % 40) * 1_000, `function ${i} `);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([end, comment]);
}
