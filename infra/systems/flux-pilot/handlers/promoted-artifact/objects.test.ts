import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import type { Objects } from './find-artifact.ts';
import { createObjects } from './objects.ts';

/** What S3 answers to each request; it is a server of this machine. */
let answer: (method: string) => { status: number; headers?: Record<string, string>; body?: string };
let server: Server;
let objects: Objects;
beforeAll(async () => {
  server = createServer((request, response) => {
    const { status, headers = {}, body } = answer(request.method ?? '');
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  objects = createObjects(new S3Client({ region: 'us-west-2', endpoint, credentials, forcePathStyle: true, maxAttempts: 1 }));
});
afterAll(
  () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
);

const error = (code: string): string => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>m</Message></Error>`;

test('reads a text and a version', async () => {
  answer = (method) => (method === 'HEAD' ? { status: 200, headers: { 'x-amz-version-id': 'v-1' } } : { status: 200, body: 'text' });
  expect([await objects.read('b', 'k'), await objects.version('b', 'k')]).toEqual(['text', 'v-1']);
});

test('an object that is not there is undefined, and one without a version has an empty one', async () => {
  answer = (method) => ({ status: 404, ...(method === 'HEAD' ? {} : { body: error('NoSuchKey') }) });
  expect([await objects.read('b', 'k'), await objects.version('b', 'k')]).toEqual([undefined, undefined]);
  answer = () => ({ status: 200 });
  expect(await objects.version('b', 'k')).toBe('');
});

test.each([
  [403, 'AccessDenied'],
  [404, 'NoSuchBucket'],
  [500, 'InternalError'],
])('%d %s is an error', async (status, code) => {
  answer = () => ({ status, body: error(code) });
  await expect(objects.read('b', 'k')).rejects.toThrow('m');
});
