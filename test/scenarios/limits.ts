import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, Stack, type App } from 'aws-cdk-lib/core';
import { queue, type SampleStack } from '../fakes/assembly.ts';
import type { Scenario } from './scenario.ts';

const plain: SampleStack = { resources: { Queue: queue() } };
const many = (count: number, type: string): SampleStack => ({
  resources: Object.fromEntries(Array.from({ length: count }, (_, i) => [`R${i}`, { Type: type }])),
});
const ofCharacters = (characters: number, more: Partial<SampleStack> = {}): SampleStack => ({
  ...plain,
  ...more,
  more: { Metadata: { Note: 'x'.repeat(characters) } },
});
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const role = (properties: object): SampleStack => ({
  resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, ...properties } } },
});
const withPolicy = (resources: number): SampleStack => {
  const Resource = Array.from({ length: resources }, (_, i) => `arn:aws:s3:::files-${String(i).padStart(3, '0')}/*`);
  const PolicyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource }] };
  return role({ Policies: [{ PolicyName: 'read', PolicyDocument }] });
};
const withManaged = (count: number): SampleStack =>
  role({ ManagedPolicyArns: Array.from({ length: count }, (_, i) => `arn:aws:iam::aws:policy/Policy${i}`) });
const withFunction = (properties: object): SampleStack => ({
  resources: {
    ...role({}).resources,
    Handler: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: 'exports.handler = async () => 1' },
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        ...properties,
      },
    },
  },
});
const assets = 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}';
/** A function whose code is the folder `code` of the assembly. */
const withFolder: SampleStack = {
  ...withFunction({ Code: { S3Bucket: { 'Fn::Sub': assets }, S3Key: 'code.zip' } }),
  assetManifest: {
    version: '48.0.0',
    files: { code: { source: { path: 'code', packaging: 'zip' }, destinations: { here: { bucketName: assets, objectKey: 'code.zip' } } } },
  },
};
/** Makes that folder, of so many bytes that are no burden to the disk. */
const fill = (bytes: number) => (folder: string) => {
  mkdirSync(join(folder, 'code'));
  const path = join(folder, 'code', 'model.bin');
  writeFileSync(path, '');
  truncateSync(path, bytes);
};
const logPolicy: SampleStack = {
  resources: { Policy: { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyName: 'mine', PolicyDocument: '{}' } } },
};
const network: SampleStack = {
  resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.9.0.0/16' } },
    Gateway: { Type: 'AWS::EC2::InternetGateway' },
  },
};
const cluster: SampleStack = {
  resources: {
    Db: {
      Type: 'AWS::RDS::DBCluster',
      Properties: { Engine: 'aurora-mysql', MasterUsername: 'ada', ManageMasterUserPassword: true },
    },
  },
};
const quota = (code: string, service: string, name: string, value: number) => ({
  [`quota {"code":"${code}","service":"${service}"}`]: { name, value },
});
const list = (type: string, count: number) => ({
  [`resources {"type":"${type}"}`]: Array.from({ length: count }, (_, i) => ({ identifier: `r-${i}`, properties: {} })),
});

/** An app as the CDK makes it, whose template is an asset with a note of a number of characters. */
const noted =
  (characters: number) =>
  (app: App): void => {
    const stack = new Stack(app, 'Shop');
    stack.templateOptions.metadata = { Note: 'x'.repeat(characters) };
    new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue' });
  };

