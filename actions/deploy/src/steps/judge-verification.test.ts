import { describe, expect, test } from '@jest/globals';
import type { VerificationOf } from '../../../../engine/src/config/verification.ts';
import type { Alarm, ContainerService } from '../../../../engine/src/readings.ts';
import type { CommandEnd, Invocation, SiteAnswer } from '../../../../engine/src/reach.ts';
import { judgeAlarms, judgeCommand, judgeInvocation, judgeServices, judgeSite } from './judge-verification.ts';

const http = (more: Partial<VerificationOf<'http'>> = {}): VerificationOf<'http'> => ({
  name: 'site',
  kind: 'http',
  url: 'https://a',
  status: 200,
  headers: {},
  ...more,
});
const answer = (more: Partial<SiteAnswer> = {}): SiteAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: 'fine',
  ...more,
});

test.each<[string, SiteAnswer, VerificationOf<'http'>, string | undefined]>([
  ['all that is wanted', answer(), http({ contains: 'in', matches: '^f', headers: { 'Content-Type': 'html' } }), undefined],
  ['the status that is wanted', answer({ status: 404 }), http({ status: 404 }), undefined],
  ['another status', answer({ status: 500, body: 'oh "no"' }), http(), 'it answers 500, not 200: "oh \\"no\\""'],
  ['a long body', answer({ status: 500, body: 'x'.repeat(300) }), http(), `it answers 500, not 200: "${'x'.repeat(200)}…"`],
  ['no such header', answer(), http({ headers: { Etag: 'a' } }), 'its answer has no header Etag'],
  ['another header', answer(), http({ headers: { 'content-type': 'json' } }), 'its header content-type is "text/html", without "json"'],
  ['another text', answer(), http({ contains: 'good' }), 'its answer does not hold "good": "fine"'],
  ['another pattern', answer(), http({ matches: '^g' }), 'its body does not match ^g: "fine"'],
])('a site that gives %s', (_name, given, wanted, lacks) => expect(judgeSite(given, wanted)).toBe(lacks));

const lambda = (more: Partial<VerificationOf<'lambda'>> = {}): VerificationOf<'lambda'> => ({
  name: 'f',
  kind: 'lambda',
  function: 'F',
  ...more,
});

test.each<[string, Invocation | undefined, VerificationOf<'lambda'>, string | undefined]>([
  ['returns anything', { payload: 'null' }, lambda(), undefined],
  ['returns what is wanted', { payload: '{"statusCode":200,"body":"pong"}' }, lambda({ status: 200, contains: 'pong' }), undefined],
  ['throws', { error: 'Unhandled', payload: '{"errorMessage":"no"}' }, lambda(), 'it failed (Unhandled): "{\\"errorMessage\\":\\"no\\"}"'],
  [
    'has another status',
    { payload: '{"statusCode":500}' },
    lambda({ status: 200 }),
    'its answer has statusCode 500, not 200: "{\\"statusCode\\":500}"',
  ],
  ['has no status', { payload: 'pong' }, lambda({ status: 200 }), 'its answer has no statusCode, not 200: "pong"'],
  ['is null where a status is wanted', { payload: 'null' }, lambda({ status: 200 }), 'its answer has no statusCode, not 200: "null"'],
  ['says something else', { payload: '"ping"' }, lambda({ contains: 'pong' }), 'its answer does not hold "pong": "\\"ping\\""'],
  ['is not there', undefined, lambda(), 'it is not there'],
  ['gives nothing in time', { error: 'no answer in 60 s', payload: '' }, lambda(), 'it failed (no answer in 60 s)'],
  ['tells a secret', { error: 'Unhandled', payload: 'password=hunter2' }, lambda(), 'it failed (Unhandled): "password=***"'],
])('a function that %s', (_name, given, wanted, lacks) => expect(judgeInvocation(given, wanted)).toBe(lacks));

