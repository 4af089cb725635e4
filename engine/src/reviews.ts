import type { Answer } from './answer.ts';

/** A pull request that a commit belongs to. */
export interface Pull {
  readonly number: number;
  /** The commit at its head; of a merged one, what was merged. */
  readonly head: string;
  /** The commit that merging it made, on the branch that it was merged into; undefined for one that is not merged. */
  readonly mergeCommit?: string;
}

/** A comment of our own on a pull request. */
export interface OwnComment {
  readonly url: string;
  readonly body: string;
  /** Who changed it last, if that was somebody else. */
  readonly editor?: string;
}

/** What our own runs have left on pull requests; never writes. */
export interface Reviews {
  /** Gives the pull requests that a commit belongs to, open or merged. */
  pullsOf(commit: string): Promise<Answer<readonly Pull[]>>;
  /** Gives the newest comment on a pull request that begins with the marker and that the user of the token wrote. */
  commentOf(pull: number, marker: string): Promise<Answer<OwnComment | undefined>>;
}
