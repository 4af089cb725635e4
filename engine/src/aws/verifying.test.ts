import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { createWire } from '../../../test/fakes/wire.ts';
import { known } from '../answer.ts';
import { createAlarmReadings, toParts } from './alarms.ts';
import { createContainerServiceReadings } from './container-services.ts';
import { isLost } from './deployer.ts';
import { createFunctionReadings, createFunctions } from './functions.ts';
import { createLogReadings } from './logs.ts';

/* What verifications and causes read, in answers of the shapes that AWS documents. */
const missing = (name: string) => ({ status: 400, body: { __type: name, message: 'no' } });

describe('services of ECS', () => {
  test('are given with their deployments, and those that are not there as missing', async () => {
    const deployments = [{ status: 'PRIMARY', rolloutState: 'FAILED', rolloutStateReason: 'tasks failed', failedTasks: 3 }];
    const web = { serviceName: 'web', status: 'ACTIVE', desiredCount: 2, runningCount: 1, deployments };
    const failures = [{ arn: 'arn:aws:ecs:us-west-2:1:service/main/gone', reason: 'MISSING' }];
    const { containerServices } = createContainerServiceReadings(createWire([{ body: { services: [web], failures } }]));
    expect(await containerServices({ cluster: 'main', services: ['web', 'gone'] })).toEqual(
      known([
        {
          name: 'web',
          status: 'ACTIVE',
          desired: 2,
          running: 1,
          deployments: [{ status: 'PRIMARY', rollout: 'FAILED', reason: 'tasks failed', failed: 3 }],
        },
        { name: 'gone', status: 'MISSING', desired: 0, running: 0, deployments: [] },
      ]),
    );
  });

  test('are asked ten at a time', async () => {
    const seen: string[] = [];
    const names = Array.from({ length: 11 }, (_, i) => `s${i}`);
    const { containerServices } = createContainerServiceReadings(createWire([{ body: {} }, { body: {} }], seen));
    await containerServices({ cluster: 'main', services: names });
    expect(seen.map((body) => (JSON.parse(body) as { services: string[] }).services)).toEqual([names.slice(0, 10), names.slice(10)]);
  });

  test('of a cluster that is not there are not there', async () => {
    const { containerServices, stoppedTasks } = createContainerServiceReadings(
      createWire([missing('ClusterNotFoundException'), missing('ClusterNotFoundException')]),
    );
    expect(await containerServices({ cluster: 'main', services: ['web'] })).toEqual(known(undefined));
    expect(await stoppedTasks({ cluster: 'main', service: 'web' })).toEqual(known(undefined));
  });

  test('have stopped tasks, the newest first; those of others are left out', async () => {
    const task = (group: string, stoppedAt: number, exitCode?: number) => ({
      group,
      stoppedAt,
      stoppedReason: 'Essential container in task exited',
      containers: [{ name: 'app', image: 'shop:7', ...(exitCode === undefined ? {} : { exitCode }) }],
    });
    const tasks = [task('service:web', 1, 1), task('service:web', 2), task('service:job', 3), task('family:web', 4)];
    const { stoppedTasks } = createContainerServiceReadings(
      createWire([{ body: { taskArns: ['a', 'b', 'c', 'd'] } }, { body: { tasks } }]),
    );
    const reason = 'Essential container in task exited';
    expect(await stoppedTasks({ cluster: 'main', service: 'web' })).toEqual(
      known([
        { stoppedAtMs: 2_000, reason, containers: [{ name: 'app', image: 'shop:7', reason: '' }] },
        { stoppedAtMs: 1_000, reason, containers: [{ name: 'app', image: 'shop:7', reason: '', exitCode: 1 }] },
      ]),
    );
  });

  test('have stopped tasks on every page, asked for by name, and of the cluster when the service is gone', async () => {
    const page = (name: string, next?: string) => [
      { body: { taskArns: [name], ...(next ? { nextToken: next } : {}) } },
      { body: { tasks: [{ group: 'service:web', stoppedReason: name }] } },
    ];
    const seen: string[] = [];
    const answers = [...page('a', 'next'), ...page('b'), missing('ServiceNotFoundException'), { body: { nextToken: 'n' } }, ...page('c')];
    const { stoppedTasks } = createContainerServiceReadings(createWire(answers, seen));
    const reasons = async () => {
      const answer = await stoppedTasks({ cluster: 'main', service: 'web' });
      return answer.kind === 'known' ? answer.value?.map((t) => t.reason) : answer;
    };
    expect([await reasons(), await reasons()]).toEqual([['a', 'b'], ['c']]);
    const lists = seen.map((text) => JSON.parse(text) as Record<string, unknown>).filter((asked) => asked['desiredStatus']);
    expect(lists.map((asked) => [asked['serviceName'], asked['nextToken']])).toEqual([
      ['web', undefined],
      ['web', 'next'],
      ['web', undefined],
      [undefined, undefined],
      [undefined, 'n'],
    ]);
  });
});

