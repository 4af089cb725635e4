import type { Answer } from '../answer.ts';
import type { Repository } from '../world.ts';
import { askGithub, type Octokit } from './ask.ts';

/** Makes the port that reads files of the repository at other commits, by GitHub's API. Without a token nothing can be read. */
export function createRepository(token: string | undefined, slug: string, file: Repository['file']): Repository {
  const [owner = '', repo = ''] = slug.split('/');
  const get = async (octokit: Octokit, path: string, ref: string): Promise<string | undefined> => {
    try {
      return toText((await octokit.rest.repos.getContent({ owner, repo, path, ref, mediaType: { format: 'raw' } })).data);
    } catch (thrown) {
      if ((thrown as { status?: number }).status === 404) return undefined;
      throw thrown;
    }
  };
  return {
    file,
    fileAt: (commit, path): Promise<Answer<string | undefined>> =>
      askGithub({ token, right: 'contents: read', resource: `${slug}/${path}@${commit}` }, (octokit) => get(octokit, path, commit)),
  };
}

/** The client gives text for the content types that it takes for text, and bytes for the others. */
function toText(data: unknown): string {
  return data instanceof ArrayBuffer ? new TextDecoder().decode(data) : String(data);
}
