import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SynthRequest, System } from '../system.ts';
import { createSynthesis } from './synthesis.ts';
import { createThread, type Thread } from './thread.ts';

let bundle = '';
beforeEach(() => {
  bundle = mkdtempSync(join(tmpdir(), 'spaceport-thread-'));
  writeFileSync(join(bundle, 'package.json'), '{"type":"module"}');
});
afterEach(() => rmSync(bundle, { recursive: true, force: true }));

/** Makes a bundle whose entry has this body, with `reply` and `data` of the thread and the `question` that it was asked. */
const writeEntry = (body: string) =>
  writeFileSync(
    join(bundle, 'index.js'),
    `import { parentPort, workerData as data } from 'node:worker_threads';
const reply = (answer) => parentPort.postMessage(answer);
parentPort.on('message', (question) => {${body}});`,
  );

describe('a thread of the bundle', () => {
  let thread: Thread<unknown, unknown>;
  beforeEach(() => {
    thread = createThread(bundle, 'synthesis');
  });
  afterEach(() => thread.stop());

  test('is none where there is no bundle', async () => {
    expect(thread.start()).toBe(false);
    expect(await thread.ask(1)).toEqual({ error: `there is no bundle in ${bundle}` });
  });

  test('knows its role and what it may load ahead, and answers one question after the other', async () => {
    writeEntry('reply([data, question])');
    expect(thread.start('shop')).toBe(true);
    const data = { role: 'synthesis', bundle, ahead: 'shop' };
    expect(await Promise.all([1, 2, 3].map(thread.ask))).toEqual([
      [data, 1],
      [data, 2],
      [data, 3],
    ]);
  });

  test('that fails says why', async () => {
    writeEntry('throw new Error("no memory")');
    expect(await thread.ask(1)).toEqual({ error: 'no memory' });
  });

  test('that ends by itself says that, and another one takes its place', async () => {
    writeEntry('if (question === 1) process.exit(3); reply(question)');
    expect(await thread.ask(1)).toEqual({ error: 'the worker ended with 3' });
    expect(await thread.ask(2)).toBe(2);
  });
});

describe('a thread that nobody asks yet', () => {
  test('may fail without ending the run, and says why when it is asked', async () => {
    const thread = createThread(bundle, 'synthesis');
    const failing = join(bundle, 'failing');
    const entry = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(failing)}, ''); throw new Error('a chunk is missing');`;
    writeFileSync(join(bundle, 'index.js'), entry);
    thread.start('shop');
    while (!existsSync(failing)) await new Promise((done) => setImmediate(done));
    expect(await thread.ask(1)).toEqual({ error: 'a chunk is missing' });
    await thread.stop();
  });

  test('is not started any more once it was stopped, whatever was asked of it before', async () => {
    writeEntry('if (question === 2) reply(question)');
    const thread = createThread(bundle, 'synthesis');
    const asked = [thread.ask(1), thread.ask(2)];
    await new Promise((done) => setImmediate(done));
    await thread.stop();
    expect(await Promise.all(asked)).toEqual([{ error: expect.stringContaining('the worker ended with') }, { error: 'the run is over' }]);
  });

  test('says what cannot be sent to it, and answers what can be', async () => {
    writeEntry('reply(question)');
    const thread = createThread(bundle, 'synthesis');
    expect(await thread.ask(() => 1)).toMatchObject({ error: expect.stringContaining('could not be cloned') });
    expect(await thread.ask(2)).toBe(2);
    await thread.stop();
  });
});

describe('where systems are synthesized', () => {
  const request = { environment: 'prod', outdir: '/out' } as SynthRequest;
  const toSystem = (calls: string[]): System => ({
    name: 'shop',
    environments: {},
    takesImageTag: false,
    stackNames: () => [],
    phases: () => ({}),
    dataResources: () => [],
    load: async () => void calls.push('load'),
    synthesize: async ({ environment }) => void calls.push(environment),
  });

  test('is here without a bundle', async () => {
    const calls: string[] = [];
    const system = createSynthesis(bundle).of(toSystem(calls));
    await system.load();
    await system.synthesize(request);
    expect(calls).toEqual(['load', 'prod']);
  });

  test('is a thread of the bundle, which gets name and request, and whose error is that of the system', async () => {
    writeEntry(
      'reply(question.request.environment === "prod" ? { outdir: "/out" } : { error: `${question.system}: no such environment` })',
    );
    const calls: string[] = [];
    const synthesis = createSynthesis(bundle);
    const system = synthesis.of(toSystem(calls));
    await system.load();
    await system.synthesize(request);
    await expect(system.synthesize({ ...request, environment: 'beta' })).rejects.toThrow('shop: no such environment');
    await synthesis.stop();
    expect(calls).toEqual([]);
  });
});
