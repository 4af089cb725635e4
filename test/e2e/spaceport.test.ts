import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, DeleteRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { account, createStage, region, type Stage } from './stage.ts';

const other = '222222222222';
const config = `system: spaceport
environments:
  prod: { branches: [main], account: "${other}", regions: [${region}], github-environment: production, protected: true, legacy-names: true }
  staging:
    branches: [development]
    account: "${account}"
    regions: [${region}]
`;
const onMain = { account: other, event: { name: 'push', ref: 'refs/heads/main' } } as const;

let stage: Stage;
let client: (who?: string) => { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
beforeAll(async () => {
  stage = await createStage({ '.github/spaceport.yml': config }, [account, other]);
  client = (who = account) => ({ region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: who, secretAccessKey: 'test' } });
});
afterAll(() => stage?.end());

const statusOf = async (StackName: string, who = account) =>
  (await new CloudFormationClient(client(who)).send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus;

/** One life of a system: what a step finds is what the step before left. */
describe('spaceport, from its first check to its last deployment', () => {
  test('a role made by hand under a name that staging wants blocks the preflight, which only reads', async () => {
    const iam = new IAMClient(client());
    const RoleName = 'Spaceport-Lambda-Role-staging';
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}' }));
    await stage.emulator.clearCalls();
    const result = await stage.run('preflight');
    expect(result.outputs).toMatchObject({
      verdict: 'blocked',
      'failure-reason': 'preflight',
      environment: 'staging',
      account,
      errors: '1',
    });
    expect(result.code).toBe(1);
    expect(result.log).toContain(`PF120 Name exists already at SpaceportStagingStack/`);
    expect(result.summary).toContain('PF120');
    expect(await stage.writes()).toEqual([]);
    await iam.send(new DeleteRoleCommand({ RoleName }));
  });

  test('without it the preflight is ready, says the same twice, and writes nothing', async () => {
    await stage.emulator.clearCalls();
    const first = await stage.run('preflight');
    const second = await stage.run('preflight');
    expect(first.outputs).toMatchObject({ verdict: 'ready', 'has-changes': 'true', errors: '0', 'not-run': '0' });
    expect(first.log).toContain('✅ All preflight checks passed - deployment ready!');
    expect(second.outputs['plan-digest']).toBe(first.outputs['plan-digest']);
    expect(second.summary).toBe(first.summary);
    expect(await stage.writes()).toEqual([]);
  });

  test('a plan digest of another plan deploys nothing', async () => {
    await stage.emulator.clearCalls();
    const result = await stage.run('deploy', { 'plan-digest': 'f'.repeat(64) });
    expect(result.outputs).toMatchObject({ verdict: 'failed', 'failure-reason': 'plan-changed' });
    expect(await stage.writes()).toEqual([]);
  });

  test('staging deploys from nothing, in dependency order, and its outputs come back', async () => {
    const { outputs: reviewed } = await stage.run('preflight');
    const result = await stage.run('deploy', { 'plan-digest': reviewed['plan-digest'] ?? '', 'outputs-file': 'out/outputs.json' });
    expect(result.outputs).toMatchObject({ verdict: 'deployed', errors: '0' });
    expect(result.code).toBe(0);
    expect(JSON.parse(result.outputs['deployed'] ?? '').sort()).toEqual([
      'SpaceportAuthStagingStack',
      'SpaceportMLPipelineStagingStack',
      'SpaceportStagingStack',
    ]);
    expect(result.log.indexOf('✅ SpaceportAuthStagingStack: deployed')).toBeLessThan(
      result.log.indexOf('🚀 SpaceportStagingStack: create starts'),
    );
    const outputs = JSON.parse(result.outputs['outputs'] ?? '');
    expect(outputs.SpaceportStagingStack).toMatchObject({ UploadsBucketName: 'spaceport-uploads-staging' });
    expect(result.summary).toContain('```mermaid');
  });

  test('deployed again it is unchanged: no change set, nothing written, and the bucket is still managed', async () => {
    const s3 = new S3Client({ ...client(), forcePathStyle: true });
    await s3.send(new PutObjectCommand({ Bucket: 'spaceport-uploads-staging', Key: 'a/flight.mp4', Body: 'bytes' }));
    await stage.emulator.clearCalls();
    const result = await stage.run('deploy');
    expect(result.outputs).toMatchObject({ verdict: 'unchanged', deployed: '[]', failed: '[]' });
    expect(await stage.writes()).toEqual([]);
    expect(result.log).toContain('✅ Managing existing S3 bucket: spaceport-uploads-staging');
    const { StackResourceSummaries = [] } = await new CloudFormationClient(client()).send(
      new ListStackResourcesCommand({ StackName: 'SpaceportStagingStack' }),
    );
    expect(StackResourceSummaries.map((r) => r.PhysicalResourceId)).toContain('spaceport-uploads-staging');
  });

  test('an update that AWS refuses is rolled back, with the first real cause, exit code 1 and nothing claimed', async () => {
    stage.workspace.write('.github/spaceport.yml', `${config}    settings: { allowedOrigins: ["https://staging.example.com"] }\n`);
    await stage.emulator.setFaults([
      { type: 'AWS::ApiGatewayV2::Api', operation: 'update', error: 'Rate exceeded for operation UpdateApi' },
    ]);
    const result = await stage.run('deploy');
    expect(result.outputs).toMatchObject({
      verdict: 'rolled-back',
      'failure-reason': 'stack-failed',
      deployed: '[]',
      failed: '["SpaceportStagingStack"]',
    });
    expect(result.code).toBe(1);
    expect(result.log).toMatch(/DP120.*Rate exceeded for operation UpdateApi/);
    expect(await statusOf('SpaceportStagingStack')).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('the same update succeeds the next time, and the objects in the bucket are untouched', async () => {
    const result = await stage.run('deploy');
    expect(result.outputs).toMatchObject({ verdict: 'deployed', deployed: '["SpaceportStagingStack"]' });
    const object = await new S3Client({ ...client(), forcePathStyle: true }).send(
      new GetObjectCommand({ Bucket: 'spaceport-uploads-staging', Key: 'a/flight.mp4' }),
    );
    expect(await object.Body?.transformToString()).toBe('bytes');
  });

  test('production imports the bucket from before environments, leaves it alone, and is unchanged the second time', async () => {
    const s3 = new S3Client({ ...client(other), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'spaceport-uploads', CreateBucketConfiguration: { LocationConstraint: region } }));
    await s3.send(new PutObjectCommand({ Bucket: 'spaceport-uploads', Key: 'old', Body: 'old bytes' }));
    const first = await stage.run('deploy', {}, onMain);
    expect(first.log).toContain('✅ Importing existing S3 bucket: spaceport-uploads');
    expect(first.outputs).toMatchObject({ verdict: 'deployed', environment: 'prod', account: other });
    const { StackResourceSummaries = [] } = await new CloudFormationClient(client(other)).send(
      new ListStackResourcesCommand({ StackName: 'SpaceportProdStack' }),
    );
    expect(StackResourceSummaries.map((r) => r.PhysicalResourceId)).not.toContain('spaceport-uploads');
    const second = await stage.run('deploy', {}, onMain);
    expect(second.outputs).toMatchObject({ verdict: 'unchanged' });
    const object = await s3.send(new GetObjectCommand({ Bucket: 'spaceport-uploads', Key: 'old' }));
    expect(await object.Body?.transformToString()).toBe('old bytes');
  });

  test('the mapping alone needs no credentials', async () => {
    const result = await stage.run(
      'preflight',
      { depth: 'none' },
      { env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, event: onMain.event },
    );
    expect(result.outputs).toMatchObject({
      verdict: 'ready',
      environment: 'prod',
      'github-environment': 'production',
      account: other,
      region,
    });
    expect(result.code).toBe(0);
  });

  test('the static depth makes no call at all', async () => {
    await stage.emulator.clearCalls();
    const result = await stage.run('preflight', { depth: 'static' }, { env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' } });
    expect(result.outputs).toMatchObject({ verdict: 'ready' });
    expect(await stage.emulator.calls()).toEqual([]);
  });
});
