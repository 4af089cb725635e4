import { parseRequest, toResult, type HttpEvent } from './http.ts';

const event = (more: Partial<HttpEvent> = {}, sub: unknown = 'user-1'): HttpEvent => ({
  routeKey: 'GET /files',
  requestContext: { requestId: 'request-1', authorizer: { jwt: { claims: { sub } } } },
  ...more,
});
const encoded = Buffer.from('{"a":"ü"}').toString('base64');

test.each<[why: string, event: HttpEvent, body: unknown]>([
  ['no body', event(), undefined],
  ['an empty body', event({ body: '' }), undefined],
  ['a body', event({ body: '{"a":1}' }), { a: 1 }],
  ['an encoded body', event({ body: encoded, isBase64Encoded: true }), { a: 'ü' }],
])('reads a request with %s', (_, given, body) => {
  expect(parseRequest(given)).toEqual({ kind: 'request', request: { route: 'GET /files', user: 'user-1', path: {}, query: {}, body } });
});

test.each<[why: string, event: HttpEvent, status: number]>([
  ['a body that is not JSON', event({ body: '{' }), 400],
  ['nobody signed in', { ...event(), requestContext: { requestId: 'request-1' } }, 401],
  ['a user that is no text', event({}, 1), 401],
  ['a user that would leave its folder', event({}, '../a'), 401],
])('refuses %s', (_, given, status) => {
  expect(parseRequest(given)).toMatchObject({ kind: 'refused', reply: { status } });
});

test('an answer without a body has no content type', () => {
  expect(toResult({ status: 204 })).toEqual({ statusCode: 204, headers: { 'cache-control': 'no-store' }, body: '' });
  expect(toResult({ status: 200, body: { a: 1 } })).toEqual({
    statusCode: 200,
    headers: { 'cache-control': 'no-store', 'content-type': 'application/json' },
    body: '{"a":1}',
  });
});

test('rows of CSV go as they are, with their own type', () => {
  expect(toResult({ status: 200, csv: 'a,b\n1,2\n' })).toMatchObject({
    headers: { 'content-type': 'text/csv; charset=utf-8' },
    body: 'a,b\n1,2\n',
  });
});
