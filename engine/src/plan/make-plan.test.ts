import { describe, expect, test } from '@jest/globals';
import { bucket, queue, readSampleStack, table, type SampleStack } from '../../../test/fakes/assembly.ts';
import { gatherSample, type FactsOptions } from '../../../test/fakes/facts.ts';
import type { FakeWorld } from '../../../test/fakes/world.ts';
import type { Decision } from '../decision.ts';
import { makePlan, toCreatedNames } from './make-plan.ts';
import { toPlanDigest } from './plan-tree.ts';
import { hasChanges, isAccess, isHashOnly, type Plan, type PropertyChange, type ResourceChange } from './plan.ts';
import { planSchema } from './schema.ts';

type Stacks = Readonly<Record<string, SampleStack>>;
const plan = async (stacks: Stacks, options: FactsOptions = {}): Promise<Plan> => makePlan(await gatherSample(stacks, options));
const live =
  (stacks: Stacks, status = 'CREATE_COMPLETE') =>
  ({ aws }: FakeWorld) =>
    Object.entries(stacks).forEach(([id, s]) => aws.put(readSampleStack(s, id), { status }));
const digest = async (stacks: Stacks, options?: FactsOptions) => toPlanDigest(await plan(stacks, options));

const role = (more: object = {}) => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: 'shop', ...more } });
const shop: Stacks = {
  Net: { resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } } },
  Shop: {
    dependencies: ['Net'],
    resources: { Uploads: bucket('uploads-prod'), Api: role(), Queue: queue() },
    assets: ['b2', 'a1'],
    tags: { team: 'a' },
    metadata: { '/Shop/Files/Resource': [{ type: 'aws:cdk:logicalId', data: 'Uploads' }] },
  },
};
const changed = (resources: SampleStack['resources']): Stacks => ({
  ...shop,
  Shop: { ...shop['Shop'], ...(resources ? { resources } : {}) },
});
const decision: Decision = { id: 'uploads', type: 'AWS::S3::Bucket', stack: 'Shop', name: 'uploads-prod', kind: 'create' };

describe('the plan of new stacks', () => {
  test('has each in the order of deployment, with what it makes: first what changes access, then by logical id', async () => {
    const made = await plan(shop, { decisions: [decision], tags: { cost: '1' } });
    expect(made).toMatchObject({ schema: 1, environment: 'prod', decisions: [decision] });
    expect(made.stacks.map((s) => [s.name, s.account, s.region, s.action, s.after, s.assets, s.tags])).toEqual([
      ['Net', '111111111111', 'us-west-2', 'create', [], [], { cost: '1' }],
      ['Shop', '111111111111', 'us-west-2', 'create', ['Net'], ['a1', 'b2'], { team: 'a', cost: '1' }],
    ]);
    expect(made.stacks[1]?.resources).toEqual([
      { logicalId: 'Api', path: 'Shop/Api', type: 'AWS::IAM::Role', action: 'create', access: true, widens: false, properties: [] },
      { logicalId: 'Queue', path: 'Shop/Queue', type: 'AWS::SQS::Queue', action: 'create', access: false, widens: false, properties: [] },
      { logicalId: 'Uploads', path: 'Shop/Files', type: 'AWS::S3::Bucket', action: 'create', access: false, widens: false, properties: [] },
    ]);
  });

  test('names only prerequisites that are of the run', async () => {
    expect((await plan(shop, { only: ['Shop'] })).stacks.map((s) => [s.name, s.after])).toEqual([['Shop', []]]);
  });

  test('is one of creations too where a creation failed before', async () => {
    const made = await plan(shop, { before: live(shop, 'ROLLBACK_COMPLETE') });
    expect(made.stacks.map((s) => [s.action, s.resources.length])).toEqual([
      ['recover', 1],
      ['recover', 3],
    ]);
  });
});

