import { describe, expect, test } from '@jest/globals';
import { known, unknown, type Answer } from '../../../../engine/src/answer.ts';
import type { Finding } from '../../../../engine/src/finding.ts';
import type { Presence } from '../../../../engine/src/readings.ts';
import type { ArtifactObject } from '../../../../engine/src/artifacts.ts';
import type { ManifestFacts, Seen, SourceFacts } from '../facts.ts';
import { judgeBucket } from './bucket.ts';
import { judgeChecksums } from './checksums.ts';
import { judgeConfirmation } from './confirmation.ts';
import { judgeDistinct } from './distinct.ts';
import { judgeOwner } from './owner.ts';
import { judgeReason } from './reason.ts';
import { judgeRoute } from './route.ts';
import { judgeSizes } from './sizes.ts';
import { judgeSource } from './source.ts';

const codesOf = (findings: readonly Finding[]): string[] => findings.map((f) => f.code);
const at = (environment: string, bucket = `artifacts-${environment}`, prefix = 'lambda/') => ({ environment, bucket, prefix });
const denied = unknown({ call: 's3:GetObject', resource: 'artifacts-dev/lambda/a.zip', why: 'denied', message: '' });
const sha = (value: string) => ({ algorithm: 'SHA256', value }) as const;
const object = (more: Partial<ArtifactObject> = {}): ArtifactObject => ({
  key: 'lambda/a.zip',
  sizeBytes: 3,
  etag: '"1"',
  checksum: sha('AAA='),
  ...more,
});

test.each<[string, string, string[]]>([
  ['the name itself passes', 'staging', []],
  ['another environment does not', 'sandbox', ['PM100']],
  ['a capital letter does not', 'Staging', ['PM100']],
  ['more than the name does not', 'staging!', ['PM100']],
  ['nothing does not', '', ['PM100']],
])('confirmation: %s', (_name, confirm, codes) => expect(codesOf(judgeConfirmation(confirm, 'staging'))).toEqual(codes));

test.each<[string, string, string[]]>([
  ['a word passes', 'release', []],
  ['any script passes', 'リリース', []],
  ['a sign passes', '🚀', []],
  ['white space does not', ' \n\t', ['PM101']],
  ['what cannot be seen does not', '\u200b\u00a0', ['PM101']],
])('reason: %s', (_name, reason, codes) => expect(codesOf(judgeReason(reason))).toEqual(codes));

test.each<[string, ReturnType<typeof at>, ReturnType<typeof at>, string[]]>([
  ['two environments with a bucket each pass', at('dev'), at('staging'), []],
  ['one bucket with two prefixes passes', at('dev', 'shared', 'dev/'), at('staging', 'shared', 'staging/'), []],
  ['one environment does not', at('dev'), at('dev', 'another'), ['PM102']],
  ['two environments at one place do not', at('dev', 'shared'), at('staging', 'shared'), ['PM102']],
])('distinct: %s', (_name, from, to, codes) => expect(codesOf(judgeDistinct(from, to))).toEqual(codes));

test.each<[string, string | undefined, string[]]>([
  ['a source whose account is known passes', '111111111111', []],
  ['one whose account nobody knows is told', undefined, ['PM123']],
])('owner: %s', (_name, account, codes) => expect(codesOf(judgeOwner({ ...at('dev'), ...(account ? { account } : {}) }))).toEqual(codes));

test.each<[string, string, string, string[]]>([
  ['from source to target passes', 'dev', 'staging', []],
  ['from one target to the next passes', 'sandbox', 'staging', []],
  ['to what is no target does not', 'dev', 'prod', ['PM103']],
  ['back to the source does not', 'sandbox', 'dev', ['PM103']],
  ['from somewhere else does not', 'prod', 'staging', ['RT032']],
])('route: %s', (_name, from, to, codes) =>
  expect(
    codesOf(
      judgeRoute({
        promotion: 'lambda',
        from: at(from),
        to: at(to),
        targets: ['sandbox', 'staging'],
        sources: ['dev', 'sandbox', 'staging'],
      }),
    ),
  ).toEqual(codes),
);

