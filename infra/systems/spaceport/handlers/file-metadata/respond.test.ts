import type { Request } from '../http.ts';
import type { FileRecord, Files } from './files.ts';
import { respond, type FilesWorld } from './respond.ts';

const ids = [
  '11111111-1111-4111-8111-111111111111',
  '22222222-2222-4222-8222-222222222222',
  '33333333-3333-4333-8333-333333333333',
] as const;
const body = { fileId: ids[0], fileName: 'Flight 1.zip', contentType: 'application/zip', sizeBytes: 1000 };
const view = { ...body, key: `uploads/user-1/${ids[0]}/Flight-1.zip`, createdAt: '2026-01-01T00:00:00.000Z' };
const request = (route: string, more: Partial<Request> = {}): Request => ({
  route,
  user: 'user-1',
  path: {},
  query: {},
  body: undefined,
  ...more,
});

/** Keeps files in memory, in order of id, as the table does for one user. */
function fakeFiles(): Files {
  const kept = new Map<string, FileRecord>();
  const at = (userId: string, fileId: string): string => `${userId}/${fileId}`;
  return {
    create: async (file) => {
      const isNew = !kept.has(at(file.userId, file.fileId));
      if (isNew) kept.set(at(file.userId, file.fileId), file);
      return isNew;
    },
    get: async (userId, fileId) => kept.get(at(userId, fileId)),
    list: async (userId, limit, after = '') => {
      const own = [...kept.values()]
        .filter((file) => file.userId === userId && file.fileId > after)
        .sort((a, b) => (a.fileId < b.fileId ? -1 : 1));
      const files = own.slice(0, limit);
      const last = files.at(-1)?.fileId;
      return { files, ...(last && own.length > limit ? { last } : {}) };
    },
    remove: async (userId, fileId) => kept.delete(at(userId, fileId)),
  };
}
const makeWorld = (): FilesWorld => ({
  files: fakeFiles(),
  limits: { maxUploadBytes: 1000, contentTypes: ['application/zip'] },
  now: () => new Date('2026-01-01T00:00:00Z'),
});

test('a file is made, read, listed and removed', async () => {
  const world = makeWorld();
  const one = { path: { fileId: ids[0] } };
  expect(await respond(request('POST /files', { body }), world)).toEqual({ status: 201, body: view });
  expect(await respond(request('GET /files/{fileId}', one), world)).toEqual({ status: 200, body: view });
  expect(await respond(request('GET /files'), world)).toEqual({ status: 200, body: { files: [view] } });
  expect(await respond(request('DELETE /files/{fileId}', one), world)).toEqual({ status: 204 });
  expect(await respond(request('GET /files/{fileId}', one), world)).toMatchObject({ status: 404 });
  expect(await respond(request('DELETE /files/{fileId}', one), world)).toMatchObject({ status: 404 });
});

test('a file with an id that is there already is refused and changes nothing', async () => {
  const world = makeWorld();
  await respond(request('POST /files', { body }), world);
  expect(await respond(request('POST /files', { body: { ...body, sizeBytes: 5 } }), world)).toEqual({
    status: 409,
    body: { error: 'already-exists' },
  });
  expect(await respond(request('GET /files/{fileId}', { path: { fileId: ids[0] } }), world)).toEqual({ status: 200, body: view });
});

test('nobody sees or removes the file of another user', async () => {
  const world = makeWorld();
  await respond(request('POST /files', { body }), world);
  const other = { user: 'user-2', path: { fileId: ids[0] } };
  expect(await respond(request('GET /files/{fileId}', other), world)).toMatchObject({ status: 404 });
  expect(await respond(request('DELETE /files/{fileId}', other), world)).toMatchObject({ status: 404 });
  expect(await respond(request('GET /files', other), world)).toEqual({ status: 200, body: { files: [] } });
});

test('a list goes on where the cursor says, until there is none', async () => {
  const world = makeWorld();
  for (const fileId of ids) await respond(request('POST /files', { body: { ...body, fileId } }), world);
  const first = await respond(request('GET /files', { query: { limit: '2' } }), world);
  expect(first.body?.['files']).toMatchObject([{ fileId: ids[0] }, { fileId: ids[1] }]);
  const second = await respond(request('GET /files', { query: { limit: '2', cursor: String(first.body?.['cursor']) } }), world);
  expect(second.body).toEqual({ files: [expect.objectContaining({ fileId: ids[2] })] });
});

test('what is optional is kept when it is given', async () => {
  const more = { projectId: 'project-1', sha256: `${'A'.repeat(43)}=` };
  expect(await respond(request('POST /files', { body: { ...body, ...more } }), makeWorld())).toEqual({
    status: 201,
    body: { ...view, ...more },
  });
});

test.each<[why: string, body: unknown, problems: readonly string[]]>([
  ['everything missing', {}, ['fileId', 'fileName', 'contentType', 'sizeBytes']],
  ['a user of its own choice', { ...body, userId: 'user-2' }, ['userId']],
  ['a key of its own choice', { ...body, key: 'uploads/user-2/x' }, ['key']],
  ['a project with a slash', { ...body, projectId: 'a/b' }, ['projectId']],
])('refuses a file with %s', async (_, given, problems) => {
  const reply = await respond(request('POST /files', { body: given }), makeWorld());
  expect(reply).toEqual({
    status: 400,
    body: { error: 'invalid-request', problems: problems.map((field) => expect.stringMatching(`^${field}: `)) },
  });
});

test.each<[why: string, given: Request, status: number]>([
  ['an id that is none', request('GET /files/{fileId}', { path: { fileId: 'x' } }), 404],
  ['no id', request('DELETE /files/{fileId}'), 404],
  ['a bad limit', request('GET /files', { query: { limit: '0' } }), 400],
  ['a route that is not ours', request('PATCH /files'), 404],
])('answers %s with the right status', async (_, given, status) => {
  expect(await respond(given, makeWorld())).toMatchObject({ status });
});
