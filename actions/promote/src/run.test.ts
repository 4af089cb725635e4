import { describe, expect, test } from '@jest/globals';
import { parseInputs } from '../../../engine/src/inputs.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import {
  accounts,
  builds,
  createPromotionWorld,
  uploadBuilds,
  type PromotionWorld,
  type PromotionWorldOptions,
} from '../../../test/fakes/promotion-world.ts';
import { toSetDigest } from './artifact-set.ts';
import { table, toOutputs, type PromoteInputs } from './inputs.ts';
import { manifestSchema, type Manifest } from './manifest.ts';
import { recordSchema, type PromotionRecord } from './record.ts';
import { run } from './run.ts';

const given = { to: 'staging', confirm: 'staging', reason: 'release 12' };

const inputs = (more: Record<string, string> = {}): PromoteInputs => parseInputs(table, { ...given, ...more }).values;

/** A world in which dev has the builds. */
function withBuilds(options: PromotionWorldOptions = {}): PromotionWorld {
  const made = createPromotionWorld(options);
  uploadBuilds(made.buckets);
  return made;
}

const codesOf = (report: Report): string[] => report.findings.map((f) => f.code);

const manifestOf = ({ buckets }: PromotionWorld, bucket = 'artifacts-staging'): Manifest =>
  manifestSchema.parse(JSON.parse(buckets.text(bucket, 'lambda/manifest.json') ?? 'null'));

const recordsOf = ({ buckets }: PromotionWorld, bucket = 'artifacts-staging'): PromotionRecord[] =>
  buckets
    .keys(bucket)
    .filter((k) => k.startsWith('lambda/records/'))
    .map((k) => recordSchema.parse(JSON.parse(buckets.text(bucket, k) ?? 'null')));

const resultsOf = (made: PromotionWorld): string[] =>
  recordsOf(made)
    .map((r) => r.result)
    .sort();

describe('a fresh promotion', () => {
  test('copies the set, makes it current and records it', async () => {
    const made = withBuilds();
    const report = await run(inputs(), made.world);
    const digest = report.promotion?.setDigest;
    const manifest = manifestOf(made);
    expect(report).toMatchObject({
      verdict: 'promoted',
      findings: [],
      environment: 'staging',
      githubEnvironment: 'staging',
      account: accounts.staging,
      region: 'us-west-2',
    });
    expect(manifest).toMatchObject({ setDigest: digest, promotion: 'lambda', from: { environment: 'dev' }, run: { actor: 'ada' } });
    expect(manifest.previousSetDigest).toBeUndefined();
    expect(manifest.artifacts.map((a) => [a.name, made.buckets.text('artifacts-staging', a.key)])).toEqual([
      ['api/get.zip', 'get 1'],
      ['api/list.zip', 'list 1'],
      ['ingest.zip', 'ingest 1'],
    ]);
    expect(manifest.artifacts.every((a) => /^v\d+$/.test(a.versionId ?? ''))).toBe(true);
    expect(resultsOf(made)).toEqual(['promoted', 'started']);
    expect(recordsOf(made).find((r) => r.result === 'promoted')).toMatchObject({
      actor: 'ada',
      reason: 'release 12',
      confirmation: 'staging',
      to: { account: accounts.staging },
      from: { account: accounts.dev },
      set: { digest, artifacts: 3, copied: 3 },
      manifest: 's3://artifacts-staging/lambda/manifest.json',
    });
  });

  test('gives outputs that a workflow can use', async () => {
    const report = await run(inputs(), withBuilds().world);
    const outputs = toOutputs(report);
    expect(outputs.record).toMatch(/^s3:\/\/artifacts-staging\/lambda\/records\/2026-11-21T10-00-00\.100Z-77-1\.json$/);
    expect(JSON.parse(outputs.promoted)).toEqual(
      Object.keys(builds)
        .sort()
        .map((name) => `lambda/sets/${outputs['set-digest']}/${name}`),
    );
    expect(outputs).toMatchObject({ verdict: 'promoted', 'failure-reason': '', unchanged: '[]' });
  });

  test('says how far it is at each tenth, and every two seconds', async () => {
    const made = withBuilds();
    made.tickMs = 5_000;
    await run(inputs(), made.world);
    expect(made.lines.filter((l) => l.startsWith('📦'))).toEqual([
      '📦 copied 1 of 3 (0.0 MB)',
      '📦 copied 2 of 3 (0.0 MB)',
      '📦 copied 3 of 3 (0.0 MB)',
    ]);
  });

  test('goes on from a target: what its manifest names, and nothing else', async () => {
    const made = withBuilds();
    const first = await run(inputs({ to: 'sandbox', confirm: 'sandbox' }), made.world);
    made.buckets.put('artifacts-sandbox', 'lambda/stray.zip', 'not promoted');
    made.buckets.put('artifacts-dev', 'lambda/ingest.zip', 'ingest 2');
    const second = await run(inputs({ from: 'sandbox' }), made.world);
    expect(second).toMatchObject({ verdict: 'promoted', promotion: { setDigest: first.promotion?.setDigest, copied: 3 } });
    expect(made.connections.map((c) => c.role)).toEqual([`arn:aws:iam::${accounts.sandbox}:role/promote`, undefined]);
  });

  test('of weaker checksums succeeds with a warning', async () => {
    const made = createPromotionWorld();
    uploadBuilds(made.buckets, 'CRC32');
    const report = await run(inputs(), made.world);
    expect(report.verdict).toBe('promoted');
    expect(codesOf(report)).toEqual(['PM113', 'PM113', 'PM113']);
    expect(manifestOf(made).artifacts.map((a) => a.checksum.algorithm)).toEqual(['CRC32', 'CRC32', 'CRC32']);
  });
});

