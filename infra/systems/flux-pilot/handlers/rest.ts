/**
 * The parts of a REST API's proxy event that the handlers read.
 *
 * @source https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export interface RestEvent {
  readonly httpMethod: string;
  readonly resource: string;
  /** Names as the caller wrote them. */
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly requestContext: { readonly requestId: string };
}

/** What the REST API sends back to the caller. */
export interface RestResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Gives an answer in JSON that no cache may keep; an allowed origin's page may read it. */
export function toResult(
  status: number,
  body: Readonly<Record<string, unknown>>,
  event: RestEvent,
  allowedOrigins: readonly string[],
): RestResult {
  const origin = Object.entries(event.headers ?? {}).find(([name]) => name.toLowerCase() === 'origin')?.[1];
  return {
    statusCode: status,
    headers: {
      'cache-control': 'no-store',
      'content-type': 'application/json',
      vary: 'Origin',
      ...(origin && allowedOrigins.includes(origin) ? { 'access-control-allow-origin': origin } : {}),
    },
    body: JSON.stringify(body),
  };
}
