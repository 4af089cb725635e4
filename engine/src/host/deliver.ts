import { toSentence } from '../answer.ts';
import { finding, type Finding } from '../finding.ts';
import type { Comments } from '../github/comments.ts';
import type { Deployments } from '../github/deployments.ts';
import type { Statuses } from '../github/statuses.ts';
import { toComment } from '../report/comment.ts';
import { toJobDeployment } from '../report/job-deployment.ts';
import type { Report } from '../report/report.ts';
import { toStatus } from '../report/status.ts';
import type { World } from '../world.ts';

/** When a run comments on a pull request: on events of one, wherever its commit belongs to one, or not at all. */
export type CommentChoice = 'auto' | 'always' | 'never';

/** What is delivered, and where files are shown relative to. */
export interface Delivery {
  readonly report: Report;
  readonly comment: CommentChoice;
  readonly failed: boolean;
  /** Folder of the checkout. */
  readonly root: string;
}

/** Who on GitHub is told. */
export interface Receivers {
  readonly comments: Comments;
  readonly statuses: Statuses;
  readonly deployments: Deployments;
}

/**
 * Tells GitHub what a run came to: the comment on its pull request, the status of its commit, and the deployment of its job.
 *
 * Gives a warning when a comment that was asked for cannot be written; a token that may write no status or deployment is nothing to warn of. A run that
 * only maps a branch to its environment has nothing to tell, a cancelled one no time; drift is no matter of a commit.
 */
export async function deliver(
  delivery: Delivery,
  { comments, statuses, deployments }: Receivers,
  world: World,
): Promise<readonly Finding[]> {
  const { depth } = delivery.report;
  if (depth === 'none' || depth === 'drift' || world.cancelled.aborted) return [];
  const [told] = await Promise.all([
    comment(delivery, comments, world),
    setStatus(delivery, statuses, world),
    updateDeployment(delivery, deployments, world),
  ]);
  return told;
}

async function updateDeployment({ report }: Delivery, deployments: Deployments, { run, log }: World): Promise<void> {
  const deployment = toJobDeployment(report);
  if (!deployment) return;
  const answer = await deployments.update(run, deployment);
  if (answer.kind === 'unknown') log.debug(`no deployment of the job: ${toSentence(answer.because)}`);
}

async function comment({ report, comment: choice, root }: Delivery, comments: Comments, world: World): Promise<readonly Finding[]> {
  const pulls = await findPulls(choice, comments, world);
  if ('problem' in pulls) return [pulls.problem];
  for (const pull of pulls.numbers) {
    const put = await comments.put(pull, toComment(report, root, { url: world.run.url, commit: toCommit(world) }));
    if (put.kind === 'unknown') return [finding('RT070', `Pull request ${pull}: ${toSentence(put.because)}.`)];
    world.log.line(`💬 The comment on pull request ${pull} is ${put.value}`);
  }
  return [];
}

async function findPulls(
  choice: CommentChoice,
  comments: Comments,
  { event, run, log }: World,
): Promise<{ readonly numbers: readonly number[] } | { readonly problem: Finding }> {
  if (choice === 'never') return { numbers: [] };
  if (event.pull) return { numbers: [event.pull.number] };
  if (choice === 'auto') return { numbers: [] };
  const found = await comments.pullsOf(run.sha);
  if (found.kind === 'unknown') return { problem: finding('RT070', `The pull requests of this commit: ${toSentence(found.because)}.`) };
  if (found.value.length === 0) log.line('💬 No comment: this commit belongs to no pull request');
  return { numbers: found.value };
}

/** The commit of a pull request is the one at its head: the one that the run has is a merge that nobody sees. */
const toCommit = ({ event, run }: World): string => event.pull?.headSha ?? run.sha;

async function setStatus({ report, failed }: Delivery, statuses: Statuses, world: World): Promise<void> {
  const answer = await statuses.set(toCommit(world), toStatus(report, failed, world.run.url));
  if (answer.kind === 'unknown') world.log.debug(`no commit status: ${toSentence(answer.because)}`);
}