describe('a second promotion', () => {
  test('of the same set copies nothing and writes nothing but its record', async () => {
    const made = withBuilds();
    await run(inputs(), made.world);
    const before = made.buckets.text('artifacts-staging', 'lambda/manifest.json');
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'unchanged', promotion: { copied: 0, unchanged: 3 } });
    expect(made.buckets.text('artifacts-staging', 'lambda/manifest.json')).toBe(before);
    expect(resultsOf(made)).toEqual(['promoted', 'started', 'unchanged']);
  });

  test('of the same set looks at no artifact again', async () => {
    let looks = 0;
    const made = withBuilds({ interrupt: ({ method }) => void (method === 'head' && looks++) });
    await run(inputs(), made.world);
    expect(looks).toBe(6);
    made.buckets.put('artifacts-dev', 'lambda/ingest.zip', 'ingest 2');
    await run(inputs({ 'dry-run': 'true' }), made.world);
    expect(looks).toBe(7);
    made.buckets.put('artifacts-dev', 'lambda/ingest.zip', 'ingest 1');
    expect((await run(inputs(), made.world)).verdict).toBe('unchanged');
    expect(looks).toBe(7);
  });

  test('notices a copy that was changed although its set is current', async () => {
    const made = withBuilds();
    const first = await run(inputs(), made.world);
    made.buckets.put('artifacts-staging', first.promotion?.copiedKeys[0] ?? '', 'get x');
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'promoted', promotion: { copied: 1, unchanged: 2 } });
    expect(made.buckets.text('artifacts-staging', first.promotion?.copiedKeys[0] ?? '')).toBe('get 1');
  });

  test('does not believe a manifest that has wrong checksums of the source', async () => {
    const made = withBuilds();
    await run(inputs(), made.world);
    const manifest = manifestOf(made);
    const lies = manifest.artifacts.map((a) => ({ ...a, checksum: { ...a.checksum, value: 'AAAA' } }));
    made.buckets.put(
      'artifacts-staging',
      'lambda/manifest.json',
      JSON.stringify({ ...manifest, artifacts: lies, setDigest: toSetDigest(lies) }),
    );
    expect(codesOf(await run(inputs(), made.world))).toEqual(['PM130', 'PM130', 'PM130']);
  });

  test('of another set names the one before', async () => {
    const made = withBuilds();
    const first = await run(inputs(), made.world);
    made.buckets.put('artifacts-dev', 'lambda/ingest.zip', 'ingest 2');
    const second = await run(inputs(), made.world);
    expect(second.promotion).toMatchObject({ copied: 3, unchanged: 0 });
    expect(manifestOf(made)).toMatchObject({ setDigest: second.promotion?.setDigest, previousSetDigest: first.promotion?.setDigest });
  });

  test('heals a current set of which a copy was removed', async () => {
    const made = withBuilds();
    const first = await run(inputs(), made.world);
    made.buckets.remove('artifacts-staging', first.promotion?.copiedKeys[0] ?? '');
    const second = await run(inputs(), made.world);
    expect(second).toMatchObject({ verdict: 'promoted', promotion: { copied: 1, unchanged: 2, setDigest: first.promotion?.setDigest } });
  });

  test('copies what failed before, and not the rest', async () => {
    let broken = true;
    const made = withBuilds({
      interrupt: ({ method, key }) => (broken && method === 'copy' && key.endsWith('ingest.zip') ? 'failed' : undefined),
    });
    const first = await run(inputs(), made.world);
    expect(first).toMatchObject({ verdict: 'failed', failureReason: 'artifacts', promotion: { copied: 2 } });
    expect(toOutputs(first).promoted).toBe('[]');
    broken = false;
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'promoted', promotion: { copied: 1, unchanged: 2 } });
  });
});