describe('the plan of live stacks', () => {
  test('is empty for those that are unchanged', async () => {
    const facts = await gatherSample(shop, { before: live(shop) });
    const made = makePlan(facts);
    expect(made.stacks.map((s) => [s.action, s.resources, s.assets])).toEqual([
      ['unchanged', [], []],
      ['unchanged', [], []],
    ]);
    expect(hasChanges(made)).toBe(false);
  });

  test('has what changes in those that are updated', async () => {
    const after = changed({ Uploads: bucket('uploads-2'), Api: role({ Description: 'x' }), Topic: { Type: 'AWS::SNS::Topic' } });
    const facts = await gatherSample(after, { before: live(shop) });
    const made = makePlan(facts);
    expect(made.stacks.map((s) => s.action)).toEqual(['unchanged', 'update']);
    expect(made.stacks[1]?.resources.map((r) => [r.logicalId, r.action, r.access, r.properties.map((p) => p.path)])).toEqual([
      ['Api', 'update', true, ['Description']],
      ['Queue', 'delete', false, []],
      ['Topic', 'create', false, []],
      ['Uploads', 'replace', false, ['BucketName']],
    ]);
    expect(hasChanges(made)).toBe(true);
  });

  test('lists nothing where the live template cannot be read: neither creations nor anything else', async () => {
    const facts = await gatherSample(shop, { before: (made) => (live(shop)(made), made.aws.denied.add('cloudformation:GetTemplate')) });
    expect(makePlan(facts).stacks.map((s) => [s.action, s.resources])).toEqual([
      ['update', []],
      ['update', []],
    ]);
    expect(toCreatedNames(facts)).toEqual([]);
  });

  test('says so where nothing at all can be read', async () => {
    const { stacks } = await gatherSample(shop, { before: ({ aws }) => void aws.denied.add('cloudformation:DescribeStacks') });
    expect(stacks.map((s) => s.change)).toEqual(Array(2).fill({ action: 'update', because: 'what is there cannot be read' }));
  });
});

test('a secret parameter stands in no plan', async () => {
  const stacks: Stacks = {
    Shop: { more: { Parameters: { Key: { Type: 'String', NoEcho: true }, Size: { Type: 'Number', Default: 1 } } } },
  };
  const made = await plan(stacks, { parameters: { Key: 'hunter2', Size: '3', Elsewhere: 'x' } });
  expect(made.stacks[0]?.parameters).toEqual({ Key: '****', Size: '3' });
  expect(JSON.stringify(made)).not.toContain('hunter2');
});

test('a secret of a property stands in no plan, though the plan tells that it changes', async () => {
  const cluster = (password: string) => ({ Type: 'AWS::RDS::DBCluster', Properties: { MasterUserPassword: password } });
  const made = await plan(changed({ Db: cluster('hunter2') }), { before: live(changed({ Db: cluster('hunter1') })) });
  expect(made.stacks[1]?.resources.map((r) => r.properties)).toEqual([
    [{ path: 'MasterUserPassword', before: '****', after: '****', replaces: 'no' }],
  ]);
});

describe('noise to a reviewer', () => {
  const key = (hash: string) => ({ S3Bucket: 'assets', S3Key: `${hash.repeat(64)}.zip` });
  const code: PropertyChange = { path: 'Code', before: key('a'), after: key('b'), replaces: 'no' };
  const change = (more: Partial<ResourceChange>): ResourceChange => ({
    logicalId: 'Api',
    path: 'Shop/Api',
    type: 'AWS::Lambda::Function',
    action: 'update',
    access: false,
    widens: false,
    properties: [code],
    ...more,
  });
  const image = (hash: string) => `111111111111.dkr.ecr.us-west-2.amazonaws.com/assets:${hash.repeat(64)}`;

  test.each<[string, Partial<ResourceChange>, boolean]>([
    ['the code of a function under another hash is', {}, true],
    ['an image under another hash is', { properties: [{ ...code, before: image('a'), after: image('b') }] }, true],
    ['the metadata of the CDK is', { type: 'AWS::CDK::Metadata', properties: [] }, true],
    ['code in another bucket is not', { properties: [{ ...code, after: { ...key('b'), S3Bucket: 'others' } }] }, false],
    ['code with another setting is not', { properties: [code, { path: 'Timeout', before: 3, after: 9, replaces: 'no' }] }, false],
    ['a hash that replaces the resource is not', { properties: [{ ...code, replaces: 'yes' }] }, false],
    ['a hash in what changes access is not', { access: true }, false],
    ['a new function is not', { action: 'create', properties: [] }, false],
    ['a change of no property is not', { properties: [] }, false],
    ['a secret that changes is not, though it looks the same', { properties: [{ ...code, before: '****', after: '****' }] }, false],
    ['code where there was none is not', { properties: [{ path: 'Code', after: key('b'), replaces: 'no' }] }, false],
  ])('%s', (_name, more, is) => expect(isHashOnly(change(more))).toBe(is));
});

