import type { Request } from '../http.ts';
import { respond, toJobId, type Job, type JobsWorld } from './respond.ts';

const requestId = '11111111-1111-4111-8111-111111111111';
const projectId = '22222222-2222-4222-8222-222222222222';
const body = { requestId, projectId, key: `uploads/user-1/${requestId}/flight.zip` };
const request = (given: unknown = body, route = 'POST /ml-jobs'): Request => ({ route, user: 'user-1', path: {}, query: {}, body: given });

/** A pipeline that runs each job once, and one project and one upload. */
function makeWorld(more: Partial<JobsWorld> = {}): { readonly world: JobsWorld; readonly started: Job[]; readonly noted: Job[] } {
  const started: Job[] = [];
  const noted: Job[] = [];
  const world: JobsWorld = {
    hasProject: async (user, project) => user === 'user-1' && project === projectId,
    hasUpload: async (key) => key === body.key,
    start: async (job) => {
      started.push(job);
      return started.length === 1 ? 'running' : 'ended';
    },
    note: async (job) => void noted.push(job),
    now: () => new Date('2026-01-01T00:00:00Z'),
    ...more,
  };
  return { world, started, noted };
}

test('a job is started with what the pipeline needs, and the project knows of it', async () => {
  const { world, started, noted } = makeWorld();
  const job = { jobId: toJobId('user-1', requestId), userId: 'user-1', projectId, key: body.key };
  expect(await respond(request(), world)).toEqual({ status: 202, body: { jobId: job.jobId, projectId, state: 'running' } });
  expect(started).toEqual([job]);
  expect(noted).toEqual([job]);
});

test('asked again after it ended, nothing is noted and the answer says so', async () => {
  const { world, noted } = makeWorld();
  await respond(request(), world);
  expect(await respond(request(), world)).toMatchObject({ status: 200, body: { state: 'ended' } });
  expect(noted).toHaveLength(1);
});

test('the id of a job fits the names of executions and SageMaker jobs, and differs between users', () => {
  expect(toJobId('user-1', requestId)).toMatch(/^[0-9a-f]{32}$/);
  expect(toJobId('user-2', requestId)).not.toBe(toJobId('user-1', requestId));
});

test.each<[why: string, given: Record<string, unknown>, problem: RegExp]>([
  ["another user's upload", { ...body, key: body.key.replace('user-1', 'user-2') }, /^key: the key of an own upload/],
  ['a key that leaves its folder', { ...body, key: `uploads/user-1/${requestId}/../x` }, /^key: /],
  ['an upload that is not there', { ...body, key: `uploads/user-1/${projectId}/x.zip` }, /^key: there is no such upload/],
  ['a project that is not there', { ...body, projectId: requestId }, /^projectId: there is no such project/],
  ['a user of its own choice', { ...body, userId: 'user-2' }, /^userId: /],
])('refuses %s, and starts nothing', async (_, given, problem) => {
  const { world, started } = makeWorld();
  expect(await respond(request(given), world)).toMatchObject({ status: 400, body: { problems: [expect.stringMatching(problem)] } });
  expect(started).toEqual([]);
});

test('a pipeline that cannot be started leaves the project as it was', async () => {
  const { world, noted } = makeWorld({ start: () => Promise.reject(new Error('denied')) });
  await expect(respond(request(), world)).rejects.toThrow('denied');
  expect(noted).toEqual([]);
});

test('another route is not there', async () => {
  expect(await respond(request(body, 'GET /ml-jobs'), makeWorld().world)).toMatchObject({ status: 404 });
});
