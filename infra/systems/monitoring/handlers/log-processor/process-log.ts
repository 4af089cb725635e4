import type { Breaker } from '../breaker.ts';
import type { Events } from '../events.ts';
import { tallyLines, type Tally } from './tally.ts';

/**
 * What EventBridge says of an object that was put into the bucket.
 *
 * @source https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export interface ObjectCreated {
  readonly time: string;
  readonly detail: {
    readonly bucket: { readonly name: string };
    readonly object: { readonly key: string; readonly etag?: string; readonly 'version-id'?: string };
  };
}

/** What processing depends on besides the event. */
export interface LogWorld {
  readonly events: Events;
  readonly breaker: Breaker;
  /** Gives the lines of an object, unpacked when its name ends in .gz. */
  lines(bucket: string, key: string, version: string | undefined): Promise<AsyncIterable<string>>;
  /** Hands lines of a log to the analysis. */
  analyse(request: { readonly source: string; readonly at: string; readonly lines: readonly string[] }): Promise<void>;
}

/** What came of one log file. */
export interface ProcessedLog extends Omit<Tally, 'samples'> {
  readonly key: string;
  /** False when this version of the file was processed before. */
  readonly isNew: boolean;
}

/**
 * Reads a log file, keeps what stands out as an event, and has its errors analysed.
 *
 * EventBridge may say a thing twice: the event of a version of a file has one key, so the second time changes nothing.
 */
export async function processLog({ time, detail }: ObjectCreated, { events, breaker, lines, analyse }: LogWorld): Promise<ProcessedLog> {
  const { key, etag, 'version-id': version } = detail.object;
  const { samples, ...tally } = await tallyLines(await breaker('log-processor:bucket', () => lines(detail.bucket.name, key, version)));
  const source = `log#${key}`;
  const at = `${time}#${version ?? etag ?? 'only'}`;
  const isNew = !(await breaker('log-processor:events', () => events.has(source, at)));
  // The analysis first: when it fails the whole is tried again, and the event must not be there yet.
  if (isNew && tally.errors > 0) await breaker('log-processor:analysis', () => analyse({ source, at, lines: samples }));
  if (isNew) {
    const level = tally.errors > 0 ? 'error' : tally.warnings > 0 ? 'warning' : 'info';
    const message = `${key}: ${tally.errors} errors and ${tally.warnings} warnings in ${tally.lines} lines`;
    await breaker('log-processor:events', () => events.put({ source, at, kind: 'log', level, message, details: { ...tally, samples } }));
  }
  return { key, isNew, ...tally };
}