test('alarms of both kinds are given with their states, in order of name', async () => {
  const body = {
    MetricAlarms: [{ AlarmName: 'b', StateValue: 'ALARM', StateUpdatedTimestamp: 2 }],
    CompositeAlarms: [{ AlarmName: 'a', StateValue: 'OK', StateUpdatedTimestamp: 1 }],
  };
  const seen: string[] = [];
  const { alarms } = createAlarmReadings(createWire([{ body }], seen));
  expect(await alarms({ prefix: '' })).toEqual(
    known([
      { name: 'a', isComposite: true, state: 'OK', sinceMs: 1_000 },
      { name: 'b', state: 'ALARM', sinceMs: 2_000 },
    ]),
  );
  expect(JSON.parse(seen[0] ?? '')).toMatchObject({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] });
});

test('a list in parts loses nothing', () => expect(toParts([1, 2, 3], 2)).toEqual([[1, 2], [3]]));

test('lines of a log group come from every page, also after an empty one, the last hundred of them', async () => {
  const lines = (from: number, count: number) => Array.from({ length: count }, (_, i) => ({ message: `${from + i}` }));
  const pages = [{ nextToken: 'a' }, { events: lines(0, 90), nextToken: 'b' }, { events: lines(90, 30) }];
  const { logLines } = createLogReadings(createWire(pages.map((body) => ({ body }))));
  const answer = await logLines({ group: '/a', fromMs: 1, toMs: 2 });
  expect(answer).toEqual(known(lines(20, 100).map((l) => l.message)));
});

test('lines of a log group are given line by line; a group that is not there has none', async () => {
  const events = [{ message: 'START\n' }, { message: 'Error: no\n  at x\n' }];
  const { logLines } = createLogReadings(createWire([{ body: { events } }, missing('ResourceNotFoundException')]));
  const of = { group: '/a', fromMs: 1, toMs: 2 };
  expect(await logLines(of)).toEqual(known(['START', 'Error: no', '  at x']));
  expect(await logLines(of)).toEqual(known(undefined));
});

describe('a function', () => {
  test('writes where it is configured to, or where Lambda has it', async () => {
    const answers = [
      { body: { FunctionName: 'f', LoggingConfig: { LogGroup: '/own' } } },
      { body: { FunctionName: 'f' } },
      { ...missing('ResourceNotFoundException'), status: 404 },
    ];
    const { functionLogs } = createFunctionReadings(createWire(answers));
    expect([await functionLogs({ name: 'f' }), await functionLogs({ name: 'f' }), await functionLogs({ name: 'f' })]).toEqual([
      known('/own'),
      known('/aws/lambda/f'),
      known(undefined),
    ]);
  });

  test('is invoked with a payload, once: a failure of AWS is not tried again', async () => {
    const seen: string[] = [];
    const { invoke } = createFunctions({
      ...createWire([{ body: { pong: 1 } }, { status: 500, body: {} }, { body: {} }], seen),
      maxAttempts: 5,
    } as never);
    expect(await invoke({ name: 'f', payload: '{"a":1}', timeoutMs: 60_000 })).toEqual(known({ payload: '{"pong":1}' }));
    expect(await invoke({ name: 'f', payload: '{}', timeoutMs: 60_000 })).toMatchObject({
      kind: 'unknown',
      because: { call: 'lambda:InvokeFunction', why: 'failed' },
    });
    expect(seen).toEqual(['{"a":1}', '{}']);
  });

  test('that gives nothing in time has failed; one that nobody can reach has not', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = async () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' });
    const { invoke } = createFunctions({ region: 'us-west-2', credentials, endpoint } as never);
    const of = { name: 'f', payload: '{}', timeoutMs: 100 };
    expect(await invoke(of)).toEqual(known({ payload: '', error: 'no answer in 0 s' }));
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    expect(await invoke(of)).toMatchObject({ kind: 'unknown', because: { message: expect.stringContaining('ECONNREFUSED') } });
  });
});

test.each<[string, unknown, boolean]>([
  ['an expired token', Object.assign(new Error('The security token included in the request is expired'), { name: 'ExpiredToken' }), true],
  ['one deep inside', new Error('deploy failed', { cause: Object.assign(new Error('x'), { name: 'ExpiredTokenException' }) }), true],
  [
    'one of which only the words are left',
    new Error('Shop failed: ExpiredToken: The security token included in the request is expired'),
    true,
  ],
  ['a connection that broke', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), true],
  ['a stack that failed', new Error('The stack named Shop failed creation'), false],
  ['a denied call', Object.assign(new Error('no'), { name: 'AccessDenied' }), false],
  ['a text', 'ExpiredToken', false],
])('an error that says nothing of the stack is told from one that does: %s', (_name, thrown, lost) => expect(isLost(thrown)).toBe(lost));
