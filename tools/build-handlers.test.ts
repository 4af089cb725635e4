import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { buildHandlers } from './build-handlers.ts';

const folder = await mkdtemp(join(tmpdir(), 'handlers-'));
const folders = await buildHandlers(join(folder, 'a'));
afterAll(() => rm(folder, { recursive: true }));

test('every handler has a folder with one file', async () => {
  const names = ['file-metadata', 'upload-presign'];
  expect(folders.filter((path) => path.includes('/spaceport/'))).toEqual(names.map((name) => join(folder, 'a', 'spaceport', name)));
  for (const path of folders) expect(await readdir(path)).toEqual(['index.js']);
});

test('the same sources give the same bytes, wherever they go', async () => {
  const again = await buildHandlers(join(folder, 'b'));
  const read = (paths: readonly string[]): Promise<string[]> => Promise.all(paths.map((path) => readFile(join(path, 'index.js'), 'utf8')));
  expect(await read(again)).toEqual(await read(folders));
});

test("only what Lambda's runtime brings is left outside", async () => {
  const code = (await Promise.all(folders.map((path) => readFile(join(path, 'index.js'), 'utf8')))).join('\n');
  const outside = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
  expect(outside.length).toBeGreaterThan(0);
  expect(outside.filter((name) => !/^(node:|@aws-sdk\/|@smithy\/)/.test(name ?? ''))).toEqual([]);
});

test('a bundle answers a request as Lambda would ask it', async () => {
  const event = {
    routeKey: 'POST /uploads',
    requestContext: { requestId: 'r', authorizer: { jwt: { claims: { sub: 'user-1' } } } },
    body: '{"fileName":"a.zip","contentType":"application/zip","sizeBytes":1}',
  };
  const variables = {
    UPLOADS_BUCKET: 'uploads',
    URL_SECONDS: '60',
    MAX_UPLOAD_BYTES: '10',
    CONTENT_TYPES: 'application/zip',
    AWS_REGION: 'us-west-2',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  };
  const script = `require(process.argv[1]).handler(${JSON.stringify(event)}).then((result) => console.log(JSON.stringify(result)))`;
  const modules = join(dirname(import.meta.dirname), 'node_modules');
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, join(folder, 'a/spaceport/upload-presign/index.js')], {
    env: { ...variables, NODE_PATH: modules },
  });
  const [log, result] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(log).toMatchObject({ level: 'info', message: 'answered', status: 200 });
  expect(result).toMatchObject({
    statusCode: 200,
    body: expect.stringContaining('https://uploads.s3.us-west-2.amazonaws.com/uploads/user-1/'),
  });
});
