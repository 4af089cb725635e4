import type { Request } from '../http.ts';
import { respond, type Upload, type UploadWorld } from './respond.ts';

const checksum = `${'A'.repeat(43)}=`;
const good = { fileName: 'Flight 1.zip', contentType: 'application/zip', sizeBytes: 1000 };
const request = (body: unknown): Request => ({ route: 'POST /uploads', user: 'user-1', path: {}, query: {}, body });

function makeWorld(): UploadWorld & { readonly uploads: [Upload, number][] } {
  const uploads: [Upload, number][] = [];
  return {
    uploads,
    limits: { maxUploadBytes: 1000, contentTypes: ['application/zip', 'image/jpeg'], urlSeconds: 900 },
    presign: async (upload, seconds) => {
      uploads.push([upload, seconds]);
      return 'https://bucket.example/signed';
    },
    newId: () => 'id-1',
    now: () => new Date('2026-01-01T00:00:00Z'),
  };
}

test('gives an address for one file under the key of its user', async () => {
  const world = makeWorld();
  expect(await respond(request(good), world)).toEqual({
    status: 200,
    body: {
      fileId: 'id-1',
      key: 'uploads/user-1/id-1/Flight-1.zip',
      method: 'PUT',
      url: 'https://bucket.example/signed',
      headers: { 'content-type': 'application/zip' },
      expiresAt: '2026-01-01T00:15:00.000Z',
    },
  });
  expect(world.uploads).toEqual([
    [{ key: 'uploads/user-1/id-1/Flight-1.zip', contentType: 'application/zip', sizeBytes: 1000, sha256: undefined }, 900],
  ]);
});

test('a checksum is signed and must be sent', async () => {
  const world = makeWorld();
  const { body } = await respond(request({ ...good, sha256: checksum }), world);
  expect(body).toMatchObject({ headers: { 'content-type': 'application/zip', 'x-amz-checksum-sha256': checksum } });
  expect(world.uploads[0]?.[0].sha256).toBe(checksum);
});

test.each<[why: string, body: unknown, problems: readonly string[]]>([
  ['a type that is not on the list', { ...good, contentType: 'text/html' }, ['contentType: one of application/zip, image/jpeg is allowed']],
  ['a byte too many', { ...good, sizeBytes: 1001 }, ['sizeBytes: a whole number from 1 to 1000 is allowed']],
  ['an empty file', { ...good, sizeBytes: 0 }, ['sizeBytes: a whole number from 1 to 1000 is allowed']],
  ['a checksum that is none', { ...good, sha256: 'abc' }, ['sha256: a SHA-256 in base64, or nothing is allowed']],
  ['no body', undefined, ['the body must be an object with fileName, contentType, sizeBytes, sha256']],
])('refuses %s, and signs nothing', async (_, body, problems) => {
  const world = makeWorld();
  expect(await respond(request(body), world)).toEqual({ status: 400, body: { error: 'invalid-request', problems } });
  expect(world.uploads).toEqual([]);
});
