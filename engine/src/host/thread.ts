import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** The roles of the bundle's threads: its entry tells by them what a thread is for. */
export type Role = 'validation' | 'synthesis';

/** What a thread is started with. */
export interface ThreadData {
  readonly role: Role;
  /** The folder of the bundle. */
  readonly bundle: string;
  /** What it may load before it is asked, in the words of its role. */
  readonly ahead?: string;
}

/** A thread of the bundle that answers questions, one at a time. It starts when it is first needed, and keeps no run from ending. */
export interface Thread<Question, Reply> {
  /** Starts it, so that it loads while others work. Says whether there is one: a source tree has no bundle to start it of. */
  start(ahead?: string): boolean;
  /** Gives its reply, or why there is none. */
  ask(question: Question): Promise<Reply | { readonly error: string }>;
  stop(): Promise<void>;
}

/** Much is made and little of it stays: with V8's usual 16 MB a tenth of a synth goes into moving it about. */
const maxYoungGenerationSizeMb = 64;

/** Makes a thread that is started on the entry of the bundle. What goes wrong in it is told to who asks it; it never ends the run. */
export function createThread<Question, Reply>(bundle: string, role: Role): Thread<Question, Reply> {
  const entry = join(bundle, 'index.js');
  let worker: Worker | undefined;
  let isStopped = false;
  let failure: string | undefined;
  const start = (ahead?: string): Worker | undefined => {
    if (worker || isStopped || !existsSync(entry)) return worker;
    const workerData: ThreadData = { role, bundle, ...(ahead ? { ahead } : {}) };
    worker = new Worker(entry, { workerData, stdout: true, stderr: true, resourceLimits: { maxYoungGenerationSizeMb } });
    worker.unref();
    failure = undefined;
    worker.on('error', (e) => (failure = e.message)); // maybe before anybody asks
    worker.once('exit', () => {
      worker = undefined;
    });
    return worker;
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    start: (ahead) => start(ahead) !== undefined,
    // One question at a time: a reply carries no name.
    ask: (question) => {
      const next = last.then(async () => {
        const running = start();
        if (running) return request<Reply>(running, question, () => failure);
        return { error: isStopped ? 'the run is over' : `there is no bundle in ${bundle}` };
      });
      last = next;
      return next;
    },
    stop: async () => {
      isStopped = true;
      await worker?.terminate();
    },
  };
}

/** Only its own listeners go again: a worker has some of Node's, without which it would never answer a second time. */
function request<Reply>(
  worker: Worker,
  question: unknown,
  toFailure: () => string | undefined,
): Promise<Reply | { readonly error: string }> {
  return new Promise((resolve) => {
    worker.ref();
    const done = (reply: Reply | { readonly error: string }) => {
      worker.unref();
      worker.off('message', done).off('exit', onExit);
      resolve(reply);
    };
    const onExit = (code: number) => done({ error: toFailure() ?? `the worker ended with ${code}` });
    worker.on('message', done).on('exit', onExit);
    try {
      worker.postMessage(question);
    } catch (e) {
      done({ error: (e as Error).message }); // what cannot be sent
    }
  });
}
