import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { fakeBreaker, fakeEvents, recorder } from '../../../../../test/fakes/monitoring.ts';
import { processLog, type LogWorld, type ObjectCreated } from './process-log.ts';
import { toLines } from './read-lines.ts';
import { judgeLine, tallyLines } from './tally.ts';

const created: ObjectCreated = {
  time: '2026-01-01T00:00:00Z',
  detail: { bucket: { name: 'logs' }, object: { key: 'shop/1.log', etag: 'e1', 'version-id': 'v1' } },
};

async function* from(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

function stage(lines: readonly string[]) {
  const events = fakeEvents();
  const asked: unknown[] = [];
  const world: LogWorld = {
    events,
    breaker: fakeBreaker(recorder(), { now: 0 }),
    lines: async () => from(lines),
    analyse: async (what) => void asked.push(what),
  };
  return { events, asked, world };
}

test('keeps what stands out, and has the errors analysed', async () => {
  const { events, asked, world } = stage(['INFO start', 'ERROR disk full', 'WARN slow', '']);
  expect(await processLog(created, world)).toEqual({ key: 'shop/1.log', isNew: true, lines: 3, errors: 1, warnings: 1 });
  expect(events.kept).toEqual([
    expect.objectContaining({
      source: 'log#shop/1.log',
      at: '2026-01-01T00:00:00Z#v1',
      level: 'error',
      message: 'shop/1.log: 1 errors and 1 warnings in 3 lines',
    }),
  ]);
  expect(asked).toEqual([{ source: 'log#shop/1.log', at: '2026-01-01T00:00:00Z#v1', lines: ['ERROR disk full'] }]);
});

test('an event that comes twice is worked on once', async () => {
  const { events, asked, world } = stage(['ERROR x']);
  await processLog(created, world);
  expect(await processLog(created, world)).toMatchObject({ isNew: false });
  expect([events.kept.length, asked.length]).toEqual([1, 1]);
});

test('when the analysis cannot be asked nothing is kept, so that the next attempt asks again', async () => {
  const { events, world } = stage(['ERROR x']);
  await expect(processLog(created, { ...world, analyse: () => Promise.reject(new Error('no queue')) })).rejects.toThrow('no queue');
  expect(events.kept).toEqual([]);
});

test('a file without errors is not analysed', async () => {
  const { events, asked, world } = stage(['WARN slow']);
  await processLog(created, world);
  expect([events.kept[0]?.level, asked]).toEqual(['warning', []]);
});

test.each([
  ['2026-01-01 ERROR disk', 'error'],
  ['{"level":"error","message":"x"}', 'error'],
  ['{"severity":"CRITICAL"}', 'error'],
  ['{"level":"info","message":"ERROR in a text"}', 'other'],
  ['WARNING: slow', 'warning'],
  ['no ERRORS here', 'other'],
  ['{not json FATAL', 'error'],
  ['{"level":5}', 'other'],
])('judges the line %s', (line, expected) => {
  expect(judgeLine(line)).toBe(expected);
});

test('keeps the first twenty errors, each cut', async () => {
  const { errors, samples } = await tallyLines(from(Array.from({ length: 30 }, () => `ERROR ${'x'.repeat(1000)}`)));
  expect([errors, samples.length, samples[0]?.length]).toEqual([30, 20, 500]);
});

const collect = async (lines: AsyncIterable<string>): Promise<readonly string[]> => {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
};

test('reads plain and packed objects by line', async () => {
  expect(await collect(toLines(Readable.from(['a\r\nb', '\nc']), false))).toEqual(['a', 'b', 'c']);
  expect(await collect(toLines(Readable.from([gzipSync('a\nb\n')]), true))).toEqual(['a', 'b']);
});

test('a packed object that is broken is an error and not an empty log', async () => {
  await expect(collect(toLines(Readable.from([Buffer.from('not packed')]), true))).rejects.toThrow(/incorrect header/);
  await expect(collect(toLines(Readable.from([gzipSync('a\nb\n'.repeat(1000)).subarray(0, 20)]), true))).rejects.toThrow(/unexpected end/);
});
