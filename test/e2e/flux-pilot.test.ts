import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListExportsCommand,
} from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { deflateRawSync } from 'node:zlib';
import { account, createStage, region, type Stage } from './stage.ts';

const other = '222222222222';
const config = `system: flux-pilot
environments:
  dev: { account: "${account}", regions: [${region}], settings: { artifactReaders: ["${other}"] } }
  sandbox: { account: "${other}", regions: [${region}] }
promotions:
  lambda: { from: dev, to: [sandbox], bucket: "flux-systems-artifacts-{environment}", prefix: lambda/ }
`;
const sandbox = { environment: 'sandbox' };
const inSandbox = { account: other };
const names = ['flux-systems-sandbox-app', 'flux-systems-sandbox-artifacts', 'flux-systems-sandbox-base'];

let stage: Stage;
let client: (who?: string) => { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
beforeAll(async () => {
  stage = await createStage({ '.github/spaceport.yml': config }, [account, other]);
  client = (who = other) => ({ region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: who, secretAccessKey: 'test' } });
});
afterAll(() => stage?.end());

/** A ZIP with one file, `index.js`. */
function toZip(text: string): Buffer {
  const [name, data] = [Buffer.from('index.js'), Buffer.from(text)];
  const packed = deflateRawSync(data);
  const sizes = Buffer.alloc(12);
  [crc32(data), packed.length, data.length].forEach((each, index) => sizes.writeUInt32LE(each, index * 4));
  const common = Buffer.concat([Buffer.from('14000000080000000000', 'hex'), sizes, Buffer.from([name.length, 0, 0, 0])]);
  const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, name, packed]);
  const central = Buffer.concat([Buffer.from('504b01021400', 'hex'), common, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write('504b0506', 'hex');
  [1, 1].forEach((each, index) => end.writeUInt16LE(each, 8 + index * 2));
  [central.length, local.length].forEach((each, index) => end.writeUInt32LE(each, 12 + index * 4));
  return Buffer.concat([local, central, end]);
}

function crc32(data: Buffer): number {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const upload = async (says: string): Promise<void> => {
  const Body = toZip(`exports.handler = async () => ({ statusCode: 200, body: ${JSON.stringify(says)} });\n`);
  await new S3Client({ ...client(account), forcePathStyle: true }).send(
    new PutObjectCommand({ Bucket: 'flux-systems-artifacts-dev', Key: 'lambda/api.zip', Body, ChecksumAlgorithm: 'SHA256' }),
  );
};
const promote = async (): Promise<string> => {
  const { outputs, log } = await stage.run('promote', { to: 'sandbox', reason: 'a stable build', confirm: 'sandbox' }, inSandbox);
  if (outputs['verdict'] !== 'promoted') console.log(log);
  expect(outputs).toMatchObject({ verdict: 'promoted', errors: '0' });
  return outputs['set-digest'] ?? '';
};
const call = async (name: string, path = '/orders'): Promise<{ statusCode: number; body: string }> => {
  const event = { httpMethod: 'GET', resource: path, headers: { origin: 'http://localhost:3000' }, requestContext: { requestId: 'r-1' } };
  const { Payload } = await new LambdaClient(client()).send(new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) }));
  return JSON.parse(Buffer.from(Payload ?? []).toString('utf8')) as { statusCode: number; body: string };
};
const eventsOf = async (StackName: string): Promise<number> =>
  ((await new CloudFormationClient(client()).send(new DescribeStackEventsCommand({ StackName }))).StackEvents ?? []).length;

