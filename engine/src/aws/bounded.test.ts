import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { known, unknown, type Answer } from '../answer.ts';
import type { Readings } from '../readings.ts';
import { toBounded, toReadingSettings } from './bounded.ts';
import { ask, clientDefaults } from './call.ts';

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

const right = JSON.stringify({ Parameter: { Name: 'a', Value: '21' } });

/** Asks a server for a parameter; each call of it is answered by the next of `answers`, the last one again and again. */
async function read(answers: readonly ((response: ServerResponse) => void)[], now: () => number = () => 0) {
  let calls = 0;
  const server = createServer((_, response) => answers[Math.min(calls++, answers.length - 1)]?.(response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  stops.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const client = new SSMClient({
    ...clientDefaults,
    ...toReadingSettings({ attemptMs: 100, retryMs: 1_000 }, now),
    region: 'us-west-2',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const answer = await ask(
    'ssm:GetParameter',
    'a',
    async () => (await client.send(new GetParameterCommand({ Name: 'a' }))).Parameter?.Value,
  );
  client.destroy();
  return { calls, answer: answer.kind === 'known' ? answer.value : answer.because.why };
}

const give = (status: number, body: string) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
const throttle = give(400, JSON.stringify({ __type: 'ThrottlingException', message: 'slow down' }));
const hang = () => undefined;
const stall = (response: ServerResponse) => void response.writeHead(200, { 'content-length': right.length }).write(right.slice(0, 9));
const cut = (response: ServerResponse) => {
  stall(response);
  setImmediate(() => response.destroy());
};

/** A clock that has gone on by so much at every look. */
const clock = (stepMs: number) => {
  let ms = 0;
  return () => (ms += stepMs);
};

describe('a call', () => {
  test.each<[string, readonly ((response: ServerResponse) => void)[], { calls: number; answer: string }]>([
    ['that is answered is made once', [give(200, right)], { calls: 1, answer: '21' }],
    ['that fails once is made again', [give(500, '{}'), give(200, right)], { calls: 2, answer: '21' }],
    ['that nobody answers at first is made again', [hang, give(200, right)], { calls: 2, answer: '21' }],
    ['whose answer ends in its middle is made again', [cut, give(200, right)], { calls: 2, answer: '21' }],
    ['whose answer stops in its middle is made again', [stall, give(200, right)], { calls: 2, answer: '21' }],
    ['that is refused is not', [give(400, '{"__type":"ValidationException"}')], { calls: 1, answer: 'refused' }],
    ['that always fails is made five times', [give(500, '{}')], { calls: 5, answer: 'failed' }],
  ])('%s', async (_name, answers, wanted) => expect(await read(answers)).toEqual(wanted));

  test('that is throttled again and again is told so', async () => {
    expect(await read([throttle], clock(400))).toEqual({ calls: 3, answer: 'throttled' });
  });

  test('that nobody answers is given up when its time is over, as unreachable', async () => {
    expect(await read([hang], clock(600))).toEqual({ calls: 2, answer: 'unreachable' });
  });
});

describe('readings', () => {
  const silent = unknown({ call: 'cloudformation:GetResource', resource: 'x', why: 'unreachable', message: '' });
  const denied = unknown({ call: 'cloudformation:GetResource', resource: 'x', why: 'denied', message: '' });

  function bound(resource: (of: { type: string; identifier: string }) => Promise<Answer<undefined>>, now = () => 0) {
    const seen: string[] = [];
    const readings = toBounded({ resource: (of) => (seen.push(of.identifier), resource(of)) } as Partial<Readings> as Readings, now);
    const all = (type: string, count: number) =>
      Promise.all(Array.from({ length: count }, (_, i) => readings.resource({ type, identifier: `${type}${i}` })));
    return { all, seen, readings };
  }

  test('are forty of a kind at once at the most, and all of them made', async () => {
    let underWay = 0;
    let most = 0;
    const { all, seen } = bound(async () => {
      most = Math.max(most, ++underWay);
      await new Promise((done) => setImmediate(done));
      underWay--;
      return known(undefined);
    });
    expect(await all('A', 130)).toHaveLength(130);
    expect([most, seen.length]).toEqual([40, 130]);
  });

  test('that nobody answers are not waited for one after the other; those of other types are made', async () => {
    const { all, seen } = bound(async ({ type }) => (type === 'A' ? silent : known(undefined)));
    expect(await all('A', 500)).toEqual(Array.from({ length: 500 }, () => silent));
    expect(seen.length).toBeLessThanOrEqual(40 + 3);
    expect(await all('B', 1)).toEqual([known(undefined)]);
  });

  test('that nobody answered are made again after a minute', async () => {
    let ms = 0;
    let isBack = false;
    const { all } = bound(
      async () => (isBack ? known(undefined) : silent),
      () => ms,
    );
    await all('A', 3);
    isBack = true;
    expect(await all('A', 1)).toEqual([silent]);
    ms = 60_000;
    expect(await all('A', 1)).toEqual([known(undefined)]);
  });

  test('that are refused are made every time', async () => {
    const { all, seen } = bound(async () => denied);
    await all('A', 100);
    expect(seen).toHaveLength(100);
  });

  test('that fail leave room for others', async () => {
    const { all, readings } = bound(async () => Promise.reject(new Error('defect')));
    await Promise.allSettled([all('A', 90)]);
    await expect(readings.resource({ type: 'A', identifier: 'a' })).rejects.toThrow('defect');
  });
});
