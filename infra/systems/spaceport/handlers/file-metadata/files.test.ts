import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createFiles, type FileRecord } from './files.ts';

const file: FileRecord = {
  userId: 'user-1',
  fileId: 'file-1',
  key: 'k',
  fileName: 'a.zip',
  contentType: 'application/zip',
  sizeBytes: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
};

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
const taken = Object.assign(new Error('The conditional request failed'), { name: 'ConditionalCheckFailedException' });

test('a file is put only when there is none of its id', async () => {
  const { client, inputs } = fakeClient({});
  expect(await createFiles(client, 'Files').create(file)).toBe(true);
  expect(inputs).toEqual([{ TableName: 'Files', Item: file, ConditionExpression: 'attribute_not_exists(fileId)' }]);
});

test.each(['create', 'remove'] as const)('%s gives false when its condition does not hold', async (what) => {
  const files = createFiles(fakeClient(taken).client, 'Files');
  expect(await (what === 'create' ? files.create(file) : files.remove('user-1', 'file-1'))).toBe(false);
});

test('another failure is thrown on', async () => {
  await expect(createFiles(fakeClient(new Error('denied')).client, 'Files').create(file)).rejects.toThrow('denied');
});

test.each([
  ['there is more', { Items: [file], LastEvaluatedKey: { userId: 'user-1', fileId: 'file-1' } }, { files: [file], last: 'file-1' }],
  ['there is no more', { Items: [file] }, { files: [file] }],
  ['there is nothing', {}, { files: [] }],
])("lists a user's files when %s", async (_, answer, page) => {
  expect(await createFiles(fakeClient(answer).client, 'Files').list('user-1', 25, undefined)).toEqual(page);
});

test('a list goes on after an id in the same user', async () => {
  const { client, inputs } = fakeClient({});
  await createFiles(client, 'Files').list('user-1', 25, 'file-0');
  expect(inputs).toEqual([
    expect.objectContaining({
      ExclusiveStartKey: { userId: 'user-1', fileId: 'file-0' },
      ExpressionAttributeValues: { ':user': 'user-1' },
      Limit: 25,
    }),
  ]);
});

test('a file that is not there is undefined', async () => {
  expect(await createFiles(fakeClient({}).client, 'Files').get('user-1', 'file-1')).toBeUndefined();
});
