import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Upload, UploadWorld } from './respond.ts';

/**
 * Makes the presigner of one bucket; it calls nobody.
 *
 * Type, length and checksum are signed as headers, so that S3 refuses an upload with others. The client must have
 * `requestChecksumCalculation: 'WHEN_REQUIRED'`: otherwise the checksum of an empty body is signed.
 */
export function createPresigner(client: S3Client, bucket: string): UploadWorld['presign'] {
  return (upload: Upload, seconds) =>
    getSignedUrl(
      client,
      new PutObjectCommand({
        Bucket: bucket,
        Key: upload.key,
        ContentType: upload.contentType,
        ContentLength: upload.sizeBytes,
        ...(upload.sha256 ? { ChecksumSHA256: upload.sha256 } : {}),
      }),
      {
        expiresIn: seconds,
        signableHeaders: new Set(['content-type', 'content-length']),
        unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
      },
    );
}
