import { fakeBreaker, fakeEvents, recorder } from '../../../../../test/fakes/monitoring.ts';
import type { Request } from './http.ts';
import { respond, type ApiWorld } from './respond.ts';
import { serve } from './serve.ts';

const time = '2026-01-01T00:00:00.000Z';
const request = (route: string, more: Partial<Request> = {}): Request => ({ route, query: {}, body: undefined, ...more });

function stage() {
  const clock = { now: Date.parse(time) };
  const events = fakeEvents();
  const asked: unknown[] = [];
  const world: ApiWorld = {
    events,
    breaker: fakeBreaker(recorder(), clock),
    circuits: async () => [{ circuit: 'api:events', state: 'closed', failures: 0, until: 0, version: 1 }],
    analyse: async (what) => void asked.push(what),
    newId: () => 'id-1',
    now: () => new Date(clock.now),
  };
  return { world, events, asked, clock };
}

test('says that it is well without asking anybody, and that no cache may keep it', async () => {
  const broken = { ...stage().world, events: { ...fakeEvents(), list: () => Promise.reject(new Error('no table')) } };
  expect(await respond(request('GET /health'), broken)).toEqual({
    status: 200,
    body: { status: 'ok' },
    headers: { 'cache-control': 'no-store' },
  });
});

test('an event comes back by its source and by its kind, latest first', async () => {
  const { world } = stage();
  const event = { source: 'shop', kind: 'deployment', level: 'info', message: 'v2' };
  expect(await respond(request('POST /events', { body: event }), world)).toEqual({
    status: 201,
    body: { source: 'shop', at: `${time}#id-1` },
  });
  await respond(request('POST /events', { body: { ...event, at: '2025-12-31T00:00:00Z', message: 'v1' } }), world);
  for (const query of [{ source: 'shop' }, { kind: 'deployment' }]) {
    const { body } = await respond(request('GET /events', { query }), world);
    expect((body['events'] as { message: string }[]).map(({ message }) => message)).toEqual(['v2', 'v1']);
  }
});

test('a full page says where the next one begins', async () => {
  const { world, events } = stage();
  for (const day of ['01', '02', '03'])
    await events.put({ source: 's', kind: 'k', level: 'info', message: day, at: `2026-01-${day}T00:00:00Z` });
  const first = await respond(request('GET /events', { query: { source: 's', limit: '2' } }), world);
  expect(first.body['before']).toBe('2026-01-02T00:00:00Z');
  const second = await respond(request('GET /events', { query: { source: 's', limit: '2', before: '2026-01-02T00:00:00Z' } }), world);
  expect(second.body).toEqual({ events: [expect.objectContaining({ message: '01' })] });
});

test('an event that is there already is not written over', async () => {
  const { world } = stage();
  const body = { source: 's', kind: 'k', level: 'info', message: 'm', at: '2026-01-01T00:00:00Z' };
  await respond(request('POST /events', { body }), world);
  expect((await respond(request('POST /events', { body }), world)).status).toBe(409);
});

test('lines are handed to the analysis', async () => {
  const { world, asked } = stage();
  expect(await respond(request('POST /analyses', { body: { source: 'shop', lines: ['ERROR x'] } }), world)).toEqual({
    status: 202,
    body: { source: 'analysis#shop', at: `${time}#id-1` },
  });
  expect(asked).toEqual([{ source: 'shop', at: `${time}#id-1`, lines: ['ERROR x'] }]);
});

test('the circuits are listed', async () => {
  expect((await respond(request('GET /circuits'), stage().world)).body).toEqual({
    circuits: [expect.objectContaining({ circuit: 'api:events' })],
  });
});

test.each<[why: string, request: Request, problems: number]>([
  ['neither source nor kind', request('GET /events'), 1],
  ['both of them', request('GET /events', { query: { source: 'a', kind: 'b' } }), 1],
  ['a limit and a time that are none', request('GET /events', { query: { source: 'a', limit: '101', before: 'now' } }), 2],
  ['an event with nothing right', request('POST /events', { body: { level: 'bad', more: 1 } }), 5],
  ['an event in the name of a function', request('POST /events', { body: { source: 'log#x', kind: 'k', level: 'info', message: 'm' } }), 1],
  ['a body that is no object', request('POST /events', { body: [] }), 1],
  ['no lines', request('POST /analyses', { body: { source: 's', lines: [] } }), 1],
])('refuses %s, with everything that is wrong', async (_, wrong, problems) => {
  const { status, body } = await respond(wrong, stage().world);
  expect([status, (body['problems'] as string[]).length]).toEqual([400, problems]);
});

test('another route is not found', async () => {
  expect((await respond(request('DELETE /events'), stage().world)).status).toBe(404);
});

test('while the table is known to fail it answers 503 at once, and when to come again', async () => {
  const { world, clock } = stage();
  const broken = { ...world, events: { ...fakeEvents(), list: () => Promise.reject(new Error('no table')) } };
  const ask = () => respond(request('GET /events', { query: { source: 's' } }), broken);
  for (const _ of [1, 2]) await expect(ask()).rejects.toThrow('no table');
  clock.now += 30_000;
  expect(await ask()).toEqual({ status: 503, body: { error: 'unavailable' }, headers: { 'retry-after': '30' } });
});

describe('the handler', () => {
  const event = { httpMethod: 'GET', resource: '/health', headers: { Origin: 'https://a.example' }, requestContext: { requestId: 'r-1' } };
  const context = { awsRequestId: 'x' };

  test.each([
    ['an origin that is allowed', ['https://a.example'], 'https://a.example'],
    ['another one', ['https://b.example'], undefined],
  ])('answers a page of %s', async (_, allowed, expected) => {
    const { headers } = await serve(async () => ({ status: 200, body: {} }), allowed, recorder().log)(event, context);
    expect([headers['access-control-allow-origin'], headers['vary']]).toEqual([expected, 'origin']);
  });

  test('tells the caller of an error nothing but its id, and the log all of it', async () => {
    const { log, lines } = recorder();
    const broken = serve(() => Promise.reject(new Error('secret detail')), [], log);
    expect(await broken(event, context)).toMatchObject({ statusCode: 500, body: '{"error":"internal-error","requestId":"r-1"}' });
    expect(lines).toEqual(['error failed']);
  });

  test('refuses a body that is not JSON, and reads one in base64', async () => {
    const handler = serve(async ({ body }) => ({ status: 200, body: { body } }), [], recorder().log);
    expect((await handler({ ...event, body: '{' }, context)).statusCode).toBe(400);
    expect((await handler({ ...event, body: btoa('[1]'), isBase64Encoded: true }, context)).body).toBe('{"body":[1]}');
  });
});
