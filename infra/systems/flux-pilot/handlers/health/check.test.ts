import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createLog } from '../../../../handlers/log.ts';
import { check } from './check.ts';
import { connectTo } from './connect.ts';

const event = { httpMethod: 'GET', resource: '/health', headers: {}, requestContext: { requestId: 'r-1' } };

function start(connect: () => Promise<void>) {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => new Date(0),
  );
  return { world: { connect, setDigest: 'none', log }, lines };
}

test('answers 200 while the database takes connections', async () => {
  const { world } = start(() => Promise.resolve());
  expect(await check(event, world)).toMatchObject({ statusCode: 200, body: '{"status":"ok","database":"reachable","set":"none"}' });
});

test('answers 503 while it does not, and why is in the log alone', async () => {
  const { world, lines } = start(() => Promise.reject(new Error('connect ECONNREFUSED 10.40.0.7:5432')));
  const result = await check(event, world);
  expect(result.statusCode).toBe(503);
  expect(result.body).not.toContain('10.40.0.7');
  expect(lines).toEqual([expect.stringContaining('ECONNREFUSED 10.40.0.7:5432')]);
});

test('a port that is open takes a connection, and one that is closed does not', async () => {
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await expect(connectTo('127.0.0.1', port, 1000)).resolves.toBeUndefined();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  await expect(connectTo('127.0.0.1', port, 1000)).rejects.toThrow('ECONNREFUSED');
});
