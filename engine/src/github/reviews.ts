import type { OwnComment, Reviews } from '../reviews.ts';
import { askGithub, type Octokit } from './ask.ts';
import { listOwn } from './comments.ts';

/** Makes the port that reads what our own runs left on the pull requests of a repository, `slug` being its owner and name. */
export function createReviews(token: string | undefined, slug: string): Reviews {
  const [owner = '', repo = ''] = slug.split('/');
  const right = 'pull-requests: read';
  return {
    pullsOf: (commit) =>
      askGithub({ token, right, resource: `${slug}@${commit}` }, async (octokit) => {
        const { listPullRequestsAssociatedWithCommit } = octokit.rest.repos;
        const pulls = await octokit.paginate(listPullRequestsAssociatedWithCommit, { owner, repo, commit_sha: commit, per_page: 100 });
        return pulls.map((p) => ({
          number: p.number,
          head: p.head.sha,
          ...(p.merged_at && p.merge_commit_sha ? { mergeCommit: p.merge_commit_sha } : {}),
        }));
      }),
    commentOf: (pull, marker) =>
      askGithub({ token, right, resource: `${slug}#${pull}` }, (octokit) =>
        findComment(octokit, { owner, repo, issue_number: pull }, marker),
      ),
  };
}

async function findComment(octokit: Octokit, where: Parameters<typeof listOwn>[1], marker: string): Promise<OwnComment | undefined> {
  const { login, own } = await listOwn(octokit, where);
  const [newest] = own
    .filter((c) => c.body?.startsWith(`${marker}\n`))
    .sort((a, b) => (a.updated_at < b.updated_at ? 1 : a.updated_at > b.updated_at ? -1 : b.id - a.id));
  if (!newest) return undefined;
  const editor = await findEditor(octokit, newest.node_id);
  const isOwn = editor === undefined || toName(editor) === toName(login);
  return { url: newest.html_url, body: newest.body ?? '', ...(isOwn ? {} : { editor }) };
}

/** Whoever may write to the repository may change comments of others, which keep their author: only GraphQL says who did. */
async function findEditor(octokit: Octokit, id: string): Promise<string | undefined> {
  const { node } = await octokit.graphql<{ node: { editor: { login: string } | null } | null }>(
    'query ($id: ID!) { node(id: $id) { ... on IssueComment { editor { login } } } }',
    { id },
  );
  return node?.editor?.login;
}

/** Users of apps are named with a suffix in one of GitHub's interfaces and without in the other. */
const toName = (login: string): string => login.replace(/\[bot\]$/, '');
