import { createLog } from './log.ts';

const start = () => {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => new Date('2026-01-02T03:04:05Z'),
  );
  return { log, lines };
};

test('one line of JSON says what happened', () => {
  const { log, lines } = start();
  log.info('made', { id: 'a' });
  expect(lines).toEqual(['{"level":"info","time":"2026-01-02T03:04:05.000Z","message":"made","id":"a"}\n']);
});

test('a failure has its cause, be it an error or not', () => {
  const { log, lines } = start();
  log.error('failed', {}, new TypeError('no'));
  log.error('failed', {}, 'why');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ level: 'error', cause: expect.objectContaining({ name: 'TypeError', message: 'no' }) }),
    expect.objectContaining({ cause: 'why' }),
  ]);
});
