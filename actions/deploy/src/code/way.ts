import { toSentence, type NotRead } from '../../../../engine/src/answer.ts';

/** How long something may take, and whether it is still wanted. */
export interface Way {
  /** In milliseconds since the epoch. */
  readonly endMs: number;
  readonly cancelled: AbortSignal;
}

/**
 * How giving a target other code ended.
 *
 * `refused`: nothing of it runs. `broken`: it may run, and does not work. `running`: AWS may still be at work, or nothing is known.
 */
export type Ended =
  | { readonly kind: 'updated' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'broken'; readonly why: string }
  | { readonly kind: 'running'; readonly what: string };

/** Gives how it ended when a write could not be made; one that got no answer may have been made all the same. */
export const toUnwritten = (because: NotRead): Ended => ({
  kind: ['unreachable', 'failed'].includes(because.why) ? 'broken' : 'refused',
  why: toSentence(because),
});
