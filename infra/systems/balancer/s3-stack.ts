import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { archiveBucket } from '../../lib/archive-bucket.ts';
import { dataBucket } from '../../lib/data-bucket.ts';
import { dataRepository } from '../../lib/data-repository.ts';
import { forAccount, serviceKey } from '../../lib/service-key.ts';
import { BalancerStack } from './balancer-stack.ts';
import type { Blueprint } from './blueprint.ts';

/** Below which prefix of the bucket for logs the load balancer writes. */
export const albLogsPrefix = 'alb';

/** What is stored: buckets for logs, assets and backups, and the repository of the images. */
export class S3Stack extends BalancerStack {
  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, 's3', blueprint, 'buckets, and the repository of the images');
    const { data, decisions, names } = blueprint;
    const key = serviceKey(this, 'Key', { alias: names.s3Key, description: 'Assets and backups of balancer', services: [] });
    // The load balancer delivers its logs to buckets with S3's own keys only.
    const logs = archiveBucket(this, 'Logs', decisions.logs, data.storage);
    letLoadBalancersWrite(logs);
    const assets = dataBucket(this, 'Assets', decisions.assets, { ...data.storage, key });
    const backups = archiveBucket(this, 'Backups', decisions.backups, { ...data.storage, key });
    logAccess([assets, backups], logs);
    const images = dataRepository(this, 'Images', decisions.images, data.images);
    this.give('logsBucketName', logs.bucketName, 'Bucket for logs');
    this.give('assetsBucketName', assets.bucketName, 'Bucket for assets');
    this.give('backupsBucketName', backups.bucketName, 'Bucket for backups');
    this.give('s3KeyArn', key.keyArn, 'Key of the assets and backups');
    this.give('imageRepositoryName', images.repositoryName, 'Repository of the images');
  }
}

/** @source https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
function letLoadBalancersWrite(logs: IBucket): void {
  logs.addToResourcePolicy(
    new PolicyStatement({
      sid: 'LoadBalancerLogs',
      principals: [new ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [logs.arnForObjects(`${albLogsPrefix}/AWSLogs/${logs.stack.account}/*`)],
    }),
  );
}

/**
 * Has S3 write who used the buckets that the stack defines into the bucket for logs.
 *
 * Not by the construct's own property: it would ask for access control lists, which the bucket for logs does not have.
 *
 * @source https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
function logAccess(buckets: readonly IBucket[], logs: IBucket): void {
  for (const bucket of buckets) {
    const resource = bucket.node.defaultChild;
    if (!(resource instanceof CfnBucket)) continue;
    resource.loggingConfiguration = { destinationBucketName: logs.bucketName, logFilePrefix: `access/${bucket.node.id.toLowerCase()}/` };
    logs.addToResourcePolicy(
      new PolicyStatement({
        sid: `AccessLogsOf${bucket.node.id}`,
        principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [logs.arnForObjects(`access/${bucket.node.id.toLowerCase()}/*`)],
        conditions: { ArnLike: { 'aws:SourceArn': bucket.bucketArn }, ...forAccount(bucket) },
      }),
    );
  }
}
