import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import * as core from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { bootstrap } from '../../emulator/bootstrap.ts';
import { inItsAccount, someAccount } from './account.ts';
import type { Scenario } from './scenario.ts';

type Fill = (scope: core.Stack) => void;

/** An app of one stack. */
const stack =
  (fill: Fill, props: core.StackProps = {}) =>
  (app: core.App): void =>
    fill(new core.Stack(app, 'Shop', props));

const right = (name: string, why: string, app: Scenario['app'], more: Partial<Scenario> = {}): Scenario => ({
  name,
  class: 'right',
  why,
  app,
  ends: 'deployed',
  ...more,
});

const inline = (scope: Construct, id: string, more: Partial<lambda.FunctionProps> = {}): lambda.Function =>
  new lambda.Function(scope, id, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
    ...more,
  });

const site: Fill = (scope) => {
  const bucket = new s3.Bucket(scope, 'Site', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL, enforceSSL: true });
  new cloudfront.Distribution(scope, 'Web', {
    defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(bucket) },
    defaultRootObject: 'index.html',
  });
};

const api: Fill = (scope) => {
  const table = new dynamodb.Table(scope, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  for (const name of ['byUser', 'byDay']) {
    table.addGlobalSecondaryIndex({ indexName: name, partitionKey: { name, type: dynamodb.AttributeType.STRING } });
  }
  const handler = inline(scope, 'Handler', { environment: { TABLE: table.tableName } });
  table.grantReadWriteData(handler);
  new apigateway.LambdaRestApi(scope, 'Api', { handler, restApiName: 'orders' });
};

const worker: Fill = (scope) => {
  const dead = new sqs.Queue(scope, 'Dead', { retentionPeriod: core.Duration.days(14) });
  const queue = new sqs.Queue(scope, 'Work', { deadLetterQueue: { queue: dead, maxReceiveCount: 3 } });
  inline(scope, 'Worker', { functionName: 'worker', reservedConcurrentExecutions: 2 }).addEventSource(new sources.SqsEventSource(queue));
  new logs.LogGroup(scope, 'Log', { logGroupName: '/aws/lambda/worker', retention: logs.RetentionDays.ONE_WEEK });
};

const pipeline: Fill = (scope) => {
  const step = new tasks.LambdaInvoke(scope, 'Call', { lambdaFunction: inline(scope, 'Step') });
  const wait = new sfn.Wait(scope, 'Pause', { time: sfn.WaitTime.duration(core.Duration.seconds(1)) });
  new sfn.StateMachine(scope, 'Pipeline', { definitionBody: sfn.DefinitionBody.fromChainable(wait.next(step)) });
};

const users: Fill = (scope) => {
  const pool = new cognito.UserPool(scope, 'Users', {
    mfa: cognito.Mfa.OPTIONAL,
    mfaSecondFactor: { sms: false, otp: true },
    selfSignUpEnabled: true,
    signInAliases: { email: true },
  });
  pool.addClient('Web', { authFlows: { userSrp: true } });
};

const network: Fill = (scope) => {
  const vpc = new ec2.Vpc(scope, 'Net', { maxAzs: 2, natGateways: 1, ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/16') });
  vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
  const web = new ec2.SecurityGroup(scope, 'Web', { vpc });
  const data = new ec2.SecurityGroup(scope, 'Data', { vpc, allowAllOutbound: false });
  web.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443));
  data.addIngressRule(web, ec2.Port.tcp(5432));
};

const containers: Fill = (scope) => {
  const vpc = new ec2.Vpc(scope, 'Net', { maxAzs: 2, natGateways: 0 });
  const cluster = new ecs.Cluster(scope, 'Cluster', { vpc });
  const task = new ecs.FargateTaskDefinition(scope, 'Task', { cpu: 256, memoryLimitMiB: 512 });
  task.addContainer('web', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29') });
  new ecs.FargateService(scope, 'Service', {
    cluster,
    taskDefinition: task,
    desiredCount: 1,
    assignPublicIp: true,
    minHealthyPercent: 100,
  });
};

const notices: Fill = (scope) => {
  const key = new kms.Key(scope, 'Key', { enableKeyRotation: true });
  const topic = new sns.Topic(scope, 'News', { masterKey: key });
  topic.addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(scope, 'Inbox', { encryptionMasterKey: key })));
};

