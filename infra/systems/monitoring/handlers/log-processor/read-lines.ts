import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { LogWorld } from './process-log.ts';

/** Makes the reader of objects; it holds one line at a time. */
export function createReader(client: S3Client): LogWorld['lines'] {
  return async (bucket, key, version) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...(version ? { VersionId: version } : {}) }));
    return toLines(Body as Readable, key.endsWith('.gz'));
  };
}

/** Gives the lines of a stream; an error of the stream or of the packing ends them by being thrown. */
export async function* toLines(body: Readable, packed: boolean): AsyncGenerator<string> {
  const text = packed ? body.pipe(createGunzip()) : body;
  // A pipe does not carry errors on.
  if (packed) body.once('error', (error) => text.destroy(error));
  const failed = new Promise<never>((_, reject) => {
    text.once('error', reject);
  });
  failed.catch(() => {});
  const lines = createInterface({ input: text, crlfDelay: Infinity })[Symbol.asyncIterator]();
  while (true) {
    const { done, value } = await Promise.race([lines.next(), failed]);
    if (done) break;
    yield value;
  }
  if (text.errored) throw text.errored;
}