/** One life of a sandbox: what a step finds is what the step before left. */
describe('flux-pilot, from nothing to a promoted application and back', () => {
  let first = '';

  test('everything is deployed from nothing, and the base exports what the application imports', async () => {
    const result = await stage.run('deploy', sandbox, inSandbox);
    expect(result.outputs).toMatchObject({ verdict: 'deployed', errors: '0', warnings: '0' });
    expect(JSON.parse(result.outputs['deployed'] ?? '').sort()).toEqual(names);
    const { Exports = [] } = await new CloudFormationClient(client()).send(new ListExportsCommand({}));
    const exported = ['DB-Endpoint', 'DB-Port', 'DB-Name', 'UserPool-ID', 'UserPoolClient-ID', 'UserPool-ARN', 'UserPoolDomain'];
    expect(Exports.map(({ Name }) => Name)).toEqual(expect.arrayContaining(exported.map((name) => `sandbox-${name}`)));
  });

  test('deployed again it is unchanged, and nothing is written', async () => {
    await stage.emulator.clearCalls();
    const result = await stage.run('deploy', sandbox, inSandbox);
    expect(result.outputs).toMatchObject({ verdict: 'unchanged', deployed: '[]', failed: '[]' });
    expect(await stage.writes()).toEqual([]);
  });

  test('until something is promoted each function says so, and the health check tries the database', async () => {
    expect(await call('flux-systems-sandbox-api')).toMatchObject({
      statusCode: 503,
      headers: { 'access-control-allow-origin': 'http://localhost:3000', 'retry-after': '300' },
    });
    const health = await call('flux-systems-sandbox-health', '/health');
    expect(health.statusCode).toBe(503);
    expect(JSON.parse(health.body)).toMatchObject({ database: 'unreachable', set: 'none' });
  });

  test('a set that was never promoted is refused by name, and the application stays as it was', async () => {
    const result = await stage.run('deploy', { ...sandbox, parameters: `SetDigest=${'0'.repeat(64)}` }, inSandbox);
    expect(result.outputs).toMatchObject({ verdict: 'rolled-back', failed: '["flux-systems-sandbox-app"]' });
    expect(result.log).toContain(`there is no s3://flux-systems-artifacts-sandbox/lambda/sets/${'0'.repeat(64)}/api.zip`);
    expect(await call('flux-systems-sandbox-api')).toMatchObject({ statusCode: 503 });
  });

  test('a promoted set runs as soon as a deployment names it, and the base is not touched', async () => {
    const dev = await stage.run('deploy', { environment: 'dev', stacks: 'flux-systems-dev-artifacts' });
    expect(dev.outputs).toMatchObject({ verdict: 'deployed', deployed: '["flux-systems-dev-artifacts"]' });
    await upload('first');
    first = await promote();
    const before = await eventsOf('flux-systems-sandbox-base');
    const result = await stage.run('deploy', { ...sandbox, parameters: `SetDigest=${first}` }, inSandbox);
    expect(result.outputs).toMatchObject({ verdict: 'deployed', deployed: '["flux-systems-sandbox-app"]' });
    expect(await call('flux-systems-sandbox-api')).toMatchObject({ statusCode: 200, body: 'first' });
    expect(await eventsOf('flux-systems-sandbox-base')).toBe(before);
  });

  test('a deployment that names no set keeps the one that runs', async () => {
    expect((await stage.run('deploy', sandbox, inSandbox)).outputs).toMatchObject({ verdict: 'unchanged' });
  });

  test('a deployment of the next set that fails goes back to the set before, which is current no more', async () => {
    await upload('second');
    const second = await promote();
    await stage.emulator.setFaults([
      { type: 'AWS::ApiGateway::Stage', operation: 'update', error: 'Rate exceeded for operation UpdateStage' },
      { type: 'AWS::Lambda::Function', name: 'flux-systems-sandbox-health', operation: 'update', error: 'Rate exceeded' },
    ]);
    const failed = await stage.run('deploy', { ...sandbox, parameters: `SetDigest=${second}` }, inSandbox);
    await stage.emulator.setFaults([]);
    expect(failed.outputs).toMatchObject({ verdict: 'rolled-back' });
    const { Stacks = [] } = await new CloudFormationClient(client()).send(
      new DescribeStacksCommand({ StackName: 'flux-systems-sandbox-app' }),
    );
    expect(Stacks[0]?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await call('flux-systems-sandbox-api')).toMatchObject({ body: 'first' });
    const again = await stage.run('deploy', { ...sandbox, parameters: `SetDigest=${second}` }, inSandbox);
    expect(again.outputs).toMatchObject({ verdict: 'deployed', deployed: '["flux-systems-sandbox-app"]' });
    expect(await call('flux-systems-sandbox-api')).toMatchObject({ body: 'second' });
    const { Environment } = await new LambdaClient(client()).send(
      new GetFunctionConfigurationCommand({ FunctionName: 'flux-systems-sandbox-api' }),
    );
    expect(Environment?.Variables).toMatchObject({ SET_DIGEST: second, DB_NAME: 'fluxsystems', DB_PORT: '5432' });
  });
});

test.each(['staging', 'pilot'])('%s is deployed from nothing, and unchanged the second time', async (environment) => {
  stage.workspace.write('.github/spaceport.yml', 'system: flux-pilot\n');
  expect((await stage.run('deploy', { environment })).outputs).toMatchObject({ verdict: 'deployed', errors: '0', warnings: '0' });
  expect((await stage.run('deploy', { environment })).outputs).toMatchObject({ verdict: 'unchanged' });
});
