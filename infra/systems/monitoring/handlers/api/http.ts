/**
 * The parts of a REST API's event that the handler reads.
 *
 * @source https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export interface ProxyEvent {
  readonly httpMethod: string;
  /** The route as the API has it, such as `/events`. */
  readonly resource: string;
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: { readonly requestId: string };
}

/** What the REST API sends back to the caller. */
export interface ProxyResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request: `route` is method and path, `body` the parsed JSON. */
export interface Request {
  readonly route: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

/** An answer. */
export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers that a request is wrong, with everything that is wrong with it. */
export const refuse = (problems: readonly string[]): Reply => ({ status: 400, body: { error: 'invalid-request', problems } });

/** Gives the request of an event; undefined when its body is not JSON. */
export function parseRequest({ httpMethod, resource, queryStringParameters, body, isBase64Encoded }: ProxyEvent): Request | undefined {
  const request = { route: `${httpMethod} ${resource}`, query: queryStringParameters ?? {} };
  if (!body) return { ...request, body: undefined };
  try {
    return { ...request, body: JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body) as unknown };
  } catch {
    return undefined;
  }
}

/** Renders an answer for a page of an origin: only those that are allowed may read it. */
export function toResult({ status, body, headers = {} }: Reply, origin: string | undefined, allowed: readonly string[]): ProxyResult {
  const cors: Readonly<Record<string, string>> = origin && allowed.includes(origin) ? { 'access-control-allow-origin': origin } : {};
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', vary: 'origin', ...cors, ...headers },
    body: JSON.stringify(body),
  };
}

/** Gives the origin that a browser names; header names come as the caller wrote them. */
export const originOf = ({ headers }: ProxyEvent): string | undefined =>
  Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'origin')?.[1];
