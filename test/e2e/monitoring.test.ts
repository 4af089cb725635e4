import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { account, createStage, region, type Stage } from './stage.ts';

const config = `system: monitoring
environments:
  dev:
    branches: [dev]
    account: "${account}"
    regions: [${region}]
    settings:
      alertEmails: [ops@example.com]
      allowedOrigins: ["https://status.example.com"]
      healthEndpoints: ["https://127.0.0.1:9/health"]
      githubRepository: octo-org/infrastructure
      replicaRegion: us-east-1
`;
const onDev = { event: { name: 'push', ref: 'refs/heads/dev' } } as const;
const compute = 'MonitoringComputeDevStack';

let stage: Stage;
let client: { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
beforeAll(async () => {
  stage = await createStage({ '.github/spaceport.yml': config });
  client = { region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' } };
});
afterAll(() => stage?.end());

async function invoke(name: string, event: unknown): Promise<unknown> {
  const answer = await new LambdaClient(client).send(
    new InvokeCommand({ FunctionName: `monitoring-${name}-dev`, Qualifier: 'live', Payload: JSON.stringify(event) }),
  );
  expect(answer.FunctionError).toBeUndefined();
  return JSON.parse(Buffer.from(answer.Payload ?? []).toString());
}

const rowsOf = async (table: string): Promise<readonly (string | undefined)[]> => {
  const { Items = [] } = await new DynamoDBClient(client).send(new ScanCommand({ TableName: `monitoring-${table}-dev` }));
  return Items.map((item) => (item['source'] ?? item['circuit'])?.S);
};

/** One life of the system: what a step finds is what the step before left. */
describe('monitoring, with all its settings', () => {
  test('one stack alone is not deployed while what it needs is missing, and that is named', async () => {
    await stage.emulator.clearCalls();
    const result = await stage.run('deploy', { stacks: compute, 'include-dependencies': 'false' }, onDev);
    expect(result.outputs).toMatchObject({ verdict: 'blocked' });
    for (const id of ['Networking', 'Security', 'Storage', 'Messaging']) expect(result.log).toContain(`Monitoring${id}DevStack`);
    expect(await stage.writes()).toEqual([]);
  });

  test('all nine deploy from nothing, in the order of their phases', async () => {
    const result = await stage.run('deploy', {}, onDev);
    expect(result.log).not.toContain('❌');
    expect(result.outputs).toMatchObject({ verdict: 'deployed', errors: '0', failed: '[]' });
    const order = ['Networking', 'Storage', 'Compute', 'Api', 'Integrations'].map((id) =>
      result.log.indexOf(`✅ Monitoring${id}DevStack: deployed`),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('deployed again they are unchanged, and nothing is written', async () => {
    await stage.emulator.clearCalls();
    const result = await stage.run('deploy', {}, onDev);
    expect(result.outputs).toMatchObject({ verdict: 'unchanged', deployed: '[]' });
    expect(await stage.writes()).toEqual([]);
  });

  test('what one stack needs being there, it deploys alone', async () => {
    const result = await stage.run('deploy', { stacks: compute, 'include-dependencies': 'false' }, onDev);
    expect(result.outputs).toMatchObject({ verdict: 'unchanged', unchanged: JSON.stringify([compute]) });
  });

  test('a log file that is put into the bucket reaches the log processor by EventBridge, and becomes an event', async () => {
    const s3 = new S3Client({ ...client, forcePathStyle: true });
    await s3.send(
      new PutObjectCommand({ Bucket: `monitoring-logs-${account}-dev`, Key: 'shop/1.log', Body: 'INFO start\nERROR disk full\n' }),
    );
    const deadline = Date.now() + 20_000;
    while (!(await rowsOf('events')).includes('log#shop/1.log') && Date.now() < deadline);
    expect(await rowsOf('events')).toContain('log#shop/1.log');
  });

  test('the functions do their work and keep their circuits in the table', async () => {
    const asked = { httpMethod: 'GET', resource: '/events', queryStringParameters: { kind: 'log' }, requestContext: { requestId: 'r' } };
    expect(await invoke('api', asked)).toMatchObject({ statusCode: 200, body: expect.stringContaining('disk full') });
    expect(await invoke('health-monitor', {})).toEqual({ checked: 1, unhealthy: 1 });
    expect(await rowsOf('circuits')).toContain('health-monitor:https://127.0.0.1:9/health');
    const { made } = (await invoke('backup', { task: 'backup' })) as { made: readonly string[] };
    expect(made).toHaveLength(2);
    expect(await invoke('backup', { task: 'restore', backupArn: made[0] })).toMatchObject({ from: made[0] });
    const message = { messageId: '1', body: '{"source":"s","at":"t","lines":["ERROR"]}' };
    // The emulated model does not answer with JSON: the message is to come again.
    expect(await invoke('ai-analysis', { Records: [message] })).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
  });
});
