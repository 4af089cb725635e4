import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import {
  ContinueUpdateRollbackCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { type Emulator, type Fault, startEmulator } from '../../emulator/emulator.ts';
import { createStacks, type EmulatedStacks, type Resource, toTemplate as template } from '../../emulator/stacks.ts';

// What tests can ask of the emulator: failures, delays, the calls that were made, and to be gone afterwards.
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

const queue = (name: string): Resource => ['AWS::SQS::Queue', { QueueName: name }];
const code = { ZipFile: 'exports.handler = async () => process.env.AWS_ENDPOINT_URL;' };
const lambda: Resource = [
  'AWS::Lambda::Function',
  { FunctionName: 'f', Runtime: 'nodejs20.x', Handler: 'index.handler', Role: `arn:aws:iam::${account}:role/r`, Code: code },
];

function isRunning(pid: string): boolean {
  try {
    execFileSync('kill', ['-0', pid], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

beforeAll(async () => {
  emulator = await startEmulator();
  stacks = createStacks(emulator, account);
});

afterAll(() => emulator.stop());

beforeEach(() => emulator.reset());

test('a second change set for a stack that was never created is of the same stack', async () => {
  const id = async () => (await stacks.client.send(new DescribeStacksCommand({ StackName: 's' }))).Stacks?.[0]?.StackId;
  const first = await stacks.changeSet('s', template({ Q: queue('q') }), { type: 'CREATE' });
  const before = await id();
  const second = await stacks.changeSet('s', template({ R: queue('r') }), { type: 'CREATE' });
  expect(await id()).toBe(before);
  for (const ChangeSetName of [first, second])
    expect(await stacks.client.send(new DescribeChangeSetCommand({ StackName: 's', ChangeSetName }))).toMatchObject({ StackId: before });
});

describe('a scripted fault', () => {
  test('of an update rolls back, and of the rollback leaves it to be continued', async () => {
    const pair = (delay: number) =>
      template({
        Q: ['AWS::SQS::Queue', { QueueName: 'q', DelaySeconds: delay }],
        R: ['AWS::SQS::Queue', { QueueName: 'r', DelaySeconds: delay }, { DependsOn: 'Q' }],
      });
    await stacks.deploy('s', pair(0));
    await emulator.setFaults([{ operation: 'update', type: 'AWS::SQS::Queue', logicalId: 'R', error: 'no', times: 2 }]);
    const rolledBack = await stacks.deploy('s', pair(1));
    expect([rolledBack.status, rolledBack.events]).toEqual(['UPDATE_ROLLBACK_COMPLETE', expect.arrayContaining(['R UPDATE_FAILED'])]);
    expect(await emulator.faults()).toMatchObject([{ times: 1 }]);
    await emulator.setFaults([...(await emulator.faults()), { operation: 'rollback', stack: 's', name: 'q', error: 'stuck' }]);
    expect((await stacks.deploy('s', pair(2))).status).toBe('UPDATE_ROLLBACK_FAILED');
    await stacks.client.send(new ContinueUpdateRollbackCommand({ StackName: 's' }));
    expect((await stacks.settled('s')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('of a rollback is listed among the resources, and deleted again with a stack that was never created', async () => {
    const pair = template({ Q: queue('q'), R: ['AWS::SQS::Queue', { QueueName: 'r' }, { DependsOn: 'Q' }] });
    const faults: Fault[] = [
      { operation: 'create', logicalId: 'R', error: 'no' },
      { operation: 'delete', logicalId: 'Q', error: 'stuck', times: 2 },
    ];
    await emulator.setFaults(faults);
    expect((await stacks.deploy('s', pair)).status).toBe('ROLLBACK_FAILED');
    const list = async () => (await stacks.client.send(new ListStackResourcesCommand({ StackName: 's' }))).StackResourceSummaries ?? [];
    expect((await list()).map((r) => `${r.LogicalResourceId} ${r.ResourceStatus}`)).toContain('Q DELETE_FAILED');
    expect((await stacks.remove('s')).status).toBe('DELETE_FAILED');
    expect((await stacks.remove('s')).status).toBe('DELETE_COMPLETE');
  });

  test('of every third call leaves the others alone, and one that drops breaks the connection off', async () => {
    const client = new SSMClient({ ...connection(), maxAttempts: 1 });
    const ask = () => outcome(client.send(new GetParameterCommand({ Name: 'p' })));
    await emulator.setFaults([{ call: '*', every: 3, code: 'ThrottlingException', times: -1 }]);
    const asked = [await ask(), await ask(), await ask(), await ask(), await ask(), await ask()];
    expect(asked.map((a) => a.startsWith('ThrottlingException'))).toEqual([false, false, true, false, false, true]);
    await emulator.setFaults([{ call: 'ssm:GetParameter', cut: true }]);
    expect(await ask()).not.toMatch(/ParameterNotFound/);
    expect(await ask()).toMatch(/ParameterNotFound/);
  });

  test('of a deletion is gone at the next try', async () => {
    await stacks.deploy('s', template({ Q: queue('q') }));
    await emulator.setFaults([{ operation: 'delete', logicalId: 'Q', error: 'no' }]);
    expect((await stacks.remove('s')).status).toBe('DELETE_FAILED');
    expect((await stacks.remove('s')).status).toBe('DELETE_COMPLETE');
  });

  test.each([
    ['cloudformation:DescribeStacks', () => stacks.client.send(new DescribeStacksCommand({}))],
    ['dynamodb:DescribeTable', () => new DynamoDBClient(connection()).send(new DescribeTableCommand({ TableName: 't' }))],
    ['s3:PutObject', () => new S3Client(connection()).send(new PutObjectCommand({ Bucket: 'b', Key: 't', Body: 'x' }))],
    ['lambda:GetFunction', () => new LambdaClient(connection()).send(new GetFunctionCommand({ FunctionName: 't' }))],
  ])('of %s is told in the words of that service', async (call, send) => {
    await emulator.setFaults([
      { call, status: 400, code: 'SomeProblem', message: 'as scripted' },
      { call, key: 'not-this', code: 'Other', times: -1 },
    ]);
    expect(await outcome(send())).toBe('SomeProblem: as scripted');
    expect(await emulator.faults()).toHaveLength(1);
    expect(await outcome(send())).not.toMatch(/SomeProblem|Other/);
  });

  test('that cannot be understood is refused', async () => {
    await expect(emulator.setFaults([{ operation: 'destroy' as 'delete' }])).rejects.toThrow(
      'operation is one of create, delete, rollback, update',
    );
  });
});

test('a web identity is refused a role that is not there, and recorded without an account', async () => {
  const request = { RoleArn: `arn:aws:iam::${account}:role/deploy`, RoleSessionName: 's', WebIdentityToken: 'token' };
  expect(await outcome(new STSClient(connection()).send(new AssumeRoleWithWebIdentityCommand(request)))).toBe(
    'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity',
  );
  expect(await emulator.calls()).toMatchObject([{ service: 'sts', operation: 'AssumeRoleWithWebIdentity', account: '' }]);
});

test('calls are recorded by service and operation, reads apart from writes', async () => {
  const ssm = new SSMClient(connection());
  await emulator.clearCalls();
  await new STSClient(connection()).send(new GetCallerIdentityCommand({}));
  await outcome(new S3Client(connection()).send(new HeadBucketCommand({ Bucket: 'b' })));
  await ssm.send(new PutParameterCommand({ Name: 'p', Value: 'v', Type: 'String' }));
  await ssm.send(new GetParameterCommand({ Name: 'p' }));
  await new ECRClient(connection('222222222222')).send(new CreateRepositoryCommand({ repositoryName: 'r' }));
  await outcome(new LambdaClient(connection()).send(new GetFunctionCommand({ FunctionName: 'f' })));
  await outcome(stacks.client.send(new DescribeChangeSetCommand({ StackName: 's', ChangeSetName: 'c' })));
  const calls = await emulator.calls();
  expect(calls.map((call) => `${call.service}:${call.operation}${call.write ? ' writes' : ''}`)).toEqual([
    'sts:GetCallerIdentity',
    's3:HeadBucket',
    'ssm:PutParameter writes',
    'ssm:GetParameter',
    'ecr:CreateRepository writes',
    'lambda:GetFunction',
    'cloudformation:DescribeChangeSet',
  ]);
  expect(calls[4]).toMatchObject({ account: '222222222222', region: 'us-west-2' });
});

test('a function runs, and reaches the emulator it runs in', async () => {
  await stacks.deploy('s', template({ F: lambda }));
  const { Payload } = await new LambdaClient(connection()).send(new InvokeCommand({ FunctionName: 'f' }));
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toBe(emulator.endpoint);
});

test('a stopped emulator leaves neither a process nor a file', async () => {
  const other = await startEmulator();
  const files = [other.env(account)['CDK_HOME'] ?? '', other.env(account)['AWS_CONFIG_FILE'] ?? ''];
  expect(files.map(existsSync)).toEqual([true, true]);
  await expect(startEmulator({ port: Number(new URL(other.endpoint).port) })).rejects.toThrow('Address already in use');
  await Promise.all([other.stop(), other.stop()]);
  expect(files.map(existsSync)).toEqual([false, false]);
  expect(isRunning(String(other.pid))).toBe(false);
});

test('an emulator whose parent dies dies with it', async () => {
  const module = join(import.meta.dirname, '../../emulator/emulator.ts');
  const script = `const { startEmulator } = await import(${JSON.stringify(module)}); console.log((await startEmulator()).pid); setInterval(() => {}, 1000);`;
  const environment = { ...process.env, NODE_OPTIONS: '' };
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: environment,
  });
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  expect(isRunning(line)).toBe(true);
  parent.kill('SIGKILL');
  const deadline = Date.now() + 5_000;
  while (isRunning(line) && Date.now() < deadline);
  expect(isRunning(line)).toBe(false);
});
