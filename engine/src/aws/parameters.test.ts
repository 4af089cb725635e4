import { expect, test } from '@jest/globals';
import { known } from '../answer.ts';
import { createParameterReadings } from './parameters.ts';

/** Asks for the tags of a parameter where SSM gives this answer. */
function readTags(answer: object, statusCode = 200) {
  const body = new TextEncoder().encode(JSON.stringify(answer));
  const handle = async () => ({ response: { statusCode, headers: { 'content-type': 'application/x-amz-json-1.1' }, body } });
  const credentials = async () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' });
  return createParameterReadings({ region: 'us-west-2', credentials, requestHandler: { handle } }).parameterTags({ name: '/a' });
}

test('tags of a parameter are given by key', async () =>
  expect(await readTags({ TagList: [{ Key: 'team', Value: 'web' }] })).toEqual(known({ team: 'web' })));

test('a parameter that is not there has none', async () =>
  expect(await readTags({ __type: 'InvalidResourceId' }, 400)).toEqual(known(undefined)));
