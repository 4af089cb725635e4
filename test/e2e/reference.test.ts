import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { account, createStage, region, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({
    'infra/.keep': '',
    '.github/spaceport.yml': `system: spaceport\nenvironments:\n  live: { branches: [development], account: "${account}" }\n  staging: {}\n`,
  });
});
afterAll(() => stage?.end());

const config = () => ({ region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' } });

test('a table that was there before is imported, and still is the second time', async () => {
  await new DynamoDBClient(config()).send(
    new CreateTableCommand({
      TableName: 'Spaceport-FileMetadata-staging',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'userId', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'userId', AttributeType: 'S' }],
    }),
  );
  const first = await stage.run('deploy', { environment: 'staging' });
  expect(first.outputs).toMatchObject({ verdict: 'deployed' });
  const second = await stage.run('deploy', { environment: 'staging' });
  expect(second.outputs).toMatchObject({ verdict: 'unchanged' });
  expect(second.log).toContain('✅ Importing existing DynamoDB table: Spaceport-FileMetadata-staging');
});

test('the config at the root of the checkout counts in a working directory too', async () => {
  const result = await stage.run('preflight', { depth: 'none', 'working-directory': 'infra' });
  expect(result.outputs).toMatchObject({ environment: 'live', account });
});

test('a working directory that is not there is told', async () => {
  const result = await stage.run('preflight', { depth: 'none', 'working-directory': 'nowhere' });
  expect(result.log).toContain('`working-directory` is "nowhere": there is no such folder.');
  expect(result.code).toBe(1);
});

test('a variable of the job that looks like an input changes nothing', async () => {
  const result = await stage.run('preflight', { depth: 'none' }, { env: { INPUT_VERSION: '1.2' } });
  expect(result.outputs).toMatchObject({ verdict: 'ready', environment: 'live' });
});
