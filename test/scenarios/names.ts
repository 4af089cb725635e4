import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateOpenIDConnectProviderCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { toCanonicalJson } from '../../engine/src/canonical.ts';
import type { Resource } from '../../engine/src/assembly/assembly.ts';
import type { Presence } from '../../engine/src/readings.ts';
import { bucket, queue } from '../fakes/assembly.ts';
import type { Live, Scenario } from './scenario.ts';

type Resources = Readonly<Record<string, Resource>>;

const of = (Type: string, Properties: object, more: Partial<Resource> = {}): Resource => ({ Type, Properties: { ...Properties }, ...more });
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const role = (RoleName: string, more: object = {}) => of('AWS::IAM::Role', { RoleName, AssumeRolePolicyDocument: trust, ...more });
const topic = (TopicName: string) => of('AWS::SNS::Topic', { TopicName });
const group = (LogGroupName: unknown) => of('AWS::Logs::LogGroup', { LogGroupName, RetentionInDays: 7 });
const code = of('AWS::Lambda::Function', {
  Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  Code: { ZipFile: 'exports.handler = async () => ({});' },
});
const shop = (resources: Resources) => ({ Shop: { resources } });

/** What a presence is told to be, where the emulator has no such thing. */
const presence = (type: string, name: string, found: Presence) => ({ [`presence ${toCanonicalJson({ type, name })}`]: found });

const makeTopic = async ({ client }: Live, Name: string): Promise<void> =>
  void (await new SNSClient(client).send(new CreateTopicCommand({ Name })));
const makeGroup = async ({ client }: Live, logGroupName: string): Promise<void> =>
  void (await new CloudWatchLogsClient(client).send(new CreateLogGroupCommand({ logGroupName })));
const makeRole = async ({ client }: Live, RoleName: string): Promise<void> => {
  await new IAMClient(client).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
};
const makeProvider = async ({ client }: Live, Url: string): Promise<void> => {
  await new IAMClient(client).send(new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ['sts.amazonaws.com'] }));
};
const makeSecret = async ({ client }: Live, Name: string, then: 'stays' | 'is deleted'): Promise<void> => {
  const secrets = new SecretsManagerClient(client);
  await secrets.send(new CreateSecretCommand({ Name, SecretString: 'x' }));
  if (then === 'is deleted') await secrets.send(new DeleteSecretCommand({ SecretId: Name, RecoveryWindowInDays: 7 }));
};
const makeDomain = async ({ client }: Live, Domain: string): Promise<void> => {
  const pools = new CognitoIdentityProviderClient(client);
  const { UserPool } = await pools.send(new CreateUserPoolCommand({ PoolName: 'users' }));
  await pools.send(new CreateUserPoolDomainCommand({ Domain, UserPoolId: UserPool?.Id }));
};
const makeBucketElsewhere = async ({ client }: Live, Bucket: string): Promise<void> => {
  const other = { ...client, credentials: { ...client.credentials, accessKeyId: '222222222222' } };
  await new S3Client(other).send(new CreateBucketCommand({ Bucket }));
};

const users = (Domain: string) =>
  shop({
    Users: of('AWS::Cognito::UserPool', { UserPoolName: 'users' }),
    Domain: of('AWS::Cognito::UserPoolDomain', { Domain, UserPoolId: { Ref: 'Users' } }),
  });
const github = 'https://token.actions.githubusercontent.com';
const provider = (Url: string) => shop({ Provider: of('AWS::IAM::OIDCProvider', { Url, ClientIdList: ['sts.amazonaws.com'] }) });
const secret = shop({ Password: of('AWS::SecretsManager::Secret', { Name: 'shop/db', SecretString: 'x' }) });
const zone = of('AWS::Route53::HostedZone', { Name: 'shop.example.com.' });
const record = (Name: string, HostedZoneId: unknown) =>
  of('AWS::Route53::RecordSet', { Name, HostedZoneId, Type: 'A', TTL: '60', ResourceRecords: ['192.0.2.1'] });
