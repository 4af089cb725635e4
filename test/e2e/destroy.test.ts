import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeRepositoriesCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { DeleteObjectCommand, GetObjectCommand, HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createStacks, toTemplate, type EmulatedStacks, type Resource } from '../../emulator/stacks.ts';
import { createReach } from './reach.ts';
import { systems } from '../../infra/systems.ts';
import { root } from '../../tools/repository.ts';
import { account, createStage, region, type Stage } from './stage.ts';

let stage: Stage;
let stacks: EmulatedStacks;
let s3: S3Client;
beforeAll(async () => {
  stage = await createStage({});
  stacks = createStacks(stage.emulator, account);
  s3 = new S3Client({ ...connection(), forcePathStyle: true });
});
afterAll(() => stage?.end());

const connection = () => ({ region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' } });
const put = (Bucket: string, Key = 'a', Body = 'bytes') => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const names = (list: string | undefined): readonly string[] => (JSON.parse(list ?? '[]') as string[]).sort();
/** Gives `there`, or what AWS says. */
const has = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'there',
    (e: Error) => e.name,
  );

/** Writes an assembly of stacks in the order of their dependencies, and puts those of `there` into AWS. */
async function give(folder: string, all: Readonly<Record<string, Record<string, Resource>>>, exports: Record<string, string> = {}) {
  const artifacts: Record<string, unknown> = {};
  const ids = Object.keys(all);
  for (const [at, [id, resources]] of Object.entries(all).entries()) {
    const template = toTemplate(resources, at === 0 ? exports : {});
    stage.workspace.write(`${folder}/${id}.json`, template);
    artifacts[id] = {
      type: 'aws:cloudformation:stack',
      environment: `aws://${account}/${region}`,
      dependencies: ids.slice(0, at).slice(-1),
      properties: { templateFile: `${id}.json`, assumeRoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/nobody-has-this' },
    };
    const { status } = await stacks.deploy(id, template);
    expect(status).toBe('CREATE_COMPLETE');
  }
  stage.workspace.write(`${folder}/manifest.json`, JSON.stringify({ version: '48.0.0', artifacts }));
}

const bucket = (BucketName: string, more = {}): Resource => [
  'AWS::S3::Bucket',
  { BucketName, ...more },
  { DeletionPolicy: 'RetainExceptOnCreate' },
];
const mortal = (BucketName: string, more = {}): Resource => ['AWS::S3::Bucket', { BucketName, ...more }];
const queue: Resource = ['AWS::SQS::Queue', {}];

describe('spaceport, from a deployment to nothing', () => {
  const uploads = 'spaceport-uploads-staging';

  test('a protected environment stays until its name is typed, and its dry run needs none', async () => {
    const config = `system: spaceport\nenvironments:\n  staging: { branches: [development], account: "${account}", regions: [${region}], protected: true }\n`;
    stage.workspace.write('.github/spaceport.yml', config);
    expect((await stage.run('deploy')).outputs).toMatchObject({ verdict: 'deployed' });
    await put(uploads, 'a/flight.mp4');
    await stage.emulator.clearCalls();
    const plan = await stage.run('destroy', { 'dry-run': 'true' });
    expect(plan.outputs).toMatchObject({ verdict: 'ready', errors: '0' });
    expect(plan.summary).toContain('SpaceportStagingStack/Uploads');
    const documented = /## Destroy[^]*?```json\n([^]*?)```/.exec(readFileSync(join(root, 'docs/permissions.md'), 'utf8'))?.[1] ?? '';
    const calls = (await stage.emulator.calls()).map((c) => `${c.service}:${c.operation}`).filter((c) => c !== 'sts:GetCallerIdentity');
    // Stacks that are gone are looked for only when data is named.
    expect([...new Set(calls), 'cloudformation:ListStacks'].sort()).toEqual(JSON.parse(documented).Statement[0].Action);
    for (const confirm of ['', 'production']) {
      const refused = await stage.run('destroy', { confirm });
      expect(refused.outputs).toMatchObject({ verdict: 'blocked', 'failure-reason': 'refused' });
      expect(refused.log).toContain('DS100');
      expect(refused.code).toBe(1);
    }
    expect(await stage.writes()).toEqual([]);
  });

  test('with its name it goes: protection is lifted, all stacks are deleted, the data stays and is named', async () => {
    await stage.emulator.clearCalls();
    const result = await stage.run('destroy', { confirm: 'staging' });
    expect(result.outputs).toMatchObject({ verdict: 'destroyed', errors: '0', failed: '[]' });
    const calls = (await stage.emulator.calls()).map((c) => `${c.service}:${c.operation}`);
    expect(calls).toContain('sts:AssumeRole');
    expect(calls.filter((c) => c === 'cloudformation:UpdateTerminationProtection')).toHaveLength(3);
    expect(names(result.outputs['destroyed'])).toEqual([
      'SpaceportAuthStagingStack',
      'SpaceportMLPipelineStagingStack',
      'SpaceportStagingStack',
    ]);
    expect(names(result.outputs['kept'])).toEqual(expect.arrayContaining([`AWS::S3::Bucket ${uploads}`]));
    expect(result.log).toMatch(/DS111 .*SpaceportStagingStack/);
    expect(result.log).toMatch(
      new RegExp(`DS110 .*AWS::S3::Bucket ${uploads} stays. To delete it: delete-data: SpaceportStagingStack/Uploads`),
    );
    const object = await s3.send(new GetObjectCommand({ Bucket: uploads, Key: 'a/flight.mp4' }));
    expect(await object.Body?.transformToString()).toBe('bytes');
  });

  test('again it is unchanged, and nothing is written', async () => {
    await stage.emulator.clearCalls();
    const result = await stage.run('destroy', { confirm: 'staging' });
    expect(result.outputs).toMatchObject({ verdict: 'unchanged', destroyed: '[]', failed: '[]', warnings: '0' });
    expect(await stage.writes()).toEqual([]);
  });

  test('named later, the data that it left behind goes with all its versions', async () => {
    await s3.send(new DeleteObjectCommand({ Bucket: uploads, Key: 'a/flight.mp4' }));
    const result = await stage.run('destroy', {
      confirm: 'staging',
      'delete-data': 'AWS::S3::Bucket\nAWS::DynamoDB::Table\nAWS::ECR::Repository',
    });
    expect(result.outputs).toMatchObject({ verdict: 'destroyed', errors: '0' });
    expect(names(result.outputs['kept']).filter((k) => /S3|DynamoDB|ECR/.test(k))).toEqual([]);
    const resources = systems
      .find(({ name }) => name === 'spaceport')
      ?.dataResources({ environment: 'staging', account, region, firstRegion: region, protected: true });
    const gone = await createReach(stage.emulator.endpoint, account).unreachable(resources ?? []);
    expect(gone).toEqual(resources?.map(({ preferred }) => preferred));
  });
});

describe('data that was kept', () => {
  test('is imported by the next deployment, and is not its own: a destruction that names it leaves it alone', async () => {
    stage.workspace.write('.github/spaceport.yml', 'system: spaceport\n');
    const dev = { environment: 'dev' };
    expect((await stage.run('deploy', dev)).outputs).toMatchObject({ verdict: 'deployed' });
    await put('spaceport-uploads-dev');
    expect((await stage.run('destroy', dev)).outputs).toMatchObject({ verdict: 'destroyed' });
    const again = await stage.run('deploy', dev);
    expect(again.log).toContain('✅ Importing existing S3 bucket: spaceport-uploads-dev');
    const result = await stage.run('destroy', { ...dev, 'delete-data': 'SpaceportDevStack/Uploads' });
    expect(result.outputs).toMatchObject({ verdict: 'destroyed', errors: '0' });
    expect(result.log).toContain('DS112');
    expect(await has(s3.send(new GetObjectCommand({ Bucket: 'spaceport-uploads-dev', Key: 'a' })))).toBe('there');
  });
});

describe('stacks of an app', () => {
  beforeAll(() => stage.workspace.write('.github/spaceport.yml', ''));

  test('a bucket and a repository that go with their stack are emptied first, when they are named', async () => {
    const versioned = { VersioningConfiguration: { Status: 'Enabled' } };
    await give('full', {
      Full: { Files: mortal('full-files', versioned), Images: ['AWS::ECR::Repository', { RepositoryName: 'full-images' }], Queue: queue },
    });
    await put('full-files');
    await put('full-files', 'a', 'newer bytes');
    await s3.send(new DeleteObjectCommand({ Bucket: 'full-files', Key: 'a' }));
    const ecr = new ECRClient(connection());
    await ecr.send(new PutImageCommand({ repositoryName: 'full-images', imageManifest: '{"schemaVersion":2}', imageTag: 'v1' }));
    const refused = await stage.run('destroy', { 'cdk-out': 'full' });
    expect(refused.outputs).toMatchObject({ verdict: 'blocked', errors: '2' });
    expect(refused.log.match(/title=DS102/g)).toHaveLength(2);
    const result = await stage.run('destroy', { 'cdk-out': 'full', 'delete-data': 'AWS::S3::Bucket, AWS::ECR::Repository' });
    expect(result.outputs).toMatchObject({ verdict: 'destroyed', destroyed: '["Full"]', kept: '[]', errors: '0' });
    expect(await has(s3.send(new HeadBucketCommand({ Bucket: 'full-files' })))).toBe('NotFound');
    expect(await has(ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['full-images'] })))).toBe('RepositoryNotFoundException');
  });

  test('a kept table with deletion protection is deleted after its stack when it is named, and the one beside it stays', async () => {
    const table = (TableName: string): Resource => [
      'AWS::DynamoDB::Table',
      {
        TableName,
        DeletionProtectionEnabled: true,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      },
      { DeletionPolicy: 'Retain' },
    ];
    await give('tables', { Tables: { Going: table('going'), Staying: table('staying') } });
    const result = await stage.run('destroy', { 'cdk-out': 'tables', 'delete-data': 'Tables/Going' });
    expect(result.outputs).toMatchObject({ verdict: 'destroyed', kept: '["AWS::DynamoDB::Table staying"]' });
    const tables = new DynamoDBClient(connection());
    expect(await has(tables.send(new DescribeTableCommand({ TableName: 'going' })))).toBe('ResourceNotFoundException');
    expect(await has(tables.send(new DescribeTableCommand({ TableName: 'staying' })))).toBe('there');
  });

  test('an importer outside of the app stops the run by its name; CloudFormation is not asked to delete anything', async () => {
    await give('net', { Net: { Queue: queue } }, { 'net-queue': 'q-1' });
    const user: Resource = ['AWS::SQS::Queue', { QueueName: { 'Fn::ImportValue': 'net-queue' } }];
    expect((await stacks.deploy('Foreign', toTemplate({ User: user }))).status).toBe('CREATE_COMPLETE');
    await stage.emulator.clearCalls();
    const result = await stage.run('destroy', { 'cdk-out': 'net' });
    expect(result.outputs).toMatchObject({ verdict: 'blocked', 'failure-reason': 'refused' });
    expect(result.log).toContain('Foreign imports net-queue of Net');
    expect(await stage.writes()).toEqual([]);
    await stacks.remove('Foreign');
    expect((await stage.run('destroy', { 'cdk-out': 'net' })).outputs).toMatchObject({ verdict: 'destroyed' });
  });

  test('an import that begins meanwhile is refused by CloudFormation, in its own words and with the remedy for it', async () => {
    await give('late', { Late: { Queue: queue } }, { 'late-queue': 'q-1' });
    const user: Resource = ['AWS::SQS::Queue', { QueueName: { 'Fn::ImportValue': 'late-queue' } }];
    await stacks.deploy('Latecomer', toTemplate({ User: user }));
    await stage.emulator.setFaults([{ call: 'cloudformation:ListImports', status: 403, code: 'AccessDenied', times: -1 }]);
    const result = await stage.run('destroy', { 'cdk-out': 'late' });
    await stage.emulator.setFaults([]);
    expect(result.outputs).toMatchObject({ verdict: 'failed', 'failure-reason': 'stack-failed', failed: '["Late"]', 'not-run': '1' });
    expect(result.log).toMatch(/DS122.*Late: Export late-queue cannot be deleted as it is in use by Latecomer/);
    expect(await stacks.status('Late')).toBe('CREATE_COMPLETE');
  });

  test('a deletion that fails tells the first real cause, keeps what it needs, and is finished by the next run', async () => {
    await give('fragile', { Base: { Queue: queue }, Middle: { Queue: queue, Kept: bucket('fragile-kept') }, Top: { Queue: queue } });
    await stage.emulator.setFaults([{ operation: 'delete', stack: 'Middle', logicalId: 'Queue', error: 'sg-1 has a dependent object' }]);
    const first = await stage.run('destroy', { 'cdk-out': 'fragile', 'delete-data': 'Middle/Kept' });
    expect(first.outputs).toMatchObject({ verdict: 'failed', 'failure-reason': 'stack-failed', destroyed: '["Top"]' });
    expect(names(first.outputs['failed'])).toEqual(['Base', 'Middle']);
    expect(first.log).toMatch(/DS123.*Middle: Queue \(AWS::SQS::Queue\): sg-1 has a dependent object/);
    expect(await stacks.status('Middle')).toBe('DELETE_FAILED');
    expect(await has(s3.send(new HeadBucketCommand({ Bucket: 'fragile-kept' })))).toBe('there');
    const second = await stage.run('destroy', { 'cdk-out': 'fragile', 'delete-data': 'Middle/Kept' });
    expect(second.outputs).toMatchObject({ verdict: 'destroyed', destroyed: '["Middle","Base"]', unchanged: '["Top"]', kept: '[]' });
    expect(await has(s3.send(new HeadBucketCommand({ Bucket: 'fragile-kept' })))).toBe('NotFound');
  });

  test('a stack that somebody protected by hand is deleted only when the environment is named', async () => {
    await give('guarded', { Guarded: { Queue: queue } });
    await new CloudFormationClient(connection()).send(
      new UpdateTerminationProtectionCommand({ StackName: 'Guarded', EnableTerminationProtection: true }),
    );
    const refused = await stage.run('destroy', { 'cdk-out': 'guarded' });
    expect(refused.log).toMatch(/DS100.*These stacks have termination protection, and `confirm` is not given: Guarded/);
    expect(await stacks.status('Guarded')).toBe('CREATE_COMPLETE');
    const result = await stage.run('destroy', { 'cdk-out': 'guarded', confirm: 'staging' });
    expect(result.outputs).toMatchObject({ verdict: 'destroyed', destroyed: '["Guarded"]' });
    expect(await stacks.status('Guarded')).toBe('DELETE_COMPLETE');
  });
});
