import type { HttpEvent, Request } from './http.ts';
import { createLog } from '../../../handlers/log.ts';
import { serve } from './serve.ts';

const event: HttpEvent = {
  routeKey: 'GET /files',
  requestContext: { requestId: 'request-1', authorizer: { jwt: { claims: { sub: 'user-1' } } } },
};

function start(respond: (request: Request) => Promise<{ status: number }>) {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => new Date('2026-01-02T03:04:05Z'),
  );
  return { handle: serve(respond, log), lines };
}

test('an answer is sent, and one line of JSON says which', async () => {
  const { handle, lines } = start(async ({ user }) => ({ status: user === 'user-1' ? 204 : 500 }));
  expect(await handle(event)).toMatchObject({ statusCode: 204 });
  expect(lines).toEqual([
    '{"level":"info","time":"2026-01-02T03:04:05.000Z","message":"answered","requestId":"request-1","route":"GET /files","status":204}\n',
  ]);
});

test('a failure is logged with its cause, and the caller learns only the id', async () => {
  const { handle, lines } = start(async () => {
    throw new Error('table of account 1 is gone');
  });
  expect(await handle(event)).toMatchObject({ statusCode: 500, body: '{"error":"internal-error","requestId":"request-1"}' });
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({
      level: 'error',
      message: 'failed',
      requestId: 'request-1',
      cause: expect.objectContaining({ name: 'Error', message: 'table of account 1 is gone' }),
    }),
  ]);
});

test('a thrown thing that is no error is a failure, too', async () => {
  const { handle, lines } = start(async () => {
    AbortSignal.abort('why').throwIfAborted();
    return { status: 204 };
  });
  expect(await handle(event)).toMatchObject({ statusCode: 500 });
  expect(lines).toEqual([expect.stringContaining('"cause":"why"')]);
});

test('a request that is none does not reach the answer', async () => {
  const { handle } = start(() => Promise.reject(new Error('reached')));
  expect(await handle({ ...event, body: '{' })).toMatchObject({ statusCode: 400 });
});
