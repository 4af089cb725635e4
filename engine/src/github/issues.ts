import type { Answer } from '../answer.ts';
import { askGithub, type Octokit } from './ask.ts';

/** One issue of our own: `marker` is the first line of its body, by which it is found again; readers do not see it. */
export interface Issue {
  readonly marker: string;
  readonly title: string;
  readonly body: string;
}

/** Issues of a repository, as far as they are our own: written by the token's own user, and beginning with the marker. */
export interface Issues {
  /** Writes the open issue of its marker anew; opens one when there is none. */
  put(issue: Issue): Promise<Answer<'opened' | 'updated'>>;
  /** Closes the open issue of a marker with a word. */
  close(marker: string, word: string): Promise<Answer<'closed' | 'none'>>;
}

/** Makes the port for the issues of a repository, `slug` being its owner and name. */
export function createIssues(token: string | undefined, slug: string): Issues {
  const [owner = '', repo = ''] = slug.split('/');
  const find = async (octokit: Octokit, marker: string): Promise<number | undefined> => {
    const { viewer } = await octokit.graphql<{ viewer: { login: string } }>('query { viewer { login } }'); // REST refuses the tokens of jobs
    const wanted = { owner, repo, state: 'open' as const, creator: viewer.login, per_page: 100 };
    const all = await octokit.paginate(octokit.rest.issues.listForRepo, wanted);
    // Who edits an issue on the page leaves it with other ends of lines.
    const own = all.filter((i) => !i.pull_request && i.user?.login === viewer.login && i.body?.split(/\r?\n/, 1)[0] === marker);
    return own.map((i) => i.number).sort((a, b) => a - b)[0];
  };
  const question = { token, right: 'issues: write', resource: slug };
  return {
    put: ({ marker, title, body }) =>
      askGithub(question, async (octokit) => {
        const issue_number = await find(octokit, marker);
        if (issue_number === undefined) {
          await octokit.rest.issues.create({ owner, repo, title, body });
          return 'opened';
        }
        await octokit.rest.issues.update({ owner, repo, issue_number, title, body });
        return 'updated';
      }),
    close: (marker, word) =>
      askGithub(question, async (octokit) => {
        const issue_number = await find(octokit, marker);
        if (issue_number === undefined) return 'none';
        await octokit.rest.issues.createComment({ owner, repo, issue_number, body: word });
        await octokit.rest.issues.update({ owner, repo, issue_number, state: 'closed', state_reason: 'completed' });
        return 'closed';
      }),
  };
}
