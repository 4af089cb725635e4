import { DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CfnResource, Stack, type App } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { queue, type SampleStack } from '../fakes/assembly.ts';
import type { Live, Scenario } from './scenario.ts';

const plain: SampleStack = { resources: { Queue: queue() } };

/** A stack as the CDK's own synthesizer makes it: with roles, a bucket for its template, and a bootstrap. */
const cdkApp = (app: App): void => {
  new CfnResource(new Stack(app, 'Shop'), 'Queue', { type: 'AWS::SQS::Queue', properties: { DelaySeconds: 0 } });
};

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
const logPolicy: SampleStack = {
  resources: { Policy: { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyName: 'mine', PolicyDocument: '{}' } } },
};
const network: SampleStack = {
  resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.9.0.0/16' } },
    Gateway: { Type: 'AWS::EC2::InternetGateway' },
  },
};
const quota = (code: string, service: string, name: string, value: number) => ({
  [`quota {"code":"${code}","service":"${service}"}`]: { name, value },
});
const list = (type: string, count: number) => ({
  [`resources {"type":"${type}"}`]: Array.from({ length: count }, (_, i) => ({ identifier: `r-${i}`, properties: {} })),
});
const parameter = (Name: string, Value = 'value'): SampleStack => ({
  resources: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value } } },
});
const byParameter: SampleStack = {
  resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Name' } } } },
  more: { Parameters: { Name: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/queue-name' } } },
};
const bySecret: SampleStack = {
  resources: {
    Copy: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Value: '{{resolve:secretsmanager:db-login:SecretString:user}}' },
    },
  },
};
const secret: SampleStack = {
  resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'db-login', SecretString: '{"user":"ada"}' } } },
};
const securityGroup = (VpcId: unknown): SampleStack => ({
  resources: { Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'a group', VpcId } } },
});

