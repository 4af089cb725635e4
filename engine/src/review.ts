import { toSentence, type Answer } from './answer.ts';
import { finding, type Finding } from './finding.ts';
import { readKeptPlan, type KeptPlan } from './plan/keep.ts';
import { toMarker } from './report/comment.ts';
import type { OwnComment, Pull } from './reviews.ts';
import type { World } from './world.ts';

/** A plan as it was reviewed on a pull request, and where. */
export interface Review {
  readonly pull: number;
  readonly url: string;
  readonly kept: KeptPlan;
}

/** A review, or why there is none to go by. */
export type FoundReview = { readonly review: Review } | { readonly problem: Finding };

/** The environment that a plan is for, and its regions: with several of them each has a comment of its own. */
interface ReviewedPlace {
  readonly name: string;
  readonly regions: readonly string[];
}

/**
 * Finds the plan that was reviewed before the commit of this run was made: on the pull request whose merging made it, in the comment of our
 * own preflight about the environment.
 *
 * Nothing else counts: not what others wrote or changed, not a look at another commit, not a plan that was made without asking AWS.
 */
export async function findReview({ name: environment, regions }: ReviewedPlace, region: string, world: World): Promise<FoundReview> {
  const { reviews, run } = world;
  if (!run.sha) return problem('DP103', 'This run is of no commit.');
  const pulls = await readPulls(world);
  if (pulls.kind === 'unknown') return problem('DP106', `The pull requests of ${run.sha}: ${toSentence(pulls.because)}.`);
  const merged = pulls.value.filter((p) => p.mergeCommit === run.sha);
  const [pull] = merged;
  if (!pull) return problem('DP103', `The commit ${run.sha} was not made by merging a pull request${toOthers(pulls.value)}.`);
  if (merged.length > 1)
    return problem('DP104', `The commit ${run.sha} was made by the pull requests ${merged.map((p) => p.number).join(' and ')}.`);
  const comment = await reviews.commentOf(pull.number, toMarker('preflight', environment, regions.length > 1 ? region : undefined));
  if (comment.kind === 'unknown') return problem('DP106', `The comments on pull request ${pull.number}: ${toSentence(comment.because)}.`);
  if (!comment.value)
    return problem(
      'DP103',
      `Pull request ${pull.number} has no comment of our own preflight about ${environment}${regions.length > 1 ? ` in ${region}` : ''}.`,
    );
  return judgeComment(environment, pull, comment.value);
}

/** How often GitHub is asked, and how long is waited in between. */
const attempts = 3;
const pauseMs = 4_000;

/** GitHub may take some seconds until it knows a commit that a merge has just made. */
async function readPulls({ reviews, run, clock, cancelled }: World): Promise<Answer<readonly Pull[]>> {
  for (let attempt = 1; ; attempt++) {
    const pulls = await reviews.pullsOf(run.sha);
    const isFound = pulls.kind === 'unknown' || pulls.value.some((p) => p.mergeCommit === run.sha);
    if (isFound || attempt === attempts || cancelled.aborted) return pulls;
    await clock.sleep(pauseMs, cancelled);
  }
}

function judgeComment(environment: string, { number, head }: Pull, { url, body, editor }: OwnComment): FoundReview {
  const where = `The comment of preflight on pull request ${number}`;
  if (editor !== undefined) return problem('DP106', `${where} was changed by ${editor} afterwards.`);
  const kept = readKeptPlan(body);
  if (kept === undefined) return problem('DP103', `${where} keeps no plan: that run ended before it had one.`);
  if (kept === 'broken' || kept.environment !== environment)
    return problem('DP106', `${where} keeps a plan that is not what its digest says.`);
  if (kept.commit !== head) return problem('DP105', `${where} is of commit ${kept.commit}; ${head} was merged.`);
  if (kept.depth === 'static') return problem('DP103', `${where} is of depth \`static\`: AWS was not asked what is there.`);
  return { review: { pull: number, url, kept } };
}

const toOthers = (pulls: readonly Pull[]): string =>
  pulls.length ? `; it is part of ${pulls.map((p) => `pull request ${p.number}`).join(' and ')}` : '';

const problem = (code: 'DP103' | 'DP104' | 'DP105' | 'DP106', message: string): FoundReview => ({ problem: finding(code, message) });
