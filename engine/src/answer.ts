/**
 * Why something could not be read from AWS.
 *
 * `call` is in IAM's words (`dynamodb:DescribeTable`), so that it can be granted as it stands; `resource` is what was asked.
 */
export interface NotRead {
  readonly call: string;
  readonly resource: string;
  readonly why: 'denied' | 'expired' | 'throttled' | 'unreachable' | 'refused' | 'unsupported' | 'failed';
  readonly message: string;
}

/** What a reading gave: a value, or the reason why nothing is known. Never an empty value in place of a refusal. */
export type Answer<T> = { readonly kind: 'known'; readonly value: T } | { readonly kind: 'unknown'; readonly because: NotRead };

/** Gives an answer that is known. */
export const known = <T>(value: T): Answer<T> => ({ kind: 'known', value });

/** Gives an answer that could not be had. */
export const unknown = (because: NotRead): Answer<never> => ({ kind: 'unknown', because });

/** Gives the sentence that tells a user what could not be read and why. */
export function toSentence(because: NotRead): string {
  const why = {
    denied: `needs the permission ${because.call} on ${because.resource}`,
    expired: `${because.call} was asked after the session had expired`,
    throttled: `${because.call} was throttled`,
    unreachable: `${because.call} got no answer`,
    refused: `${because.call} was refused`,
    unsupported: `${because.call} does not know ${because.resource}`,
    failed: `${because.call} failed`,
  }[because.why];
  return because.message ? `${why} (${because.message})` : why;
}
