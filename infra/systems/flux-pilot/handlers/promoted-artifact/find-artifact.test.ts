import { toSetDigest } from '../../../../../actions/promote/src/artifact-set.ts';
import { toManifest } from '../../../../../actions/promote/src/manifest.ts';
import { findArtifact, type Objects } from './find-artifact.ts';

const artifacts = ['api.zip', 'orders/list.zip'].map((name) => ({
  name,
  key: `lambda/${name}`,
  sizeBytes: 3,
  checksum: { algorithm: 'SHA256' as const, value: 'YWJj' },
}));
const setDigest = toSetDigest(artifacts);
const earlier = '1'.repeat(64);
const location = { environment: 'sandbox', bucket: 'here', prefix: 'lambda/' };

/** The very manifest that a promotion writes; `versioned` says whether its bucket has versions. */
const toText = (versioned: boolean): string =>
  JSON.stringify(
    toManifest({
      promotion: 'lambda',
      from: { ...location, environment: 'dev', bucket: 'there' },
      to: location,
      time: '2026-01-02T03:04:05.000Z',
      run: { id: '1', attempt: '1', url: '', actor: 'octocat', sha: '' },
      setDigest,
      artifacts: artifacts.map((each) => ({ ...each, etag: '"e"' })),
      copies: new Map(artifacts.map(({ name }) => [name, { etag: '"e"', ...(versioned ? { versionId: `v-${name}` } : {}) }])),
    }),
  );

const fake = (manifest: string | undefined, versions: Readonly<Record<string, string>> = {}): Objects => ({
  read: async (bucket, key) => (bucket === 'here' && key === 'lambda/manifest.json' ? manifest : undefined),
  version: async (_, key) => versions[key],
});
const question = { bucket: 'here', prefix: 'lambda/', artifact: 'orders/list.zip', setDigest };

test('gives the key and the version that the manifest pins', async () => {
  expect(await findArtifact(question, fake(toText(true)))).toEqual({
    key: `lambda/sets/${setDigest}/orders/list.zip`,
    versionId: 'v-orders/list.zip',
  });
});

test('gives a copy of an earlier set, which is not in the manifest any more', async () => {
  const key = `lambda/sets/${earlier}/orders/list.zip`;
  expect(await findArtifact({ ...question, setDigest: earlier }, fake(toText(true), { [key]: 'v-7' }))).toEqual({ key, versionId: 'v-7' });
});

test.each<[why: string, change: Partial<typeof question>, objects: Objects, message: string]>([
  ['an artifact that the set does not have', { artifact: 'b.zip' }, fake(toText(true)), `b.zip is no artifact of the set ${setDigest}`],
  ['a manifest without versions', {}, fake(toText(false)), 'pins no version of orders/list.zip: its bucket has no versioning'],
  [
    'a set that was never promoted',
    { setDigest: earlier },
    fake(toText(true)),
    `is of the set ${setDigest}, and there is no s3://here/lambda/sets/${earlier}/`,
  ],
  ['no manifest at all', {}, fake(undefined), 'there is no s3://here/lambda/manifest.json, and there is no'],
  [
    'an earlier set without versions',
    { setDigest: earlier },
    fake(undefined, { [`lambda/sets/${earlier}/orders/list.zip`]: '' }),
    'has no version',
  ],
  ['a manifest of another kind', {}, fake('{"schema":2}'), 's3://here/lambda/manifest.json is no manifest of a promotion'],
  ['a manifest that is no JSON', {}, fake('{'), 'is no manifest of a promotion'],
  ['a manifest that is no object', {}, fake('null'), 'is no manifest of a promotion'],
])('refuses %s', async (_, change, objects, message) => {
  await expect(findArtifact({ ...question, ...change }, objects)).rejects.toThrow(message);
});

test('what is denied is an error, never "not there"', async () => {
  const denied: Objects = { read: () => Promise.reject(new Error('Access Denied')), version: () => Promise.resolve('v') };
  await expect(findArtifact(question, denied)).rejects.toThrow('Access Denied');
});
