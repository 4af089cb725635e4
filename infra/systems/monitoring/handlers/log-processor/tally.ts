/** What stands out in a log file; `samples` are the first lines with errors, each cut. */
export interface Tally {
  readonly lines: number;
  readonly errors: number;
  readonly warnings: number;
  readonly samples: readonly string[];
}

const maxSamples = 20;
const maxSampleLength = 500;

/** Gives how bad one line is: by the `level` of a line of JSON, by the first level in capitals of any other. */
export function judgeLine(line: string): 'error' | 'warning' | 'other' {
  const level = (levelOfJson(line) ?? /\b(FATAL|CRITICAL|ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE)\b/.exec(line)?.[1] ?? '').toUpperCase();
  if (['FATAL', 'CRITICAL', 'ERROR'].includes(level)) return 'error';
  return level.startsWith('WARN') ? 'warning' : 'other';
}

/** Counts the lines of a log; memory is that of the samples, however long the log. */
export async function tallyLines(lines: AsyncIterable<string>): Promise<Tally> {
  const counts = { error: 0, warning: 0, other: 0 };
  const samples: string[] = [];
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const kind = judgeLine(line);
    counts[kind]++;
    if (kind === 'error' && samples.length < maxSamples) samples.push(line.slice(0, maxSampleLength));
  }
  return { lines: counts.error + counts.warning + counts.other, errors: counts.error, warnings: counts.warning, samples };
}

function levelOfJson(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { level, severity } = JSON.parse(line) as Record<string, unknown>;
    const found = level ?? severity;
    return typeof found === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}
