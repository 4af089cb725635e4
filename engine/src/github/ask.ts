import type { getOctokit } from '@actions/github';
import { known, unknown, type Answer, type NotRead } from '../answer.ts';

/** GitHub's client, as the runner's own toolkit makes it: it honours GITHUB_API_URL and proxies. */
export type Octokit = ReturnType<typeof getOctokit>;

/** What is asked of GitHub: in whose name, which right it takes (`pull-requests: write`), and on what. */
export interface Question {
  readonly token: string | undefined;
  readonly right: string;
  readonly resource: string;
}

/** How long GitHub may take for one answer. What is asked here is never worth more of a job's time. */
const timeoutMs = 10_000;

/** Asks GitHub; without a token nothing is asked. What is refused or goes wrong is an answer too: nothing is thrown. */
export async function askGithub<T>({ token, right, resource }: Question, ask: (octokit: Octokit) => Promise<T>): Promise<Answer<T>> {
  const not = (why: NotRead['why'], message: string) => unknown({ call: right, resource, why, message });
  if (!token) return not('denied', 'no github-token');
  try {
    return known(await ask(await connect(token)));
  } catch (thrown) {
    const { status, response, message = String(thrown) } = thrown as { status?: number; response?: unknown; message?: string };
    return not(response === undefined ? 'unreachable' : toWhy(status, message), message);
  }
}

async function connect(token: string): Promise<Octokit> {
  const { getOctokit } = await import('@actions/github');
  const octokit = getOctokit(token);
  octokit.hook.before('request', (options) => {
    options.request = { ...options.request, signal: AbortSignal.timeout(timeoutMs) };
  });
  return octokit;
}

/** GitHub gives 403 for limits of rate, too. */
function toWhy(status: number | undefined, message: string): NotRead['why'] {
  if (status === 429 || /rate limit/i.test(message)) return 'throttled';
  return status === 401 || status === 403 ? 'denied' : 'failed';
}
