import {
  type Capability,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListStackResourcesCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { type Emulator, startEmulator } from '../../emulator/emulator.ts';
import { createStacks, type EmulatedStacks, type Resource, toTemplate as template } from '../../emulator/stacks.ts';

const account = '111111111111';
let emulator: Emulator;
let stacks: EmulatedStacks;

function connection(of = account) {
  return { endpoint: emulator.endpoint, region: 'us-west-2', credentials: { accessKeyId: of, secretAccessKey: 'test' } };
}

/** Gives `ok`, or `Code: message` of the error. */
const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: Error) => `${error.name}: ${error.message}`,
  );

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const hashKey = (name: string) => ({
  AttributeDefinitions: [{ AttributeName: name, AttributeType: 'S' }],
  KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
});
const table = (name: string, key = 'id'): Resource => ['AWS::DynamoDB::Table', { TableName: name, ...hashKey(key) }];
const queue = (name: string): Resource => ['AWS::SQS::Queue', { QueueName: name }];
const bucket = (name: string, properties: object = {}): Resource => ['AWS::S3::Bucket', { BucketName: name, ...properties }];
const code = { ZipFile: 'exports.handler = async () => process.env.AWS_ENDPOINT_URL;' };
const lambda = (name: string): Resource => [
  'AWS::Lambda::Function',
  { FunctionName: name, Runtime: 'nodejs20.x', Handler: 'index.handler', Role: `arn:aws:iam::${account}:role/r`, Code: code },
];

beforeAll(async () => {
  emulator = await startEmulator();
  stacks = createStacks(emulator, account);
});

afterAll(() => emulator.stop());

beforeEach(() => emulator.reset());

describe('a nested stack', () => {
  const inner = template({ Deep: queue('deep') });
  const outer = () => template({ Inner: ['AWS::CloudFormation::Stack', { TemplateURL: `${emulator.endpoint}/templates/inner.json` }] });
  const failed = async () =>
    (await stacks.client.send(new DescribeStackEventsCommand({ StackName: 'outer' }))).StackEvents?.find(
      (e) => e.LogicalResourceId === 'Inner' && e.ResourceStatus === 'CREATE_FAILED',
    );
  beforeEach(async () => {
    const s3 = new S3Client({ ...connection(), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'templates', CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } }));
    await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'inner.json', Body: inner }));
  });

  test('that fails is named by its ARN and says only that; what failed is told by its own events', async () => {
    await emulator.setFaults([{ operation: 'create', logicalId: 'Deep', error: 'no capacity' }]);
    expect((await stacks.deploy('outer', outer())).status).toBe('ROLLBACK_COMPLETE');
    const { PhysicalResourceId: id = '', ResourceStatusReason: reason } = (await failed()) ?? {};
    expect(id).toMatch(/^arn:aws:cloudformation:us-west-2:111111111111:stack\/outer-Inner-/);
    expect(reason).toBe(`Embedded stack ${id} was not successfully created: The following resource(s) failed to create: [Deep]. `);
    const { StackEvents = [] } = await stacks.client.send(new DescribeStackEventsCommand({ StackName: id }));
    expect(StackEvents.map((e) => `${e.LogicalResourceId} ${e.ResourceStatus} ${e.ResourceStatusReason}`)).toContain(
      'Deep CREATE_FAILED no capacity',
    );
  });

  test('that does not fail has no such event', async () => {
    expect((await stacks.deploy('outer', outer())).status).toBe('CREATE_COMPLETE');
    expect(await failed()).toBeUndefined();
  });
});

