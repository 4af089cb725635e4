import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Objects } from './find-artifact.ts';

/** Makes the objects of S3; what is denied is an error, never "not there". */
export function createObjects(client: S3Client): Objects {
  return {
    read: (Bucket, Key) => there(async () => (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()),
    version: (Bucket, Key) => there(async () => (await client.send(new HeadObjectCommand({ Bucket, Key }))).VersionId ?? ''),
  };
}

/** Gives undefined when a reading finds no object. */
async function there<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound')) return undefined;
    throw error;
  }
}