describe('a refused promotion writes nothing but its record', () => {
  test.each<[string, Record<string, string>, (made: PromotionWorld) => void, string[]]>([
    ['a confirmation with another capital', { confirm: 'Staging' }, () => {}, ['PM100']],
    ['a source that the promotion does not know', { from: 'prod' }, () => {}, ['RT032']],
    [
      'nothing at the source',
      {},
      ({ buckets }) => Object.keys(builds).forEach((name) => buckets.remove('artifacts-dev', `lambda/${name}`)),
      ['PM110'],
    ],
    ['an artifact without a checksum', {}, ({ buckets }) => buckets.put('artifacts-dev', 'lambda/ingest.zip', 'x', 'none'), ['PM111']],
    ['a source that may not be read', {}, ({ buckets }) => buckets.create('artifacts-dev', { account: accounts.dev }), ['PM121', 'PM121']],
    [
      'a manifest at the target that is none',
      {},
      ({ buckets }) => buckets.put('artifacts-staging', 'lambda/manifest.json', '{"schema":1}'),
      ['PM122'],
    ],
  ])('for %s', async (_name, more, arrange, codes) => {
    const made = withBuilds();
    arrange(made);
    const before = made.buckets.keys('artifacts-staging');
    const report = await run(inputs(more), made.world);
    expect(report.verdict).toBe('blocked');
    expect(codesOf(report)).toEqual(codes);
    expect(made.buckets.keys('artifacts-staging').filter((k) => !before.includes(k))).toHaveLength(1);
    expect(recordsOf(made)).toMatchObject([{ result: 'refused', findings: codes.map((code) => ({ code })) }]);
    expect(report.promotion?.record).toMatch(/^s3:/);
  });

  test('and names all problems at once', async () => {
    const made = withBuilds();
    made.buckets.put('artifacts-dev', 'lambda/ingest.zip', 'x', 'none');
    const report = await run({ ...inputs({ confirm: 'sandbox' }), reason: ' \t' }, made.world);
    expect(report).toMatchObject({ verdict: 'blocked', failureReason: 'refused' });
    expect(codesOf(report)).toEqual(['PM100', 'PM101', 'PM111']);
  });

  test('when a target that is configured is not one of the promotion', async () => {
    const config = `
environments: { dev: { account: "${accounts.dev}" }, sandbox: {}, staging: { regions: [us-west-2] } }
promotions: { lambda: { from: dev, to: [sandbox], bucket: "artifacts-{environment}", prefix: lambda/ } }`;
    const made = withBuilds({ config });
    expect(codesOf(await run(inputs(), made.world))).toEqual(['PM103']);
    expect(resultsOf(made)).toEqual(['refused']);
  });

  test('when the set of the source is not what its manifest says', async () => {
    const made = withBuilds();
    const first = await run(inputs({ to: 'sandbox', confirm: 'sandbox' }), made.world);
    made.buckets.put('artifacts-sandbox', first.promotion?.copiedKeys[0] ?? '', 'something else');
    expect(codesOf(await run(inputs({ from: 'sandbox' }), made.world))).toEqual(['PM115']);
    expect(resultsOf(made)).toEqual(['refused']);
  });
});

