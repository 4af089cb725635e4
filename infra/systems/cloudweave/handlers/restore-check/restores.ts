import { toSignedHeaders, type Credentials } from '../../../../handlers/sign.ts';
import type { RestoreJob, Verdict } from './judge.ts';

/** The restores of AWS Backup. */
export interface Restores {
  describe(id: string): Promise<RestoreJob>;
  /** Tells AWS Backup what came of a test; what the test made is removed then. */
  conclude(id: string, verdict: Verdict): Promise<void>;
}

/** What AWS Backup is called with. */
export interface RestoresWorld {
  readonly region: string;
  /** In place of the service's own address; as the SDKs take AWS_ENDPOINT_URL. */
  readonly endpoint?: string;
  fetch(
    url: URL,
    init: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string },
  ): Promise<Pick<Response, 'ok' | 'status' | 'text'>>;
  credentials(): Credentials;
  now(): Date;
}

/**
 * Makes the restores of a region.
 *
 * @source https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutRestoreValidationResult.html
 */
export function createRestores({ region, endpoint, fetch, credentials, now }: RestoresWorld): Restores {
  const call = async (method: 'GET' | 'PUT', path: string, body: string): Promise<string> => {
    const url = new URL(path, endpoint ?? `https://backup.${region}.amazonaws.com`);
    const headers = toSignedHeaders(
      { service: 'backup', method, url, headers: { 'content-type': 'application/json' }, body },
      credentials(),
      region,
      now(),
    );
    const answer = await fetch(url, { method, headers, ...(body ? { body } : {}) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`AWS Backup answered ${answer.status}: ${text.slice(0, 500)}`);
    return text;
  };
  const path = (id: string): string => `/restore-jobs/${encodeURIComponent(id)}`;
  return {
    describe: async (id) => toJob(JSON.parse(await call('GET', path(id), ''))),
    conclude: async (id, { kept, message }) => {
      const result = { ValidationStatus: kept ? 'SUCCESSFUL' : 'FAILED', ValidationStatusMessage: message };
      await call('PUT', `${path(id)}/validations`, JSON.stringify(result));
    },
  };
}

/** Times are in seconds since 1970. */
interface DescribedJob {
  readonly Status?: string;
  readonly CreationDate?: number;
  readonly CompletionDate?: number;
  readonly RecoveryPointCreationDate?: number;
  readonly CreatedResourceArn?: string;
}

function toJob(job: DescribedJob): RestoreJob {
  if (!job.Status || job.CreationDate === undefined) throw new Error('AWS Backup describes a restore without its status and time');
  const toTime = (seconds: number): Date => new Date(seconds * 1000);
  return {
    status: job.Status,
    createdAt: toTime(job.CreationDate),
    ...(job.CompletionDate === undefined ? {} : { completedAt: toTime(job.CompletionDate) }),
    ...(job.RecoveryPointCreationDate === undefined ? {} : { pointAt: toTime(job.RecoveryPointCreationDate) }),
    ...(job.CreatedResourceArn ? { madeArn: job.CreatedResourceArn } : {}),
  };
}
