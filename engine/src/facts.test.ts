import { describe, expect, test } from '@jest/globals';
import { bucket, queue, readSampleStack, table, type SampleStack } from '../../test/fakes/assembly.ts';
import { gatherSample, judgeSample, type FactsOptions } from '../../test/fakes/facts.ts';
import type { FakeWorld } from '../../test/fakes/world.ts';
import type { Decision } from './decision.ts';

type Stacks = Readonly<Record<string, SampleStack>>;
const shop: Stacks = { Shop: { resources: { Uploads: bucket('uploads-prod'), Files: table('files-prod'), Queue: queue() } } };
const put =
  (stacks: Stacks, status = 'CREATE_COMPLETE') =>
  ({ aws }: FakeWorld) =>
    Object.entries(stacks).forEach(([id, s]) => aws.put(readSampleStack(s, id), { status }));
const reference: Decision = { id: 'u', type: 'AWS::S3::Bucket', stack: 'Shop', name: 'uploads', kind: 'reference' };
const importing = (name: string): SampleStack => ({
  resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { 'Fn::ImportValue': name } } } },
});

const calls = async (stacks: Stacks, options: FactsOptions = {}): Promise<readonly string[]> =>
  (await judgeSample(stacks, options)).made.aws.calls;
const stackCalls = (name: string, region = 'us-west-2') => [
  `${region} cloudformation:DescribeStacks ${name}`,
  `${region} cloudformation:GetTemplate ${name}`,
];
const boot = 'us-west-2 ssm:GetParameter /cdk-bootstrap/hnb659fds/version';
const look = (type: string, name: string) => `us-west-2 look:AWS::${type} ${name}`;
const owner = (name: string) => `us-west-2 cloudformation:DescribeStackResources ${name}`;
const read = (type: string, name: string) => `us-west-2 cloudformation:GetResource AWS::${type} ${name}`;
const listed = (name: string) => `us-west-2 cloudformation:ListStackResources ${name}`;

test.each<[string, Stacks, FactsOptions, string[]]>([
  [
    'a new stack takes two calls, one for the bootstrap, and one for each name that it takes',
    shop,
    {},
    [...stackCalls('Shop'), boot, look('S3::Bucket', 'uploads-prod'), look('DynamoDB::Table', 'files-prod')],
  ],
  ['an unchanged stack takes no call beside its own', shop, { before: put(shop) }, stackCalls('Shop')],
  [
    'a changed stack takes calls for the names that are new, for its policy, and for what it loses',
    { Shop: { resources: { Uploads: bucket('uploads-prod'), Files: table('files-2') } } },
    { before: put(shop) },
    [
      ...stackCalls('Shop'),
      boot,
      look('DynamoDB::Table', 'files-2'),
      listed('Shop'),
      'us-west-2 cloudformation:GetStackPolicy Shop',
      'us-west-2 cloudformation:GetResource AWS::DynamoDB::Table files-prod',
    ],
  ],
  [
    'a stack whose creation failed takes calls for all of its names, and one for what is left of it',
    { Shop: { resources: { Files: table('files') } } },
    { before: put({ Shop: { resources: { Files: table('files') } } }, 'ROLLBACK_COMPLETE') },
    [...stackCalls('Shop'), boot, look('DynamoDB::Table', 'files'), owner('files'), listed('Shop')],
  ],
  [
    'a name that exists takes one more for its owner, and one for the tags of what nobody owns',
    { Shop: { resources: { U: bucket('u-1') } } },
    { before: ({ aws }) => void aws.things.set('AWS::S3::Bucket u-1', { kind: 'present', active: true }) },
    [...stackCalls('Shop'), boot, look('S3::Bucket', 'u-1'), owner('u-1'), read('S3::Bucket', 'u-1')],
  ],
  [
    'a name of any other type takes one',
    { Shop: { resources: { A: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'a' } } } } },
    {},
    [...stackCalls('Shop'), boot, read('CloudWatch::Alarm', 'a')],
  ],
  [
    'a name that others may have takes none',
    { Shop: { resources: { A: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'a' } } } } },
    {},
    [...stackCalls('Shop'), boot],
  ],
  ['several stacks share one look at the bootstrap', { A: {}, B: {} }, {}, [...stackCalls('A'), ...stackCalls('B'), boot]],
  ['a stack without a bootstrap takes none for it', { A: { bootstrap: false } }, {}, stackCalls('A')],
  [
    'a bootstrap that is missing takes one more for the others',
    { A: {} },
    { before: ({ aws }) => aws.bootstraps.clear() },
    [...stackCalls('A'), boot, 'us-west-2 ssm:GetParametersByPath /cdk-bootstrap'],
  ],
  [
    'an import that no stack of the run provides takes one for all exports',
    { A: importing('x'), B: importing('y') },
    {},
    [...stackCalls('A'), ...stackCalls('B'), boot, 'us-west-2 cloudformation:ListExports *'],
  ],
  ['an import of an unchanged stack takes none', { A: importing('x') }, { before: put({ A: importing('x') }) }, stackCalls('A')],
  [
    'what is imported by reference is looked at',
    { A: {} },
    { decisions: [reference, { ...reference, kind: 'create', name: 'other' }] },
    [...stackCalls('A'), boot, look('S3::Bucket', 'uploads')],
  ],
  ['a stack of another account takes none at all', { A: { account: '222222222222' } }, {}, []],
  ['nothing is asked without a cloud', shop, { static: true, decisions: [reference] }, []],
])('%s', async (_name, stacks, options, wanted) => expect([...(await calls(stacks, options))].sort()).toEqual([...wanted].sort()));