describe('the bucket of an environment belongs to its account', () => {
  /** Somebody else has the name of the source's bucket now, with builds of their own that everybody may read. */
  const take = ({ buckets }: PromotionWorld): void => {
    buckets.create('artifacts-dev', { account: '999999999999', readers: [accounts.staging] });
    uploadBuilds(buckets);
  };

  test('and S3 is asked for that one alone, by every call', async () => {
    const asked = new Set<string>();
    const made = withBuilds({ interrupt: ({ bucket, account }) => void asked.add(`${bucket} ${account}`) });
    expect((await run(inputs(), made.world)).verdict).toBe('promoted');
    expect([...asked].sort()).toEqual([`artifacts-dev ${accounts.dev}`, `artifacts-staging ${accounts.staging}`]);
  });

  test('so a source that somebody else has now is refused', async () => {
    const made = withBuilds();
    take(made);
    const report = await run(inputs(), made.world);
    expect([report.verdict, ...codesOf(report)]).toEqual(['blocked', 'PM121', 'PM121']);
    expect(resultsOf(made)).toEqual(['refused']);
  });

  test('also when they get it right before the copies', async () => {
    const made = withBuilds({ interrupt: ({ method }, world) => void (method === 'copy' && take(world)) });
    const report = await run(inputs(), made.world);
    expect([report.verdict, ...codesOf(report)]).toEqual(['failed', 'PM131', 'PM131', 'PM131']);
    expect(made.buckets.keys('artifacts-staging')).not.toContain('lambda/manifest.json');
  });

  test('a source without an account is promoted with a warning; a target needs none, its credentials tell', async () => {
    const config = `
environments: { dev: {}, staging: { regions: [us-west-2] } }
promotions: { lambda: { from: dev, to: [staging], bucket: "artifacts-{environment}", prefix: lambda/ } }`;
    const asked = new Set<string>();
    const made = withBuilds({ config, interrupt: ({ bucket, account }) => void asked.add(`${bucket} ${account}`) });
    const report = await run(inputs(), made.world);
    expect([report.verdict, ...codesOf(report)]).toEqual(['promoted', 'PM123']);
    expect([...asked].sort()).toEqual(['artifacts-dev undefined', `artifacts-staging ${accounts.staging}`]);
  });
});

describe('a refused promotion leaves no record', () => {
  const shared = `environments: { dev: { account: "${accounts.dev}" }, sandbox: {}, staging: { regions: [us-west-2] } }\npromotions: { lambda: { from: dev, to: [staging], bucket: artifacts-dev, prefix: lambda/ } }`;
  test.each<[string, Record<string, string>, PromotionWorldOptions, string[]]>([
    ['where the target is the source', { from: 'staging' }, {}, ['PM102']],
    ['where the target is unknown', { to: 'prod', confirm: 'prod' }, {}, ['PM103']],
    ['where the account is another', {}, { account: accounts.dev }, ['RT041']],
    ['where there are no credentials', { confirm: 'prod' }, { noCredentials: true }, ['PM100', 'RT040']],
    ['where the region is none of the environment', { region: 'eu-west-1' }, {}, ['RT043']],
    ['where source and target share a place that is not the own bucket', {}, { config: shared }, ['PM102', 'PM120']],
  ])('%s', async (_name, more, options, codes) => {
    const made = withBuilds(options);
    const before = made.buckets.keys('artifacts-dev');
    const report = await run(inputs(more), made.world);
    expect(report).toMatchObject({ verdict: 'blocked', promotion: { record: '' } });
    expect(codesOf(report)).toEqual(codes);
    expect(made.buckets.keys('artifacts-staging')).toEqual([]);
    expect(made.buckets.keys('artifacts-dev')).toEqual(before);
  });

  test('where nothing in the config says what goes where', async () => {
    const made = withBuilds({ config: 'environments: { staging: {} }' });
    await expect(run(inputs(), made.world)).rejects.toMatchObject({ findings: [{ code: 'PM104' }] });
  });
});

