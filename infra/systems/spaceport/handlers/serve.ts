import { parseRequest, toResult, type HttpEvent, type HttpResult, type Reply, type Request } from './http.ts';
import type { Log } from '../../../handlers/log.ts';

/**
 * Makes a Lambda handler of a function from a request to its answer.
 *
 * Each request leaves one line in the log. Whatever is thrown is logged, and the caller learns only that it failed and the
 * id to ask with.
 */
export function serve(respond: (request: Request) => Promise<Reply>, log: Log): (event: HttpEvent) => Promise<HttpResult> {
  return async (event) => {
    const { requestId } = event.requestContext;
    const fields = { requestId, route: event.routeKey };
    try {
      const parsed = parseRequest(event);
      const reply = parsed.kind === 'request' ? await respond(parsed.request) : parsed.reply;
      log.info('answered', { ...fields, status: reply.status });
      return toResult(reply);
    } catch (cause) {
      log.error('failed', fields, cause);
      return toResult({ status: 500, body: { error: 'internal-error', requestId } });
    }
  };
}