/** Stacks whose bootstrap, place or limits do not let them in. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'an app as the CDK makes it, in an account as its bootstrap left it',
    class: 'right',
    why: 'roles, bucket and policies of the bootstrap are asked about, and are all right',
    app: cdkApp,
    ends: 'deployed',
  },
  {
    name: 'a stack goes to a region that is not bootstrapped',
    class: 'bootstrap-missing',
    why: 'the account is bootstrapped, elsewhere',
    app: { Shop: { ...plain, region: 'eu-west-1' } },
    ends: { stoppedBy: ['PF100'] },
  },
  {
    name: 'a stack that needs no bootstrap goes to a region that is not bootstrapped',
    class: 'bootstrap-missing',
    why: 'it has no assets and names no version',
    app: { Shop: { ...plain, region: 'eu-west-1', bootstrap: false } },
    ends: 'deployed',
  },
  {
    name: 'a stack needs a newer bootstrap',
    class: 'bootstrap-outdated',
    why: 'the version in SSM is lower than the one that the assembly asks for',
    app: { Shop: { ...plain, properties: { requiresBootstrapStackVersion: 999 } } },
    ends: { stoppedBy: ['PF101'] },
  },
  {
    name: 'a stack needs the bootstrap that is there',
    class: 'bootstrap-outdated',
    why: 'a version that is reached',
    app: { Shop: { ...plain, properties: { requiresBootstrapStackVersion: 20 } } },
    ends: 'deployed',
  },
  {
    name: 'an app of another qualifier',
    class: 'bootstrap-qualifier',
    why: 'the account is bootstrapped under the default one',
    app: { Shop: { ...plain, bootstrap: '/cdk-bootstrap/team1/version' } },
    ends: { stoppedBy: ['PF102'] },
  },
  {
    name: 'an app of a second qualifier that is there',
    class: 'bootstrap-qualifier',
    why: 'an account may be bootstrapped twice',
    app: { Shop: { ...plain, bootstrap: '/cdk-bootstrap/team1/version' } },
    before: (live) => live.deploy({ Team1: parameter('/cdk-bootstrap/team1/version', '21') }),
    ends: 'deployed',
  },
  {
    name: 'a deploy role that is gone, and a caller who may not do its work',
    class: 'bootstrap-role-unassumable',
    why: 'the role of the manifest is not in the account',
    app: { Shop: { ...plain, properties: { assumeRoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/gone' } } },
    ends: { stoppedBy: ['PF103'] },
    plainSucceeds: 'credentials of the emulator may do everything, whatever IAM says of them',
  },
  {
    name: 'the bucket for assets is gone',
    class: 'asset-bucket-missing',
    why: 'the bootstrap still has its version in SSM',
    app: cdkApp,
    before: emptyBootstrap,
    ends: { stoppedBy: ['PF104'] },
  },
  {
    name: 'a stack of another account',
    class: 'wrong-account',
    why: 'the assembly names the account',
    app: { Shop: { ...plain, account: '999999999999' } },
    ends: { stoppedBy: ['PF161'] },
  },
  {
    name: 'a stack goes to a region that the account has not enabled',
    class: 'region-mismatch',
    why: 'opt-in regions have to be enabled first',
    app: { Shop: { ...plain, region: 'ap-east-1', bootstrap: false } },
    answers: { 'regions {}': new Map([['ap-east-1', false]]) },
    ends: { stoppedBy: ['PF105'] },
    plainSucceeds: 'the emulator has all regions enabled',
  },
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
    app: { Shop: ofCharacters(990_000) },
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
    name: 'a large template that is no asset, where a bucket is',
    class: 'template-51200',
    why: 'the toolkit uploads it',
    app: { Shop: ofCharacters(60_000, { bootstrap: false }) },
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
    app: {
      Shop: {
        resources: {
          Db: {
            Type: 'AWS::RDS::DBCluster',
            Properties: { Engine: 'aurora-mysql', MasterUsername: 'ada', ManageMasterUserPassword: true },
          },
        },
      },
    },
    answers: { ...quota('L-952B80B8', 'rds', 'DB clusters', 3), ...list('AWS::RDS::DBCluster', 3) },
    ends: { stoppedBy: ['PF250'] },
    plainSucceeds: 'the emulator has no quotas of its own',
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
    name: 'a placeholder of a look-up in a template',
    class: 'context-dummy',
    why: 'the assembly does not say that anything is missing',
    app: { Shop: securityGroup('vpc-12345') },
    ends: { stoppedBy: ['PF170', 'PF242'] },
    plainSucceeds: 'the emulator takes any VPC id',
  },
  {
    name: 'a VPC of the stack itself',
    class: 'context-dummy',
    why: 'a reference is no placeholder',
    app: { Shop: { resources: { ...network.resources, ...securityGroup({ Ref: 'Vpc' }).resources } } },
    ends: 'deployed',
  },
  {
    name: 'a VPC that was looked up long ago',
    class: 'context-stale',
    why: 'the id is well-formed, and nothing has it',
    app: { Shop: securityGroup('vpc-0a1b2c3d') },
    ends: { stoppedBy: ['PF243'] },
    plainSucceeds: 'the emulator takes any VPC id',
  },
  {
    name: 'a VPC that was looked up and is there',
    class: 'context-stale',
    why: 'the same template where the VPC exists',
    app: { Shop: securityGroup('vpc-0a1b2c3d') },
    answers: { 'resource {"identifier":"vpc-0a1b2c3d","type":"AWS::EC2::VPC"}': { VpcId: 'vpc-0a1b2c3d' } },
    ends: 'deployed',
  },
  {
    name: 'a parameter of the template whose SSM parameter is missing',
    class: 'ssm-missing',
    why: 'nobody makes it',
    app: { Shop: byParameter },
    ends: { stoppedBy: ['PF240'] },
  },
  {
    name: 'a parameter of the template whose SSM parameter is there',
    class: 'ssm-missing',
    why: 'another stack made it',
    app: { Shop: byParameter },
    before: (live) => live.deploy({ Names: parameter('/queue-name', 'orders') }),
    ends: 'deployed',
  },
  {
    name: 'a parameter of the template whose SSM parameter a stack before makes',
    class: 'ssm-missing',
    why: 'it is not there yet, and will be in time',
    app: { Names: parameter('/queue-name', 'orders'), Shop: { ...byParameter, dependencies: ['Names'] } },
    ends: 'deployed',
  },
  {
    name: 'a parameter that synthesis did not find',
    class: 'ssm-lookup-missing',
    why: 'the manifest says so; a look-up needs a fixed place, which is another account than that of the scenario',
    app: lookUp,
    ends: { stoppedBy: ['PF133', 'PF161'] },
  },
  {
    name: 'a secret that is missing',
    class: 'secret-missing',
    why: 'nobody makes it',
    app: { Shop: bySecret },
    ends: { stoppedBy: ['PF241'] },
  },
  {
    name: 'a secret that is there',
    class: 'secret-missing',
    why: 'the same template where the secret exists',
    app: { Shop: bySecret },
    before: (live) => live.deploy({ Login: secret }),
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

async function emptyBootstrap({ client, account, region }: Live): Promise<void> {
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  await s3.send(new DeleteBucketCommand({ Bucket: `cdk-hnb659fds-assets-${account}-${region}` }));
}

/** An app that looks a parameter up at synthesis, in a fixed place. */
function lookUp(app: App): void {
  const stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'us-west-2' } });
  const QueueName = StringParameter.valueFromLookup(stack, '/queue-name');
  new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { QueueName } });
}