const distribution = (alias: string) =>
  of('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Aliases: [alias],
      Enabled: true,
      ViewerCertificate: { AcmCertificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/1', SslSupportMethod: 'sni-only' },
      Origins: [{ Id: 'o', DomainName: 'origin.example.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }],
      DefaultCacheBehavior: {
        TargetOriginId: 'o',
        ViewerProtocolPolicy: 'https-only',
        CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
      },
    },
  });

const moves = (dependencies: readonly string[] = []) => ({
  Old: { resources: { Queue: queue() } },
  New: { resources: { Role: role('mover') }, dependencies },
});
const beforeMove = (more: Partial<Resource> = {}) => ({ Old: { resources: { Role: { ...role('mover'), ...more }, Queue: queue() } } });

/** Names that are taken, kept, left over or given up. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'a role was made by hand under the name of a new one',
    class: 'name-exists-unmanaged',
    why: 'the service itself is asked',
    app: shop({ Role: role('worker') }),
    before: (live) => makeRole(live, 'worker'),
    ends: { stoppedBy: ['PF120'] },
  },
  {
    name: 'a bucket was made by hand, and is to be adopted as what its stack would delete',
    class: 'name-exists-unmanaged',
    why: 'CloudFormation imports only what is retained',
    app: shop({ Files: bucket('adopted-loose') }),
    before: async ({ client }) =>
      void (await new S3Client({ ...client, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'adopted-loose' }))),
    inputs: { existing: 'adopt' },
    ends: { stoppedBy: ['PF310'] },
  },
  {
    name: 'a bucket was made by hand, and is adopted',
    class: 'name-exists-unmanaged',
    why: 'what is retained is imported with all that it holds',
    app: shop({ Files: { ...bucket('adopted-kept'), DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } }),
    before: async ({ client }) =>
      void (await new S3Client({ ...client, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'adopted-kept' }))),
    inputs: { existing: 'adopt' },
    ends: 'deployed',
    tells: ['PF311'],
  },
  {
    name: 'a topic was made by hand under the name of a new one',
    class: 'name-exists-unmanaged',
    why: 'Cloud Control is asked, by an ARN that is made of the name',
    app: shop({ News: topic('news') }),
    before: (live) => makeTopic(live, 'news'),
    ends: { stoppedBy: ['PF120'] },
  },
  {
    name: 'a topic was made by hand under a longer name',
    class: 'name-exists-unmanaged',
    why: 'only the whole name counts',
    app: shop({ News: topic('news') }),
    before: (live) => makeTopic(live, 'news-2'),
    ends: 'deployed',
  },
  {
    name: 'another stack has the topic of this name',
    class: 'name-exists-other-stack',
    why: 'the owner is known by the ARN of the topic',
    app: shop({ News: topic('news') }),
    before: (live) => live.deploy({ Old: { resources: { News: topic('news') } } }),
    ends: { stoppedBy: ['PF121'] },
  },
  {
    name: 'the own topic of a stack changes',
    class: 'name-exists-other-stack',
    why: 'the live stack has the name itself',
    app: shop({ News: of('AWS::SNS::Topic', { TopicName: 'news', DisplayName: 'News' }) }),
    before: (live) => live.deploy(shop({ News: topic('news') })),
    ends: 'deployed',
  },
  {
    name: 'another account has the bucket of this name',
    class: 's3-name-taken-globally',
    why: 'buckets of all accounts share their names',
    app: shop({ Files: bucket('scenario-names-of-another') }),
    before: (live) => makeBucketElsewhere(live, 'scenario-names-of-another'),
    ends: { stoppedBy: ['PF122'] },
  },
  {
    name: 'another account has a bucket whose name is longer',
    class: 's3-name-taken-globally',
    why: 'only the whole name counts',
    app: shop({ Files: bucket('scenario-names-of-nobody') }),
    before: (live) => makeBucketElsewhere(live, 'scenario-names-of-nobody-2'),
    ends: 'deployed',
  },
  {
    name: 'the log group of a function is there since it first ran',
    class: 'log-group-created-by-service',
    why: 'the name is made of that of a live function',
    app: shop({ Role: role('logged'), Code: code, Log: group({ 'Fn::Sub': '/aws/lambda/${Code}' }) }),
    before: async (live) => {
      await live.deploy(shop({ Role: role('logged'), Code: code }));
      await makeGroup(live, `/aws/lambda/${await findPhysicalId(live, 'Shop', 'Code')}`);
    },
    ends: { stoppedBy: ['PF120'] },
  },
  {
    name: 'the log group of a function that never ran is made',
    class: 'log-group-created-by-service',
    why: 'the function is live, its log group is not',
    app: shop({ Role: role('logged'), Code: code, Log: group({ 'Fn::Sub': '/aws/lambda/${Code}' }) }),
    before: (live) => live.deploy(shop({ Role: role('logged'), Code: code })),
    ends: 'deployed',
  },
  {
    name: 'a deleted stack kept the bucket of this name',
    class: 'retained-orphan',
    why: 'its tags say whose it was',
    app: shop({ Files: bucket('scenario-names-orphan') }),
    before: async (live) => {
      await live.deploy({ Old: { resources: { Files: { ...bucket('scenario-names-orphan'), DeletionPolicy: 'Retain' } } } });
      await live.stacks.remove('Old');
    },
    ends: { stoppedBy: ['PF127'] },
  },
  {
    name: 'a deleted stack took its bucket with it',
    class: 'retained-orphan',
    why: 'the same stack without Retain',
    app: shop({ Files: bucket('scenario-names-gone') }),
    before: async (live) => {
      await live.deploy({ Old: { resources: { Files: bucket('scenario-names-gone') } } });
      await live.stacks.remove('Old');
    },
    ends: 'deployed',
  },
  {
    name: 'the account has the identity provider of GitHub already',
    class: 'oidc-provider-exists',
    why: 'one for each URL and account',
    app: provider(github),
    before: (live) => makeProvider(live, github),
    ends: { stoppedBy: ['PF181'] },
    plainSucceeds: 'the emulator only keeps providers of templates as written',
  },
  {
    name: 'the account has an identity provider of another URL',
    class: 'oidc-provider-exists',
    why: 'the URL counts',
    app: provider(github),
    before: (live) => makeProvider(live, 'https://gitlab.example.com'),
    ends: 'deployed',
  },
  {
    name: 'another user pool has the domain prefix',
    class: 'cognito-domain-taken',
    why: 'a pool of the same account',
    app: users('scenario-taken'),
    before: (live) => makeDomain(live, 'scenario-taken'),
    ends: { stoppedBy: ['PF120'] },
  },
  {
    name: 'another account has the domain prefix',
    class: 'cognito-domain-taken',
    why: 'Cognito names the account that has it',
    app: users('scenario-foreign'),
    answers: presence('AWS::Cognito::UserPoolDomain', 'scenario-foreign', { kind: 'foreign' }),
    ends: { stoppedBy: ['PF182'] },
    plainSucceeds: 'the emulator keeps the prefixes of accounts apart',
  },
  {
    name: 'another user pool has another domain prefix',
    class: 'cognito-domain-taken',
    why: 'the prefix counts',
    app: users('scenario-free'),
    before: (live) => makeDomain(live, 'scenario-free-2'),
    ends: 'deployed',
  },
  {
    name: 'another distribution answers for the alias',
    class: 'cloudfront-alias-taken',
    why: 'one list has the aliases of all distributions of the account',
    app: shop({ Web: distribution('www.shop.example.com') }),
    before: (live) => live.deploy({ Old: { resources: { Web: distribution('www.shop.example.com') } } }),
    ends: { stoppedBy: ['PF183'] },
    plainSucceeds: 'the emulator lets distributions share an alias',
  },
  {
    name: 'another distribution answers for another alias',
    class: 'cloudfront-alias-taken',
    why: 'the whole alias counts',
    app: shop({ Web: distribution('www.shop.example.com') }),
    before: (live) => live.deploy({ Old: { resources: { Web: distribution('shop.example.com') } } }),
    ends: 'deployed',
  },
  {
    name: 'the zone has the record already',
    class: 'route53-record-exists',
    why: 'a zone of another stack, known by its export, holds it since that stack made it',
    app: { Shop: { resources: { Www: record('www.shop.example.com', { 'Fn::ImportValue': 'zone' }) } } },
    before: (live) => live.deploy(zoneWith('www.shop.example.com')),
    ends: { stoppedBy: ['PF184'] },
  },
  {
    name: 'the zone has another record',
    class: 'route53-record-exists',
    why: 'the name counts',
    app: { Shop: { resources: { Www: record('www.shop.example.com', { 'Fn::ImportValue': 'zone' }) } } },
    before: (live) => live.deploy(zoneWith('api.shop.example.com')),
    ends: 'deployed',
  },
  {
    name: 'a role with a name gets another path',
    class: 'named-replacement',
    why: 'a path cannot be changed in place',
    app: shop({ Role: role('pathfinder', { Path: '/app/' }) }),
    before: (live) => live.deploy(shop({ Role: role('pathfinder') })),
    ends: { stoppedBy: ['PF125'] },
  },
  {
    name: 'a role gets another path and another name with it',
    class: 'named-replacement',
    why: 'the new one can be made beside the old one',
    app: shop({ Role: role('pathfinder-2', { Path: '/app/' }) }),
    before: (live) => live.deploy(shop({ Role: role('pathfinder') })),
    inputs: { 'allow-destructive': 'AWS::IAM::Role' },
    ends: 'deployed',
  },
  {
    name: 'a construct was renamed and its role was not',
    class: 'logical-id-renamed-same-name',
    why: 'the stack itself has the name, under another logical id',
    app: shop({ Worker: role('renamed') }),
    before: (live) => live.deploy(shop({ Role: role('renamed') })),
    ends: { stoppedBy: ['PF124'] },
  },
  {
    name: 'a construct was renamed and its role with it',
    class: 'logical-id-renamed-same-name',
    why: 'a name of its own for each',
    app: shop({ Worker: role('renamed-2') }),
    before: (live) => live.deploy(shop({ Role: role('renamed') })),
    ends: 'deployed',
  },
  {
    name: 'a role moves to another stack, and the old one keeps it',
    class: 'moved-between-stacks',
    why: 'the removal leaves the role behind',
    app: moves(['Old']),
    before: (live) => live.deploy(beforeMove({ DeletionPolicy: 'Retain' })),
    ends: { stoppedBy: ['PF126'] },
  },
  {
    name: 'a role moves to a stack that does not wait for the old one',
    class: 'moved-between-stacks',
    why: 'stacks without an order deploy side by side',
    app: moves(),
    before: (live) => live.deploy(beforeMove()),
    ends: { stoppedBy: ['PF126'] },
  },
  {
    name: 'a role moves to a stack that waits for the old one',
    class: 'moved-between-stacks',
    why: 'it is gone in time',
    app: moves(['Old']),
    before: (live) => live.deploy(beforeMove()),
    ends: 'deployed',
  },
  {
    name: 'a secret of this name waits for its deletion',
    class: 'secret-pending-deletion',
    why: 'its recovery window has not ended',
    app: secret,
    before: (live) => makeSecret(live, 'shop/db', 'is deleted'),
    ends: { stoppedBy: ['PF180'] },
  },
  {
    name: 'a secret of another name waits for its deletion',
    class: 'secret-pending-deletion',
    why: 'the name counts',
    app: secret,
    before: (live) => makeSecret(live, 'shop/db-2', 'is deleted'),
    ends: 'deployed',
  },
  {
    name: 'a role with a name of its own',
    class: 'capabilities',
    why: 'nobody has to acknowledge it: the toolkit does so for every stack',
    app: shop({ Role: role('worker') }),
    ends: 'deployed',
  },
  {
    name: 'two stacks of the app want one role',
    class: 'name-exists-other-stack',
    why: 'nothing is live yet: the assembly alone shows it',
    app: { A: { resources: { Role: role('shared') } }, B: { resources: { Role: role('shared') } } },
    ends: { stoppedBy: ['PF123'] },
  },
];

const zoneWith = (name: string) => ({
  Net: {
    resources: { Zone: zone, Record: record(name, { Ref: 'Zone' }) },
    outputs: { Zone: { Value: { Ref: 'Zone' }, Export: { Name: 'zone' } } },
  },
});

/** Gives the physical id of a resource of a live stack. */
async function findPhysicalId({ stacks }: Live, StackName: string, LogicalResourceId: string): Promise<string> {
  const { StackResources: [found] = [] } = await stacks.client.send(new DescribeStackResourcesCommand({ StackName, LogicalResourceId }));
  return found?.PhysicalResourceId ?? '';
}
