import type { Request } from '../http.ts';
import type { ProjectRecord, Projects } from './projects.ts';
import { respond, type ProjectsWorld } from './respond.ts';

const ids = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
const body = { projectId: ids[0], name: 'Old barn' };
const made = '2026-01-01T00:00:00.000Z';
const one = { path: { projectId: ids[0] } };
const request = (route: string, more: Partial<Request> = {}): Request => ({
  route,
  user: 'user-1',
  path: {},
  query: {},
  body: undefined,
  ...more,
});

/** Keeps projects in memory, in order of id, as the table does for one user. */
function fakeProjects(): Projects {
  const kept = new Map<string, ProjectRecord>();
  const at = (userId: string, projectId: string): string => `${userId}/${projectId}`;
  return {
    create: async (project) => {
      const isNew = !kept.has(at(project.userId, project.projectId));
      if (isNew) kept.set(at(project.userId, project.projectId), project);
      return isNew;
    },
    get: async (userId, projectId) => kept.get(at(userId, projectId)),
    list: async (userId, limit, after = '') => {
      const own = [...kept.values()].filter((p) => p.userId === userId && p.projectId > after);
      const last = own[limit - 1]?.projectId;
      return { projects: own.slice(0, limit), ...(last && own.length > limit ? { last } : {}) };
    },
    change: async (userId, projectId, change) => {
      const before = kept.get(at(userId, projectId));
      if (before) kept.set(at(userId, projectId), { ...before, ...change });
      return kept.get(at(userId, projectId));
    },
    remove: async (userId, projectId) => kept.delete(at(userId, projectId)),
  };
}
function makeWorld(): ProjectsWorld {
  let hour = 0;
  return { projects: fakeProjects(), now: () => new Date(Date.UTC(2026, 0, 1, hour++)) };
}

test('a project is made, read, changed, listed and removed', async () => {
  const world = makeWorld();
  const view = { ...body, createdAt: made, updatedAt: made };
  expect(await respond(request('POST /projects', { body }), world)).toEqual({ status: 201, body: view });
  expect(await respond(request('GET /projects/{projectId}', one), world)).toEqual({ status: 200, body: view });
  const changed = { ...view, name: 'New barn', updatedAt: '2026-01-01T01:00:00.000Z' };
  expect(await respond(request('PATCH /projects/{projectId}', { ...one, body: { name: 'New barn' } }), world)).toEqual({
    status: 200,
    body: changed,
  });
  expect(await respond(request('GET /projects'), world)).toEqual({ status: 200, body: { projects: [changed] } });
  expect(await respond(request('DELETE /projects/{projectId}', one), world)).toEqual({ status: 204 });
  expect(await respond(request('GET /projects/{projectId}', one), world)).toMatchObject({ status: 404 });
});

test('a project with an id that is there already is refused', async () => {
  const world = makeWorld();
  await respond(request('POST /projects', { body }), world);
  expect(await respond(request('POST /projects', { body }), world)).toEqual({ status: 409, body: { error: 'already-exists' } });
});

test.each(['GET', 'PATCH', 'DELETE'])('nobody reaches the project of another user by %s', async (method) => {
  const world = makeWorld();
  await respond(request('POST /projects', { body }), world);
  const other = request(`${method} /projects/{projectId}`, {
    ...one,
    user: 'user-2',
    ...(method === 'PATCH' ? { body: { name: 'mine' } } : {}),
  });
  expect(await respond(other, world)).toMatchObject({ status: 404 });
});

test('a list goes on where the cursor says, until there is none', async () => {
  const world = makeWorld();
  for (const projectId of ids) await respond(request('POST /projects', { body: { ...body, projectId } }), world);
  const first = await respond(request('GET /projects', { query: { limit: '1' } }), world);
  const second = await respond(request('GET /projects', { query: { limit: '1', cursor: String(first.body?.['cursor']) } }), world);
  expect(second.body).toEqual({ projects: [expect.objectContaining({ projectId: ids[1] })] });
});

test.each<[why: string, route: string, body: unknown, problem: RegExp]>([
  ['a name that is empty', 'POST /projects', { ...body, name: '' }, /^name: /],
  ['a user of its own choice', 'POST /projects', { ...body, userId: 'user-2' }, /^userId: /],
  ['a state of its own choice', 'PATCH /projects/{projectId}', { status: 'succeeded' }, /^status: /],
  ['nothing to change', 'PATCH /projects/{projectId}', {}, /^name or description/],
])('refuses %s', async (_, route, given, problem) => {
  expect(await respond(request(route, { ...one, body: given }), makeWorld())).toMatchObject({
    status: 400,
    body: { problems: [expect.stringMatching(problem)] },
  });
});

test('an id that is none, and a route that is not ours, are not there', async () => {
  expect(await respond(request('PATCH /projects/{projectId}', { path: { projectId: 'x' } }), makeWorld())).toMatchObject({ status: 404 });
  expect(await respond(request('PUT /projects'), makeWorld())).toMatchObject({ status: 404 });
});
