import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { perform } from './perform.ts';
import { readVariables, readWords } from './variables.ts';

const now = (): Date => new Date('2026-01-01T00:00:00Z');
const context = { awsRequestId: 'r-1' };

test('an event leaves one line of JSON with what came of it', async () => {
  const lines: string[] = [];
  const log = createLog((line) => lines.push(line), now);
  expect(await perform(async (event: number) => ({ twice: 2 * event }), log)(2, context)).toEqual({ twice: 4 });
  expect(lines).toEqual(['{"level":"info","time":"2026-01-01T00:00:00.000Z","message":"done","requestId":"r-1","result":{"twice":4}}\n']);
});

test('an error is logged with its cause and thrown on, so that Lambda tries again', async () => {
  const lines: string[] = [];
  const failing = perform(
    () => Promise.reject(new Error('out of order')),
    createLog((line) => lines.push(line), now),
  );
  await expect(failing({}, context)).rejects.toThrow('out of order');
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ level: 'error', requestId: 'r-1', cause: expect.objectContaining({ message: 'out of order' }) }),
  ]);
});

test('a metric is a line that CloudWatch reads', () => {
  const lines: string[] = [];
  createMetrics((line) => lines.push(line), now, { namespace: 'Monitoring', environment: 'prod' }).count('CircuitOpened', 1, {
    circuit: 'a',
  });
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    circuit: 'a',
    Environment: 'prod',
    CircuitOpened: 1,
    _aws: {
      Timestamp: now().getTime(),
      CloudWatchMetrics: [{ Namespace: 'Monitoring', Dimensions: [['Environment']], Metrics: [{ Name: 'CircuitOpened', Unit: 'Count' }] }],
    },
  });
});

test('variables that are missing are named, and words may be none', () => {
  expect(() => readVariables({ A: '1', B: '' }, ['A', 'B', 'C'])).toThrow('Environment variables are missing: B, C');
  expect(readWords({ A: 'x  y' }, 'A')).toEqual(['x', 'y']);
  expect(readWords({}, 'A')).toEqual([]);
});