describe('a name that is taken', () => {
  const named: Record<string, Resource> = {
    'a bucket': bucket('taken'),
    'a table': table('taken'),
    'a repository': ['AWS::ECR::Repository', { RepositoryName: 'taken' }],
    'a role': ['AWS::IAM::Role', { RoleName: 'taken', AssumeRolePolicyDocument: trust }],
    'a function': lambda('taken'),
    'a log group': ['AWS::Logs::LogGroup', { LogGroupName: 'taken' }],
    'a queue': queue('taken'),
    'a topic': ['AWS::SNS::Topic', { TopicName: 'taken' }],
    'a parameter': ['AWS::SSM::Parameter', { Name: 'taken', Type: 'String', Value: 'v' }],
    'a secret': ['AWS::SecretsManager::Secret', { Name: 'taken' }],
    'a rule': ['AWS::Events::Rule', { Name: 'taken', ScheduleExpression: 'rate(1 hour)' }],
    'an alarm': [
      'AWS::CloudWatch::Alarm',
      {
        AlarmName: 'taken',
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        MetricName: 'm',
        Namespace: 'n',
        Threshold: 1,
      },
    ],
    'a state machine': [
      'AWS::StepFunctions::StateMachine',
      {
        StateMachineName: 'taken',
        RoleArn: `arn:aws:iam::${account}:role/r`,
        DefinitionString: '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}',
      },
    ],
  };

  test.each(Object.entries(named))("refuses %s of another stack, and is free again when that stack's is gone", async (_, resource) => {
    expect((await stacks.deploy('first', template({ R: resource }))).status).toBe('CREATE_COMPLETE');
    const second = await stacks.deploy('second', template({ R: resource }));
    expect(second.status).toBe('ROLLBACK_COMPLETE');
    expect(second.reasons).toMatch(
      /Resource handler returned message: "Resource of type '\S+' with identifier '\S+' already exists\." \(RequestToken: \S+, HandlerErrorCode: AlreadyExists\)/,
    );
    await stacks.remove('second');
    expect((await stacks.remove('first')).status).toBe('DELETE_COMPLETE');
    expect((await stacks.deploy('second', template({ R: resource }))).status).toBe('CREATE_COMPLETE');
  });

  test('refuses what no stack owns, and a new name of an update', async () => {
    await new DynamoDBClient(connection()).send(
      new CreateTableCommand({ TableName: 'alone', ...hashKey('id') } as ConstructorParameters<typeof CreateTableCommand>[0]),
    );
    expect((await stacks.deploy('first', template({ R: table('alone') }))).reasons).toContain(
      "'AWS::DynamoDB::Table' with identifier 'alone' already exists",
    );
    await stacks.deploy('second', template({ R: table('mine') }));
    const renamed = await stacks.deploy('second', template({ R: table('alone') }));
    expect([renamed.status, renamed.reasons]).toEqual([
      'UPDATE_ROLLBACK_COMPLETE',
      expect.stringContaining("identifier 'alone' already exists"),
    ]);
    expect((await stacks.deploy('second', template({ R: table('free') }))).status).toBe('UPDATE_COMPLETE');
  });

  test("refuses another account's bucket, but no other account's table", async () => {
    await new S3Client(connection('222222222222')).send(new CreateBucketCommand({ Bucket: 'theirs' }));
    expect((await stacks.deploy('first', template({ R: bucket('theirs') }))).reasons).toMatch(
      /bucket name is not available.*AlreadyExists/,
    );
    await new DynamoDBClient(connection('222222222222')).send(
      new CreateTableCommand({ TableName: 'theirs', ...hashKey('id') } as ConstructorParameters<typeof CreateTableCommand>[0]),
    );
    expect((await stacks.deploy('second', template({ R: table('theirs') }))).status).toBe('CREATE_COMPLETE');
  });
});

