import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from '../../../../handlers/log.ts';
import { serveResource, type Made, type ResourceEvent } from './custom-resource.ts';
import { make } from './make.ts';
import { put } from './put.ts';

const event: ResourceEvent = {
  RequestType: 'Create',
  ResponseURL: 'https://answers.example/signed',
  StackId: 'stack-1',
  RequestId: 'request-1',
  LogicalResourceId: 'ApiArtifact',
  ResourceProperties: { Bucket: 'here', Prefix: 'lambda/', Artifact: 'api.zip', SetDigest: '1'.repeat(64) },
};

function start(made: (properties: ResourceEvent['ResourceProperties']) => Promise<Made>) {
  const [answers, lines] = [[] as unknown[], [] as string[]];
  const log = createLog(
    (line) => lines.push(line),
    () => new Date(0),
  );
  const send = async (url: string, body: string): Promise<void> => void answers.push([url, JSON.parse(body)]);
  return { handle: serveResource(made, send, log), answers, lines };
}

test('CloudFormation learns the id and the attributes', async () => {
  const { handle, answers } = start(async () => ({ id: 'the-id', attributes: { Key: 'k' } }));
  await handle(event);
  expect(answers).toEqual([
    [
      'https://answers.example/signed',
      {
        Status: 'SUCCESS',
        PhysicalResourceId: 'the-id',
        Data: { Key: 'k' },
        StackId: 'stack-1',
        RequestId: 'request-1',
        LogicalResourceId: 'ApiArtifact',
      },
    ],
  ]);
});

test('a failure becomes the reason, cut to what CloudFormation takes, and is logged without the signed address', async () => {
  const { handle, answers, lines } = start(() => Promise.reject(new Error(`there is no such set ${'x'.repeat(5000)}`)));
  await handle({ ...event, RequestType: 'Update', PhysicalResourceId: 'before' });
  const [[, answer]] = answers as [[string, { Status: string; Reason: string; PhysicalResourceId: string }]];
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'before' });
  expect(answer.Reason).toMatch(/^there is no such set x+$/);
  expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(4096);
  expect(lines.join('')).toContain('"level":"error"');
  expect(lines.join('')).not.toContain('answers.example');
});

test('a deletion has nothing to do and reads nothing', async () => {
  const { handle, answers } = start(() => Promise.reject(new Error('read')));
  await handle({ ...event, RequestType: 'Delete', PhysicalResourceId: 'before' });
  expect(answers).toEqual([[expect.anything(), expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: 'before' })]]);
});

test('an answer that is not taken is thrown, so that Lambda tries again', async () => {
  const handle = serveResource(
    async () => ({ id: 'i', attributes: {} }),
    () => Promise.reject(new Error('status 403')),
    createLog(
      () => undefined,
      () => new Date(0),
    ),
  );
  await expect(handle(event)).rejects.toThrow('status 403');
});

test('the id of an artifact stays the same from set to set', async () => {
  const objects = { read: () => Promise.resolve(undefined), version: () => Promise.resolve('v-1') };
  const first = await make(event.ResourceProperties, objects);
  const second = await make({ ...event.ResourceProperties, SetDigest: '2'.repeat(64) }, objects);
  expect(first).toEqual({ id: 'here/lambda/api.zip', attributes: { Key: `lambda/sets/${'1'.repeat(64)}/api.zip`, VersionId: 'v-1' } });
  expect(second.id).toBe(first.id);
});

test('properties that are no text are all named', async () => {
  const objects = { read: () => Promise.resolve(undefined), version: () => Promise.resolve(undefined) };
  await expect(make({ Bucket: 'here', Prefix: 1 }, objects)).rejects.toThrow('Properties that are no text: Prefix, Artifact, SetDigest');
});

test('an answer is put at the signed address as it is, and a refusal does not tell the address', async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push(`${request.method ?? ''} ${Buffer.concat(chunks).toString('utf8')} ${request.headers['content-type'] ?? ''}`);
      response.writeHead(request.url === '/good' ? 200 : 403).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await put(`${at}/good`, '{"a":1}');
  await expect(put(`${at}/bad?Signature=s`, '{}')).rejects.toThrow(/^CloudFormation did not take the answer: status 403$/);
  expect(seen[0]).toBe('PUT {"a":1} ');
  await new Promise((resolve) => {
    server.close(resolve);
  });
});
