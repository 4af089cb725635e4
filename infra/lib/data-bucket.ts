import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, ObjectOwnership, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Decision } from '../../engine/src/decision.ts';

/** How long a bucket keeps what nobody sees any more, and which pages may upload to it. */
export interface DataBucketProps {
  readonly noncurrentDays: number;
  readonly incompleteUploadDays: number;
  /** None means that no page of a browser may upload. */
  readonly uploadOrigins?: readonly string[];
  /** Encrypts the objects; S3's own key otherwise. */
  readonly key?: IKey;
}

/**
 * Gives the bucket that was decided on: a reference to one that stays outside of the stack, or its definition.
 *
 * A defined bucket is private, encrypted, versioned, reached by TLS only, and stays when its stack goes, unless its own
 * creation is rolled back.
 */
export function dataBucket(scope: Construct, id: string, decision: Decision, props: DataBucketProps): IBucket {
  if (decision.kind === 'reference') return Bucket.fromBucketName(scope, id, decision.name);
  return new Bucket(scope, id, {
    bucketName: decision.name,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    ...(props.key
      ? { encryption: BucketEncryption.KMS, encryptionKey: props.key, bucketKeyEnabled: true }
      : { encryption: BucketEncryption.S3_MANAGED }),
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    lifecycleRules: [
      {
        id: 'remove-leftovers',
        abortIncompleteMultipartUploadAfter: Duration.days(props.incompleteUploadDays),
        noncurrentVersionExpiration: Duration.days(props.noncurrentDays),
        expiredObjectDeleteMarker: true,
      },
    ],
    ...(props.uploadOrigins?.length ? { cors: [{ allowedMethods: [HttpMethods.PUT], allowedOrigins: [...props.uploadOrigins], allowedHeaders: ['content-type', 'x-amz-checksum-sha256'], exposedHeaders: ['ETag'], maxAge: 3600 }] } : {}),
  });
}
