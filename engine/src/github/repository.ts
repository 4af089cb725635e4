import { known, unknown, type Answer } from '../answer.ts';
import type { Repository } from '../world.ts';

/** Makes the port that reads files of the repository at other commits, by GitHub's API. Without a token nothing can be read. */
export function createRepository(token: string | undefined, slug: string, file: Repository['file']): Repository {
  const [owner = '', repo = ''] = slug.split('/');
  return {
    file,
    fileAt: async (commit, path): Promise<Answer<string | undefined>> => {
      const resource = `${slug}/${path}@${commit}`;
      if (!token) return unknown({ call: 'contents: read', resource, why: 'denied', message: 'no github-token' });
      const { getOctokit } = await import('@actions/github');
      try {
        const { data } = await getOctokit(token).rest.repos.getContent({ owner, repo, path, ref: commit, mediaType: { format: 'raw' } });
        return known(toText(data));
      } catch (thrown) {
        const { status, message } = thrown as { status?: number; message?: string };
        if (status === 404) return known(undefined);
        return unknown({
          call: 'contents: read',
          resource,
          why: status === 403 || status === 401 ? 'denied' : 'failed',
          message: message ?? '',
        });
      }
    },
  };
}

/** The client gives text for the content types that it takes for text, and bytes for the others. */
function toText(data: unknown): string {
  return data instanceof ArrayBuffer ? new TextDecoder().decode(data) : String(data);
}