describe('a promotion that fails on the way makes nothing current', () => {
  test.each<[string, NonNullable<PromotionWorldOptions['interrupt']>, Partial<Report>, string[]]>([
    [
      'when an artifact vanishes between listing and looking',
      ({ method, key }, { buckets }) => void (method === 'head' && key === 'lambda/ingest.zip' && buckets.remove('artifacts-dev', key)),
      { verdict: 'blocked' },
      ['PM112'],
    ],
    [
      'when an artifact vanishes before its copy',
      ({ method, key }, { buckets }) =>
        void (method === 'copy' && key.endsWith('ingest.zip') && buckets.remove('artifacts-dev', 'lambda/ingest.zip')),
      { verdict: 'failed', failureReason: 'artifacts' },
      ['PM112'],
    ],
    [
      'when an artifact changes before its copy',
      ({ method, key }, { buckets }) =>
        void (method === 'copy' && key.endsWith('ingest.zip') && buckets.put('artifacts-dev', 'lambda/ingest.zip', 'ingest 2')),
      { verdict: 'failed' },
      ['PM112'],
    ],
    [
      'when a copy has another checksum',
      ({ method, bucket, key }, { buckets }) =>
        void (method === 'head' && bucket === 'artifacts-staging' && buckets.corrupt(bucket, key, { algorithm: 'SHA256', value: 'AAAA' })),
      { verdict: 'failed' },
      ['PM130', 'PM130', 'PM130'],
    ],
    [
      'when copies are denied, each of them named',
      ({ method }) => (method === 'copy' ? 'denied' : undefined),
      { verdict: 'failed' },
      ['PM131', 'PM131', 'PM131'],
    ],
    [
      'when the manifest is denied',
      ({ method, key }) => (method === 'write' && key.endsWith('manifest.json') ? 'denied' : undefined),
      { verdict: 'failed' },
      ['PM120'],
    ],
    [
      'when the set of the target cannot be listed',
      ({ method, bucket }) => (method === 'list' && bucket === 'artifacts-staging' ? 'denied' : undefined),
      { verdict: 'blocked' },
      ['PM120'],
    ],
  ])('%s', async (_name, interrupt, expected, codes) => {
    const made = withBuilds({ interrupt });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject(expected);
    expect(codesOf(report)).toEqual(codes);
    expect(made.buckets.keys('artifacts-staging')).not.toContain('lambda/manifest.json');
    expect(resultsOf(made)).toEqual(expected.verdict === 'blocked' ? ['refused'] : ['failed', 'started']);
  });

  test('when another promotion comes first, and says which', async () => {
    const other = withBuilds();
    other.tickMs = 7;
    await run(inputs(), other.world);
    const theirs = other.buckets.text('artifacts-staging', 'lambda/manifest.json') ?? '';
    const made = withBuilds({
      interrupt: ({ method, key }, { buckets }) =>
        void (method === 'write' && key.endsWith('manifest.json') && buckets.put('artifacts-staging', key, theirs)),
    });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'conflict', findings: [{ code: 'PM140' }] });
    expect(report.findings[0]?.message).toContain('by ada in run https://github.com/org/app/actions/runs/77');
    expect(made.buckets.text('artifacts-staging', 'lambda/manifest.json')).toBe(theirs);
  });

  test('when records cannot be written: then nothing is copied either', async () => {
    const made = withBuilds({ interrupt: ({ method, key }) => (method === 'write' && key.includes('/records/') ? 'denied' : undefined) });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', findings: [{ code: 'PM150' }], promotion: { record: '', copied: 0 } });
    expect(made.buckets.keys('artifacts-staging')).toEqual([]);
  });

  test('but a record that fails at the end says what became current', async () => {
    const made = withBuilds({
      interrupt: ({ method, key }) => (method === 'write' && /records\/.*-77-1\.json/.test(key) ? 'failed' : undefined),
    });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', findings: [{ code: 'PM150' }] });
    expect(report.findings[0]?.message).toContain(`${report.promotion?.setDigest} is current all the same`);
    expect(manifestOf(made).setDigest).toBe(report.promotion?.setDigest);
    expect(resultsOf(made)).toEqual(['started']);
  });
});