describe('an export', () => {
  const exporting = (value: string, name = 'shared') => template({ Q: queue('q') }, { [name]: value });
  const importing = (name = 'shared') =>
    template({ P: ['AWS::SSM::Parameter', { Name: 'imported', Type: 'String', Value: { 'Fn::ImportValue': name } }] });

  test('has one stack', async () => {
    await stacks.deploy('a', exporting('1'));
    const b = await stacks.deploy('b', template({ Q: queue('other') }, { shared: '2' }));
    expect([b.status, b.reasons]).toEqual([
      'ROLLBACK_COMPLETE',
      expect.stringContaining('Export with name shared is already exported by stack a'),
    ]);
    expect((await stacks.deploy('c', template({ Q: queue('other') }, { mine: '2' }))).status).toBe('CREATE_COMPLETE');
  });

  test('can be neither removed nor changed nor deleted while it is imported, and can afterwards', async () => {
    await stacks.deploy('a', exporting('1'));
    expect((await stacks.deploy('b', importing())).status).toBe('CREATE_COMPLETE');
    const changed = await stacks.deploy('a', exporting('2'));
    expect([changed.status, changed.reasons]).toEqual([
      'UPDATE_ROLLBACK_COMPLETE',
      expect.stringContaining('Export shared cannot be updated as it is in use by b'),
    ]);
    expect((await stacks.deploy('a', template({ Q: queue('q') }, { another: '1' }))).reasons).toContain(
      'Export shared cannot be deleted as it is in use by b',
    );
    const deleted = await stacks.remove('a');
    expect([deleted.status, deleted.reasons.split('\n')[0]]).toEqual([
      'UPDATE_ROLLBACK_COMPLETE',
      'Export shared cannot be deleted as it is in use by b',
    ]);
    await stacks.remove('b');
    expect((await stacks.deploy('a', exporting('2', 'another'))).status).toBe('UPDATE_COMPLETE');
    expect((await stacks.remove('a')).status).toBe('DELETE_COMPLETE');
  });

  test('must be there to be imported', async () => {
    const missing = await stacks.deploy('b', importing());
    expect([missing.status, missing.reasons]).toEqual(['ROLLBACK_COMPLETE', expect.stringContaining('No export named shared found')]);
    expect(missing.events).not.toContain('P CREATE_IN_PROGRESS');
  });
});

test('a bucket that holds something cannot be deleted, and an emptied one can', async () => {
  const s3 = new S3Client(connection());
  await stacks.deploy('s', template({ B: bucket('filled') }));
  await s3.send(new PutObjectCommand({ Bucket: 'filled', Key: 'k', Body: 'x' }));
  const failed = await stacks.remove('s');
  expect([failed.status, failed.reasons]).toEqual([
    'DELETE_FAILED',
    expect.stringContaining('The bucket you tried to delete is not empty'),
  ]);
  await s3.send(new DeleteObjectCommand({ Bucket: 'filled', Key: 'k' }));
  expect((await stacks.remove('s')).status).toBe('DELETE_COMPLETE');
});

test('a repository that holds images cannot be deleted unless it is to be emptied', async () => {
  const repository = (name: string, EmptyOnDelete: boolean): Resource => ['AWS::ECR::Repository', { RepositoryName: name, EmptyOnDelete }];
  await stacks.deploy('s', template({ R: repository('kept', false) }));
  await stacks.deploy('t', template({ R: repository('emptied', true) }));
  for (const repositoryName of ['kept', 'emptied'])
    await new ECRClient(connection()).send(new PutImageCommand({ repositoryName, imageManifest: '{}', imageTag: 't' }));
  const failed = await stacks.remove('s');
  expect([failed.status, failed.reasons]).toEqual([
    'DELETE_FAILED',
    expect.stringContaining('cannot be deleted because it still contains images'),
  ]);
  expect((await stacks.remove('t')).status).toBe('DELETE_COMPLETE');
});

