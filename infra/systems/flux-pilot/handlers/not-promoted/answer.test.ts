import { createLog } from '../../../../handlers/log.ts';
import { answer } from './answer.ts';

test('says that nothing was promoted, when to come back, and the id to ask with', () => {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => new Date(0),
  );
  const event = { httpMethod: 'GET', resource: '/orders', headers: { origin: 'https://a.example' }, requestContext: { requestId: 'r-1' } };
  expect(answer(event, ['https://a.example'], log)).toMatchObject({
    statusCode: 503,
    headers: { 'retry-after': '300', 'access-control-allow-origin': 'https://a.example' },
    body: '{"error":"not-promoted","requestId":"r-1"}',
  });
  expect(lines).toEqual([expect.stringContaining('"requestId":"r-1","method":"GET","resource":"/orders"')]);
});
