import type { Log } from '../../../../handlers/log.ts';
import { toResult, type RestEvent, type RestResult } from '../rest.ts';

/** What the health check needs: the database's port to try, and what else it says. */
export interface HealthWorld {
  /** Resolves as soon as the port takes a connection, rejects when it does not. */
  readonly connect: () => Promise<void>;
  /** Digest of the set that the functions run, or none. */
  readonly setDigest: string;
  readonly log: Log;
}

/** Answers 200 while the database takes connections and 503 while it does not; why is for the log alone. */
export async function check(event: RestEvent, { connect, setDigest, log }: HealthWorld): Promise<RestResult> {
  const { requestId } = event.requestContext;
  try {
    await connect();
    log.info('healthy', { requestId });
    return toResult(200, { status: 'ok', database: 'reachable', set: setDigest }, event, []);
  } catch (cause) {
    log.error('the database cannot be reached', { requestId }, cause);
    return toResult(503, { status: 'unavailable', database: 'unreachable', set: setDigest, requestId }, event, []);
  }
}
