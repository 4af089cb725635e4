import type { Answer } from '../answer.ts';
import type { Comment } from '../report/comment.ts';
import { askGithub, type Octokit } from './ask.ts';

/** Comments on pull requests, as far as they are our own. */
export interface Comments {
  /** Gives the numbers of the pull requests that a commit belongs to, open or merged. */
  pullsOf(commit: string): Promise<Answer<readonly number[]>>;
  /**
   * Makes a comment the one that a pull request has of its kind: an earlier one of our own is written anew, further ones are removed.
   *
   * Ours is what the token's own user wrote and what begins with the marker: a marker in anybody else's comment counts for nothing.
   */
  put(pull: number, comment: Comment): Promise<Answer<'created' | 'updated'>>;
}

/** Makes the port for the comments of a repository, `slug` being its owner and name. */
export function createComments(token: string | undefined, slug: string): Comments {
  const [owner = '', repo = ''] = slug.split('/');
  const put = async (octokit: Octokit, pull: number, comment: Comment): Promise<'created' | 'updated'> => {
    const { rest } = octokit;
    const [kept, ...others] = await findOwn(octokit, { owner, repo, issue_number: pull }, comment);
    if (kept === undefined) {
      await rest.issues.createComment({ owner, repo, issue_number: pull, body: comment.body });
      return 'created';
    }
    await rest.issues.updateComment({ owner, repo, comment_id: kept, body: comment.body });
    for (const comment_id of others) await rest.issues.deleteComment({ owner, repo, comment_id });
    return 'updated';
  };
  return {
    pullsOf: (commit) =>
      askGithub({ token, right: 'pull-requests: read', resource: `${slug}@${commit}` }, async ({ rest }) => {
        const { data } = await rest.repos.listPullRequestsAssociatedWithCommit({ owner, repo, commit_sha: commit });
        return data.map((p) => p.number);
      }),
    put: (pull, comment) =>
      askGithub({ token, right: 'pull-requests: write', resource: `${slug}#${pull}` }, (octokit) => put(octokit, pull, comment)),
  };
}

/** Where comments are: on which pull request of which repository. */
interface Where {
  readonly owner: string;
  readonly repo: string;
  readonly issue_number: number;
}

/** Gives the comments on a pull request that the user of the token wrote, and who that is. */
export async function listOwn(octokit: Octokit, where: Where) {
  const { viewer } = await octokit.graphql<{ viewer: { login: string } }>('query { viewer { login } }'); // REST refuses the tokens of jobs
  const all = await octokit.paginate(octokit.rest.issues.listComments, { ...where, per_page: 100 });
  return { login: viewer.login, own: all.filter((c) => c.user?.login === viewer.login) };
}

/** Gives the ids of our own comments that a comment takes the place of: first those of its very marker, then the oldest. */
async function findOwn(octokit: Octokit, where: Where, { marker, replaces }: Comment): Promise<readonly number[]> {
  const { own } = await listOwn(octokit, where);
  const withMarker = (m: string) => own.filter((c) => c.body?.startsWith(m)).map((c) => c.id);
  return [marker, ...replaces.filter((m) => m !== marker)].flatMap(withMarker);
}
