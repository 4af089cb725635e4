import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { known, unknown, type Answer } from '../answer.ts';
import type { Validated, Validator, Violation } from '../world.ts';
import type { ValidationAnswer, ValidationRequest } from './validator-worker.ts';

/**
 * Makes the offline validator: a worker thread of the bundle that loads its engine while the run reads from AWS.
 *
 * `bundle` is the folder of the bundle; where it has no entry, as in a source tree, nothing can be validated and the answer says so.
 */
export function createValidator(bundle: string): Validator {
  const entry = join(bundle, 'index.js');
  let worker: Worker | undefined;
  const start = (): Worker | undefined => {
    if (!worker && existsSync(entry)) {
      worker = new Worker(entry, { workerData: { role: 'validator' }, stdout: true, stderr: true });
      worker.unref();
    }
    return worker;
  };
  let last: Promise<unknown> = Promise.resolve();
  // One request at a time: the worker's answers carry no name.
  const answer = (message: ValidationRequest): Promise<Answer<readonly Violation[]>> => {
    const next = last.then(async () => {
      const running = start();
      return running ? toAnswer(await request(running, message)) : failed(`there is no validator in ${bundle}`);
    });
    last = next;
    return next;
  };
  return {
    warm: () => void start(),
    validate: (stacks) => answer({ stacks: stacks.map(toRequest) }),
    apply: (rules, stacks) => answer({ rules, stacks: stacks.map(toRequest) }),
    stop: async () => void (await worker?.terminate()),
  };
}

const toRequest = ({ id, name, account, region, template }: Validated): ValidationRequest['stacks'][number] => ({
  id,
  name,
  account,
  region,
  template: JSON.stringify(template),
});

const failed = (message: string): Answer<never> => unknown({ call: 'template validation', resource: 'templates', why: 'failed', message });

function toAnswer(answer: ValidationAnswer): Answer<readonly Violation[]> {
  if ('error' in answer) return failed(answer.error);
  return answer.ruleCount > 0 ? known(answer.violations) : failed('the engine has no rules');
}

/** Only its own listeners go again: a worker has some of Node's, without which it would never answer a second time. */
function request(worker: Worker, message: ValidationRequest): Promise<ValidationAnswer> {
  return new Promise((resolve) => {
    worker.ref();
    const done = (answer: ValidationAnswer) => {
      worker.unref();
      worker.off('message', done).off('error', onError).off('exit', onExit);
      resolve(answer);
    };
    const onError = (e: Error) => done({ error: e.message });
    const onExit = (code: number) => done({ error: `the worker ended with ${code}` });
    worker.on('message', done).on('error', onError).on('exit', onExit);
    worker.postMessage(message);
  });
}
