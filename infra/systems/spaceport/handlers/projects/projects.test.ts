import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createProjects, type ProjectRecord } from './projects.ts';

const project: ProjectRecord = { userId: 'user-1', projectId: 'p', name: 'Barn', createdAt: 'then', updatedAt: 'then' };

/** A client that answers every command with one answer, or throws it, and remembers what it was asked. */
function fakeClient(answer: unknown): { readonly client: DynamoDBDocumentClient; readonly inputs: unknown[] } {
  const inputs: unknown[] = [];
  const send = async ({ input }: { input: unknown }): Promise<unknown> => {
    inputs.push(input);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { client: { send } as unknown as DynamoDBDocumentClient, inputs };
}
const missing = Object.assign(new Error('The conditional request failed'), { name: 'ConditionalCheckFailedException' });

test('only what is given is changed, in a project that is there', async () => {
  const { client, inputs } = fakeClient({ Attributes: project });
  expect(await createProjects(client, 'Projects').change('user-1', 'p', { name: 'Barn', updatedAt: 'now' })).toEqual(project);
  expect(inputs).toEqual([
    expect.objectContaining({
      UpdateExpression: 'SET #name = :name, #updatedAt = :updatedAt',
      ConditionExpression: 'attribute_exists(projectId)',
      ExpressionAttributeNames: { '#name': 'name', '#updatedAt': 'updatedAt' },
      ExpressionAttributeValues: { ':name': 'Barn', ':updatedAt': 'now' },
    }),
  ]);
});

test('what is not there is neither changed nor removed', async () => {
  const projects = createProjects(fakeClient(missing).client, 'Projects');
  expect(await projects.change('user-1', 'p', { updatedAt: 'now' })).toBeUndefined();
  expect(await projects.remove('user-1', 'p')).toBe(false);
});

test('a project is put only when there is none of its id', async () => {
  const { client, inputs } = fakeClient({});
  expect(await createProjects(client, 'Projects').create(project)).toBe(true);
  expect(inputs).toEqual([{ TableName: 'Projects', Item: project, ConditionExpression: 'attribute_not_exists(projectId)' }]);
});

test.each([
  ['there is more', { Items: [project], LastEvaluatedKey: { userId: 'user-1', projectId: 'p' } }, { projects: [project], last: 'p' }],
  ['there is no more', {}, { projects: [] }],
])("lists a user's projects when %s", async (_, answer, page) => {
  expect(await createProjects(fakeClient(answer).client, 'Projects').list('user-1', 25, 'a')).toEqual(page);
});

test('another failure is thrown on', async () => {
  await expect(createProjects(fakeClient(new Error('denied')).client, 'Projects').get('user-1', 'p')).rejects.toThrow('denied');
});
