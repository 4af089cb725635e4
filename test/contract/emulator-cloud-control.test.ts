import { CloudControlClient, GetResourceCommand, ListResourcesCommand } from '@aws-sdk/client-cloudcontrol';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { type Emulator, startEmulator } from '../../emulator/emulator.ts';
import { createStacks, type Resource, toTemplate } from '../../emulator/stacks.ts';

const region = 'us-west-2';
let emulator: Emulator;
let accounts = 300_000_000_000;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator?.stop());

/** An account that no other test has, and what Cloud Control reads of it. */
function open() {
  const account = String(++accounts);
  const connection = { endpoint: emulator.endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'test' } };
  const client = new CloudControlClient(connection);
  return {
    account,
    connection,
    stacks: createStacks(emulator, account),
    get: async (TypeName: string, Identifier: string): Promise<unknown> =>
      JSON.parse((await client.send(new GetResourceCommand({ TypeName, Identifier }))).ResourceDescription?.Properties ?? ''),
    list: async (TypeName: string, model?: object) =>
      (
        await client.send(new ListResourcesCommand({ TypeName, ...(model ? { ResourceModel: JSON.stringify(model) } : {}) }))
      ).ResourceDescriptions?.map((r) => r.Identifier),
  };
}

const notFound = { name: 'ResourceNotFoundException' };
const table: Resource = [
  'AWS::DynamoDB::Table',
  {
    TableName: 'files',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  },
];

test('a resource of a stack is read with its properties and attributes, and is gone with its stack', async () => {
  const { account, stacks, get, list } = open();
  await stacks.deploy('Shop', toTemplate({ Files: table }));
  expect(await get('AWS::DynamoDB::Table', 'files')).toMatchObject({
    TableName: 'files',
    BillingMode: 'PAY_PER_REQUEST',
    Arn: `arn:aws:dynamodb:${region}:${account}:table/files`,
  });
  expect(await list('AWS::DynamoDB::Table')).toEqual(['files']);
  await stacks.remove('Shop');
  await expect(get('AWS::DynamoDB::Table', 'files')).rejects.toMatchObject(notFound);
  expect(await list('AWS::DynamoDB::Table')).toEqual([]);
});

test('a table that its stack left behind still says whose it was', async () => {
  const { stacks, get } = open();
  await stacks.deploy('Shop', toTemplate({ Files: [table[0], table[1], { DeletionPolicy: 'Retain' }] }));
  await stacks.remove('Shop');
  expect(await get('AWS::DynamoDB::Table', 'files')).toMatchObject({
    Tags: expect.arrayContaining([{ Key: 'aws:cloudformation:stack-name', Value: 'Shop' }]),
  });
});

test('what no stack has is read by its name, and by an identifier that is made of it', async () => {
  const { account, connection, get } = open();
  const bucket = `made-by-hand-${account}`;
  await new S3Client(connection).send(new CreateBucketCommand({ Bucket: bucket }));
  await new SNSClient(connection).send(new CreateTopicCommand({ Name: 'news' }));
  expect(await get('AWS::S3::Bucket', bucket)).toEqual({ BucketName: bucket });
  expect(await get('AWS::SNS::Topic', `arn:aws:sns:${region}:${account}:news`)).toEqual({ TopicName: 'news' });
  await expect(get('AWS::SNS::Topic', 'news')).rejects.toMatchObject(notFound);
  await expect(open().get('AWS::S3::Bucket', bucket)).rejects.toMatchObject(notFound);
});

test('identifiers of several parts are in the order of the type, and a list can be of one parent', async () => {
  const { stacks, get, list } = open();
  const pools: Record<string, Resource> = {
    Users: ['AWS::Cognito::UserPool', { UserPoolName: 'users' }],
    Staff: ['AWS::Cognito::UserPool', { UserPoolName: 'staff' }],
    Admins: ['AWS::Cognito::UserPoolGroup', { UserPoolId: { Ref: 'Staff' }, GroupName: 'admins' }],
    Guests: ['AWS::Cognito::UserPoolGroup', { UserPoolId: { Ref: 'Users' }, GroupName: 'guests' }],
  };
  await stacks.deploy('Shop', toTemplate(pools));
  const [users = ''] = (await list('AWS::Cognito::UserPool', { UserPoolName: 'users' })) ?? [];
  expect(await get('AWS::Cognito::UserPoolGroup', `${users}|guests`)).toMatchObject({ UserPoolId: users, GroupName: 'guests' });
  expect(await list('AWS::Cognito::UserPoolGroup', { UserPoolId: users })).toEqual([`${users}|guests`]);
});

test('a queue is read by the URL that it would have on AWS, and tells its own', async () => {
  const { account, stacks, get } = open();
  await stacks.deploy('Shop', toTemplate({ Jobs: ['AWS::SQS::Queue', { QueueName: 'jobs' }] }));
  expect(await get('AWS::SQS::Queue', `https://sqs.${region}.amazonaws.com/${account}/jobs`)).toMatchObject({
    QueueUrl: expect.stringMatching(`^http://.*/${account}/jobs$`),
  });
});

test('a type that does not exist, or that Cloud Control cannot read, is refused as such', async () => {
  const { get, list } = open();
  await expect(get('AWS::Made::Up', 'x')).rejects.toMatchObject({ name: 'TypeNotFoundException' });
  await expect(list('AWS::Made::Up')).rejects.toMatchObject({ name: 'TypeNotFoundException' });
  await expect(get('AWS::CDK::Metadata', 'x')).rejects.toMatchObject({ name: 'UnsupportedActionException' });
});