describe('alarms', () => {
  const time = { nowMs: 600_000, deployedMs: 500_000, okForMs: 60_000 };
  const alarm = (name: string, state = 'OK', sinceMs = 0): Alarm => ({ name, state, sinceMs });

  test.each<[string, Alarm[], string[] | undefined, Partial<typeof time>, string | undefined]>([
    ['in OK for long enough', [alarm('a'), alarm('b', 'OK', 540_000)], ['a', 'b'], {}, undefined],
    ['in OK since before the deployment, which was just now', [alarm('a')], undefined, { deployedMs: 560_000 }, 'a not in OK for 60 s yet'],
    ['in OK for too short a time', [alarm('a', 'OK', 540_001)], undefined, {}, 'a not in OK for 60 s yet'],
    ['of an environment where nothing was deployed', [alarm('a')], undefined, { deployedMs: 0 }, undefined],
    [
      'not in OK',
      [alarm('a', 'ALARM'), alarm('b', 'INSUFFICIENT_DATA'), alarm('c')],
      undefined,
      {},
      'a is in ALARM, b is in INSUFFICIENT_DATA',
    ],
    ['not there', [alarm('a')], ['a', 'b'], {}, 'there is no alarm b'],
    ['none of which has the prefix', [], undefined, {}, 'no alarm has a name of this beginning'],
  ])('%s', (_name, alarms, names, more, lacks) => expect(judgeAlarms(alarms, names, { ...time, ...more })).toBe(lacks));
});

/* The emulator's services are steady at once: these are of the shapes that AWS documents for DescribeServices. */
describe('a service', () => {
  const deployment = (rollout = 'COMPLETED', reason = '') => ({ status: 'PRIMARY', rollout, reason, failed: 0 });
  const service = (more: Partial<ContainerService>): ContainerService => ({
    name: 'web',
    status: 'ACTIVE',
    desired: 2,
    running: 2,
    deployments: [deployment()],
    ...more,
  });

  test.each<[string, Partial<ContainerService>, string | undefined]>([
    ['that is steady', {}, undefined],
    ['that ECS does not roll out itself', { deployments: [deployment('')] }, undefined],
    ['with no deployments, as with task sets', { deployments: [] }, undefined],
    ['that is not there', { status: 'MISSING' }, 'web is MISSING'],
    ['that is being removed', { status: 'DRAINING' }, 'web is DRAINING'],
    ['with too few tasks', { running: 1 }, 'web runs 1 of 2 tasks'],
    ['with too many', { running: 3 }, 'web runs 3 of 2 tasks'],
    ['that still has its old deployment', { deployments: [deployment(), deployment()] }, 'web has 2 deployments at once'],
    ['that is rolling out', { deployments: [deployment('IN_PROGRESS')] }, 'web rolls out (IN_PROGRESS)'],
    [
      'that went back',
      { running: 0, deployments: [deployment('FAILED', 'ECS deployment circuit breaker: tasks failed to start.')] },
      'web failed to roll out: ECS deployment circuit breaker: tasks failed to start.',
    ],
  ])('%s', (_name, more, lacks) => expect(judgeServices([service(more)])).toBe(lacks));

  test('of several each that is not steady is told', () => {
    expect(judgeServices([service({}), service({ running: 0 }), service({ name: 'job', running: 1 })])).toBe(
      'web runs 0 of 2 tasks; job runs 1 of 2 tasks',
    );
  });
});

test.each<[string, CommandEnd, string | undefined]>([
  ['that ends with 0', { code: 0, lines: ['fine'] }, undefined],
  ['that ends with another code', { code: 3, lines: ['1', '2', '3', '4', '5', '6'] }, 'it ended with 3:\n2\n3\n4\n5\n6'],
  ['that says nothing', { code: 1, lines: [] }, 'it ended with 1'],
  ['that was ended', { lines: ['waiting'] }, 'it did not end in time:\nwaiting'],
  ['that tells a secret', { code: 1, lines: ['DB_PASSWORD=hunter2'] }, 'it ended with 1:\nDB_PASSWORD=***'],
])('a command %s', (_name, end, lacks) => expect(judgeCommand(end)).toBe(lacks));