test.each<[string, Partial<ArtifactObject>, string[]]>([
  ['a SHA-256 passes', {}, []],
  ['none does not', { checksum: undefined }, ['PM111']],
  ['a CRC is weaker', { checksum: { algorithm: 'CRC64NVME', value: 'x' }, versionId: 'v1' }, ['PM113']],
  ['a SHA-1 is weaker', { checksum: { algorithm: 'SHA1', value: 'x' } }, ['PM113']],
])('checksums: %s', (_name, more, codes) => expect(codesOf(judgeChecksums([object(), object(more)]))).toEqual(codes));

test('checksums: past ten artifacts one finding says how many more', () => {
  const findings = judgeChecksums(Array.from({ length: 202 }, () => object({ checksum: { algorithm: 'CRC32', value: 'x' } })));
  expect(findings).toHaveLength(11);
  expect(findings.at(-1)?.message).toBe('The same holds for 192 more artifacts.');
});

test.each<[string, number, string[]]>([
  ['5 GiB pass', 5 * 1024 ** 3, []],
  ['one byte more does not', 5 * 1024 ** 3 + 1, ['PM114']],
])('sizes: %s', (_name, sizeBytes, codes) => expect(codesOf(judgeSizes([object({ sizeBytes })]))).toEqual(codes));

describe('source', () => {
  const seen = (found: Answer<ArtifactObject | undefined>, expected: Partial<Seen['expected']>): Seen => ({
    expected: { name: 'a.zip', key: 'lambda/a.zip', sizeBytes: 3, ...expected },
    found,
  });
  const listing = (found: Answer<ArtifactObject | undefined>): SourceFacts => ({
    kind: 'read',
    by: 'listing',
    seen: [seen(found, { etag: '"1"' })],
  });
  const promised = (found: Answer<ArtifactObject | undefined>): SourceFacts => ({
    kind: 'read',
    by: 'manifest',
    seen: [seen(found, { checksum: sha('AAA=') })],
  });

  test.each<[string, SourceFacts, string[]]>([
    ['what is as it was listed passes', listing(known(object())), []],
    ['what changed since does not', listing(known(object({ etag: '"2"' }))), ['PM112']],
    ['what vanished since does not', listing(known(undefined)), ['PM112']],
    ['what may not be read does not', listing(denied), ['PM121']],
    ['what is as promised passes', promised(known(object({ etag: '"other"' }))), []],
    ['what has another checksum than promised does not', promised(known(object({ checksum: sha('BBB=') }))), ['PM115']],
    ['what has another size than promised does not', promised(known(object({ sizeBytes: 4 }))), ['PM115']],
    ['what is promised and not there does not', promised(known(undefined)), ['PM115']],
    ['nothing at all does not', { kind: 'read', by: 'listing', seen: [] }, ['PM110']],
    [
      'a bucket that may not be listed does not',
      { kind: 'unreadable', because: [denied.kind === 'unknown' ? denied.because : never()] },
      ['PM121'],
    ],
    ['a manifest that is none does not', { kind: 'invalid', why: 'it is no JSON' }, ['PM122']],
  ])('%s', (_name, source, codes) => expect(codesOf(judgeSource(source, at('dev')))).toEqual(codes));
});

describe('bucket', () => {
  const absent: ManifestFacts = { kind: 'absent' };
  const present: Presence = { kind: 'present', active: true };
  test.each<[string, Answer<Presence>, ManifestFacts, string[]]>([
    ['an own bucket without a manifest passes', known(present), absent, []],
    ['no bucket does not', known({ kind: 'absent' }), absent, ['PM120']],
    ['the bucket of another account does not', known({ kind: 'foreign' }), absent, ['PM120']],
    ['a bucket in another region does not', known({ kind: 'elsewhere' }), absent, ['PM120']],
    ['a bucket that nothing is known of does not', denied, absent, ['PM120']],
    [
      'a manifest that may not be read does not',
      known(present),
      { kind: 'unreadable', because: denied.kind === 'unknown' ? denied.because : never() },
      ['PM120'],
    ],
    ['a manifest that is none does not', known(present), { kind: 'invalid', why: 'it is no JSON' }, ['PM122']],
  ])('%s', (_name, bucket, manifest, codes) =>
    expect(codesOf(judgeBucket({ region: 'us-west-2', bucket, manifest }, at('staging')))).toEqual(codes),
  );
});

function never(): never {
  throw new Error('unreachable');
}
