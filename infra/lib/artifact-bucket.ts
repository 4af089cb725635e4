import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { AccountPrincipal, AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Decision } from '../../engine/src/decision.ts';

/** How long what was promoted cannot be deleted, and how long a version that is no longer current stays, in days. */
export interface ArtifactBucketProps {
  /** Below which prefix promotions arrive; empty, or ends with a slash. */
  readonly prefix: string;
  readonly lockDays: number;
  readonly noncurrentDays: number;
  /** Other accounts that may read what is here, to promote it to themselves. */
  readonly readers: readonly string[];
}

/**
 * Gives the bucket that promotions go to: a reference to one that stays outside of the stack, or its definition.
 *
 * A defined bucket is private, encrypted, versioned, reached by TLS only, and stays when its stack goes. Object Lock keeps each
 * version for a while, and nobody may delete a record of a promotion, or a version of one, ever.
 */
export function artifactBucket(scope: Construct, id: string, decision: Decision, props: ArtifactBucketProps): IBucket {
  if (decision.kind === 'reference') return Bucket.fromBucketName(scope, id, decision.name);
  const bucket = new Bucket(scope, id, {
    bucketName: decision.name,
    removalPolicy: RemovalPolicy.RETAIN,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    objectLockEnabled: true,
    objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(props.lockDays)),
    lifecycleRules: [
      {
        id: 'remove-leftovers',
        abortIncompleteMultipartUploadAfter: Duration.days(1),
        noncurrentVersionExpiration: Duration.days(props.noncurrentDays),
        expiredObjectDeleteMarker: true,
      },
    ],
  });
  keepRecords(bucket, props.prefix);
  if (props.readers.length > 0) letRead(bucket, props.readers);
  return bucket;
}

function keepRecords(bucket: Bucket, prefix: string): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'RecordsStay',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'],
      resources: [bucket.arnForObjects(`${prefix}records/*`)],
    }),
  );
}

function letRead(bucket: Bucket, accounts: readonly string[]): void {
  const principals = accounts.map((account) => new AccountPrincipal(account));
  const objects = [bucket.arnForObjects('*')];
  bucket.addToResourcePolicy(
    new PolicyStatement({ sid: 'ReadersRead', principals, actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: objects }),
  );
  bucket.addToResourcePolicy(new PolicyStatement({ sid: 'ReadersList', principals, actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
}
