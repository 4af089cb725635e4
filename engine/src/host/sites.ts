import { known, unknown, type NotRead } from '../answer.ts';
import type { SiteAnswer, Sites } from '../reach.ts';

/** How much of an answer is read, in bytes. */
const longestBody = 256 * 1024;

/** Makes the port that gets addresses, as the job reaches them. */
export function createSites(): Sites {
  return {
    get: async ({ url, follows, timeoutMs, signal }) => {
      if (!isSite(url)) return unknown({ call: 'GET', resource: url, why: 'refused', message: 'it is no address of HTTP' });
      try {
        const response = await fetch(url, {
          redirect: follows ? 'follow' : 'manual',
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
          headers: { 'user-agent': 'spaceport-actions' },
        });
        return known(await toAnswer(response));
      } catch (thrown) {
        return unknown(toBecause(url, thrown as Error));
      }
    },
  };
}

const isSite = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

async function toAnswer(response: Response): Promise<SiteAnswer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= longestBody) break;
  }
  const body = Buffer.concat(parts).subarray(0, longestBody).toString('utf8');
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}

/** `fetch failed` says nothing: what happened is in its cause. */
function toBecause(url: string, thrown: Error): NotRead {
  const cause = thrown.cause instanceof Error ? thrown.cause : thrown;
  const code = (cause as NodeJS.ErrnoException).code ?? cause.name;
  return { call: 'GET', resource: url, why: 'unreachable', message: cause.message || code };
}
