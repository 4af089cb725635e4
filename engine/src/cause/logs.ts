import { clip } from '../report/inert.ts';
import { withoutSecrets } from './clean.ts';

/** How many lines are told, and how long one may be. */
const most = 8;
const longest = 300;

/** Lines that Lambda writes around those of a function. */
const around = /^(?:START|END|REPORT|INIT_START|INIT_REPORT|EXTENSION|XRAY)\b/;

const telling = /\berror\b|\w(?:Error|Exception)\b|traceback|timed out|denied|failed|\bfatal\b/i;

/**
 * Gives the lines of a function's log that tell why it failed: from the first one of its last error on, at most eight.
 *
 * Of one request where its id is known and in the log. Tabs and the frame around a line of Node.js go; what looks like a secret does too.
 */
export function toErrorLines(lines: readonly string[], requestId?: string): readonly string[] {
  const own = ofRequest(lines, requestId).filter((line) => line.trim() !== '' && !around.test(line));
  const last = own.findLastIndex((line) => telling.test(line));
  if (last < 0) return [];
  let first = last;
  while (first > 0 && last - first < most - 1 && telling.test(own[first - 1] ?? '')) first--;
  return own.slice(first, first + most).map((line) => clip(withoutSecrets(toPlain(line)), longest));
}

function ofRequest(lines: readonly string[], requestId: string | undefined): readonly string[] {
  const start = requestId ? lines.findIndex((line) => line.startsWith('START') && line.includes(requestId)) : -1;
  if (start < 0) return lines;
  const end = lines.findIndex((line, i) => i > start && line.startsWith('END'));
  return lines.slice(start, end < 0 ? undefined : end);
}

/** Node.js: `<time>\t<request id>\tERROR\t<text>`. */
const toPlain = (line: string): string =>
  line
    .replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z\t[\w-]+\t/, '')
    .replace(/\t/g, ' ')
    .trimEnd();

/** Gives the id of the request that a failure names; undefined when it names none. */
export const toRequestId = (message: string): string | undefined => /Request ?Id: ([0-9a-f]{8}-[\w-]{27})/i.exec(message)?.[1];

/** Gives the log group that the CDK's provider framework names in a failure: that of the app's own handler. */
export const toNamedGroup = (message: string): string | undefined => /\bLogs: (\/[\w./#-]+)/.exec(message)?.[1];
