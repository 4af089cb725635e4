import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetExecutionHistoryCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { account, createStage, region, type Stage } from './stage.ts';

const [projectId, requestId, fileId] = [randomUUID(), randomUUID(), randomUUID()];
const user = 'user-1';
const key = `uploads/${user}/${fileId}/flight.zip`;

const stateMachineArn = `arn:aws:states:${region}:${account}:stateMachine:Spaceport-MLPipeline-dev`;

let stage: Stage;
let executions: SFNClient;
let invoke: (name: string, payload: unknown) => Promise<{ readonly statusCode: number; readonly body: string }>;
beforeAll(async () => {
  stage = await createStage({
    '.github/spaceport.yml': JSON.stringify({ system: 'spaceport', environments: { dev: { account, regions: [region] } } }),
  });
  const result = await stage.run('deploy', { environment: 'dev' });
  if (result.outputs['verdict'] !== 'deployed') throw new Error(result.log);
  const at = { region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' } };
  executions = new SFNClient(at);
  const functions = new LambdaClient(at);
  invoke = async (name, payload) => {
    const { Payload, FunctionError } = await functions.send(
      new InvokeCommand({ FunctionName: `Spaceport-${name}-dev`, Payload: JSON.stringify(payload) }),
    );
    const text = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError) throw new Error(text);
    return JSON.parse(text) as { statusCode: number; body: string };
  };
  await new S3Client({ ...at, forcePathStyle: true }).send(
    new PutObjectCommand({ Bucket: 'spaceport-uploads-dev', Key: key, Body: 'photographs' }),
  );
}, 180_000);
afterAll(() => stage?.end());

/** What the API makes of a request of a user who signed in. */
const ask = async (name: string, routeKey: string, body?: unknown, pathParameters: Record<string, string> = {}) => {
  const { statusCode, body: text } = await invoke(name, {
    routeKey,
    pathParameters,
    requestContext: { requestId: 'r', authorizer: { jwt: { claims: { sub: user } } } },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: statusCode, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} };
};
const project = async (id = projectId) => (await ask('ProjectsApi', 'GET /projects/{projectId}', undefined, { projectId: id })).body;

/** Gives a project once its job has ended; as it is after ten seconds otherwise. */
async function settled(id = projectId): Promise<Record<string, unknown>> {
  for (let asked = 0; asked < 100; asked++) {
    const now = await project(id);
    if (now['status'] === 'succeeded' || now['status'] === 'failed') return now;
    await setTimeout(100);
  }
  return project(id);
}

/** One life of a project, with the functions as they were deployed. */
describe('the functions of spaceport, deployed', () => {
  test('a project is made and changed', async () => {
    expect(await ask('ProjectsApi', 'POST /projects', { projectId, name: 'Barn' })).toMatchObject({ status: 201 });
    expect(await ask('ProjectsApi', 'POST /projects', { projectId, name: 'Barn' })).toMatchObject({ status: 409 });
    expect(await ask('ProjectsApi', 'PATCH /projects/{projectId}', { name: 'Old barn' }, { projectId })).toMatchObject({
      status: 200,
      body: { name: 'Old barn' },
    });
    expect(await ask('ProjectsApi', 'GET /projects')).toMatchObject({ body: { projects: [{ projectId, name: 'Old barn' }] } });
  });

  test('a flight is planned', async () => {
    const flight = { pattern: 'spiral', latitude: 47.5, longitude: 8.5, radiusMeters: 50, altitudeMeters: 30, batteryMinutes: 20 };
    expect(await ask('DronePath', 'POST /drone-paths', flight)).toMatchObject({ status: 200, body: { turns: 8 } });
  });

  test('a job starts once, and the project says that it is processed', async () => {
    const job = { requestId, projectId, key };
    expect(await ask('StartMLJob', 'POST /ml-jobs', { ...job, key: `${key}x` })).toMatchObject({ status: 400 });
    const first = await ask('StartMLJob', 'POST /ml-jobs', job);
    expect(first).toMatchObject({ status: 202, body: { state: 'running' } });
    expect(await project()).toMatchObject({ jobId: first.body['jobId'], status: expect.stringMatching(/^(processing|succeeded)$/) });
    const again = await ask('StartMLJob', 'POST /ml-jobs', job);
    expect([200, 202]).toContain(again.status);
    expect(again.body['jobId']).toBe(first.body['jobId']);
  });

  test('the pipeline performs the job to its end, and the result stands in the project', async () => {
    expect(await settled()).toMatchObject({
      status: 'succeeded',
      resultUri: expect.stringMatching(/^s3:\/\/spaceport-ml-processing-dev\/jobs\/[0-9a-f]{32}\/3dgs\/$/),
    });
    expect(await ask('StartMLJob', 'POST /ml-jobs', { requestId, projectId, key })).toMatchObject({ body: { projectId } });
    expect(await project()).toMatchObject({ status: 'succeeded' });
  });

  test('word of another job changes nothing', async () => {
    expect(await invoke('MLNotification', { jobId: 'another', userId: user, projectId, outcome: 'failed' })).toMatchObject({
      updated: false,
    });
    expect(await project()).toMatchObject({ status: 'succeeded' });
  });

  test('a job that fails is tried again, then told of, and its execution fails', async () => {
    const [failing, jobId] = [randomUUID(), 'f'.repeat(32)];
    await ask('ProjectsApi', 'POST /projects', { projectId: failing, name: 'Ruin' });
    await executions.send(
      new StartExecutionCommand({
        stateMachineArn,
        name: jobId,
        input: JSON.stringify({ jobId, userId: user, projectId: failing, key: 'uploads/none' }),
      }),
    );
    expect(await settled(failing)).toMatchObject({ status: 'failed', problem: expect.stringContaining('No S3 objects found') });
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${jobId}`;
    const { events = [] } = await executions.send(new GetExecutionHistoryCommand({ executionArn }));
    const entered = events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
    expect(entered.slice(0, 2)).toEqual(['StructureFromMotion', 'TellFailure']);
  });

  test('a project is removed, and word of its job does not bring it back', async () => {
    const { jobId } = await project();
    expect(await ask('ProjectsApi', 'DELETE /projects/{projectId}', undefined, { projectId })).toMatchObject({ status: 204 });
    expect(await invoke('MLNotification', { jobId, userId: user, projectId, outcome: 'failed' })).toMatchObject({ updated: false });
    expect(await ask('ProjectsApi', 'GET /projects/{projectId}', undefined, { projectId })).toMatchObject({ status: 404 });
  });
});