describe('a cancelled promotion', () => {
  test.each<[string, NonNullable<PromotionWorldOptions['interrupt']>, string[]]>([
    ['while reading copies nothing', ({ method }, { cancel }) => void (method === 'head' && cancel()), ['cancelled']],
    ['while copying makes nothing current', ({ method }, { cancel }) => void (method === 'copy' && cancel()), ['cancelled', 'started']],
  ])('%s', async (_name, interrupt, results) => {
    const made = withBuilds({ interrupt });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'cancelled', findings: [{ code: 'RT002' }] });
    expect(made.buckets.keys('artifacts-staging')).not.toContain('lambda/manifest.json');
    expect(resultsOf(made)).toEqual(results);
  });
});

describe('a dry run writes nothing at all', () => {
  test.each<[string, Record<string, string>, Partial<Report>]>([
    ['when it would promote', {}, { verdict: 'ready', findings: [] }],
    ['when it would be refused', { confirm: 'no' }, { verdict: 'blocked' }],
  ])('%s', async (_name, more, expected) => {
    const made = withBuilds();
    const report = await run(inputs({ 'dry-run': 'true', ...more }), made.world);
    expect(report).toMatchObject({ ...expected, promotion: { record: '', copied: 0 } });
    expect(made.buckets.keys('artifacts-staging')).toEqual([]);
  });

  test('when there is nothing to do', async () => {
    const made = withBuilds();
    await run(inputs(), made.world);
    const before = made.buckets.keys('artifacts-staging');
    expect(await run(inputs({ 'dry-run': 'true' }), made.world)).toMatchObject({ verdict: 'no-changes', promotion: { unchanged: 3 } });
    expect(made.buckets.keys('artifacts-staging')).toEqual(before);
  });
});

test('wherever a run dies, the target has the old set or the new one whole, and the next run finishes', async () => {
  const dieAt = async (deadline: number): Promise<number> => {
    let calls = 0;
    const made = withBuilds({
      interrupt: () => {
        if (++calls > deadline) throw new Error('the runner is gone');
      },
    });
    await run(inputs(), made.world).catch(() => undefined);
    const used = calls;
    const written = made.buckets.keys('artifacts-staging').includes('lambda/manifest.json') ? manifestOf(made).artifacts : [];
    for (const { key } of written) expect(made.buckets.text('artifacts-staging', key)).toBeDefined();
    calls = -Infinity;
    expect((await run(inputs(), made.world)).verdict).toBe(written.length ? 'unchanged' : 'promoted');
    return used;
  };
  const all = await dieAt(Infinity);
  expect(all).toBeGreaterThan(10);
  for (let deadline = 0; deadline < all; deadline++) await dieAt(deadline);
});

test('target, reason and confirmation have to be given', () => {
  const { problems } = parseInputs(table, { reason: '  ' });
  expect(problems.map((p) => [p.code, p.message.split(' ')[0]])).toEqual([
    ['RT012', '`to`'],
    ['RT012', '`reason`'],
    ['RT012', '`confirm`'],
  ]);
});