describe('the names that a plan creates', () => {
  test('are those of new stacks, in order, as far as a name must be the only one', async () => {
    const users = { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolName: 'users' } };
    const facts = await gatherSample({
      Shop: { resources: { Users: users, Uploads: bucket('uploads'), Files: table('files'), Queue: queue() } },
    });
    expect(toCreatedNames(facts)).toEqual([
      { type: 'AWS::DynamoDB::Table', name: 'files' },
      { type: 'AWS::S3::Bucket', name: 'uploads' },
    ]);
  });

  test('are those that a live stack lacks', async () => {
    const facts = await gatherSample(changed({ Uploads: bucket('uploads-prod'), More: table('more') }), { before: live(shop) });
    expect(toCreatedNames(facts)).toEqual([{ type: 'AWS::DynamoDB::Table', name: 'more' }]);
  });

  test('are none for unchanged stacks', async () => expect(toCreatedNames(await gatherSample(shop, { before: live(shop) }))).toEqual([]));
});

describe('the digest of a plan', () => {
  const { Net = {}, Shop = {} } = shop;
  const { Uploads, Api, Queue } = Shop.resources ?? {};

  test.each<[string, Stacks, FactsOptions]>([
    ['the stacks come in another order', { Shop, Net }, {}],
    [
      'the resources come in another order',
      { Net, Shop: { ...Shop, resources: { Queue: queue(), Api: role(), Uploads: bucket('uploads-prod') } } },
      {},
    ],
    ['the assets come in another order', { Net, Shop: { ...Shop, assets: ['a1', 'b2'] } }, {}],
    ['it is later', shop, { before: ({ clock }) => void clock.sleep(60_000) }],
    ['another stack is live', shop, { before: live({ Other: {} }) }],
  ])('is the same when %s', async (_name, stacks, options) => expect(await digest(stacks, options)).toBe(await digest(shop)));

  test.each<[string, Stacks, FactsOptions]>([
    ['a resource is new', changed({ Uploads, Api, Queue, Other: queue() } as never), {}],
    ['a property of a resource of a new stack differs', changed({ Uploads, Api, Queue: queue(5) } as never), {}],
    ['an output of a new stack differs', { Net, Shop: { ...Shop, outputs: { Url: { Value: 'x' } } } }, {}],
    ['a prerequisite goes', { Net, Shop: { ...Shop, dependencies: [] } }, {}],
    ['an asset differs', { Net, Shop: { ...Shop, assets: ['a1', 'c3'] } }, {}],
    ['a tag differs', shop, { tags: { cost: '1' } }],
    ['it goes to another region', { Net, Shop: { ...Shop, region: 'eu-west-1' } }, {}],
    ['it is of another environment', shop, { environment: { name: 'staging' } }],
    ['a data resource is decided otherwise', shop, { decisions: [decision] }],
    ['the stacks are live already', shop, { before: live(shop) }],
    ['a stack less is chosen', shop, { only: ['Net'] }],
  ])('differs when %s', async (_name, stacks, options) => expect(await digest(stacks, options)).not.toBe(await digest(shop)));

  test.each<[string, Stacks, Stacks]>([
    [
      'what a property was before',
      changed({ Uploads, Api, Queue: queue(1) } as never),
      changed({ Uploads, Api, Queue: queue(2) } as never),
    ],
  ])('of an update tells %s', async (_name, one, two) => {
    expect(await digest(shop, { before: live(one) })).not.toBe(await digest(shop, { before: live(two) }));
  });

  test('of two updates that differ in outputs alone are two', async () => {
    const url = (Value: string): Stacks => ({ Net, Shop: { ...Shop, outputs: { Url: { Value } } } });
    expect(await digest(url('a'), { before: live(shop) })).not.toBe(await digest(url('b'), { before: live(shop) }));
  });

  test('is a SHA-256', async () => expect(await digest(shop)).toMatch(/^[0-9a-f]{64}$/));
});

