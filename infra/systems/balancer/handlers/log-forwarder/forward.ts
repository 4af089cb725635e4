import { gunzipSync, gzipSync } from 'node:zlib';

/**
 * What CloudWatch Logs hands to a function.
 *
 * @source https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
export interface LogsEvent {
  readonly awslogs: { readonly data: string };
}

interface Batch {
  readonly messageType: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly logEvents: readonly { readonly id: string; readonly timestamp: number; readonly message: string }[];
}

/** Writes an object; one that is there already is replaced. */
export type Keep = (key: string, body: Buffer) => Promise<void>;

/** What came of one batch: nothing, when CloudWatch Logs only asked whether somebody listens. */
export interface Forwarded {
  readonly lines: number;
  readonly key?: string;
}

/**
 * Keeps a batch of log lines as one object of packed JSON lines: when, which service, which task, and what it said.
 *
 * Below the prefix it stands under its service and the day of its first line. A batch that comes twice has one name, so it is there once.
 *
 * @throws Error when the batch cannot be read; what keeping throws.
 */
export async function forward({ awslogs }: LogsEvent, prefix: string, keep: Keep): Promise<Forwarded> {
  const batch = JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString('utf8')) as Batch;
  const [first] = batch.logEvents;
  if (batch.messageType !== 'DATA_MESSAGE' || !first) return { lines: 0 };
  const service = batch.logGroup.split('/').at(-1) ?? batch.logGroup;
  const day = new Date(first.timestamp).toISOString().slice(0, 10).replaceAll('-', '/');
  const key = `${prefix}/${service}/${day}/${first.id}.ndjson.gz`;
  const lines = batch.logEvents.map(({ id, timestamp, message }) =>
    JSON.stringify({ time: new Date(timestamp).toISOString(), service, task: batch.logStream, id, ...toContent(message) }),
  );
  await keep(key, gzipSync(`${lines.join('\n')}\n`));
  return { lines: lines.length, key };
}

/** A line of JSON keeps its fields; any other one is a text. */
function toContent(message: string): { readonly fields: object } | { readonly message: string } {
  const text = message.trimEnd();
  if (!text.startsWith('{')) return { message: text };
  try {
    return { fields: JSON.parse(text) as object };
  } catch {
    return { message: text };
  }
}