test.each<[string, Capability[], string]>([
  ['CAPABILITY_NAMED_IAM', [], 'InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_NAMED_IAM]'],
  ['CAPABILITY_NAMED_IAM', ['CAPABILITY_IAM'], 'InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_NAMED_IAM]'],
  ['CAPABILITY_NAMED_IAM', ['CAPABILITY_NAMED_IAM'], 'ok'],
  ['CAPABILITY_IAM', [], 'InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]'],
  ['CAPABILITY_IAM', ['CAPABILITY_IAM'], 'ok'],
])('a template that needs %s, given %j, is answered with %s', async (needed, given, expected) => {
  const role: Resource = [
    'AWS::IAM::Role',
    { ...(needed === 'CAPABILITY_NAMED_IAM' ? { RoleName: 'r' } : {}), AssumeRolePolicyDocument: trust },
  ];
  expect(await outcome(stacks.changeSet('s', template({ R: role }), { capabilities: given }))).toBe(expected);
});

describe('the state of a stack', () => {
  test('ROLLBACK_COMPLETE allows nothing but deletion', async () => {
    await emulator.setFaults([{ operation: 'create', logicalId: 'Q', error: 'no' }]);
    expect((await stacks.deploy('s', template({ Q: queue('q') }))).status).toBe('ROLLBACK_COMPLETE');
    expect(await outcome(stacks.changeSet('s', template({ Q: queue('q') }), { type: 'UPDATE' }))).toMatch(
      /^ValidationError: Stack:arn:aws:cloudformation:us-west-2:111111111111:stack\/s\/\S+ is in ROLLBACK_COMPLETE state and can not be updated\.$/,
    );
    expect(await outcome(stacks.changeSet('s', template({ Q: queue('q') }), { type: 'CREATE' }))).toMatch(
      /^AlreadyExistsException: Stack \[s\] already exists/,
    );
    expect((await stacks.remove('s')).status).toBe('DELETE_COMPLETE');
    expect((await stacks.deploy('s', template({ Q: queue('q') }))).status).toBe('CREATE_COMPLETE');
  });

  test('IN_PROGRESS allows no other operation, and a slow stack holds up no other', async () => {
    await stacks.deploy('slow', template({ Q: queue('q') }));
    await emulator.setFaults([{ operation: 'create', logicalId: 'R', delayMs: 400 }]);
    const ChangeSetName = await stacks.changeSet('slow', template({ Q: queue('q'), R: queue('r') }), { type: 'UPDATE' });
    await stacks.client.send(new ExecuteChangeSetCommand({ StackName: 'slow', ChangeSetName }));
    expect(await outcome(stacks.changeSet('slow', template({ Q: queue('q') }), { type: 'UPDATE' }))).toContain(
      'is in UPDATE_IN_PROGRESS state and can not be updated.',
    );
    expect(await outcome(stacks.client.send(new DeleteStackCommand({ StackName: 'slow' })))).toContain(
      'cannot be deleted while in status UPDATE_IN_PROGRESS',
    );
    expect((await stacks.deploy('quick', template({ Q: queue('quick') }))).status).toBe('CREATE_COMPLETE');
    expect(await stacks.status('slow')).toBe('UPDATE_IN_PROGRESS');
    expect((await stacks.settled('slow')).status).toBe('UPDATE_COMPLETE');
  });

  test('UPDATE_FAILED goes on only without rollback', async () => {
    await stacks.deploy('s', template({ Q: queue('q') }));
    await emulator.setFaults([{ operation: 'create', logicalId: 'R', error: 'no' }]);
    const next = template({ Q: queue('q'), R: queue('r') });
    const execute = async (DisableRollback: boolean) =>
      stacks.client.send(
        new ExecuteChangeSetCommand({
          StackName: 's',
          ChangeSetName: await stacks.changeSet('s', next, { type: 'UPDATE' }),
          DisableRollback,
        }),
      );
    await execute(true);
    expect((await stacks.settled('s')).status).toBe('UPDATE_FAILED');
    expect(await outcome(execute(false))).toContain('non-terminal [UPDATE_FAILED] state');
    await execute(true);
    expect((await stacks.settled('s')).status).toBe('UPDATE_COMPLETE');
  });

  test('a stack that is gone tells by its ARN what became of its resources, and by its name nothing', async () => {
    const retained = { DeletionPolicy: 'Retain' };
    await stacks.deploy('leaving', template({ Going: queue('leaving-going'), Staying: ['AWS::SQS::Queue', {}, retained] }));
    const { Stacks: [stack] = [] } = await stacks.client.send(new DescribeStacksCommand({ StackName: 'leaving' }));
    const list = (StackName = '') => stacks.client.send(new ListStackResourcesCommand({ StackName }));
    const before = await list('leaving');
    expect(before.StackResourceSummaries?.map((r) => r.ResourceStatus)).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
    await stacks.remove('leaving');
    const after = await list(stack?.StackId);
    expect(after.StackResourceSummaries?.map((r) => `${r.LogicalResourceId} ${r.ResourceStatus}`).sort()).toEqual([
      'Going DELETE_COMPLETE',
      'Staying DELETE_SKIPPED',
    ]);
    expect(after.StackResourceSummaries?.map((r) => r.PhysicalResourceId).sort()).toEqual(
      before.StackResourceSummaries?.map((r) => r.PhysicalResourceId).sort(),
    );
    expect((await list('leaving')).StackResourceSummaries ?? []).toEqual([]);
    await stacks.deploy('leaving', template({ New: queue('leaving-new') }));
    expect((await list('leaving')).StackResourceSummaries?.map((r) => r.LogicalResourceId)).toEqual(['New']);
  });

  test('a protected stack is not deleted until it is unprotected', async () => {
    await stacks.deploy('s', template({ Q: queue('q') }));
    const protect = (on: boolean) =>
      stacks.client.send(new UpdateTerminationProtectionCommand({ StackName: 's', EnableTerminationProtection: on }));
    await protect(true);
    expect(await outcome(stacks.remove('s'))).toMatch(
      /^ValidationError: Stack \[\S+\] cannot be deleted while TerminationProtection is enabled$/,
    );
    await protect(false);
    expect((await stacks.remove('s')).status).toBe('DELETE_COMPLETE');
  });
});

