import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCommands } from './commands.ts';
import { createSites } from './sites.ts';

const never = new AbortController().signal;

describe('sites', () => {
  let server: Server;
  let home = '';
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/moved') response.writeHead(301, { location: '/' }).end();
      else if (request.url === '/large') response.end('x'.repeat(400_000));
      else if (request.url !== '/silent') response.writeHead(503, { 'X-Shop': 'Open' }).end('starting');
    }).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const get = (path: string, more: object = {}) =>
    createSites().get({ url: `${home}${path}`, follows: true, timeoutMs: 10_000, signal: never, ...more });

  test('give status, headers in small letters, and body, whatever the status', async () => {
    expect(await get('/')).toMatchObject({ kind: 'known', value: { status: 503, headers: { 'x-shop': 'Open' }, body: 'starting' } });
  });

  test('are followed where they move, or not', async () => {
    expect(await get('/moved')).toMatchObject({ value: { status: 503 } });
    expect(await get('/moved', { follows: false })).toMatchObject({ value: { status: 301, headers: { location: '/' } } });
  });

  test('are read up to 256 KiB', async () => {
    const answer = await get('/large');
    expect(answer.kind === 'known' && answer.value.body.length).toBe(256 * 1024);
  });

  test('that give no answer in time are unreachable', async () => {
    expect(await get('/silent', { timeoutMs: 50 })).toMatchObject({ kind: 'unknown', because: { why: 'unreachable' } });
  });

  test.each([
    ['that nobody listens at', 'http://127.0.0.1:9', 'unreachable'],
    ['that are no address', 'shop', 'refused'],
    ['of another protocol', 'ftp://shop', 'refused'],
  ])('%s are told so', async (_name, url, why) => {
    expect(await createSites().get({ url, follows: true, timeoutMs: 5_000, signal: never })).toMatchObject({
      because: { call: 'GET', why },
    });
  });
});

describe('commands', () => {
  let directory = '';
  beforeAll(() => void (directory = realpathSync(mkdtempSync(join(tmpdir(), 'spaceport-commands-')))));
  afterAll(() => rmSync(directory, { recursive: true }));
  const lines: string[] = [];
  const run = (command: string, more: object = {}, env: NodeJS.ProcessEnv = process.env) =>
    createCommands(env, (line) => lines.push(line)).run({ command, directory, variables: {}, timeoutMs: 20_000, signal: never, ...more });

  test('that get more variables than the system takes are not begun', async () => {
    const variables = { SPACEPORT_OUTPUTS: 'x'.repeat(4_000_000) };
    const end = await createCommands(process.env, () => {}).run({
      command: 'true',
      directory,
      variables,
      timeoutMs: 10_000,
      signal: new AbortController().signal,
    });
    expect(end).toEqual({ unstarted: expect.stringContaining('E2BIG'), lines: [] });
  });

  test('run in their folder, with variables beside those of the job', async () => {
    const end = await run('pwd; echo "$A $OWN"; echo bad >&2', { variables: { A: 'given' } }, { ...process.env, OWN: 'own' });
    expect(end).toEqual({ code: 0, lines: expect.arrayContaining([directory, 'given own', 'bad']) });
    expect(lines).toEqual(expect.arrayContaining([directory, 'given own', 'bad']));
  });

  test('do not see the inputs and tokens of the step', async () => {
    const env = {
      ...process.env,
      'INPUT_GITHUB-TOKEN': 'secret',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret',
      GITHUB_ENV: '/secret',
      GITHUB_SHA: 'c0de',
    };
    const { lines: seen } = await run('env', {}, env);
    const all = (await run('env | grep -c secret || true; echo "$GITHUB_SHA"', {}, env)).lines;
    expect(seen.join('\n')).not.toContain('secret');
    expect(all).toEqual(['0', 'c0de']);
  });

  test('end with their code, and the last twenty lines of what they wrote', async () => {
    const end = await run('seq 1 30; exit 3');
    expect(end).toEqual({ code: 3, lines: Array.from({ length: 20 }, (_, i) => String(i + 11)) });
  });

  test('that are not there end as the shell says', async () => {
    expect(await run('no-such-command-anywhere')).toMatchObject({ code: 127 });
  });

  test('are ended with all that they started when their time is over', async () => {
    const end = await run('sleep 60 & wait', { timeoutMs: 100 });
    expect(end).toEqual({ lines: [] });
  });

  test('are ended when the run is cancelled, and do not begin after that', async () => {
    const controller = new AbortController();
    const running = run('sleep 60', { signal: controller.signal });
    controller.abort();
    expect(await running).toEqual({ lines: [] });
    expect(await run('echo begin', { signal: controller.signal })).toEqual({ lines: [] });
  });
});
