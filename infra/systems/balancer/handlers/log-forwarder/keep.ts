import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Keep } from './forward.ts';

/** Makes what writes an object of packed lines into the bucket; S3 checks that it arrived as it was. */
export function createKeeper(client: Pick<S3Client, 'send'>, bucket: string): Keep {
  return async (key, body) => {
    const what = { ContentType: 'application/x-ndjson', ContentEncoding: 'gzip', ChecksumAlgorithm: 'SHA256' } as const;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...what }));
  };
}