test.each<[string, Resource, Resource, Resource]>([
  ['table with another key', table('t'), table('t', 'other'), table('u', 'other')],
  [
    'role with another path',
    ['AWS::IAM::Role', { RoleName: 'r', AssumeRolePolicyDocument: trust }],
    ['AWS::IAM::Role', { RoleName: 'r', Path: '/p/', AssumeRolePolicyDocument: trust }],
    ['AWS::IAM::Role', { RoleName: 's', Path: '/p/', AssumeRolePolicyDocument: trust }],
  ],
  [
    'repository with other encryption',
    ['AWS::ECR::Repository', { RepositoryName: 'r' }],
    ['AWS::ECR::Repository', { RepositoryName: 'r', EncryptionConfiguration: { EncryptionType: 'KMS' } }],
    ['AWS::ECR::Repository', { RepositoryName: 's', EncryptionConfiguration: { EncryptionType: 'KMS' } }],
  ],
])('a %s must have another name too', async (_, before, same, renamed) => {
  await stacks.deploy('s', template({ R: before }));
  const refused = await stacks.deploy('s', template({ R: same }));
  expect([refused.status, refused.reasons]).toEqual([
    'UPDATE_ROLLBACK_COMPLETE',
    expect.stringMatching(
      /CloudFormation cannot update a stack when a custom-named resource requires replacing\. Rename \S+ and update the stack again\./,
    ),
  ]);
  expect((await stacks.deploy('s', template({ R: renamed }))).status).toBe('UPDATE_COMPLETE');
});

