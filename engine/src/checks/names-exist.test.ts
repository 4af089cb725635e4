import { expect, test } from '@jest/globals';
import { bucket, queue, type SampleStack } from '../../../test/fakes/assembly.ts';
import { answers, both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import { gatherSample, type FactsOptions } from '../../../test/fakes/facts.ts';
import { unknown } from '../answer.ts';
import type { Resource } from '../assembly/assembly.ts';
import type { Presence } from '../readings.ts';
import { judgeFacts } from './checks.ts';
import { namesExist } from './names-exist.ts';

const account = '111111111111';
const of = (Type: string, Properties: object, more: Partial<Resource> = {}): Resource => ({ Type, Properties: { ...Properties }, ...more });
const shop = (resource: Resource, more: Partial<SampleStack> = {}): Stacks => ({ Shop: { resources: { X: resource }, ...more } });
const there = (type: string, identifier: string, properties: object = {}) => answers('resource', { type, identifier }, properties);
const present = (key: string, presence: Presence = { kind: 'present', active: true }): FactsOptions => ({
  before: ({ aws }) => void aws.things.set(key, presence),
});

const role = (RoleName: string) => of('AWS::IAM::Role', { RoleName });
const group = (name: unknown) => of('AWS::Logs::LogGroup', { LogGroupName: name });
const topic = of('AWS::SNS::Topic', { TopicName: 'news' });
const secret = shop(of('AWS::SecretsManager::Secret', { Name: 'db' }));
const domain = shop(of('AWS::Cognito::UserPoolDomain', { Domain: 'users', UserPoolId: 'p' }));
const target = shop(of('AWS::ElasticLoadBalancingV2::TargetGroup', { Name: 'web' }));
const arn = (service: string, resource: string) => `arn:aws:${service}:us-west-2:${account}:${resource}`;
const targets = (name: string) =>
  answers('resources', { type: 'AWS::ElasticLoadBalancingV2::TargetGroup' }, [
    { identifier: arn('elasticloadbalancing', `targetgroup/${name}/73e2d6bc24d8a067`), properties: {} },
  ]);
const firewall = (Scope: string) => shop(of('AWS::WAFv2::WebACL', { Name: 'edge', Scope }));
const firewalls = (Scope: string) =>
  answers('resources', { type: 'AWS::WAFv2::WebACL', within: { Scope } }, [{ identifier: `edge|1|${Scope}`, properties: {} }]);
const github = 'token.actions.githubusercontent.com';
const providerArn = `arn:aws:iam::${account}:oidc-provider/${github}`;
const provider = (type = 'AWS::IAM::OIDCProvider') => shop(of(type, { Url: `https://${github}` }));
const hasProvider = there('AWS::IAM::OIDCProvider', providerArn);
const leftBehind = { Tags: [{ Key: 'aws:cloudformation:stack-name', Value: 'Old' }] };

/** Every way to know a type by an identifier that is made of a name: what the template says, and what Cloud Control is asked. */
const identified: readonly (readonly [name: string, resource: Resource, identifier: string])[] = [
  ['news', topic, arn('sns', 'news')],
  ['jobs', of('AWS::SQS::Queue', { QueueName: 'jobs' }), `https://sqs.us-west-2.amazonaws.com/${account}/jobs`],
  ['flow', of('AWS::StepFunctions::StateMachine', { StateMachineName: 'flow' }), arn('states', 'stateMachine:flow')],
  ['work', of('AWS::StepFunctions::Activity', { Name: 'work' }), arn('states', 'activity:work')],
  ['nightly', of('AWS::Events::Rule', { Name: 'nightly' }), arn('events', 'rule/nightly')],
  ['sold', of('AWS::Events::Rule', { Name: 'sold', EventBusName: arn('events', 'event-bus/shop') }), arn('events', 'rule/shop/sold')],
  ['read', of('AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'read' }), `arn:aws:iam::${account}:policy/read`],
  ['write', of('AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'write', Path: '/app/' }), `arn:aws:iam::${account}:policy/app/write`],
  ['batch', of('AWS::Batch::JobQueue', { JobQueueName: 'batch' }), arn('batch', 'job-queue/batch')],
  ['fleet', of('AWS::Batch::ComputeEnvironment', { ComputeEnvironmentName: 'fleet' }), arn('batch', 'compute-environment/fleet')],
  ['edge', of('AWS::CloudFront::Function', { Name: 'edge' }), `arn:aws:cloudfront::${account}:function/edge`],
  ['/shop', group('/shop'), '/shop'],
  ['alias/shop', of('AWS::KMS::Alias', { AliasName: 'alias/shop' }), 'alias/shop'],
  ['shop', of('AWS::Glue::Database', { DatabaseName: 'shop' }), 'shop'],
];

const byParameter = (more: object = {}): SampleStack => ({
  resources: { Named: of('AWS::S3::Bucket', { BucketName: { Ref: 'Name' } }) },
  more: { Parameters: { Name: { Type: 'String', ...more } } },
});

const moving = (dependencies: readonly string[] = [], more: Partial<Resource> = {}) => ({
  before: { Old: { resources: { Files: { ...role('files'), ...more }, Queue: queue() } } },
  after: { Old: { resources: { Queue: queue() } }, Shop: { resources: { Files: role('files') }, dependencies } },
});

testCases(
  ['PF001', 'PF004', 'PF120', 'PF121', 'PF124', 'PF126', 'PF127', 'PF129', 'PF180', 'PF181', 'PF182'],
  [
    ...identified.flatMap(([name, resource, identifier]) => [
      {
        code: 'PF120' as const,
        name: `${resource.Type} ${name}`,
        stacks: shop(resource),
        options: there(resource.Type, identifier),
        told: [`Shop/X: The ${resource.Type} ${name} exists, and no stack owns it.`],
      },
      {
        code: 'PF120' as const,
        name: `${resource.Type} ${name} beside another one`,
        stacks: shop(resource),
        options: there(resource.Type, `${identifier}-2`),
      },
    ]),
    {
      code: 'PF120',
      name: 'a log group that a function made by itself',
      stacks: { Shop: { resources: { F: of('AWS::Lambda::Function', {}), Log: group({ 'Fn::Sub': '/aws/lambda/${F}' }) } } },
      options: both(
        live({ Shop: { resources: { F: of('AWS::Lambda::Function', {}) } } }),
        there('AWS::Logs::LogGroup', '/aws/lambda/Shop-F'),
      ),
      told: [
        'Shop/Log: The AWS::Logs::LogGroup /aws/lambda/Shop-F exists, and no stack owns it: Lambda makes it when the function first runs.',
      ],
    },
    {
      code: 'PF120',
      name: 'a log group named after a function that has a name, of a deployment before',
      stacks: {
        Shop: { resources: { F: of('AWS::Lambda::Function', { FunctionName: 'f' }), Log: group({ 'Fn::Sub': '/aws/lambda/${F}' }) } },
      },
      options: there('AWS::Logs::LogGroup', '/aws/lambda/f'),
      told: ['Shop/Log: The AWS::Logs::LogGroup /aws/lambda/f exists, and no stack owns it: Lambda makes it when the function first runs.'],
    },
    {
      code: 'PF120',
      name: 'a log group of a function that is made with it',
      stacks: { Shop: { resources: { F: of('AWS::Lambda::Function', {}), Log: group({ 'Fn::Sub': '/aws/lambda/${F}' }) } } },
    },
    {
      code: 'PF120',
      name: 'a target group',
      stacks: target,
      options: targets('web'),
      told: [/^Shop\/X: The .*TargetGroup web exists, and/],
    },
    { code: 'PF120', name: 'a target group whose name is longer', stacks: target, options: targets('web-2') },
    {
      code: 'PF120',
      name: 'a firewall',
      stacks: firewall('REGIONAL'),
      options: firewalls('REGIONAL'),
      told: [/^Shop\/X: The .*WebACL edge exists/],
    },
    { code: 'PF120', name: 'a firewall of another scope', stacks: firewall('REGIONAL'), options: firewalls('CLOUDFRONT') },
    {
      code: 'PF120',
      name: 'a table that an earlier version made under its older type',
      stacks: shop(of('AWS::DynamoDB::GlobalTable', { TableName: 'files' })),
      options: present('AWS::DynamoDB::Table files'),
      told: ['Shop/X: The AWS::DynamoDB::GlobalTable files exists, and no stack owns it.'],
    },
    {
      code: 'PF120',
      name: 'a name whose condition holds',
      stacks: shop({ ...bucket('taken'), Condition: 'Always' }, { more: { Conditions: { Always: { 'Fn::Equals': ['a', 'a'] } } } }),
      options: present('AWS::S3::Bucket taken'),
      told: ['Shop/X: The AWS::S3::Bucket taken exists, and no stack owns it.'],
    },
    {
      code: 'PF120',
      name: 'a name whose condition does not hold',
      stacks: shop({ ...bucket('taken'), Condition: 'Never' }, { more: { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } } }),
      options: present('AWS::S3::Bucket taken'),
    },
    { code: 'PF120', name: 'a name that need not be the only one', stacks: shop(of('AWS::ApiGateway::RestApi', { Name: 'api' })) },

    {
      code: 'PF121',
      name: 'a topic that another stack owns, by its ARN',
      stacks: shop(topic),
      options: both(
        live({ Old: { resources: { News: topic } } }, 'CREATE_COMPLETE', { names: { News: arn('sns', 'news') } }),
        there('AWS::SNS::Topic', arn('sns', 'news')),
      ),
      told: ['Shop/X: The AWS::SNS::Topic news is owned by the stack Old.'],
    },
    {
      code: 'PF121',
      name: 'a name that a stack of the run keeps',
      stacks: { Old: { resources: { Files: role('files'), Queue: queue() } }, Shop: { resources: { Files: role('files') } } },
      options: live({ Old: { resources: { Files: role('files') } } }),
      told: [/^Shop\/Files: .* is owned by the stack Old\.$/],
    },
    {
      code: 'PF121',
      name: 'the own queue, whose URL the live stack knows',
      stacks: shop(of('AWS::SQS::Queue', { QueueName: 'jobs', DelaySeconds: 9 })),
      options: live(shop(of('AWS::SQS::Queue', { QueueName: 'jobs' }))),
    },
    {
      code: 'PF124',
      name: 'a queue under another logical id',
      stacks: { Shop: { resources: { Work: of('AWS::SQS::Queue', { QueueName: 'jobs' }) } } },
      options: both(
        live(shop(of('AWS::SQS::Queue', { QueueName: 'jobs' })), 'CREATE_COMPLETE', { names: { X: 'https://q/jobs' } }),
        there('AWS::SQS::Queue', `https://sqs.us-west-2.amazonaws.com/${account}/jobs`, { QueueUrl: 'https://q/jobs' }),
      ),
      told: ['Shop/Work: The AWS::SQS::Queue jobs is X in the live stack Shop, and has another logical id in this template.'],
    },
    {
      code: 'PF124',
      name: 'a rule of a bus of its own, under another logical id',
      stacks: { Shop: { resources: { Sale: of('AWS::Events::Rule', { Name: 'sold', EventBusName: 'shop' }) } } },
      options: both(
        live(shop(of('AWS::Events::Rule', { Name: 'sold', EventBusName: 'shop' })), 'CREATE_COMPLETE', { names: { X: 'shop|sold' } }),
        there('AWS::Events::Rule', arn('events', 'rule/shop/sold')),
      ),
      told: ['Shop/Sale: The AWS::Events::Rule sold is X in the live stack Shop, and has another logical id in this template.'],
    },
    { code: 'PF124', name: 'the same logical id', stacks: shop(queue(9)), options: live(shop(queue())) },

    {
      code: 'PF126',
      name: 'a table that moves to a stack that does not wait',
      stacks: moving().after,
      options: live(moving().before),
      told: [
        'Shop/Files: The AWS::IAM::Role files moves from the stack Old to Shop, which does not wait until the old one has removed it.',
      ],
    },
    {
      code: 'PF126',
      name: 'a table that the old stack leaves behind',
      stacks: moving(['Old'], { DeletionPolicy: 'Retain' }).after,
      options: live(moving(['Old'], { DeletionPolicy: 'Retain' }).before),
      told: ['Shop/Files: The AWS::IAM::Role files moves from the stack Old to Shop, and the old one leaves it behind (Retain).'],
    },
    { code: 'PF126', name: 'a table that is gone in time', stacks: moving(['Old']).after, options: live(moving().before) },
    {
      code: 'PF126',
      name: 'a name that an older stack gives up in time for another one',
      stacks: { Old: { resources: { Files: role('archive') } }, Shop: { resources: { Files: role('files') }, dependencies: ['Old'] } },
      options: { ...live({ Old: { resources: { Files: role('files') } } }), allowDestructive: ['**'] },
    },

    {
      code: 'PF127',
      name: 'a bucket that a deleted stack kept',
      stacks: shop(bucket('uploads')),
      options: both(present('AWS::S3::Bucket uploads'), there('AWS::S3::Bucket', 'uploads', leftBehind)),
      told: ['Shop/X: The AWS::S3::Bucket uploads exists; the stack Old made it and left it behind.'],
    },
    {
      code: 'PF127',
      name: 'a parameter, whose tags are a map',
      stacks: shop(of('AWS::SSM::Parameter', { Name: '/shop' })),
      options: there('AWS::SSM::Parameter', '/shop', { Tags: { 'aws:cloudformation:stack-name': 'Old' } }),
      told: ['Shop/X: The AWS::SSM::Parameter /shop exists; the stack Old made it and left it behind.'],
    },
    {
      code: 'PF127',
      name: 'what another stack still has',
      stacks: { Shop: { resources: { Files: role('files') }, dependencies: ['Old'] }, Old: { resources: { Queue: queue() } } },
      options: live(moving().before),
    },

    {
      code: 'PF129',
      name: 'types that Cloud Control does not know, once',
      stacks: shop(of('AWS::DAX::ParameterGroup', { ParameterGroupName: 'a' }), {
        resources: {
          A: of('AWS::DAX::ParameterGroup', { ParameterGroupName: 'a' }),
          B: of('AWS::DMS::EventSubscription', { SubscriptionName: 'b' }),
        },
      }),
      options: unsupported('AWS::DAX::ParameterGroup', 'AWS::DMS::EventSubscription'),
      told: [': 2 of the types AWS::DAX::ParameterGroup, AWS::DMS::EventSubscription.'],
    },
    { code: 'PF129', name: 'types that it knows', stacks: shop(group('/shop')) },

    {
      code: 'PF180',
      name: 'a secret in its recovery window',
      stacks: secret,
      options: present('AWS::SecretsManager::Secret db', {
        kind: 'present',
        active: false,
        physicalId: arn('secretsmanager', 'secret:db-AbCdEf'),
      }),
      told: ['Shop/X: The secret db is deleted, and kept until its recovery window ends.'],
    },
    { code: 'PF180', name: 'a secret that is gone', stacks: secret },

    ...['AWS::IAM::OIDCProvider', 'Custom::AWSCDKOpenIdConnectProvider'].map((type) => ({
      code: 'PF181' as const,
      name: `a provider as ${type}`,
      stacks: provider(type),
      options: hasProvider,
      told: [`Shop/X: The ${type} https://${github} exists, and no stack owns it.`],
    })),
    {
      code: 'PF181',
      name: 'a provider of another stack',
      stacks: provider(),
      options: both(
        live({ Base: { resources: { P: of('AWS::IAM::OIDCProvider', {}) } } }, 'CREATE_COMPLETE', { names: { P: providerArn } }),
        hasProvider,
      ),
      told: [`Shop/X: The AWS::IAM::OIDCProvider https://${github} is owned by the stack Base.`],
    },
    { code: 'PF181', name: 'a provider of another URL', stacks: provider(), options: there('AWS::IAM::OIDCProvider', `${providerArn}/x`) },

    {
      code: 'PF182',
      name: 'a domain prefix of another account',
      stacks: domain,
      options: present('AWS::Cognito::UserPoolDomain users', { kind: 'foreign' }),
      told: ['Shop/X: The domain prefix users is in use by another account.'],
    },
    {
      code: 'PF120',
      name: 'a domain prefix of another user pool of this account',
      stacks: domain,
      options: present('AWS::Cognito::UserPoolDomain users'),
      told: ['Shop/X: The AWS::Cognito::UserPoolDomain users exists, and no stack owns it.'],
    },
    { code: 'PF182', name: 'a domain prefix that is free', stacks: domain },

    {
      code: 'PF001',
      name: 'what Cloud Control may not read',
      stacks: shop(group('/shop')),
      options: denies('cloudformation:GetResource'),
      told: ['Shop/X: AWS::Logs::LogGroup /shop: needs the permission cloudformation:GetResource on AWS::Logs::LogGroup /shop.'],
    },
    {
      code: 'PF120',
      name: 'tags that may not be read of what exists anyway',
      stacks: shop(bucket('uploads')),
      options: both(present('AWS::S3::Bucket uploads'), denies('cloudformation:GetResource')),
      told: ['Shop/X: The AWS::S3::Bucket uploads exists, and no stack owns it.'],
    },
    { code: 'PF001', name: 'a name that may be read', stacks: shop(group('/shop')) },

    {
      code: 'PF004',
      name: 'a name that is a secret parameter',
      stacks: { Shop: byParameter({ NoEcho: true }) },
      told: ['Shop/Named: names that exist: 1 not judged, at Shop/Named.'],
    },
    {
      code: 'PF004',
      name: 'a name that CloudFormation resolves',
      stacks: shop(bucket('{{resolve:ssm:/name}}')),
      told: ['Shop/X: names that exist: 1 not judged, at Shop/X.'],
    },
    { code: 'PF004', name: 'a name that a default gives', stacks: { Shop: byParameter({ Default: 'free' }) } },
    {
      code: 'PF004',
      name: 'an open name that the live stack has already',
      stacks: { Shop: { ...byParameter({ NoEcho: true }), tags: { a: 'b' } } },
      options: live({ Shop: byParameter({ NoEcho: true }) }),
    },
  ],
);

/** Lets Cloud Control know nothing of some types. */
function unsupported(...types: string[]): FactsOptions {
  return { before: ({ aws }) => types.forEach((type) => aws.unsupported.add(type)) };
}

test('a deployment asks once for each new name, whatever the number of resources', async () => {
  const resources = Object.fromEntries(
    [1, 2, 3].flatMap((n) => [
      [`L${n}`, group(`/shop/${n}`)],
      [`Q${n}`, queue()],
    ]),
  );
  const facts = await gatherSample({ Shop: { resources } });
  const asked: unknown[] = [];
  namesExist.judge(facts, (_at, kind, question) => void asked.push([kind, question]));
  expect(asked).toHaveLength(3);
});

test.each([
  ['throttled', 'PF001', 'AWS::DynamoDB::Table orders'],
  ['denied', 'PF120', 'The AWS::DynamoDB::Table orders exists'],
] as const)('a name whose owner could not be read because that was %s is told as %s', async (why, code, says) => {
  const table = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } };
  const { made, ...facts } = await gatherSample({ Shop: { resources: { Orders: table } } });
  const cloud = made.aws.cloud('us-west-2');
  const owner = async () => unknown({ call: 'cloudformation:DescribeStackResources', resource: 'orders', why, message: '' });
  made.aws.things.set('AWS::DynamoDB::Table orders', { kind: 'present', active: true });
  const findings = await judgeFacts(facts, () => ({ ...cloud.readings, owner }), [], '2026-11-21');
  expect(findings.map((f) => `${f.code} ${f.message}`)).toEqual([expect.stringMatching(new RegExp(`^${code} .*${says}`))]);
});