describe('the published schema of a plan', () => {
  test('takes real plans, and what JSON makes of them', async () => {
    const after = changed({ Uploads: bucket('uploads-2'), Api: role({ Description: 'x' }) });
    for (const made of [await plan(shop, { decisions: [decision] }), await plan(after, { before: live(shop) }), await plan({ A: {} })]) {
      expect(planSchema.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
    }
  });

  test.each<[string, (made: Plan) => object]>([
    ['an unknown key', (made) => ({ ...made, time: 1 })],
    ['an unknown action', (made) => ({ ...made, stacks: made.stacks.map((s) => ({ ...s, action: 'destroy' })) })],
    ['another version', (made) => ({ ...made, schema: 2 })],
  ])('refuses %s', async (_name, spoil) => expect(planSchema.safeParse(spoil(await plan(shop))).success).toBe(false));
});

test.each<[string, boolean]>([
  ['AWS::IAM::Role', true],
  ['AWS::IAM::Policy', true],
  ['AWS::KMS::Key', true],
  ['AWS::EC2::SecurityGroup', true],
  ['AWS::EC2::SecurityGroupIngress', true],
  ['AWS::S3::BucketPolicy', true],
  ['AWS::SQS::QueuePolicy', true],
  ['AWS::SNS::TopicPolicy', true],
  ['AWS::Lambda::Permission', true],
  ['AWS::Lambda::Url', true],
  ['AWS::SecretsManager::ResourcePolicy', true],
  ['AWS::ECR::RepositoryPolicy', true],
  ['AWS::S3::Bucket', false],
  ['AWS::KMS::Alias', false],
  ['AWS::Lambda::Function', false],
])('%s decides who may do what: %s', (type, is) => expect(isAccess(type)).toBe(is));

describe('what may be a secret, and nobody says so', () => {
  const of = (value: string, more: SampleStack = {}): Stacks => ({
    Shop: {
      resources: { Api: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { DATABASE_URL: value } } } } },
      ...more,
    },
  });
  const [was, is, other] = ['postgres://u:hunter1@db', 'postgres://u:hunter2@db', 'postgres://u:hunter3@db'];

  test('stands in no plan, and changes it all the same', async () => {
    const made = await plan(of(is), { before: live(of(was)) });
    expect(JSON.stringify(made)).not.toContain('hunter');
    const [change] = made.stacks[0]?.resources[0]?.properties ?? [];
    expect([made.stacks[0]?.action, made.stacks[0]?.touched, change?.path]).toEqual(['update', true, 'Environment']);
    expect(change?.before).not.toEqual(change?.after);
    const others = await plan(of(other), { before: live(of(was)) });
    expect(toPlanDigest(others)).not.toBe(toPlanDigest(made));
    expect(toPlanDigest(await plan(of(is), { before: live(of(was)) }))).toBe(toPlanDigest(made));
  });

  test('stands in no plan as a tag or parameter either', async () => {
    const more = { more: { Parameters: { DbPassword: { Type: 'String' }, Size: { Type: 'String' } } } };
    const made = await plan(of('a', more), { parameters: { DbPassword: 'hunter2', Size: 'large' }, tags: { Db: is } });
    expect(JSON.stringify(made)).not.toContain('hunter');
    expect(made.stacks[0]?.parameters['Size']).toBe('large');
    const others = await plan(of('a', more), { parameters: { DbPassword: 'hunter3', Size: 'large' }, tags: { Db: is } });
    expect(toPlanDigest(others)).not.toBe(toPlanDigest(made));
  });
});

test('topics for the events of a stack alone make it one that is touched, and stand in its plan', async () => {
  const topics = (...names: string[]) => names.map((name) => `arn:aws:sns:us-west-2:111111111111:${name}`);
  const sample = (...names: string[]) => ({ Shop: { resources: { Queue: queue() }, properties: { notificationArns: topics(...names) } } });
  const facts = await gatherSample(sample('b', 'a'), { before: ({ aws }) => aws.put(readSampleStack(sample('a')['Shop'])) });
  expect(makePlan(facts).stacks).toMatchObject([{ action: 'update', touched: true, notificationArns: topics('a', 'b'), resources: [] }]);
  const same = await gatherSample(sample('b', 'a'), { before: ({ aws }) => aws.put(readSampleStack(sample('a', 'b')['Shop'])) });
  expect(makePlan(same).stacks).toMatchObject([{ action: 'unchanged', touched: false }]);
});
