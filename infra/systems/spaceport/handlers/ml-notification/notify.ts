/** What the pipeline says at the end of a job. */
export interface Outcome {
  readonly jobId: string;
  readonly userId: string;
  readonly projectId: string;
  readonly result: { readonly kind: 'succeeded'; readonly uri: string } | { readonly kind: 'failed'; readonly cause: string };
}

/** What a notification depends on besides the outcome. */
export interface NotificationWorld {
  /** Writes the outcome into the project; false when there is no such project any more, or a later job works on it. */
  update(outcome: Outcome, at: string): Promise<boolean>;
  publish(subject: string, message: string): Promise<void>;
  now(): Date;
}

/**
 * Tells of the end of a job: in its project, and to everybody who listens.
 *
 * Performed again it does the same again, so whoever called may call again after a failure.
 */
export async function notify(outcome: Outcome, { update, publish, now }: NotificationWorld): Promise<{ readonly updated: boolean }> {
  const updated = await update(outcome, now().toISOString());
  await publish(toSubject(outcome), toMessage(outcome));
  return { updated };
}

/**
 * Reads the event that the pipeline sends.
 *
 * @throws Error that names everything that is missing.
 */
export function parseOutcome(event: unknown): Outcome {
  const fields = new Map(Object.entries(typeof event === 'object' && event !== null ? event : {}));
  const text = (name: string): string => {
    const value: unknown = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  const [jobId, userId, projectId, resultUri] = ['jobId', 'userId', 'projectId', 'resultUri'].map(text) as [string, string, string, string];
  const failed = text('outcome') === 'failed';
  const missing = Object.entries({ jobId, userId, projectId, ...(failed ? {} : { resultUri }) }).flatMap(([name, value]) =>
    value ? [] : [name],
  );
  if (missing.length > 0) throw new Error(`The event lacks ${missing.join(', ')}`);
  const result = failed ? { kind: 'failed' as const, cause: toCause(fields.get('error')) } : { kind: 'succeeded' as const, uri: resultUri };
  return { jobId, userId, projectId, result };
}

const longestCause = 1000;

/** The cause that SageMaker gives is a page of JSON: what matters is at its beginning. */
function toCause(error: unknown): string {
  const { Error: name = 'unknown', Cause: cause = '' } = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly Error?: unknown;
    readonly Cause?: unknown;
  };
  return `${String(name)}: ${String(cause)}`.slice(0, longestCause);
}

const toSubject = ({ result, projectId }: Outcome): string => `Spaceport: processing of project ${projectId} ${result.kind}`;

function toMessage({ jobId, projectId, result }: Outcome): string {
  const told = {
    jobId,
    projectId,
    outcome: result.kind,
    ...(result.kind === 'succeeded' ? { resultUri: result.uri } : { cause: result.cause }),
  };
  return JSON.stringify(told, null, 2);
}
