import { CfnOutput, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib/core';
import { Repository, type IRepository } from 'aws-cdk-lib/aws-ecr';
import { AccountPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Subscription, SubscriptionProtocol, type Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { dataBucket } from '../../lib/data-bucket.ts';
import { dataRepository } from '../../lib/data-repository.ts';
import { letAlarmsPublish, MailTopic, topicKey } from '../../lib/mail-topic.ts';
import { serviceKey } from '../../lib/service-key.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';

/** The services that run containers. */
export const services = ['frontend', 'backend'] as const;

/** One of `services`. */
export type ServiceName = (typeof services)[number];

/** What has to be there before anything runs: the key, repositories of images, records of deployments, logs of access, topics. */
export class FoundationStack extends Stack {
  readonly dataKey: Key;
  readonly images: Readonly<Record<ServiceName, IRepository>>;
  readonly records: IBucket;
  readonly accessLogs: Bucket;
  /** For people, and what is critical also for PagerDuty. */
  readonly alerts: Topic;
  readonly critical: Topic;

  constructor(scope: Construct, id: string, blueprint: Blueprint) {
    super(scope, id, toStackProps(blueprint.request, 'CloudWeave: key, images, records and alerts'));
    Tags.of(this).add('stack', id);
    const { data, decisions, names } = blueprint;
    this.dataKey = serviceKey(this, 'DataKey', {
      alias: names.dataKey,
      description: 'Database, cache, secrets, records and logs',
      services: [this.#logs()],
    });
    this.records = dataBucket(this, 'Records', decisions.records, { ...data.records, key: this.dataKey });
    this.images = { frontend: this.#makeRepository('frontend', blueprint), backend: this.#makeRepository('backend', blueprint) };
    this.accessLogs = this.#makeAccessLogs(blueprint);
    const key = topicKey(this, 'TopicKey', names.topicKey);
    const emails = blueprint.settings.alertEmails;
    this.alerts = new MailTopic(this, 'Alerts', { topicName: names.alerts, key, emails }).topic;
    this.critical = new MailTopic(this, 'Critical', { topicName: names.critical, key, emails }).topic;
    for (const topic of [this.alerts, this.critical]) letAlarmsPublish(topic);
    this.#callPagerDuty(blueprint);
    new CfnOutput(this, 'RecordsBucketName', {
      value: this.records.bucketName,
      description: 'Bucket of the plans and records of deployments',
    });
    for (const name of services)
      new CfnOutput(this, `${name}RepositoryUri`, { value: this.images[name].repositoryUri, description: `Images of the ${name}` });
  }

  /** CloudWatch Logs encrypts the groups of this account with the key. */
  #logs(): { readonly principal: string; readonly conditions: { readonly ArnLike: Readonly<Record<string, string>> } } {
    const groups = `arn:${this.partition}:logs:${this.region}:${this.account}:log-group:*`;
    return { principal: `logs.${this.region}.amazonaws.com`, conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } } };
  }

  #makeRepository(name: ServiceName, { data, decisions, settings }: Blueprint): IRepository {
    const repository = dataRepository(this, `${name}Images`, decisions[name], data.images);
    if (repository instanceof Repository && settings.imageReaders.length > 0)
      repository.addToResourcePolicy(
        new PolicyStatement({
          sid: 'ReadersPull',
          principals: settings.imageReaders.map((account) => new AccountPrincipal(account)),
          actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        }),
      );
    return repository;
  }

  /** Load balancers and CloudFront write their logs here; CloudFront does so by an ACL, so the bucket has to take them. */
  #makeAccessLogs({ data: { logs } }: Blueprint): Bucket {
    const bucket = new Bucket(this, 'AccessLogs', {
      removalPolicy: logs.keepAfterStack ? RemovalPolicy.RETAIN : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      // Load balancers write to no bucket with another encryption.
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [{ id: 'expire', expiration: Duration.days(logs.retentionDays) }],
    });
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LoadBalancers',
        principals: [new ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`*/AWSLogs/${this.account}/*`)],
      }),
    );
    return bucket;
  }

  #callPagerDuty({ settings: { pagerDutyEndpoint } }: Blueprint): void {
    if (!pagerDutyEndpoint) return;
    new Subscription(this, 'PagerDuty', { topic: this.critical, protocol: SubscriptionProtocol.HTTPS, endpoint: pagerDutyEndpoint });
  }
}