test('stacks of another region are asked about there, through one connection', async () => {
  const { made } = await judgeSample(
    { A: { region: 'eu-west-1', bootstrap: false }, B: { region: 'eu-west-1', bootstrap: false } },
    { environment: { role: 'arn:aws:iam::111111111111:role/x' } },
  );
  expect([...made.aws.calls].sort()).toEqual(
    [...stackCalls('A', 'eu-west-1'), ...stackCalls('B', 'eu-west-1'), 'us-west-2 ec2:DescribeRegions *'].sort(),
  );
  expect(made.connections).toEqual([{ region: 'eu-west-1', role: 'arn:aws:iam::111111111111:role/x' }]);
});

describe('the facts of a stack', () => {
  test('have the tags of app and run, and of the parameters those that it declares', async () => {
    const { stacks } = await gatherSample(
      {
        Shop: {
          tags: { a: '1', b: '2' },
          parameters: { P: 'app', Q: 'app' },
          more: { Parameters: { P: { Type: 'String' }, Q: { Type: 'String' } } },
        },
      },
      { tags: { b: '3' }, parameters: { P: 'run', Elsewhere: 'x' } },
    );
    expect(stacks.map((s) => [s.tags, s.parameters])).toEqual([
      [
        { a: '1', b: '3' },
        { P: 'run', Q: 'app' },
      ],
    ]);
  });

  test('have no change and no live stack where nothing was asked', async () => {
    const { stacks, account, validation } = await gatherSample(shop, { static: true });
    expect(stacks.map((s) => [s.change, s.live, s.unread])).toEqual([[{ action: 'create', because: 'AWS was not asked' }, undefined, []]]);
    expect(account).toBeUndefined();
    expect(validation).toEqual({ kind: 'known', value: [] });
  });

  test('name what could not be read', async () => {
    const { stacks } = await gatherSample(shop, {
      before: ({ aws }) => void aws.denied.add('cloudformation:DescribeStacks').add('cloudformation:GetTemplate'),
    });
    expect(stacks[0]?.unread.map((u) => u.call)).toEqual(['cloudformation:DescribeStacks', 'cloudformation:GetTemplate']);
  });

  test('are validated only where the stack changes', async () => {
    expect((await gatherSample(shop, { before: put(shop) })).validation).toBeUndefined();
  });
});

