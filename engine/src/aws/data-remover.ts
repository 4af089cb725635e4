import { setTimeout as wait } from 'node:timers/promises';
import { once } from '../once.ts';
import { unknown, type Answer } from '../answer.ts';
import type { DataType } from '../decision.ts';
import type { DataRemover } from '../stack-changes.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** How one type is emptied and deleted; each throws what AWS says. `call` is told when it fails. */
interface Remover {
  readonly call: string;
  readonly prepare: (name: string) => Promise<void>;
  /** Deletes with all that is inside; resolves when it is gone. */
  readonly remove: (name: string) => Promise<void>;
}

/** What AWS says of a thing that is not there. */
const isGone = (e: Error): boolean =>
  /^(NoSuchBucket|NotFound|Http404|ResourceNotFoundException|RepositoryNotFoundException)$/.test(toErrorName(e));

/**
 * Makes the port that deletes data; each service's client is loaded when its first resource is deleted.
 *
 * `account` is who a bucket must belong to: S3 refuses every call about a bucket of another one.
 */
export function createDataRemover(config: ClientConfig, account: () => Promise<string>): DataRemover {
  const removers: Readonly<Record<DataType, () => Promise<Remover>>> = {
    'AWS::S3::Bucket': once(() => createBucketRemover(config, account)),
    'AWS::DynamoDB::Table': once(() => createTableRemover(config)),
    'AWS::ECR::Repository': once(() => createRepositoryRemover(config)),
  };
  const perform = async (type: string, name: string, work: (remover: Remover) => Promise<void>): Promise<Answer<void>> => {
    const load = removers[type as DataType];
    if (!load) return unknown({ call: '', resource: name, why: 'refused', message: `${type} cannot be deleted here` });
    const remover = await load();
    return ask(remover.call, name, () => work(remover), isGone);
  };
  return {
    types: Object.keys(removers),
    prepare: (type, name) => perform(type, name, (remover) => remover.prepare(name)),
    remove: (type, name) => perform(type, name, (remover) => remover.remove(name)),
  };
}

/** Versions and delete markers go, a thousand a call; the next page is asked for only then, because the first one is always what is left. */
async function createBucketRemover(config: ClientConfig, account: () => Promise<string>): Promise<Remover> {
  const { DeleteBucketCommand, DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({ ...clientDefaults, ...config });
  const at = async (Bucket: string) => ({ Bucket, ExpectedBucketOwner: await account() });
  const empty = async (name: string) => {
    for (;;) {
      const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand(await at(name)));
      const Objects = [...Versions, ...DeleteMarkers].map(({ Key = '', VersionId }) => ({ Key, VersionId }));
      if (Objects.length === 0) return;
      const { Errors: [first] = [] } = await client.send(
        new DeleteObjectsCommand({ ...(await at(name)), Delete: { Objects, Quiet: true } }),
      );
      if (first) throw Object.assign(new Error(`${first.Key}: ${first.Message}`), { name: first.Code ?? 'Error' });
    }
  };
  return {
    call: 's3:DeleteObjectVersion',
    prepare: empty,
    remove: async (name) => {
      await empty(name);
      await client.send(new DeleteBucketCommand(await at(name)));
    },
  };
}

/** How often, and how far apart, a table is looked at until it is ready or gone: ten minutes in all. */
const looks = 300;
const apartMs = 2_000;

async function createTableRemover(config: ClientConfig): Promise<Remover> {
  const { DeleteTableCommand, DescribeTableCommand, DynamoDBClient, UpdateTableCommand } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({ ...clientDefaults, ...config });
  const read = async (TableName: string) => (await client.send(new DescribeTableCommand({ TableName }))).Table;
  const until = async (name: string, isSo: (status: string) => boolean) => {
    for (let look = 1; look <= looks; look++) {
      if (isSo((await read(name))?.TableStatus ?? '')) return;
      await wait(apartMs);
    }
    throw new Error(`the table ${name} did not settle in ${(looks * apartMs) / 60_000} minutes`);
  };
  const unprotect = async (name: string) => {
    if (!(await read(name))?.DeletionProtectionEnabled) return;
    await client.send(new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: false }));
    await until(name, (status) => status === 'ACTIVE');
  };
  return {
    call: 'dynamodb:DeleteTable',
    prepare: unprotect,
    remove: async (name) => {
      await unprotect(name);
      await client.send(new DeleteTableCommand({ TableName: name }));
      await until(name, () => false);
    },
  };
}

async function createRepositoryRemover(config: ClientConfig): Promise<Remover> {
  const { BatchDeleteImageCommand, DeleteRepositoryCommand, ECRClient, ListImagesCommand } = await import('@aws-sdk/client-ecr');
  const client = new ECRClient({ ...clientDefaults, ...config });
  return {
    call: 'ecr:BatchDeleteImage',
    prepare: async (repositoryName) => {
      for (;;) {
        const { imageIds = [] } = await client.send(new ListImagesCommand({ repositoryName, maxResults: 100 }));
        if (imageIds.length === 0) return;
        const { failures = [] } = await client.send(new BatchDeleteImageCommand({ repositoryName, imageIds }));
        // An image that an index refers to goes after the index, so in a later round.
        const [first] = failures.length === imageIds.length ? failures : [];
        if (first) throw new Error(`${first.imageId?.imageDigest}: ${first.failureReason}`);
      }
    },
    remove: async (repositoryName) => void (await client.send(new DeleteRepositoryCommand({ repositoryName, force: true }))),
  };
}