const database: Fill = (scope) => {
  const vpc = new ec2.Vpc(scope, 'Net', { maxAzs: 2, natGateways: 0 });
  new rds.DatabaseInstance(scope, 'Data', {
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 }),
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MICRO),
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    storageEncrypted: true,
    credentials: rds.Credentials.fromGeneratedSecret('owner'),
  });
};

const settings: Fill = (scope) => {
  const secret = new secrets.Secret(scope, 'Key', { generateSecretString: { passwordLength: 40 } });
  new ssm.StringParameter(scope, 'Where', { parameterName: '/shop/key', stringValue: secret.secretArn });
  new ssm.StringParameter(scope, 'Flag', { parameterName: '/shop/flag', stringValue: 'on' });
};

const watched: Fill = (scope) => {
  const handler = inline(scope, 'Handler');
  const alarm = handler.metricErrors().createAlarm(scope, 'Errors', { threshold: 1, evaluationPeriods: 1, alarmName: 'shop-errors' });
  new cloudwatch.Dashboard(scope, 'Board', { dashboardName: 'shop', widgets: [[new cloudwatch.AlarmWidget({ alarm })]] });
  new events.Rule(scope, 'Nightly', {
    schedule: events.Schedule.cron({ hour: '3', minute: '0' }),
    targets: [new targets.LambdaFunction(handler)],
  });
};

