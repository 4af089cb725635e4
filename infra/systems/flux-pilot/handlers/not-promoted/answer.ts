import type { Log } from '../../../../handlers/log.ts';
import { toResult, type RestEvent, type RestResult } from '../rest.ts';

/** Answers for a function whose ZIP was not promoted yet: not available, and come back in five minutes. */
export function answer(event: RestEvent, allowedOrigins: readonly string[], log: Log): RestResult {
  const { requestId } = event.requestContext;
  log.info('not promoted yet', { requestId, method: event.httpMethod, resource: event.resource });
  const result = toResult(503, { error: 'not-promoted', requestId }, event, allowedOrigins);
  return { ...result, headers: { ...result.headers, 'retry-after': '300' } };
}
