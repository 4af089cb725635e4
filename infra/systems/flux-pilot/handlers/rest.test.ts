import { toResult, type RestEvent } from './rest.ts';

const from = (headers: RestEvent['headers']): RestEvent => ({
  httpMethod: 'GET',
  resource: '/orders',
  headers: headers ?? null,
  requestContext: { requestId: 'r-1' },
});

test.each<[why: string, headers: RestEvent['headers'], allowed: string | undefined]>([
  ['a page of an allowed origin may read the answer', { Origin: 'https://a.example' }, 'https://a.example'],
  ['the case of the name makes no difference', { oRIGIN: 'https://a.example' }, 'https://a.example'],
  ['another origin may not', { origin: 'https://b.example' }, undefined],
  ['a longer origin may not', { origin: 'https://a.example.evil.example' }, undefined],
  ['a caller without headers gets none', null, undefined],
])('%s', (_, headers, allowed) => {
  expect(toResult(200, {}, from(headers), ['https://a.example']).headers['access-control-allow-origin']).toBe(allowed);
});

test('no cache keeps an answer', () => {
  expect(toResult(503, { error: 'x' }, from({}), [])).toEqual({
    statusCode: 503,
    headers: { 'cache-control': 'no-store', 'content-type': 'application/json', vary: 'Origin' },
    body: '{"error":"x"}',
  });
});
