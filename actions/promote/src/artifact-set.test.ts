import { describe, expect, test } from '@jest/globals';
import { isSame, toSetDigest } from './artifact-set.ts';
import { toArtifactName, toRecordKey } from './location.ts';
import { parseManifest, toManifest } from './manifest.ts';
import { toJsonSchemas } from './json-schemas.ts';

const sha = (value: string) => ({ algorithm: 'SHA256', value }) as const;
const a = { name: 'a.zip', key: 'lambda/a.zip', sizeBytes: 1, etag: '"1"', checksum: sha('AAA=') };
const b = { name: 'b.zip', key: 'lambda/b.zip', sizeBytes: 2, etag: '"2"', checksum: sha('BBB=') };
const at = (environment: string) => ({ environment, bucket: `artifacts-${environment}`, prefix: 'lambda/' });

describe('the digest of a set', () => {
  test('is the same in whatever order and bucket', () => {
    expect(toSetDigest([b, { ...a, key: 'elsewhere/a.zip', etag: '"9"' }])).toBe(toSetDigest([a, b]));
  });

  test('is documented: anybody can compute it', () => {
    // sha256sum of [{"checksum":{"algorithm":"SHA256","value":"AAA="},"name":"a.zip","sizeBytes":1}]
    expect(toSetDigest([a])).toBe('dc7b4db941f82ed55892ce54ddc2bc3edade8b48abd9bc23493b3e376ae273aa');
  });

  test.each([
    ['name', { ...a, name: 'c.zip' }],
    ['size', { ...a, sizeBytes: 3 }],
    ['checksum', { ...a, checksum: sha('CCC=') }],
    ['kind of checksum', { ...a, checksum: { algorithm: 'SHA1', value: 'AAA=' } as const }],
  ])('differs with the %s of one artifact', (_what, other) => expect(toSetDigest([other, b])).not.toBe(toSetDigest([a, b])));
});

test('objects without a checksum are never the same', () => {
  expect(isSame({ sizeBytes: 1 }, { sizeBytes: 1 })).toBe(false);
});

test.each<[string, string, string | undefined]>([
  ['an artifact', 'lambda/api/get.zip', 'api/get.zip'],
  ['one whose name begins like a folder of ours', 'lambda/sets.zip', 'sets.zip'],
  ['the manifest', 'lambda/manifest.json', undefined],
  ['a copy of a set', 'lambda/sets/abc/api.zip', undefined],
  ['a record', 'lambda/records/2026.json', undefined],
  ['the mark of a folder', 'lambda/api/', undefined],
  ['the prefix itself', 'lambda/', undefined],
  ['a manifest further down', 'lambda/api/manifest.json', 'api/manifest.json'],
])('the name at a key: %s', (_what, key, name) => expect(toArtifactName(at('dev'), key)).toBe(name));

test('records sort by time', () => {
  const attempt = { time: '2026-11-21T10:00:00.000Z', run: { id: '7', attempt: '2' } };
  expect(toRecordKey(at('dev'), attempt, 'ended')).toBe('lambda/records/2026-11-21T10-00-00.000Z-7-2.json');
  expect(toRecordKey(at('dev'), attempt, 'started')).toBe('lambda/records/2026-11-21T10-00-00.000Z-7-2-started.json');
});

describe('a manifest', () => {
  const run = { id: '7', attempt: '1', url: '', actor: 'ada', sha: '' };
  const manifest = toManifest({
    promotion: 'lambda',
    from: at('dev'),
    to: at('staging'),
    time: '2026-11-21T10:00:00.000Z',
    run,
    setDigest: toSetDigest([a, b]),
    artifacts: [b, a],
    copies: new Map([['a.zip', { etag: '"7"', versionId: 'v1' }]]),
  });

  test('names keys and versions of the target, in order of name', () => {
    expect(manifest.artifacts.map(({ key, versionId }) => [key, versionId])).toEqual([
      [`lambda/sets/${manifest.setDigest}/a.zip`, 'v1'],
      [`lambda/sets/${manifest.setDigest}/b.zip`, undefined],
    ]);
  });

  test.each<[string, string, RegExp | undefined]>([
    ['as it was written', JSON.stringify(manifest), undefined],
    ['with members of a later version', JSON.stringify({ ...manifest, later: true }), undefined],
    ['cut off', JSON.stringify(manifest).slice(0, 40), /no JSON/],
    ['of another schema', JSON.stringify({ ...manifest, schema: 2 }), /schema/],
    ['with an artifact taken out by hand', JSON.stringify({ ...manifest, artifacts: manifest.artifacts.slice(1) }), /digest/],
  ])('%s', (_what, text, why) => {
    const parsed = parseManifest(text);
    expect('why' in parsed ? parsed.why : undefined).toEqual(why ? expect.stringMatching(why) : undefined);
  });
});

test('the published schemas are those of manifest and record', () => {
  expect(Object.keys(toJsonSchemas())).toEqual(['manifest.schema.json', 'record.schema.json']);
});
