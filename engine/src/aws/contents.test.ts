import { expect, test } from '@jest/globals';
import { known } from '../answer.ts';
import { createIsEmpty } from './contents.ts';

/** Asks about a name where the service gives this answer. */
function ask(type: string, answer: string, statusCode = 200) {
  const handle = async () => ({ response: { statusCode, headers: {}, body: new TextEncoder().encode(answer) } });
  const credentials = async () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' });
  const config = { region: 'us-west-2', credentials, requestHandler: { handle } };
  return createIsEmpty(config)({ type, name: 'files' });
}

const versions = (inner: string) => `<ListVersionsResult>${inner}</ListVersionsResult>`;

test.each<[string, string, string, boolean]>([
  ['a bucket with an object', 'AWS::S3::Bucket', versions('<Version><Key>a</Key></Version>'), false],
  ['a bucket with nothing but a deleted object', 'AWS::S3::Bucket', versions('<DeleteMarker><Key>a</Key></DeleteMarker>'), false],
  ['a bucket with nothing', 'AWS::S3::Bucket', versions(''), true],
  ['a repository with an image', 'AWS::ECR::Repository', '{"imageIds":[{"imageDigest":"sha256:a"}]}', false],
  ['a repository with nothing', 'AWS::ECR::Repository', '{"imageIds":[]}', true],
])('%s is empty or not', async (_name, type, answer, isEmpty) => expect(await ask(type, answer)).toEqual(known(isEmpty)));

test.each<[string, string, string, number]>([
  ['bucket', 'AWS::S3::Bucket', '<Error><Code>NoSuchBucket</Code></Error>', 404],
  ['repository', 'AWS::ECR::Repository', '{"__type":"RepositoryNotFoundException"}', 400],
])('a %s that is not there is neither empty nor full', async (_name, type, answer, status) =>
  expect(await ask(type, answer, status)).toEqual(known(undefined)),
);

test('a bucket that may not be listed is not known', async () => {
  const answer = await ask('AWS::S3::Bucket', '<Error><Code>AccessDenied</Code></Error>', 403);
  expect(answer).toMatchObject({ kind: 'unknown', because: { call: 's3:ListBucketVersions', why: 'denied' } });
});

test('another type is refused', async () =>
  expect(await ask('AWS::SQS::Queue', '')).toMatchObject({ kind: 'unknown', because: { why: 'refused' } }));
