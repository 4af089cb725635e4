import { gunzipSync, gzipSync } from 'node:zlib';
import { ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { account, createStage, region, type Stage } from './stage.ts';

const config = `system: balancer
environments:
  development:
    branches: [development]
    account: "${account}"
    regions: [${region}]
    settings: { domainName: development.example.com }
`;
const stackOf = (id: string): string => `v3-backend-development-${id}`;
const foundation = ['hosted-zone', 'networking', 's3', 'secrets', 'security', 'sqs'].map(stackOf);

let stage: Stage;
let client: { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
beforeAll(async () => {
  stage = await createStage({ '.github/spaceport.yml': config });
  client = { region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' } };
});
afterAll(() => stage?.end());

const namesIn = (list: string | undefined): readonly string[] => (JSON.parse(list ?? '[]') as string[]).sort();

/** One life of the system: what a step finds is what the step before left. */
describe('balancer, phase by phase', () => {
  test('a phase that is not there is refused, with the phases there are', async () => {
    const result = await stage.run('deploy', { stacks: 'phase:compute' });
    expect(result.outputs).toMatchObject({ verdict: 'failed', 'failure-reason': 'assembly' });
    expect(result.log).toContain('`phase:compute` is none of the phases foundation, infrastructure, application, monitoring.');
  });

  test('a phase alone is not deployed while what it imports is missing, and that is named', async () => {
    await stage.emulator.clearCalls();
    const result = await stage.run('deploy', { stacks: 'phase:application', 'include-dependencies': 'false' });
    expect(result.outputs).toMatchObject({ verdict: 'blocked' });
    for (const name of ['development-networking-vpc-id', 'development-database-endpoint']) expect(result.log).toContain(name);
    expect(await stage.writes()).toEqual([]);
  });

  test('the foundation comes first, and needs no other phase', async () => {
    const result = await stage.run('deploy', { stacks: 'phase:foundation', 'include-dependencies': 'false' });
    expect(result.log).not.toContain('❌');
    expect(result.outputs).toMatchObject({ verdict: 'deployed', failed: '[]' });
    expect(namesIn(result.outputs['deployed'])).toEqual(foundation);
  });

  test('a later phase brings what it needs, and leaves alone what is there', async () => {
    const result = await stage.run('deploy', { stacks: 'phase:application', 'image-tag': '1.41.8-abc123def' });
    expect(result.outputs).toMatchObject({ verdict: 'deployed', failed: '[]' });
    expect(namesIn(result.outputs['deployed'])).toEqual(['certificate', 'compute', 'database', 'waf'].map(stackOf));
    expect(namesIn(result.outputs['unchanged'])).toEqual(foundation);
    expect(JSON.parse(result.outputs['outputs'] ?? '{}')).toMatchObject({ [stackOf('compute')]: { ImageTag: '1.41.8-abc123def' } });
  });

  test('the rest needs nobody to carry values from stack to stack', async () => {
    const result = await stage.run('deploy', { 'image-tag': '1.41.8-abc123def' });
    expect(namesIn(result.outputs['deployed'])).toEqual(['log-forwarder', 'monitoring'].map(stackOf));
  });

  test('another image is a change of the compute stack and of no other', async () => {
    const result = await stage.run('deploy', { 'image-tag': '1.42.0-def456abc' });
    expect(result.outputs).toMatchObject({ verdict: 'deployed', deployed: JSON.stringify([stackOf('compute')]) });
  });

  test('code alone is for the three services together, and for no stack', async () => {
    const ecr = new ECRClient(client);
    const imageManifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: {},
      layers: [],
    });
    await ecr.send(new PutImageCommand({ repositoryName: stackOf('images'), imageTag: '1.43.0-abc456def', imageManifest }));
    await stage.emulator.clearCalls();
    const result = await stage.run('deploy', { mode: 'code', stacks: stackOf('compute'), 'image-tag': '1.43.0-abc456def' });
    expect(result.log).not.toContain('❌');
    expect(namesIn(result.outputs['deployed']).map((name) => name.replace(/Service.*/, ''))).toEqual(
      ['api', 'scheduler', 'worker'].map((name) => `${stackOf('compute')}/${name}`),
    );
    expect(new Set(await stage.writes())).toEqual(new Set(['ecs:RegisterTaskDefinition', 'ecs:UpdateService']));
    const next = await stage.run('preflight', { stacks: stackOf('compute'), 'image-tag': '1.42.0-def456abc' });
    expect(next.log.match(/⚠️ PF204 .*runs \S+:1\.43\.0-abc456def since/g)).toHaveLength(3);
  });

  test('what a service logs is kept in the bucket for logs', async () => {
    const lines = [{ id: 'e1', timestamp: Date.UTC(2026, 0, 2), message: '{"level":"info","message":"up"}' }];
    const batch = { messageType: 'DATA_MESSAGE', logGroup: '/v3-backend/development/api', logStream: 'api/api/1', logEvents: lines };
    const data = gzipSync(JSON.stringify(batch)).toString('base64');
    const answer = await new LambdaClient(client).send(
      new InvokeCommand({ FunctionName: stackOf('log-forwarder'), Qualifier: 'live', Payload: JSON.stringify({ awslogs: { data } }) }),
    );
    expect(answer.FunctionError).toBeUndefined();
    const key = 'application/api/2026/01/02/e1.ndjson.gz';
    const { Body } = await new S3Client({ ...client, forcePathStyle: true }).send(
      new GetObjectCommand({ Bucket: stackOf('logs'), Key: key }),
    );
    const kept = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString('utf8');
    expect(JSON.parse(kept)).toMatchObject({ service: 'api', fields: { message: 'up' } });
  });
});
