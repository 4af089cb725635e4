import type { Answer } from '../answer.ts';
import type { Status } from '../report/status.ts';
import { askGithub } from './ask.ts';

/** Statuses of commits. */
export interface Statuses {
  /** Writes the status of a commit; a later one of the same context takes its place. */
  set(commit: string, status: Status): Promise<Answer<'written'>>;
}

/** Makes the port for the statuses of a repository, `slug` being its owner and name. */
export function createStatuses(token: string | undefined, slug: string): Statuses {
  const [owner = '', repo = ''] = slug.split('/');
  return {
    set: (commit, { context, state, description, url }) =>
      askGithub({ token, right: 'statuses: write', resource: `${slug}@${commit}` }, async ({ rest }) => {
        await rest.repos.createCommitStatus({ owner, repo, sha: commit, context, state, description, ...(url ? { target_url: url } : {}) });
        return 'written' as const;
      }),
  };
}
