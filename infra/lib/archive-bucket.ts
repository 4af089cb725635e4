import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { ServicePrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, StorageClass, type CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Decision } from '../../engine/src/decision.ts';
import { attachPolicy } from './attach-policy.ts';

/** Where the objects of a bucket are copied to: a versioned bucket of the same account in another region. */
export interface Replica {
  readonly roleName: string;
  readonly bucketName: string;
  readonly region: string;
  /** Alias of the key there, with `alias/` at its start. */
  readonly keyAlias: string;
}

/** When objects move to cheaper storage and when they go, in days; the key, and the copy in another region. */
export interface ArchiveBucketProps {
  readonly infrequentDays: number;
  readonly archiveDays: number;
  readonly expireDays: number;
  readonly noncurrentDays: number;
  readonly incompleteUploadDays: number;
  /** Absent, S3's own keys encrypt: services that deliver logs take no other. */
  readonly key?: IKey;
  /** Only with a key. */
  readonly replica?: Replica;
}

/**
 * Gives the bucket that was decided on: a reference to one that stays outside of the stack, or its definition.
 *
 * A defined bucket is private, encrypted, with the given key if there is one, versioned, reached by TLS only, says every change to EventBridge,
 * and stays when its stack goes.
 */
export function archiveBucket(scope: Construct, id: string, decision: Decision, props: ArchiveBucketProps): IBucket {
  if (decision.kind === 'reference') return Bucket.fromBucketName(scope, id, decision.name);
  const bucket = new Bucket(scope, id, {
    bucketName: decision.name,
    removalPolicy: RemovalPolicy.RETAIN,
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
        id: 'move-and-expire',
        transitions: [
          { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(props.infrequentDays) },
          { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(props.archiveDays) },
        ],
        expiration: Duration.days(props.expireDays),
      },
      {
        id: 'remove-leftovers',
        abortIncompleteMultipartUploadAfter: Duration.days(props.incompleteUploadDays),
        noncurrentVersionExpiration: Duration.days(props.noncurrentDays),
      },
    ],
  });
  const resource = bucket.node.defaultChild as CfnBucket;
  // The construct's own switch for this is a custom resource with a function of its own; S3 has it as a property.
  resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  if (props.replica && props.key) replicate(bucket, resource, props.replica, props.key);
  return bucket;
}

function replicate(bucket: Bucket, resource: CfnBucket, { roleName, bucketName, region, keyAlias }: Replica, key: IKey): void {
  const { account, partition } = Stack.of(bucket);
  const target = `arn:${partition}:s3:::${bucketName}`;
  const role = new Role(bucket, 'Replication', {
    roleName,
    description: 'Copies what is put into the bucket to another region',
    assumedBy: new ServicePrincipal('s3.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': account } } }),
  });
  const via = (from: string): Readonly<Record<string, string>> => ({ 'kms:ViaService': `s3.${from}.amazonaws.com` });
  attachPolicy(bucket, 'ReplicationPolicy', role, 'replicate', [
    { actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'], resources: [bucket.bucketArn] },
    {
      actions: ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'],
      resources: [bucket.arnForObjects('*')],
    },
    { actions: ['s3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'], resources: [`${target}/*`] },
    { actions: ['kms:Decrypt'], resources: [key.keyArn], conditions: { StringEquals: via(Stack.of(bucket).region) } },
    {
      actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
      // The key over there has an id that only that region knows: the alias stands for it.
      resources: [`arn:${partition}:kms:${region}:${account}:key/*`],
      conditions: { StringEquals: via(region), 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': keyAlias } },
    },
  ]);
  resource.replicationConfiguration = {
    role: role.roleArn,
    rules: [
      {
        id: 'everything',
        status: 'Enabled',
        priority: 0,
        filter: { prefix: '' },
        deleteMarkerReplication: { status: 'Disabled' },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
        destination: {
          bucket: target,
          storageClass: 'STANDARD_IA',
          encryptionConfiguration: { replicaKmsKeyId: `arn:${partition}:kms:${region}:${account}:${keyAlias}` },
        },
      },
    ],
  };
}
