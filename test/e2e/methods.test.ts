import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { bucket, queue, toAssemblyFiles, type SampleStack } from '../fakes/assembly.ts';
import { account, createStage, region, type Stage } from './stage.ts';

/* How stacks are deployed: by change set, express, directly; and data that exists is taken in as it is. */

let stage: Stage;
let at: { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
beforeAll(async () => {
  stage = await createStage({});
  at = { region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' } };
});
afterAll(() => stage?.end());

function write(name: string, stacks: Readonly<Record<string, SampleStack>>): Record<string, string> {
  for (const [path, text] of Object.entries(toAssemblyFiles(name, stacks))) stage.workspace.write(path, text);
  return { 'cdk-out': name, environment: 'staging' };
}

const calledOn = async (service: string) =>
  (await stage.emulator.calls()).filter((c) => c.service === service && c.write).map((c) => c.operation);

describe('data that exists and belongs to no stack', () => {
  const kept = { DeletionPolicy: 'Retain' } as const;
  const index = {
    TableName: 'Index-staging',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
    BillingMode: 'PAY_PER_REQUEST' as const,
  };
  const stacks = {
    Files: {
      resources: {
        Uploads: { ...bucket('uploads-staging'), ...kept },
        Index: { Type: 'AWS::DynamoDB::Table', Properties: index, ...kept },
        Work: queue(),
      },
    },
  };
  const s3 = () => new S3Client({ ...at, forcePathStyle: true });
  const tables = () => new DynamoDBClient(at);

  /** Everything that may not change: objects with their versions and texts, items, and when both were made. */
  const readData = async (): Promise<unknown> => {
    const Bucket = 'uploads-staging';
    const versions = await s3().send(new ListObjectVersionsCommand({ Bucket }));
    const object = await s3().send(new GetObjectCommand({ Bucket, Key: 'a.txt' }));
    const made = (await s3().send(new ListBucketsCommand({}))).Buckets?.find((b) => b.Name === Bucket)?.CreationDate;
    const { Table } = await tables().send(new DescribeTableCommand({ TableName: 'Index-staging' }));
    const items = await tables().send(new ScanCommand({ TableName: 'Index-staging' }));
    return {
      made,
      objects: versions.Versions?.map((v) => [v.Key, v.VersionId, v.ETag, v.LastModified]),
      text: await object.Body?.transformToString(),
      table: [Table?.TableId, Table?.CreationDateTime, Table?.TableStatus],
      items: items.Items,
    };
  };

  let before: unknown;
  beforeAll(async () => {
    await s3().send(new CreateBucketCommand({ Bucket: 'uploads-staging', CreateBucketConfiguration: { LocationConstraint: region } }));
    await s3().send(new PutObjectCommand({ Bucket: 'uploads-staging', Key: 'a.txt', Body: 'kept' }));
    await tables().send(new CreateTableCommand(index));
    await tables().send(new PutItemCommand({ TableName: 'Index-staging', Item: { id: { S: '1' }, text: { S: 'kept' } } }));
    before = await readData();
  });

  test('blocks a deployment that does not say what to do with it', async () => {
    await stage.emulator.clearCalls();
    const { outputs, log } = await stage.run('preflight', write('files', stacks));
    expect(outputs).toMatchObject({ verdict: 'blocked', errors: '2' });
    expect(log).toContain('PF120');
    expect(await stage.writes()).toEqual([]);
  });

  test('is what preflight says would be adopted, and nothing is written to find that out', async () => {
    await stage.emulator.clearCalls();
    const { outputs, log, summary } = await stage.run('preflight', { ...write('files', stacks), existing: 'adopt' });
    expect({ outputs, log }).toMatchObject({ outputs: { verdict: 'ready', errors: '0' } });
    expect(log).toContain('✅ Adopting existing S3 bucket: uploads-staging');
    expect(log).toContain('📊 Resource mix: 0 imported, 2 adopted, 0 created');
    expect(summary).toContain('PF311');
    expect(await stage.writes()).toEqual([]);
  });

  test('cannot be adopted as what its stack would delete', async () => {
    const { outputs, log } = await stage.run('preflight', {
      ...write('loose', { Loose: { resources: { Uploads: bucket('uploads-staging') } } }),
      existing: 'adopt',
    });
    expect(outputs).toMatchObject({ verdict: 'blocked', errors: '1' });
    expect(log).toMatch(/PF310 .*DeletionPolicy is Delete/s);
  });

  test('is in the stack after a deployment that adopts it, with the same data and the same creation date', async () => {
    const { outputs, log } = await stage.run('deploy', { ...write('files', stacks), existing: 'adopt' });
    expect({ outputs, log }).toMatchObject({ outputs: { verdict: 'deployed', errors: '0' } });
    const { StackResources = [] } = await new CloudFormationClient(at).send(new DescribeStackResourcesCommand({ StackName: 'Files' }));
    expect(Object.fromEntries(StackResources.map((r) => [r.LogicalResourceId, r.PhysicalResourceId]))).toMatchObject({
      Index: 'Index-staging',
      Uploads: 'uploads-staging',
    });
    expect(await readData()).toEqual(before);
  });

  test('belongs to its stack from then on: the same deployment again changes nothing', async () => {
    for (const existing of ['adopt', 'fail'])
      expect((await stage.run('deploy', { ...write('files', stacks), existing })).outputs).toMatchObject({ verdict: 'unchanged' });
    expect(await readData()).toEqual(before);
  });

  test('is adopted by a bundled system, too: decided before synth, managed from the next deployment on', async () => {
    const Bucket = 'spaceport-uploads-staging';
    await s3().send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
    await s3().send(new PutObjectCommand({ Bucket, Key: 'a.txt', Body: 'kept' }));
    const inputs = { system: 'spaceport', environment: 'staging', stacks: 'SpaceportStagingStack' };
    const first = await stage.run('deploy', { ...inputs, existing: 'adopt' });
    expect({ outputs: first.outputs, log: first.log }).toMatchObject({ outputs: { verdict: 'deployed', errors: '0' } });
    expect(first.log).toContain(`✅ Adopting existing S3 bucket: ${Bucket}`);
    const again = await stage.run('deploy', inputs);
    expect(again.outputs).toMatchObject({ verdict: 'unchanged' });
    expect(again.log).toContain(`✅ Managing existing S3 bucket: ${Bucket}`);
    expect(await (await s3().send(new GetObjectCommand({ Bucket, Key: 'a.txt' }))).Body?.transformToString()).toBe('kept');
  });

  test('is not adopted without a change set', async () => {
    const { outputs } = await stage.run('deploy', { ...write('files', stacks), existing: 'adopt', method: 'direct' });
    expect(outputs).toMatchObject({ verdict: 'failed', 'failure-reason': 'input' });
  });
});

describe('a method', () => {
  const one = (name: string, delay: number) => write(name, { [name]: { resources: { Queue: queue(delay) } } });
  const change = async (name: string, method: string) => {
    const created = await stage.run('deploy', { ...one(name, 0), method });
    await stage.emulator.clearCalls();
    const updated = await stage.run('deploy', { ...one(name, 5), method });
    const calls = await calledOn('cloudformation');
    const again = await stage.run('deploy', { ...one(name, 5), method });
    return { verdicts: [created, updated, again].map((r) => r.outputs['verdict']), calls };
  };

  test('direct creates and updates without a change set', async () => {
    const { verdicts, calls } = await change('Direct', 'direct');
    expect(verdicts).toEqual(['deployed', 'deployed', 'unchanged']);
    expect(calls).toContain('UpdateStack');
    expect(calls).not.toContain('CreateChangeSet');
  });

  test('revert-drift makes new stacks, and brings back what somebody changed by hand, though the template is the same', async () => {
    const parameter = { Type: 'AWS::SSM::Parameter', Properties: { Name: 'level', Type: 'String', Value: 'five' } };
    const inputs = write('Drift', { Drift: { resources: { Level: parameter } } });
    const ssm = new SSMClient(at);
    const read = async () => (await ssm.send(new GetParameterCommand({ Name: 'level' }))).Parameter?.Value;
    const created = await stage.run('deploy', { ...inputs, method: 'revert-drift' });
    await ssm.send(new PutParameterCommand({ Name: 'level', Value: 'ninety', Overwrite: true }));
    const blind = await stage.run('deploy', inputs);
    expect(await read()).toBe('ninety');
    const reverted = await stage.run('deploy', { ...inputs, method: 'revert-drift' });
    expect(await read()).toBe('five');
    const again = await stage.run('deploy', { ...inputs, method: 'revert-drift' });
    expect([created, blind, reverted, again].map((r) => r.outputs['verdict'])).toEqual(['deployed', 'unchanged', 'deployed', 'unchanged']);
  });

  test('express creates and updates by change set', async () => {
    const { verdicts, calls } = await change('Express', 'express');
    expect(verdicts).toEqual(['deployed', 'deployed', 'unchanged']);
    expect(calls).toEqual(expect.arrayContaining(['CreateChangeSet', 'ExecuteChangeSet']));
  });
});

test('a deployment under rollback alarms is created, updated and recognized as unchanged; one without its alarm is blocked', async () => {
  const config = 'environments:\n  watched: { branches: [watched], rollback-alarms: [errors], monitoring-minutes: 0 }\n';
  stage.workspace.write('.github/spaceport.yml', config);
  const alarms = new CloudWatchClient(at);
  const deploy = (delay: number) =>
    stage.run('deploy', { ...write('Watched', { Watched: { resources: { Queue: queue(delay) } } }), environment: 'watched' });
  expect((await deploy(0)).log).toContain('PF312');
  const alarm = { AlarmName: 'errors', Namespace: 'Shop', MetricName: 'Errors', Statistic: 'Sum', Period: 60 } as const;
  await alarms.send(
    new PutMetricAlarmCommand({ ...alarm, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' }),
  );
  const results = [await deploy(0), await deploy(5), await deploy(5)];
  expect({ verdicts: results.map((r) => r.outputs['verdict']), log: results[1]?.log }).toMatchObject({
    verdicts: ['deployed', 'deployed', 'unchanged'],
  });
});
