import type { HeadObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { known, type Answer } from '../answer.ts';
import { once } from '../once.ts';
import type { ArtifactBucket, ArtifactObject, Artifacts } from '../artifacts.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** A copy is answered when S3 has made it, which takes minutes near 5 GiB. */
const copyTimeoutMs = 300_000;

const isNamed =
  (...names: string[]) =>
  (e: Error): boolean =>
    names.includes(toErrorName(e));

/** A HEAD has no body, so the name of its error is made from the status. */
const isAbsent = isNamed('NoSuchKey', 'NotFound', 'Http404');

const isConflict = isNamed('PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey', 'Http412', 'Http409');

const isMoved = isNamed('PreconditionFailed', 'NoSuchKey', 'Http412');

/**
 * Makes the port of artifact buckets. The SDK is loaded by the first call; buckets of other regions are followed there.
 *
 * Copies keep the kind of checksum that the source carries, so that both ends can be compared, and leave tags behind, so
 * that no permission on tags is needed. A checksum of parts (multipart uploads) counts as none: it is not that of the bytes.
 * An object in a bucket that is not there counts as absent in `head`, because S3 does not tell the two apart. A bucket that
 * belongs to another account than expected is a denial, because S3 does not tell that from a policy that refuses.
 *
 * @source Amazon S3 API reference, CopyObject: without x-amz-checksum-algorithm the algorithm of the source is kept
 */
export function createArtifacts(config: ClientConfig): Artifacts {
  const s3 = once(() => connect(config));
  return {
    list: async (bucket, prefix) => list(await s3(), bucket, prefix),
    head: async (bucket, key) => {
      const { sdk, client } = await s3();
      return ask(
        's3:GetObject',
        `${bucket.name}/${key}`,
        async () => toObject(key, await client.send(new sdk.HeadObjectCommand({ ...toOwned(bucket), Key: key, ChecksumMode: 'ENABLED' }))),
        isAbsent,
      );
    },
    copy: async (from, to) => copy(await s3(), from, to),
    read: async (bucket, key) => {
      const { sdk, client } = await s3();
      return ask(
        's3:GetObject',
        `${bucket.name}/${key}`,
        async () => {
          const { Body, ETag = '' } = await client.send(new sdk.GetObjectCommand({ ...toOwned(bucket), Key: key }));
          return { text: (await Body?.transformToString()) ?? '', etag: ETag };
        },
        isNamed('NoSuchKey'),
      );
    },
    write: async (bucket, key, text, only) => {
      const { sdk, client } = await s3();
      const condition = only.if === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: only.if };
      const put = new sdk.PutObjectCommand({
        ...toOwned(bucket),
        Key: key,
        Body: text,
        ContentType: 'application/json',
        ChecksumAlgorithm: 'SHA256',
        ...condition,
      });
      return orElse<'written' | 'conflict'>('conflict')(
        await ask('s3:PutObject', `${bucket.name}/${key}`, async () => (await client.send(put), 'written' as const), isConflict),
      );
    },
  };
}

interface S3 {
  readonly sdk: typeof import('@aws-sdk/client-s3');
  readonly client: S3Client;
}

async function connect(config: ClientConfig): Promise<S3> {
  const sdk = await import('@aws-sdk/client-s3');
  return { sdk, client: new sdk.S3Client({ ...clientDefaults, ...config, followRegionRedirects: true }) };
}

async function list({ sdk, client }: S3, bucket: ArtifactBucket, prefix: string): Promise<Answer<readonly ArtifactObject[]>> {
  const answer = await ask('s3:ListBucket', bucket.name, async () => {
    const found: ArtifactObject[] = [];
    for await (const page of sdk.paginateListObjectsV2({ client }, { ...toOwned(bucket), Prefix: prefix })) {
      for (const { Key = '', Size = 0, ETag = '' } of page.Contents ?? []) found.push({ key: Key, sizeBytes: Size, etag: ETag });
    }
    return found;
  });
  return orElse<readonly ArtifactObject[]>([])(answer);
}

async function copy({ sdk, client }: S3, ...[from, to]: Parameters<Artifacts['copy']>): ReturnType<Artifacts['copy']> {
  const command = new sdk.CopyObjectCommand({
    ...toOwned(to.bucket),
    Key: to.key,
    CopySource: [from.bucket.name, ...from.key.split('/')].map(encodeURIComponent).join('/'),
    ...(from.bucket.account ? { ExpectedSourceBucketOwner: from.bucket.account } : {}),
    CopySourceIfMatch: from.etag,
    TaggingDirective: 'REPLACE',
  });
  const send = async () => (await client.send(command, { requestTimeout: copyTimeoutMs }), 'copied' as const);
  return orElse<'copied' | 'changed'>('changed')(await ask('s3:PutObject', `${to.bucket.name}/${to.key}`, send, isMoved));
}

/** Names a bucket in a request, and the account that S3 refuses it without. */
const toOwned = ({ name, account }: ArtifactBucket) => ({ Bucket: name, ...(account ? { ExpectedBucketOwner: account } : {}) });

/** The strongest first: an object may carry more than one. */
const algorithms = ['SHA256', 'CRC64NVME', 'CRC32C', 'CRC32', 'SHA1'] as const;

function toObject(key: string, head: HeadObjectCommandOutput): ArtifactObject {
  const algorithm =
    head.ChecksumType === 'COMPOSITE'
      ? undefined
      : algorithms.find((a) => head[`Checksum${a}`] && !/-\d+$/.test(head[`Checksum${a}`] ?? ''));
  return {
    key,
    sizeBytes: head.ContentLength ?? 0,
    etag: head.ETag ?? '',
    ...(head.VersionId && head.VersionId !== 'null' ? { versionId: head.VersionId } : {}),
    ...(algorithm ? { checksum: { algorithm, value: head[`Checksum${algorithm}`] ?? '' } } : {}),
  };
}

/** Gives an answer in which what is not there is `value`. */
const orElse =
  <T>(value: T) =>
  (answer: Answer<T | undefined>): Answer<T> =>
    answer.kind === 'unknown' ? answer : known(answer.value ?? value);
