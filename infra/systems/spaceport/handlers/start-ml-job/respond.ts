import { createHash } from 'node:crypto';
import { id, readFields, text } from '../fields.ts';
import { notFound, refuse, type Reply, type Request } from '../http.ts';

/** What the pipeline is started with; it stands in the execution's input as it is. */
export interface Job {
  /** Unique over all users, letters and digits only: it names executions, SageMaker jobs and folders. */
  readonly jobId: string;
  readonly userId: string;
  readonly projectId: string;
  /** Key of the upload in the uploads bucket. */
  readonly key: string;
}

/** What the answer depends on besides the request. */
export interface JobsWorld {
  /** Whether the user has this project. */
  hasProject(userId: string, projectId: string): Promise<boolean>;
  /** Whether this upload is there. */
  hasUpload(key: string): Promise<boolean>;
  /** Starts the pipeline, once for each job: `ended` says that it ran already, and nothing was started. */
  start(job: Job): Promise<'running' | 'ended'>;
  /** Notes in the project that a job works on it, unless the project knows this job already. */
  note(job: Job, at: string): Promise<void>;
  now(): Date;
}

/**
 * Answers a request to work on an upload of the user's own: one job for each id that the caller gives.
 *
 * Asked again with the same id, nothing is started a second time, so a caller that got no answer may simply ask again.
 */
export async function respond({ route, user, body }: Request, world: JobsWorld): Promise<Reply> {
  if (route !== 'POST /ml-jobs') return notFound;
  const own = text(new RegExp(`^uploads/${user}/[0-9a-f-]{36}/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$`), 'the key of an own upload');
  const read = readFields(body, { requestId: id, projectId: id, key: own });
  if (read.kind === 'refused') return refuse(read.problems);
  const { requestId, projectId, key } = read.values;
  const [project, upload] = await Promise.all([world.hasProject(user, projectId), world.hasUpload(key)]);
  if (!project || !upload)
    return refuse([...(project ? [] : ['projectId: there is no such project']), ...(upload ? [] : ['key: there is no such upload'])]);
  const job: Job = { jobId: toJobId(user, requestId), userId: user, projectId, key };
  const started = await world.start(job);
  if (started === 'running') await world.note(job, world.now().toISOString());
  return { status: started === 'running' ? 202 : 200, body: { jobId: job.jobId, projectId, state: started } };
}

/** Gives the id of a job: the same for the same request of a user, and another one for every other user. */
export function toJobId(user: string, requestId: string): string {
  return createHash('sha256').update(`${user}/${requestId}`).digest('hex').slice(0, 32);
}
