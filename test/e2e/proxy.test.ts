import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { bucket, queue, toAssemblyFiles } from '../fakes/assembly.ts';
import { createStage, type Stage } from './stage.ts';

/** An address that leads nowhere: who reaches AWS by it has come through the proxy. */
const nowhere = '192.0.2.1:4566';

/** A proxy that takes CONNECT to `nowhere`, which it finds at the emulator, and nothing else. */
interface Proxy {
  readonly url: string;
  /** Where somebody wanted to go. */
  readonly seen: string[];
  readonly end: () => void;
}

async function startProxy(target: string): Promise<Proxy> {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((_, response) => void response.writeHead(405).end());
  server.on('connection', (socket: Socket) => void sockets.add(socket));
  server.on('connect', (request, socket: Socket) => {
    seen.push(request.url ?? '');
    socket.on('error', () => socket.destroy());
    if (request.url !== nowhere) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const { hostname, port } = new URL(target);
    const there = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(there).pipe(socket);
    });
    sockets.add(there);
    there.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const end = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, end };
}

let stage: Stage;
let proxy: Proxy;
beforeAll(async () => {
  stage = await createStage(toAssemblyFiles('cdk.out', { Shop: { resources: { Files: bucket('files-behind-a-proxy'), Queue: queue() } } }));
  proxy = await startProxy(stage.emulator.endpoint);
});
afterAll(async () => {
  proxy?.end();
  await stage?.end();
});

const run = (
  action: 'preflight' | 'deploy' | 'destroy',
  env: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
) => stage.run(action, { 'cdk-out': 'cdk.out', ...inputs }, { env });

test('every call of a preflight, a deployment and a destruction goes through the proxy', async () => {
  const env = { AWS_ENDPOINT_URL: `http://${nowhere}`, HTTP_PROXY: proxy.url };
  expect((await run('preflight', env)).outputs).toMatchObject({ verdict: 'ready', errors: '0', 'not-run': '0' });
  const deployed = await run('deploy', env);
  expect({ log: deployed.log, outputs: deployed.outputs }).toMatchObject({ outputs: { verdict: 'deployed' } });
  const destroyed = await run('destroy', env, { 'delete-data': 'AWS::S3::Bucket' });
  expect({ log: destroyed.log, outputs: destroyed.outputs }).toMatchObject({ outputs: { verdict: 'destroyed' } });
  expect(new Set(proxy.seen)).toEqual(new Set([nowhere]));
}, 60_000);

test('what NO_PROXY names is reached without it', async () => {
  const env = { HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: 'localhost,127.0.0.1' };
  expect((await run('preflight', env)).outputs).toMatchObject({ errors: '0', 'not-run': '0' });
});

test('AWS itself is asked for by its name, and a proxy that refuses is told', async () => {
  const { code, log } = await run('preflight', { AWS_ENDPOINT_URL: '', HTTPS_PROXY: proxy.url });
  expect(code).toBe(1);
  expect(log).toMatch(/RT044 /);
  expect(new Set(proxy.seen)).toEqual(new Set([nowhere, 'sts.us-west-2.amazonaws.com:443']));
}, 60_000);
