import { expect, test } from '@jest/globals';
import { known } from '../answer.ts';
import { createPresence } from './presence.ts';

/** Looks a table up where DynamoDB gives this state. */
function lookAt(TableStatus: string) {
  const body = new TextEncoder().encode(JSON.stringify({ Table: { TableStatus } }));
  const handle = async () => ({ response: { statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body } });
  const config = {
    region: 'us-west-2',
    credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' }),
    requestHandler: { handle },
  };
  return createPresence(config, async () => '111111111111')({ type: 'AWS::DynamoDB::Table', name: 'Files' });
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
  const presence = createPresence({ region: 'us-west-2' }, async () => '111111111111');
  expect(await presence({ type: 'AWS::Made::Up', name: 'x' })).toMatchObject({ kind: 'unknown', because: { why: 'refused' } });
});