test.each([
  ['Retain', true],
  ['RetainExceptOnCreate', false],
  ['Delete', false],
] as const)('what a rolled back operation created with the policy %s stays: %s', async (DeletionPolicy, stays) => {
  const held = (name: string): Resource => {
    const [type, properties] = table(name);
    return [type, properties, { DeletionPolicy, UpdateReplacePolicy: 'Retain' }];
  };
  const broken = { Q: ['AWS::SQS::Queue', { QueueName: 'q' }, { DependsOn: 'T' }] } as const;
  const tables = async () => (await new DynamoDBClient(connection()).send(new ListTablesCommand({}))).TableNames;
  await emulator.setFaults([{ operation: 'create', logicalId: 'Q', error: 'no', times: 2 }]);
  const created = await stacks.deploy('s', template({ T: held('first'), ...broken }));
  expect([created.status, created.events]).toEqual([
    'ROLLBACK_COMPLETE',
    expect.arrayContaining([stays ? 'T DELETE_SKIPPED' : 'T DELETE_COMPLETE']),
  ]);
  expect(await tables()).toEqual(stays ? ['first'] : []);
  await stacks.deploy('u', template({ R: queue('r') }));
  const updated = await stacks.deploy('u', template({ R: queue('r'), T: held('second'), ...broken }));
  expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await tables()).toEqual(stays ? ['first', 'second'] : []);
});

test.each<[string, Resource]>([
  ['table', ['AWS::DynamoDB::Table', { ...hashKey('id'), DeletionProtectionEnabled: true }]],
  ['user pool', ['AWS::Cognito::UserPool', { DeletionProtection: 'ACTIVE' }]],
])('a %s that is protected against deletion makes a rollback fail unless it is retained', async (_, [type, properties]) => {
  const withPolicy = (DeletionPolicy: string) =>
    template({ P: [type, properties, { DeletionPolicy }], Q: ['AWS::SQS::Queue', {}, { DependsOn: 'P' }] });
  await emulator.setFaults([{ operation: 'create', logicalId: 'Q', error: 'no', times: 2 }]);
  const failed = await stacks.deploy('s', withPolicy('RetainExceptOnCreate'));
  expect([failed.status, failed.reasons]).toEqual(['ROLLBACK_FAILED', expect.stringMatching(/[Dd]eletion protection/)]);
  expect((await stacks.deploy('t', withPolicy('Retain'))).status).toBe('ROLLBACK_COMPLETE');
});

test.each(['Retain', 'RetainExceptOnCreate'])('what was created with the policy %s stays when its stack goes', async (DeletionPolicy) => {
  const [type, properties] = bucket('kept');
  await stacks.deploy('s', template({ B: [type, properties, { DeletionPolicy }] }));
  expect((await stacks.remove('s')).events).toContain('B DELETE_SKIPPED');
  expect(await outcome(new S3Client(connection()).send(new HeadBucketCommand({ Bucket: 'kept' })))).toBe('ok');
});

test('a bucket with another name is replaced, and tells its owner by its tags', async () => {
  const s3 = new S3Client(connection());
  await stacks.deploy('s', template({ B: bucket('before') }));
  expect((await stacks.deploy('s', template({ B: bucket('after', { Tags: [{ Key: 'k', Value: 'v' }] }) }))).status).toBe('UPDATE_COMPLETE');
  expect(await outcome(s3.send(new HeadBucketCommand({ Bucket: 'before' })))).toContain('NotFound');
  const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket: 'after' }));
  expect(Object.fromEntries(TagSet.map(({ Key, Value }) => [Key, Value]))).toMatchObject({
    k: 'v',
    'aws:cloudformation:stack-name': 's',
    'aws:cloudformation:logical-id': 'B',
  });
});

test('a role can be assumed only where it is', async () => {
  await new IAMClient(connection('222222222222')).send(
    new CreateRoleCommand({ RoleName: 'deploy', AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const assume = (of: string) =>
    new STSClient(connection()).send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${of}:role/deploy`, RoleSessionName: 's' }));
  expect(await outcome(assume('222222222222'))).toBe('ok');
  expect(await outcome(assume(account))).toMatch(
    /^AccessDenied: User: \S+ is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111111111111:role\/deploy$/,
  );
});
