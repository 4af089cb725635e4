import { known, unknown, type Answer, type NotRead } from '../answer.ts';
import type { ReadingSettings } from './bounded.ts';
import { toAgents } from './proxy.ts';

/** What the AWS SDK throws, as far as it is looked at. */
interface AwsError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly code?: string;
  readonly Code?: string;
}

/** Gives AWS's own name of an error: `AccessDenied`, `ThrottlingException` ...; the HTTP status where it has no better one. */
export function toErrorName(thrown: unknown): string {
  const e = thrown as AwsError;
  const name = e.name === 'Error' || e.name === 'UnknownError' ? (e.Code ?? e.code ?? '') : e.name;
  return name && name !== 'Unknown' ? name : `Http${e.$metadata?.httpStatusCode ?? 0}`;
}

const unreachable = /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|TimeoutError|NetworkingError|AggregateError)/;

/** Gives which kind of failure was thrown. */
export function toWhy(thrown: unknown): NotRead['why'] {
  const name = toErrorName(thrown);
  const status = (thrown as AwsError).$metadata?.httpStatusCode ?? 0;
  if (unreachable.test(name) || unreachable.test((thrown as AwsError).code ?? '')) return 'unreachable';
  if (/ExpiredToken|RequestExpired|TokenRefreshRequired/.test(name)) return 'expired';
  if (/Throttl|TooManyRequests|SlowDown|RequestLimitExceeded/.test(name)) return 'throttled';
  if (/AccessDenied|Unauthorized|Forbidden|NotAuthorized/.test(name) || status === 403) return 'denied';
  if (/^(TypeNotFound|UnsupportedAction)/.test(name)) return 'unsupported';
  return status >= 500 ? 'failed' : 'refused';
}

/** Thrown in place of credentials that could not be had: every call made with them ends so, for the same reason. */
export class WithoutRole extends Error {
  readonly because: NotRead;

  constructor(because: NotRead, cause?: unknown) {
    super(because.message, { cause });
    this.because = because;
  }
}

/**
 * Gives the answer of one AWS call.
 *
 * `absent` names the errors that mean that the thing asked for is not there: they give `undefined`. Everything else that
 * is thrown gives the reason why nothing is known.
 */
export async function ask<T>(call: string, resource: string, run: () => Promise<T>): Promise<Answer<T>>;
export async function ask<T>(
  call: string,
  resource: string,
  run: () => Promise<T>,
  absent: (error: AwsError) => boolean,
): Promise<Answer<T | undefined>>;
export async function ask<T>(
  call: string,
  resource: string,
  run: () => Promise<T>,
  absent?: (error: AwsError) => boolean,
): Promise<Answer<T | undefined>> {
  try {
    return known(await run());
  } catch (thrown) {
    if (thrown instanceof WithoutRole) return unknown(thrown.because);
    const e = thrown as AwsError;
    if (absent?.(e)) return known(undefined);
    return unknown({ call, resource, why: toWhy(e), message: toMessage(e) });
  }
}

/** Gives the first line of what AWS says of an error; its name where it says nothing. */
export const toMessage = (e: AwsError): string =>
  (e.message && e.message !== 'UnknownError' ? e.message : toErrorName(e)).split('\n')[0] ?? '';

/** Settings of every AWS client: bounded retries and bounded waits, so that an endpoint that is not there costs seconds. */
export const clientDefaults = {
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 30_000, throwOnRequestTimeout: true, ...toAgents() },
} as const;

/** Keys of a session, in the SDK's shape. */
export interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** When they end; the SDK asks for new ones before. */
  readonly expiration?: Date;
}

/** What every client of one account and region is made with; without credentials the SDK finds those of the job. */
export interface ClientConfig extends Partial<ReadingSettings> {
  readonly region: string;
  readonly credentials?: () => Promise<SessionKeys>;
}
