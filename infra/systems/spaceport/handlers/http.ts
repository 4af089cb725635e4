/**
 * The parts of an HTTP API's event that the handlers read.
 *
 * @source https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html (payload 2.0)
 */
export interface HttpEvent {
  readonly routeKey: string;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly pathParameters?: Readonly<Record<string, string | undefined>>;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
  readonly requestContext: {
    readonly requestId: string;
    readonly authorizer?: { readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> } };
  };
}

/** What the HTTP API sends back to the caller. */
export interface HttpResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request of somebody who signed in. */
export interface Request {
  /** Method and path as the API has them, such as `GET /files/{fileId}`. */
  readonly route: string;
  /** The user's `sub`; letters, digits and hyphens only. */
  readonly user: string;
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The parsed JSON; undefined when there was no body. */
  readonly body: unknown;
}

/** An answer: a body that goes as JSON, or rows of CSV; without either, as after a deletion, nothing but the status is sent. */
export interface Reply {
  readonly status: number;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly csv?: string;
}

/** Answers that a request is wrong, with everything that is wrong with it. */
export const refuse = (problems: readonly string[]): Reply => ({ status: 400, body: { error: 'invalid-request', problems } });

/** Answers that there is no such thing. */
export const notFound: Reply = { status: 404, body: { error: 'not-found' } };

/** Gives the request of an event, or the answer to an event that is none: nobody signed in, or a body that is not JSON. */
export function parseRequest(
  event: HttpEvent,
): { readonly kind: 'request'; readonly request: Request } | { readonly kind: 'refused'; readonly reply: Reply } {
  const user = event.requestContext.authorizer?.jwt?.claims?.['sub'];
  if (typeof user !== 'string' || !/^[A-Za-z0-9-]{1,128}$/.test(user))
    return { kind: 'refused', reply: { status: 401, body: { error: 'not-signed-in' } } };
  const parsed = parseBody(event);
  if (!parsed) return { kind: 'refused', reply: refuse(['the body is not JSON']) };
  return {
    kind: 'request',
    request: { route: event.routeKey, user, path: event.pathParameters ?? {}, query: event.queryStringParameters ?? {}, body: parsed.body },
  };
}

function parseBody({ body, isBase64Encoded }: HttpEvent): { readonly body: unknown } | undefined {
  if (!body) return { body: undefined };
  try {
    return { body: JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body) as unknown };
  } catch {
    return undefined;
  }
}

/** Renders an answer as the HTTP API takes it; nothing of it may be kept by a cache. */
export function toResult({ status, body, csv }: Reply): HttpResult {
  const type = csv === undefined ? body && 'application/json' : 'text/csv; charset=utf-8';
  return {
    statusCode: status,
    headers: { 'cache-control': 'no-store', ...(type ? { 'content-type': type } : {}) },
    body: csv ?? (body ? JSON.stringify(body) : ''),
  };
}
