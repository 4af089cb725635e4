import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createJobsWorld } from './world.ts';

const job = { jobId: 'j', userId: 'user-1', projectId: 'p', key: 'k' };
const named = (name: string): Error => Object.assign(new Error(name), { name });

/** Services that all give one answer, or throw it, and remember what they were asked. */
function makeWorld(answer: unknown) {
  const inputs: unknown[] = [];
  const client = {
    send: async ({ input }: { input: unknown }): Promise<unknown> => {
      inputs.push(input);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const world = createJobsWorld({
    tables: client as unknown as DynamoDBDocumentClient,
    objects: client as unknown as S3Client,
    executions: client as unknown as SFNClient,
    projectsTable: 'Projects',
    uploadsBucket: 'uploads',
    pipelineArn: 'arn',
  });
  return { world, inputs };
}

test("a job's id names the execution, which its service starts once for each name", async () => {
  const { world, inputs } = makeWorld({});
  expect(await world.start(job)).toBe('running');
  expect(inputs).toEqual([{ stateMachineArn: 'arn', name: 'j', input: JSON.stringify(job) }]);
});

test('an execution of the name that has ended is not started again', async () => {
  expect(await makeWorld(named('ExecutionAlreadyExists')).world.start(job)).toBe('ended');
});

test.each(['NotFound', 'Forbidden'])('an upload that S3 answers %s for is not there', async (name) => {
  expect(await makeWorld(named(name)).world.hasUpload('k')).toBe(false);
});

test('an upload and a project that are there are seen', async () => {
  const { world } = makeWorld({ Item: { projectId: 'p' } });
  expect([await world.hasUpload('k'), await world.hasProject('user-1', 'p')]).toEqual([true, true]);
  expect(await makeWorld({}).world.hasProject('user-1', 'p')).toBe(false);
});

test('a project that knows the job keeps what it says of it', async () => {
  const { world, inputs } = makeWorld(named('ConditionalCheckFailedException'));
  await world.note(job, 'now');
  expect(inputs).toEqual([expect.objectContaining({ ConditionExpression: expect.stringContaining('jobId <> :job') })]);
});

test('another failure is thrown on', async () => {
  await expect(makeWorld(named('ThrottlingException')).world.start(job)).rejects.toThrow('ThrottlingException');
});
