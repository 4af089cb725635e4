import type { Log } from '../../../handlers/log.ts';

/**
 * Makes a Lambda handler of work that no caller waits for with a page open: what it did is logged, and what is thrown is
 * logged and thrown on, so that the caller can try again.
 */
export function perform(
  work: (event: unknown) => Promise<Readonly<Record<string, unknown>>>,
  log: Log,
): (event: unknown, context?: { readonly awsRequestId?: string }) => Promise<Readonly<Record<string, unknown>>> {
  return async (event, context) => {
    const fields = { requestId: context?.awsRequestId };
    try {
      const done = await work(event);
      log.info('performed', { ...fields, ...done });
      return done;
    } catch (cause) {
      log.error('failed', fields, cause);
      throw cause;
    }
  };
}
