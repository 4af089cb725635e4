import type { LambdaContext } from '../../../../handlers/perform.ts';
import type { Log } from '../../../../handlers/log.ts';
import { originOf, parseRequest, refuse, toResult, type ProxyEvent, type ProxyResult, type Reply, type Request } from './http.ts';

/**
 * Makes a Lambda handler of a function from a request to its answer.
 *
 * Each request leaves one line in the log. Whatever is thrown is logged, and the caller learns only that it failed and the
 * id to ask with.
 */
export function serve(
  answer: (request: Request) => Promise<Reply>,
  allowedOrigins: readonly string[],
  log: Log,
): (event: ProxyEvent, context: LambdaContext) => Promise<ProxyResult> {
  return async (event) => {
    const { requestId } = event.requestContext;
    const fields = { requestId, route: `${event.httpMethod} ${event.resource}` };
    const reply = async (): Promise<Reply> => {
      try {
        const request = parseRequest(event);
        const given = request ? await answer(request) : refuse(['the body is not JSON']);
        log.info('answered', { ...fields, status: given.status });
        return given;
      } catch (cause) {
        log.error('failed', fields, cause);
        return { status: 500, body: { error: 'internal-error', requestId } };
      }
    };
    return toResult(await reply(), originOf(event), allowedOrigins);
  };
}
