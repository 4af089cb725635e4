import { expect, test } from '@jest/globals';
import { known } from '../answer.ts';
import { createNames } from './names.ts';

/** Looks a table up where DynamoDB gives this state. */
function lookAt(TableStatus: string) {
  const body = new TextEncoder().encode(JSON.stringify({ Table: { TableStatus } }));
  const handle = async () => ({ response: { statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body } });
  const config = {
    region: 'us-west-2',
    credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' }),
    requestHandler: { handle },
  };
  return createNames(config, async () => '111111111111').look('AWS::DynamoDB::Table', 'Files');
}

test.each<[string, boolean]>([
  ['ACTIVE', true],
  ['UPDATING', true],
  ['CREATING', false],
  ['DELETING', false],
  ['ARCHIVING', false],
  ['ARCHIVED', false],
  ['INACCESSIBLE_ENCRYPTION_CREDENTIALS', false],
])('a table in the state %s is there, and active: %s', async (status, active) =>
  expect(await lookAt(status)).toEqual(known({ kind: 'present', active })),
);

test('a type without a look-up is not taken for free', async () => {
  const names = createNames({ region: 'us-west-2' }, async () => '111111111111');
  expect(await names.look('AWS::Made::Up', 'x')).toMatchObject({ kind: 'unknown', because: { why: 'refused' } });
});
