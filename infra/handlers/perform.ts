import type { Log } from './log.ts';

/** The parts of Lambda's context that a handler reads. */
export interface LambdaContext {
  readonly awsRequestId: string;
}

/**
 * Makes a Lambda handler of work on an event.
 *
 * Each event leaves one line in the log with what came of it. What is thrown is logged and thrown on, so that Lambda tries
 * again and in the end sends the event to the queue for what failed.
 */
export function perform<E, R extends object>(work: (event: E) => Promise<R>, log: Log): (event: E, context: LambdaContext) => Promise<R> {
  return async (event, { awsRequestId: requestId }) => {
    try {
      const result = await work(event);
      log.info('done', { requestId, result });
      return result;
    } catch (cause) {
      log.error('failed', { requestId }, cause);
      throw cause;
    }
  };
}