/** What CloudFormation, IAM, Lambda and the quotas of an account have room for. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'a stack of 501 resources',
    class: 'resources-500',
    why: 'one more than CloudFormation takes',
    app: { Shop: many(501, 'AWS::CloudFormation::WaitConditionHandle') },
    ends: { stoppedBy: ['PF170'] },
    plainSucceeds: 'the emulator does not count resources',
  },
  {
    name: 'a stack of 500 resources',
    class: 'resources-500',
    why: 'as many as CloudFormation takes',
    app: { Shop: many(500, 'AWS::CloudFormation::WaitConditionHandle') },
    ends: 'deployed',
  },
  {
    name: 'a template of more than a megabyte',
    class: 'template-1mb',
    why: 'the limit is decimal',
    app: { Shop: ofCharacters(1_000_000) },
    ends: { stoppedBy: ['PF230'] },
    plainSucceeds: 'the emulator does not measure templates',
  },
  {
    name: 'a template of nearly a megabyte',
    class: 'template-1mb',
    why: 'what is near a limit deploys',
    app: noted(990_000),
    ends: 'deployed',
  },
  {
    name: 'a large template that is no asset, where no bucket is',
    class: 'template-51200',
    why: 'the legacy synthesizer needs the bucket of the bootstrap for it',
    app: { Shop: ofCharacters(60_000, { region: 'eu-west-1', bootstrap: false }) },
    ends: { stoppedBy: ['PF230'] },
  },
  {
    name: 'a template that is no asset and just short enough',
    class: 'template-51200',
    why: 'the toolkit sends it inside of the call',
    app: { Shop: ofCharacters(51_000, { region: 'eu-west-1', bootstrap: false }) },
    ends: 'deployed',
  },
  {
    name: 'a role with inline policies beyond 10,240 characters',
    class: 'iam-policy-size',
    why: 'all of it is known from the template',
    app: { Shop: withPolicy(400) },
    ends: { stoppedBy: ['PF232'] },
    plainSucceeds: 'the emulator does not measure policies',
  },
  {
    name: 'a role with inline policies below 10,240 characters',
    class: 'iam-policy-size',
    why: 'large is not too large',
    app: { Shop: withPolicy(300) },
    ends: 'deployed',
  },
  {
    name: 'a role of eleven managed policies',
    class: 'policies-per-role',
    why: 'the account allows ten',
    app: { Shop: withManaged(11) },
    ends: { stoppedBy: ['PF233'] },
    plainSucceeds: 'the emulator does not count policies',
  },
  {
    name: 'a role of ten managed policies',
    class: 'policies-per-role',
    why: 'as many as are allowed',
    app: { Shop: withManaged(10) },
    ends: 'deployed',
  },
  {
    name: 'an eleventh resource policy of CloudWatch Logs',
    class: 'logs-resource-policy',
    why: 'a region has room for ten',
    app: { Shop: logPolicy },
    answers: { 'logPolicies {}': Array.from({ length: 10 }, (_, i) => `policy-${i}`) },
    ends: { stoppedBy: ['PF236'] },
    plainSucceeds: 'the ten policies are those of an answer',
  },
  {
    name: 'a tenth resource policy of CloudWatch Logs',
    class: 'logs-resource-policy',
    why: 'the last one that a region has room for',
    app: { Shop: logPolicy },
    answers: { 'logPolicies {}': Array.from({ length: 9 }, (_, i) => `policy-${i}`) },
    ends: 'deployed',
  },
  {
    name: 'a function of more than 250 MB',
    class: 'lambda-size',
    why: 'Lambda measures the code when it is unzipped, and zeros take no room in a ZIP',
    app: { Shop: withFolder },
    edit: fill(262_144_001),
    ends: { stoppedBy: ['PF234'] },
    plainSucceeds: 'the emulator does not measure code',
  },
  {
    name: 'a function of 60 MB',
    class: 'lambda-size',
    why: 'more than a direct upload takes, which is no limit by way of S3',
    app: { Shop: withFolder },
    edit: fill(60_000_000),
    ends: 'deployed',
  },
  {
    name: 'environment variables of more than 4 KB',
    class: 'lambda-env-4kb',
    why: 'the values are literal',
    app: { Shop: withFunction({ Environment: { Variables: { NOTE: 'x'.repeat(4_100) } } }) },
    ends: { stoppedBy: ['PF235'] },
    plainSucceeds: 'the emulator does not measure variables',
  },
  {
    name: 'environment variables of nearly 4 KB',
    class: 'lambda-env-4kb',
    why: 'large is not too large',
    app: { Shop: withFunction({ Environment: { Variables: { NOTE: 'x'.repeat(3_900) } } }) },
    ends: 'deployed',
  },
  {
    name: 'a VPC and an internet gateway too many',
    class: 'quota-vpc-igw',
    why: 'both quotas are used up',
    app: { Shop: network },
    answers: { ...list('AWS::EC2::VPC', 5), ...list('AWS::EC2::InternetGateway', 5) },
    ends: { stoppedBy: ['PF250'] },
    plainSucceeds: 'the emulator has no quotas of its own',
  },
  {
    name: 'a VPC and an internet gateway that fit',
    class: 'quota-vpc-igw',
    why: 'an account has one to begin with',
    app: { Shop: network },
    ends: 'deployed',
  },
  {
    name: 'an Elastic IP address too many',
    class: 'quota-eip',
    why: 'five are allowed, and one of two is free',
    app: { Shop: many(2, 'AWS::EC2::EIP') },
    answers: list('AWS::EC2::EIP', 4),
    ends: { stoppedBy: ['PF250'] },
    plainSucceeds: 'the emulator has no quotas of its own',
  },
  {
    name: 'two Elastic IP addresses that fit',
    class: 'quota-eip',
    why: 'none is there',
    app: { Shop: many(2, 'AWS::EC2::EIP') },
    ends: 'deployed',
  },
  {
    name: 'a database too many',
    class: 'quota-generic',
    why: 'the applied quota is lower than the default',
    app: { Shop: cluster },
    answers: { ...quota('L-952B80B8', 'rds', 'DB clusters', 3), ...list('AWS::RDS::DBCluster', 3) },
    ends: { stoppedBy: ['PF250'] },
    plainSucceeds: 'the emulator has no quotas of its own',
  },
  {
    name: 'a database that is the last to fit',
    class: 'quota-generic',
    why: 'the quota is reached and not exceeded: a warning',
    app: { Shop: cluster },
    answers: { ...quota('L-952B80B8', 'rds', 'DB clusters', 3), ...list('AWS::RDS::DBCluster', 2) },
    ends: 'deployed',
    tells: ['PF251'],
  },
  {
    name: 'a reservation that leaves too little concurrency',
    class: 'quota-lambda-concurrency',
    why: 'a hundred executions stay unreserved',
    app: { Shop: withFunction({ ReservedConcurrentExecutions: 5 }) },
    answers: { 'unreservedConcurrency {}': 104 },
    ends: { stoppedBy: ['PF252'] },
    plainSucceeds: 'the emulator does not count reservations',
  },
  {
    name: 'a reservation that leaves enough concurrency',
    class: 'quota-lambda-concurrency',
    why: 'exactly a hundred are left',
    app: { Shop: withFunction({ ReservedConcurrentExecutions: 5 }) },
    answers: { 'unreservedConcurrency {}': 105 },
    ends: 'deployed',
  },
  {
    name: 'a property that its type does not have',
    class: 'property-invalid',
    why: 'the offline validator knows the schemas',
    app: { Shop: { resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { Delay: 1 } } } } },
    ends: { stoppedBy: ['PF170'] },
    plainSucceeds: 'the emulator passes over properties that it does not know',
  },
  { name: 'a property that its type has', class: 'property-invalid', why: 'the same queue', app: { Shop: plain }, ends: 'deployed' },
];
