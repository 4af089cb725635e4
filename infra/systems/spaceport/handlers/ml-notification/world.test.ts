import type { SNSClient } from '@aws-sdk/client-sns';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createNotificationWorld } from './world.ts';

const outcome = { jobId: 'j', userId: 'user-1', projectId: 'p', result: { kind: 'failed', cause: 'why' } } as const;

function makeWorld(answer: unknown) {
  const inputs: unknown[] = [];
  const client = {
    send: async ({ input }: { input: unknown }): Promise<unknown> => {
      inputs.push(input);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const names = { projectsTable: 'Projects', topicArn: 'topic' };
  return { inputs, world: createNotificationWorld(client as unknown as DynamoDBDocumentClient, client as unknown as SNSClient, names) };
}

test('a failure replaces what an earlier success said, in the project of this job only', async () => {
  const { world, inputs } = makeWorld({});
  expect(await world.update(outcome, 'now')).toBe(true);
  expect(inputs).toEqual([
    expect.objectContaining({
      ConditionExpression: expect.stringContaining('jobId = :job'),
      ExpressionAttributeNames: { '#status': 'status', '#told': 'problem', '#other': 'resultUri' },
      ExpressionAttributeValues: { ':status': 'failed', ':job': 'j', ':at': 'now', ':told': 'why' },
    }),
  ]);
});

test('a project that is gone is not made again', async () => {
  const gone = Object.assign(new Error('no'), { name: 'ConditionalCheckFailedException' });
  expect(await makeWorld(gone).world.update(outcome, 'now')).toBe(false);
});

test('a subject is as short as SNS wants it', async () => {
  const { world, inputs } = makeWorld({});
  await world.publish('s'.repeat(200), 'm');
  expect(inputs).toEqual([{ TopicArn: 'topic', Subject: 's'.repeat(99), Message: 'm' }]);
});
