import { createLog } from '../../../handlers/log.ts';
import { perform } from './perform.ts';

const start = (work: (event: unknown) => Promise<Record<string, unknown>>) => {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => new Date('2026-01-02T03:04:05Z'),
  );
  return { handle: perform(work, log), lines };
};

test('what was done is given back and logged with the id of the request', async () => {
  const { handle, lines } = start(async (event) => ({ got: event }));
  expect(await handle(1, { awsRequestId: 'r' })).toEqual({ got: 1 });
  expect(lines).toEqual(['{"level":"info","time":"2026-01-02T03:04:05.000Z","message":"performed","requestId":"r","got":1}\n']);
});

test('a failure is logged with its cause and thrown on, so that the caller can try again', async () => {
  const { handle, lines } = start(() => Promise.reject(new Error('no table')));
  await expect(handle({})).rejects.toThrow('no table');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', message: 'failed', cause: { message: 'no table' } });
});
