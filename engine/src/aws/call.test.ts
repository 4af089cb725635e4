import { describe, expect, test } from '@jest/globals';
import { known, unknown, type NotRead } from '../answer.ts';
import { ask, toErrorName, toWhy, WithoutRole } from './call.ts';

/** An error as the SDK throws it. */
const thrown = (name: string, status?: number, more: object = {}): Error =>
  Object.assign(new Error('m'), { name, ...(status ? { $metadata: { httpStatusCode: status } } : {}), ...more });

test.each<[string, Error, string]>([
  ['is the name that AWS gives', thrown('AccessDenied', 403), 'AccessDenied'],
  ['is the code where the name says nothing', thrown('Error', 400, { Code: 'NoSuchKey' }), 'NoSuchKey'],
  ['is the code of Node where AWS did not answer', thrown('Error', 0, { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  ['is the status where there is no code either', thrown('UnknownError', 412), 'Http412'],
  ['is the status where the code is Unknown', thrown('Unknown', 404), 'Http404'],
  ['is no status where nothing is known', thrown('Error'), 'Http0'],
])('the name of an error %s', (_name, error, name) => expect(toErrorName(error)).toBe(name));

test.each<[NotRead['why'], string, Error]>([
  ['expired', 'a token that has expired', thrown('ExpiredTokenException', 400)],
  ['expired', 'a token that has expired, though the status is that of a denial', thrown('ExpiredToken', 403)],
  ['expired', 'a request that has expired', thrown('RequestExpired', 400)],
  ['expired', 'a token that S3 wants renewed', thrown('TokenRefreshRequired', 400)],
  ['denied', 'a denial', thrown('AccessDeniedException', 400)],
  ['denied', 'a denial of EC2', thrown('UnauthorizedOperation', 403)],
  ['denied', 'any other answer with the status of a denial', thrown('InvalidClientTokenId', 403)],
  ['throttled', 'a throttled call', thrown('ThrottlingException', 400)],
  ['throttled', 'a call that S3 wants slower', thrown('SlowDown', 503)],
  ['unreachable', 'an address without a server', thrown('Error', 0, { code: 'ECONNREFUSED' })],
  ['unreachable', 'a name without an address, wrapped', thrown('AggregateError', 0, { code: 'ENOTFOUND' })],
  ['unreachable', 'a call that took too long', thrown('TimeoutError')],
  ['failed', 'an error of the service', thrown('InternalFailure', 500)],
  ['refused', 'a request that is not valid', thrown('ValidationError', 400)],
])('%s is why nothing is known after %s', (why, _name, error) => expect(toWhy(error)).toBe(why));

describe('a call', () => {
  const fails = (error: Error) =>
    ask(
      's3:ListBucket',
      'uploads',
      async () => {
        throw error;
      },
      (e) => toErrorName(e) === 'NoSuchBucket',
    );
  const because = (why: NotRead['why'], message: string) => unknown({ call: 's3:ListBucket', resource: 'uploads', why, message });

  test('that is answered gives the answer', async () => expect(await ask('a:B', 'c', async () => 7)).toEqual(known(7)));

  test('for what is not there gives nothing, and knows it', async () =>
    expect(await fails(thrown('NoSuchBucket', 404))).toEqual(known(undefined)));

  test.each<[string, Error, ReturnType<typeof because>]>([
    ['gives the reason in the first line of AWS', Object.assign(thrown('ExpiredToken', 400), { message: 'a\nb' }), because('expired', 'a')],
    ['gives the name where AWS has no words', Object.assign(thrown('Forbidden', 403), { message: '' }), because('denied', 'Forbidden')],
    [
      'gives the status where it has none of them',
      Object.assign(thrown('UnknownError', 500), { message: 'UnknownError' }),
      because('failed', 'Http500'),
    ],
  ])('that fails otherwise %s', async (_name, error, answer) => expect(await fails(error)).toEqual(answer));
});

test('a call without the role that it is to be made with is answered with the reason for that', async () => {
  const because = { call: 'sts:AssumeRole', resource: 'arn:aws:iam::222222222222:role/look', why: 'denied', message: 'no' } as const;
  const answer = await ask('s3:ListBucket', 'files', () => Promise.reject(new WithoutRole(because)));
  expect(answer).toEqual(unknown(because));
});