const longest: Fill = (scope) => {
  new lambda.Function(scope, 'Code', {
    functionName: 'f'.repeat(64),
    runtime: lambda.Runtime.PYTHON_3_13,
    handler: 'index.handler',
    code: lambda.Code.fromInline('def handler(event, context): pass'),
  });
  new iam.Role(scope, 'Role', { roleName: 'r'.repeat(64), assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  new s3.Bucket(scope, 'Objects', { bucketName: `b${core.Aws.ACCOUNT_ID}`.padEnd(40, 'b') });
  new sqs.Queue(scope, 'Order', { queueName: `${'q'.repeat(75)}.fifo`, fifo: true });
};

const alike: Fill = (scope) => {
  inline(scope, 'Code', { functionName: 'shop' });
  new dynamodb.Table(scope, 'Rows', { tableName: 'shop', partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  new sqs.Queue(scope, 'Jobs', { queueName: 'shop' });
  new sns.Topic(scope, 'News', { topicName: 'shop' });
};

const grants: Fill = (scope) => {
  const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const resources = Array.from({ length: 90 }, (_, i) => `arn:aws:dynamodb:us-west-2:${core.Aws.ACCOUNT_ID}:table/tenant-${i}`);
  role.addToPolicy(new iam.PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources }));
};

/** Conditions, mappings, parameters with defaults, and a resource that no condition lets in. */
const conditional: Fill = (scope) => {
  const stage = new core.CfnParameter(scope, 'Stage', { default: 'test', allowedValues: ['test', 'prod'] });
  const isProd = new core.CfnCondition(scope, 'IsProd', { expression: core.Fn.conditionEquals(stage.valueAsString, 'prod') });
  const sizes = new core.CfnMapping(scope, 'Sizes', { mapping: { test: { delay: 1 }, prod: { delay: 2 } } });
  new sqs.CfnQueue(scope, 'Always', { delaySeconds: core.Token.asNumber(sizes.findInMap(stage.valueAsString, 'delay')) });
  const backup = new s3.CfnBucket(scope, 'Backup', { bucketName: 'Not A Name That S3 Would Take' });
  backup.cfnOptions.condition = isProd;
};

const packed: Fill = (scope) => {
  const folder = mkdtempSync(join(tmpdir(), 'spaceport-code-'));
  writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => 1;\n');
  inline(scope, 'Code', { code: lambda.Code.fromAsset(folder) });
};

const nested: Fill = (scope) => {
  class Inner extends core.NestedStack {}
  const inner = new Inner(scope, 'Inner');
  const queue = new sqs.Queue(inner, 'Jobs');
  new core.CfnOutput(scope, 'Jobs', { value: queue.queueName });
};

const crossed = (app: core.App): void => {
  const net = new core.Stack(app, 'Net');
  const shop = new core.Stack(app, 'Shop');
  const topic = new sns.Topic(net, 'News');
  topic.addSubscription(new subscriptions.EmailSubscription('team@example.com'));
  inline(shop, 'Code', { environment: { TOPIC: topic.topicArn } });
};

const staged = (app: core.App): void => {
  const stage = new core.Stage(app, 'Prod');
  const base = new core.Stack(stage, 'Base');
  const web = new core.Stack(stage, 'Web');
  const bucket = new s3.Bucket(base, 'Objects');
  bucket.grantRead(inline(web, 'Code'));
  new core.CfnOutput(web, 'Name', { value: bucket.bucketName });
};

/** A certificate of us-east-1 would be the usual one; a queue does it as well. */
const acrossRegions = (app: core.App): void => {
  const edge = new core.Stack(app, 'Edge', { env: { account: someAccount, region: 'us-east-1' }, crossRegionReferences: true });
  const shop = new core.Stack(app, 'Shop', { env: { account: someAccount, region: 'us-west-2' }, crossRegionReferences: true });
  const queue = new sqs.Queue(edge, 'Jobs');
  inline(shop, 'Code', { environment: { QUEUE: queue.queueName } });
};

/** What the synthesizer of staging stacks does: the app brings the bucket that its assets go to. */
const selfStaged = (app: core.App): void => {
  const fileAssetsBucketName = 'shop-staging-of-its-own';
  const staging = new core.Stack(app, 'Staging', { synthesizer: new core.BootstraplessSynthesizer() });
  new s3.Bucket(staging, 'Assets', { bucketName: fileAssetsBucketName });
  const synthesizer = new core.DefaultStackSynthesizer({ fileAssetsBucketName, fileAssetPublishingRoleArn: '' });
  const shop = new core.Stack(app, 'Shop', { synthesizer });
  packed(shop);
  shop.addStackDependency(staging);
};

const versioned =
  (isVersioned: boolean): Fill =>
  (scope) =>
    void new s3.CfnBucket(scope, 'Objects', {
      bucketName: 'shop-objects-of-the-update',
      ...(isVersioned ? { versioningConfiguration: { status: 'Enabled' } } : {}),
    });

/** Apps that have nothing wrong in them, as varied as those of users: a false alarm in any of them costs more trust than a miss. */
export const scenarios: readonly Scenario[] = [
  right('a site of a bucket behind CloudFront', 'origin access control, bucket policy with a service principal', stack(site)),
  right(
    'a REST API with a function and a table of two indexes',
    'two indexes at a creation are fine; the API has a name of its own',
    stack(api),
  ),
  right('a queue with a worker whose log group the template owns', 'the function and its log group are new together', stack(worker)),
  right('a state machine that calls a function', 'a role that two services share', stack(pipeline)),
  right('a user pool with one-time passwords', 'second factors without SMS need no SMS role', stack(users)),
  right(
    'a network with a NAT gateway and security groups that refer to one another',
    'subnets that touch and do not overlap',
    stack(network),
  ),
  right('a service of containers with a public image', 'an image that no repository of the account holds', stack(containers)),
  right('a topic and a queue under one key', 'a key policy with service principals in the same template', stack(notices)),
  right('a database with a secret', 'an engine given as a major version', stack(database)),
  right('a secret and parameters', 'names with slashes', stack(settings)),
  right('a function with an alarm, a dashboard and a schedule', 'named resources that are all new', stack(watched)),
  right('names at their very limits', 'the longest names that the services take', stack(longest)),
  right('one name for resources of four types', 'names are unique within their type', stack(alike)),
  right('a role with a policy of nine kilobytes', 'below the limit of its size', stack(grants)),
  right('a resource that its condition leaves out', 'what is not made cannot be wrong', stack(conditional)),
  right('a function of a folder', 'an asset that is published first', stack(packed)),
  right('a nested stack', 'a template that is an asset of another one', stack(nested)),
  right('two stacks with an export between them', 'the export is made in the same run', crossed),
  right('a stage of two stacks', 'names and paths of stages', staged),
  right('two stacks of two regions with a reference between them', 'the value goes through parameters of SSM', acrossRegions, {
    edit: inItsAccount,
    before: ({ emulator, account }) => bootstrap(emulator, account, 'us-east-1'),
  }),
  right('an app that makes the bucket for its own assets', 'the bucket is there when the assets are published', selfStaged),
  right('a second deployment that turns on the versions of a bucket', 'the named bucket is its own', stack(versioned(true)), {
    before: (live) =>
      live.deploy({
        Shop: { resources: { Objects: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'shop-objects-of-the-update' } } } },
      }),
  }),
  right('an API whose name another one has', 'names of APIs need not be unique', stack(api), {
    before: (live) => live.deploy({ Other: { resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'orders' } } } } }),
  }),
];