test('an import is open where no stack of the run exports it in the same place', async () => {
  const exporter = (region?: string): SampleStack => ({
    ...(region ? { region } : {}),
    bootstrap: false,
    outputs: { X: { Value: 'x', Export: { Name: 'net' } } },
  });
  const { findings } = await judgeSample({
    Net: exporter('eu-west-1'),
    Shop: importing('net'),
    Web: { ...importing('net'), region: 'eu-west-1', bootstrap: false },
  });
  expect(findings.map((f) => [f.code, f.place.stack])).toEqual([['PF132', 'Shop']]);
});

describe('the parameters that the run does not give', () => {
  const name = { 'Fn::Sub': 'shop-${Stage}' };
  const sample = (Default: string): SampleStack => ({
    resources: { Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: name } } },
    more: {
      Parameters: {
        Stage: { Type: 'String', Default },
        BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
      },
    },
  });
  const named = async (status: string, options: FactsOptions = {}) => {
    const { stacks } = await gatherSample({ Shop: sample('new') }, { ...options, before: put({ Shop: sample('old') }, status) });
    return [stacks[0]?.change.action, stacks[0]?.named.map((n) => n.name)];
  };

  test.each(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'REVIEW_IN_PROGRESS'])(
    'are the defaults where a creation ended in %s: nothing keeps what the dead stack had',
    async (status) => expect(await named(status)).toEqual(['recover', ['shop-new']]),
  );

  test('are the defaults where the stack was deleted', async () =>
    expect(await named('DELETE_COMPLETE')).toEqual(['create', ['shop-new']]));

  test('keep the values of a stack that is there', async () => expect(await named('UPDATE_COMPLETE')).toEqual(['update', ['shop-old']]));

  test('are those of the stack, too, where a failed creation is gone on with', async () =>
    expect(await named('CREATE_FAILED', { recovery: { isOn: true, goesOn: true, skip: {} } })).toEqual(['update', ['shop-old']]));
});

describe('a parameter that stands for a value of SSM', () => {
  const user: SampleStack = {
    resources: { Queue: queue() },
    more: { Parameters: { Url: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/url' } } },
  };
  const maker = (Value: string): SampleStack => ({
    resources: { Url: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/url', Type: 'String', Value } } },
  });
  const actions = async (stacks: Stacks, now: string | undefined, there: Stacks = {}) => {
    const before = ({ aws }: FakeWorld) => {
      Object.entries({ App: user, ...there }).forEach(([id, s]) => aws.put(readSampleStack(s, id), { resolved: { Url: 'v1' } }));
      aws.answers.set('parameter {"name":"/url"}', now === undefined ? undefined : { type: 'String', value: now });
    };
    return Object.fromEntries((await gatherSample(stacks, { before })).stacks.map((s) => [s.stack.name, s.change.action]));
  };

  test('leaves a stack unchanged as long as SSM has what it came to', async () => {
    expect(await actions({ App: user }, 'v1')).toEqual({ App: 'unchanged' });
    expect(await actions({ App: user }, 'v2')).toEqual({ App: 'update' });
    expect(await actions({ App: user }, undefined)).toEqual({ App: 'update' });
  });

  test('may change with the stack of the run that makes it, and with one that comes before', async () => {
    expect(await actions({ App: user, Net: maker('v2') }, 'v1', { Net: maker('v1') })).toEqual({ App: 'update', Net: 'update' });
    expect(await actions({ App: user, Net: maker('v1') }, 'v1', { Net: maker('v1') })).toEqual({ App: 'unchanged', Net: 'unchanged' });
    const after = { ...user, dependencies: ['Net'] };
    expect(await actions({ App: after, Net: { resources: { Queue: queue(5) } } }, 'v1')).toEqual({ App: 'update', Net: 'create' });
    expect(await actions({ App: user, Net: { resources: { Queue: queue(5) } } }, 'v1')).toEqual({ App: 'unchanged', Net: 'create' });
  });
});
