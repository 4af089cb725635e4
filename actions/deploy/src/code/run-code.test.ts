import { describe, expect, test } from '@jest/globals';
import { known, unknown } from '../../../../engine/src/answer.ts';
import { toCanonicalJson } from '../../../../engine/src/canonical.ts';
import { noteTag } from '../../../../engine/src/code.ts';
import { parseInputs } from '../../../../engine/src/inputs.ts';
import type { Report } from '../../../../engine/src/report/report.ts';
import type { Cloud, World } from '../../../../engine/src/world.ts';
import { readSampleStack, toAssemblyFiles, type SampleStack } from '../../../../test/fakes/assembly.ts';
import { putFunction, putService } from '../../../../test/fakes/code.ts';
import { account, createFakeWorld, type FakeWorld, type FakeWorldOptions } from '../../../../test/fakes/world.ts';
import { zipOf } from '../../../../test/fakes/zip.ts';
import { table, toOutputs } from '../inputs.ts';
import { run } from '../run.ts';

/* The story of new code for services and functions that are there: what is refused before, how it goes, and what comes back. */
const registry = `${account}.dkr.ecr.us-west-2.amazonaws.com`;
const service = { Type: 'AWS::ECS::Service', Properties: {} };
const lambda = (name: string) => ({ Type: 'AWS::Lambda::Function', Properties: { FunctionName: name } });
const shop: SampleStack = {
  resources: { Api: service, Worker: service, Resize: lambda('resize'), Live: { Type: 'AWS::Lambda::Alias', Properties: {} } },
  outputs: { Url: { Value: 'https://api' } },
};
const zip = zipOf({ 'index.js': 'exports.handler = 1' });
const sha256 = new TextDecoder().decode(zip);

const inputs = (more: Record<string, string> = {}) => parseInputs(table, { 'cdk-out': 'cdk.out', mode: 'code', ...more }).values;
const told = (report: Report): string[] => report.findings.map((f) => `${f.code} ${f.message}`);
const ends = (report: Report) => Object.fromEntries((report.code ?? []).map((c) => [c.target, c.outcome.kind]));
const writes = ({ aws }: FakeWorld) =>
  aws.calls.filter((c) => /Register|Update|Publish|TagResource| deploy /.test(c)).map((c) => c.replace('us-west-2 ', ''));

/** A world with a stack of two services and a function, which is there and runs version 1. */
function withShop(options: FakeWorldOptions = {}): FakeWorld {
  const made = createFakeWorld({
    contents: { '/repo/out/resize.zip': zip },
    ...options,
    files: { ...toAssemblyFiles('cdk.out', { Shop: shop }), ...options.files },
  });
  const { aws } = made;
  const arn = (name: string) => `arn:aws:ecs:us-west-2:${account}:service/main/${name}`;
  const alias = `arn:aws:lambda:us-west-2:${account}:function:resize:live`;
  aws.put(readSampleStack(shop), { names: { Api: arn('api'), Worker: arn('worker'), Resize: 'resize', Live: alias } });
  for (const name of ['api', 'worker'])
    putService(aws, { cluster: 'main', service: name }, { app: `${registry}/shop:1`, agent: 'public.ecr.aws/otel:9' });
  putFunction(aws, 'resize');
  for (const tag of ['1', '2']) putImage(made, { tag }, `sha256:${tag.repeat(64)}`);
  return made;
}

const putImage = ({ aws }: FakeWorld, of: object, digest: string, mediaType = 'manifest') => {
  aws.answers.set(`image ${toCanonicalJson({ repository: 'shop', ...of })}`, { mediaType, digest });
};

type Code = Cloud['code'];

/** The same world with other ways of changing code. */
function withCode(
  { world }: FakeWorld,
  change: (code: Code) => Partial<Code>,
  read: (of: Cloud['readings']) => object = () => ({}),
): World {
  const connect: World['connect'] = (c) => {
    const cloud = world.connect(c);
    return { ...cloud, code: { ...cloud.code, ...change(cloud.code) }, readings: { ...cloud.readings, ...read(cloud.readings) } };
  };
  return { ...world, connect };
}

const toDenied = (call: string) => unknown({ call, resource: 'x', why: 'denied', message: 'no' });

/** A shop whose site never becomes healthy. */
function withUnhealthy(within = '10s'): FakeWorld {
  const verify = [{ name: 'site', kind: 'http', url: '${Shop.Url}/health', within }];
  const config = JSON.stringify({ environments: { prod: { branches: ['main'], verify } } });
  const made = withShop({ files: { '.github/spaceport.yml': config } });
  made.sites.set('https://api/health', () => ({ status: 503, headers: {}, body: '' }));
  return made;
}

describe('services by image tag', () => {
  test('get a revision that differs in the image of their own repository alone, and no stack is touched', async () => {
    const made = withShop();
    const report = await run(inputs({ 'image-tag': '2' }), made.world);
    expect(told(report)).toEqual([]);
    expect(report).toMatchObject({ verdict: 'deployed', stacks: [{ name: 'Shop', outcome: { kind: 'unchanged' } }] });
    expect(ends(report)).toEqual({ 'Shop/Api': 'updated', 'Shop/Worker': 'updated' });
    const revision = made.aws.code.definitions.get(`arn:aws:ecs:us-west-2:${account}:task-definition/api:2`);
    expect(revision?.containers).toEqual([
      { name: 'app', image: `${registry}/shop:2` },
      { name: 'agent', image: 'public.ecr.aws/otel:9' },
    ]);
    expect(revision?.tags).toEqual({ [noteTag]: '2026-11-21T10:00:00.000Z run 42' });
    expect(writes(made).filter((c) => c.includes('deploy') || c.includes('breaker'))).toEqual([]);
    expect(toOutputs(report)).toMatchObject({ deployed: '["Shop/Api","Shop/Worker"]', unchanged: '["Shop"]', failed: '[]' });
    expect(JSON.parse(toOutputs(report).outputs)).toEqual({ Shop: { Url: 'https://api' } });
  });

  test('tell no output that is made of a parameter without echo', async () => {
    const secret = {
      ...shop,
      more: { Parameters: { Key: { Type: 'String', NoEcho: true } } },
      outputs: { Url: { Value: { Ref: 'Key' } } },
    };
    const made = withShop({ files: toAssemblyFiles('cdk.out', { Shop: secret }) });
    const report = await run(inputs({ 'image-tag': '2' }), made.world);
    expect(report).toMatchObject({ verdict: 'deployed', stacks: [{ outputs: { Url: '***' } }] });
    expect(made.hidden).toEqual(['https://api']);
  });

  test('that run it already are left alone', async () => {
    const made = withShop();
    const report = await run(inputs({ 'image-tag': '1' }), made.world);
    expect(report).toMatchObject({ verdict: 'unchanged', findings: [] });
    expect(writes(made)).toEqual([]);
  });

  test('whose tag was pushed anew get the image by its digest, so that the former one can come back', async () => {
    const made = withShop();
    made.aws.code.digests.set(`${registry}/shop:1`, `sha256:${'0'.repeat(64)}`);
    const report = await run(inputs({ code: 'Api=:1' }), made.world);
    expect(report.code).toMatchObject([{ to: `${registry}/shop@sha256:${'1'.repeat(64)}`, outcome: { kind: 'updated' } }]);
  });

  test('without a circuit breaker have one for this release', async () => {
    const made = withShop();
    putService(made.aws, { cluster: 'main', service: 'api' }, { app: `${registry}/shop:1` }, { hasBreaker: false });
    await run(inputs({ code: 'Api=:2' }), made.world);
    expect(writes(made).filter((c) => c.includes('breaker'))).toEqual([
      'ecs:UpdateService main/api breaker true',
      'ecs:UpdateService main/api breaker false',
    ]);
  });

  test('whose circuit breaker cannot be turned off again are told of', async () => {
    const made = withShop();
    putService(made.aws, { cluster: 'main', service: 'api' }, { app: `${registry}/shop:1` }, { hasBreaker: false });
    const world = withCode(made, (code) => ({
      setBreaker: async (order) => (order.isOn ? code.setBreaker(order) : toDenied('ecs:UpdateService')),
    }));
    expect(await run(inputs({ code: 'Api=:2' }), world)).toMatchObject({ verdict: 'deployed' });
    expect(made.lines).toContainEqual(expect.stringContaining('Shop/Api: its circuit breaker stays on'));
  });

  test('whose new deployment ECS does not show at once are not taken for sent back', async () => {
    const made = withShop();
    const before = made.aws.code.services.get('main/api');
    let hidden = 0;
    const world = withCode(
      made,
      (code) => ({ release: async (order) => ((hidden = 2), code.release(order)) }),
      ({ serviceCode }) => ({
        serviceCode: async (of: { cluster: string; service: string }) => (hidden-- > 0 ? known(before) : serviceCode(of)),
      }),
    );
    expect(ends(await run(inputs({ code: 'Api=:2' }), world))).toEqual({ 'Shop/Api': 'updated' });
  });

  test('that ECS releases by blue and green keep their own settings', async () => {
    const made = withShop();
    putService(made.aws, { cluster: 'main', service: 'api' }, { app: `${registry}/shop:1` }, { hasBreaker: false, strategy: 'BLUE_GREEN' });
    expect(await run(inputs({ code: 'Api=:2' }), made.world)).toMatchObject({ verdict: 'deployed' });
    expect(writes(made).filter((c) => c.includes('breaker'))).toEqual([]);
  });
});

describe('an index of images', () => {
  const media = 'application/vnd.oci.image.index.v1+json';
  const [index, member, other] = ['a', 'b', 'c'].map((c) => `sha256:${c.repeat(64)}`);
  /** A shop whose tag 2 is an index; tasks of it run `digest`. */
  const withIndex = (digest = '') => {
    const made = withShop();
    putImage(made, { tag: '2' }, index ?? '', media);
    made.aws.answers.set(`imageMembers ${toCanonicalJson({ repository: 'shop', digest: index })}`, [member]);
    made.aws.code.digests.set(`${registry}/shop:2`, digest);
    return made;
  };

  test.each([
    ['the index', index],
    ['an image of it', member],
  ])('runs where tasks tell the digest of %s', async (_name, digest) => {
    const made = withIndex(digest);
    expect(ends(await run(inputs({ code: 'Api=:2' }), made.world))).toEqual({ 'Shop/Api': 'updated' });
    expect(ends(await run(inputs({ code: 'Api=:2' }), made.world))).toEqual({ 'Shop/Api': 'unchanged' });
  });

  test('does not run where tasks tell another digest', async () => {
    const report = await run(inputs({ code: 'Api=:2' }), withIndex(other).world);
    expect(told(report)[0]).toContain(`container app runs ${other}, and not ${index}`);
  });

  test('whose images cannot be read is given, and not called wrong', async () => {
    const made = withIndex(member);
    made.aws.denied.add('ecr:BatchGetImage');
    expect(await run(inputs({ code: 'Api=:2' }), made.world)).toMatchObject({ verdict: 'deployed', findings: [] });
  });
});

describe('what does not work', () => {
  test('brings the former code of all back: one that ECS sent back, and one that was fine', async () => {
    const made = withShop();
    made.aws.code.bad.set(`${registry}/shop:2`, 'breaks');
    putService(made.aws, { cluster: 'main', service: 'worker' }, { app: `${registry}/jobs:1` });
    made.aws.answers.set(`image ${toCanonicalJson({ repository: 'jobs', tag: '2' })}`, { mediaType: 'm' });
    const stopped = {
      stoppedAtMs: Date.parse('2026-11-21T11:00:00Z'),
      reason: 'Essential container in task exited',
      containers: [{ name: 'app', image: 'shop:2', reason: '', exitCode: 1 }],
    };
    made.aws.answers.set('stoppedTasks {"cluster":"main","service":"api"}', [stopped]);
    const report = await run(inputs({ 'image-tag': '2' }), made.world);
    expect(report).toMatchObject({ verdict: 'rolled-back', failureReason: 'code-failed' });
    expect(told(report)).toEqual([
      `DP184 Shop/Api runs ${registry}/shop:1 again: tasks failed to start.\ntask stopped: Essential container in task exited\ncontainer app (shop:2): exit code 1`,
      `DP184 Shop/Worker runs ${registry}/jobs:1 again: Shop/Api did not work`,
    ]);
    expect([...made.aws.code.services.values()].map((s) => s.taskDefinition.split('/').at(-1))).toEqual(['api:1', 'worker:1']);
  });

  test('is sent back by the run when it is not steady in time', async () => {
    const made = withShop();
    made.aws.code.bad.set(`${registry}/shop:2`, 'hangs');
    const report = await run(inputs({ code: 'Api=:2', 'timeout-minutes': '5' }), made.world);
    expect(report).toMatchObject({ verdict: 'rolled-back' });
    expect(told(report)[0]).toContain('it did not become steady in time: 2 deployments are under way');
    expect(made.aws.code.services.get('main/api')?.taskDefinition).toMatch(/api:1$/);
  });

  test('brings back what waited for its turn in vain, too: nothing starts when the time is over', async () => {
    const made = withShop();
    made.aws.code.bad.set(`${registry}/shop:2`, 'hangs');
    const report = await run(inputs({ 'image-tag': '2', 'timeout-minutes': '5', concurrency: '1' }), made.world);
    expect(ends(report)).toEqual({ 'Shop/Api': 'restored', 'Shop/Worker': 'not-started' });
    expect(report.verdict).toBe('rolled-back');
    expect(writes(made).filter((c) => c.includes('worker'))).toEqual([]);
  });

  test('stays with `on-failure: keep`', async () => {
    const made = withShop();
    made.aws.code.bad.set(`${registry}/shop:2`, 'hangs');
    const report = await run(inputs({ code: 'Api=:2', 'timeout-minutes': '5', 'on-failure': 'keep' }), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'code-failed' });
    expect(made.aws.code.services.get('main/api')?.taskDefinition).toMatch(/api:2$/);
  });

  test('a cancelled run says what is on its way, and brings nothing back', async () => {
    const made = withShop();
    made.aws.code.bad.set(`${registry}/shop:2`, 'hangs');
    made.clock.at(60_000, made.cancel);
    const report = await run(inputs({ code: 'Api=:2' }), made.world);
    expect(report).toMatchObject({ verdict: 'failed' });
    expect(report.findings.map((f) => f.code)).toEqual(['DP187', 'RT002']);
  });

  test('a verification that fails brings the former code back', async () => {
    const made = withUnhealthy();
    const report = await run(inputs({ 'image-tag': '2' }), made.world);
    expect(report).toMatchObject({ verdict: 'rolled-back' });
    expect(ends(report)).toEqual({ 'Shop/Api': 'restored', 'Shop/Worker': 'restored' });
  });

  test('a verification looks where the stacks are that it refers to', async () => {
    const edge: SampleStack = { region: 'us-east-1', outputs: { Alarm: { Value: 'edge-5xx' } } };
    const verify = [{ name: 'quiet', kind: 'alarms', names: ['${Edge.Alarm}'], 'ok-for': 1, within: '5s' }];
    const config = JSON.stringify({ environments: { prod: { branches: ['main'], verify } } });
    const made = withShop({ files: { ...toAssemblyFiles('cdk.out', { Shop: shop, Edge: edge }), '.github/spaceport.yml': config } });
    made.aws.put(readSampleStack(edge, 'Edge'));
    const report = await run(inputs({ 'image-tag': '2', stacks: 'Shop' }), made.world);
    expect(told(report)[0]).toBe('DP150 quiet: there is no alarm edge-5xx.');
    const asked = made.aws.calls.filter((c) => c.includes('DescribeAlarms'));
    expect(new Set(asked)).toEqual(new Set(['us-east-1 cloudwatch:DescribeAlarms *']));
  });

  test.each([
    ['another tag', 'Api=:2'],
    ['the same tag, pushed anew', 'Api=:1'],
  ])('%s goes back to the image that ran, though its tag leads elsewhere by now', async (_name, code) => {
    const made = withUnhealthy();
    const ran = `sha256:${'0'.repeat(64)}`;
    made.aws.code.digests.set(`${registry}/shop:1`, ran).set(`${registry}/shop@${ran}`, ran);
    const report = await run(inputs({ code }), made.world);
    expect(report).toMatchObject({ verdict: 'rolled-back' });
    expect(told(report).at(-1)).toContain(`DP184 Shop/Api runs ${registry}/shop@${ran} again`);
    const { taskDefinition = '' } = made.aws.code.services.get('main/api') ?? {};
    expect(made.aws.code.definitions.get(taskDefinition)?.containers[0]).toEqual({ name: 'app', image: `${registry}/shop@${ran}` });
  });

  test('is not back when its former revision runs another image than before', async () => {
    const made = withUnhealthy();
    const image = '222222222222.dkr.ecr.us-west-2.amazonaws.com/shop:1';
    putService(made.aws, { cluster: 'main', service: 'api' }, { app: image });
    made.aws.code.digests.set(image, 'sha256:0');
    made.clock.at(1_000, () => void made.aws.code.digests.set(image, 'sha256:1'));
    const report = await run(inputs({ code: `Api=${registry}/shop:2` }), made.world);
    expect(report).toMatchObject({ verdict: 'failed' });
    expect(told(report).find((t) => t.startsWith('DP185'))).toContain('Going back: container app runs sha256:1, and not sha256:0');
  });

  test('a run that is cancelled while it verifies proves nothing, and is no success', async () => {
    const made = withUnhealthy('5m');
    made.clock.at(60_000, made.cancel);
    const report = await run(inputs({ code: 'Api=:2' }), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'cancelled' });
    expect(ends(report)).toEqual({ 'Shop/Api': 'updated' });
  });

  test('a run that is cancelled on the way back says so at once, whatever is not answered', async () => {
    const made = withUnhealthy();
    let given = 0;
    const world = withCode(made, (code) => ({
      release: (order) => (++given > 1 ? new Promise<never>(() => {}) : code.release(order)),
    }));
    made.clock.at(60_000, made.cancel);
    const report = await run(inputs({ code: 'Api=:2' }), world);
    expect(report).toMatchObject({ verdict: 'failed' });
    expect(told(report).find((t) => t.startsWith('DP185'))).toContain('Going back: the run was cancelled on the way');
    expect(report.findings.map((f) => f.code)).toContain('RT002');
  });

  test('a call that is denied changes nothing, and says what it lacks', async () => {
    const made = withShop();
    made.aws.denied.add('ecs:RegisterTaskDefinition');
    const report = await run(inputs({ code: 'Api=:2' }), made.world);
    expect(report).toMatchObject({ verdict: 'failed' });
    expect(told(report)).toEqual([
      `DP186 Shop/Api: needs the permission ecs:RegisterTaskDefinition on arn:aws:ecs:us-west-2:${account}:task-definition/api:1`,
    ]);
  });
});

describe('functions', () => {
  test('get a ZIP, a note of it, and a version that the alias of their stack leads to', async () => {
    const made = withShop();
    made.aws.code.aliases.set('resize', [
      { name: 'live', version: '7', revision: 'a', isShifting: false },
      { name: 'by-hand', version: '3', revision: 'b', isShifting: false },
    ]);
    const version = String(2 + sha256.length + 40);
    putFunction(made.aws, `resize:${version}`, { sha256 });
    const report = await run(inputs({ code: 'Shop/Resize=out/resize.zip' }), made.world);
    expect(told(report)).toEqual([]);
    expect(ends(report)).toEqual({ 'Shop/Resize': 'updated' });
    expect(made.aws.code.aliases.get('resize')?.map((a) => a.version)).toEqual([version, '3']);
    expect(made.aws.code.tags.get(`arn:aws:lambda:us-west-2:${account}:function:resize`)?.[noteTag]).toMatch(
      /^2026-11-21T10:00:00.000Z .* out\/resize.zip$/,
    );
  });

  test('whose update fails get their former code back', async () => {
    const made = withShop();
    made.aws.code.broken.set('resize', 'The role cannot be assumed by Lambda');
    const report = await run(inputs({ code: 'Shop/Resize=out/resize.zip' }), made.world);
    expect(told(report)).toEqual(['DP184 Shop/Resize runs sha256 old again: The role cannot be assumed by Lambda']);
    expect(made.aws.code.functions.get('resize')?.sha256).toBe('old');
  });

  test('that cannot be sent back keep the note of what they run', async () => {
    const made = withUnhealthy();
    let replaced = 0;
    const world = withCode(made, (code) => ({
      replace: async (order) => (++replaced > 1 ? toDenied('lambda:UpdateFunctionCode') : code.replace(order)),
    }));
    const report = await run(inputs({ code: 'Shop/Resize=out/resize.zip' }), world);
    expect(ends(report)).toEqual({ 'Shop/Resize': 'failed' });
    expect(made.aws.code.tags.get(`arn:aws:lambda:us-west-2:${account}:function:resize`)?.[noteTag]).toMatch(/out\/resize.zip$/);
  });

  test('that something else changes meanwhile are left alone', async () => {
    const made = withShop();
    const busy = withCode(made, (code) => ({ replace: async (order) => code.replace({ ...order, revision: 'older' }) }));
    expect(told(await run(inputs({ code: 'Shop/Resize=out/resize.zip' }), busy))).toEqual([
      'DP186 Shop/Resize: something else changed it meanwhile',
    ]);
  });
});

describe('before the first write', () => {
  test('all that stands against it is told at once', async () => {
    const made = withShop();
    putService(made.aws, { cluster: 'main', service: 'worker' }, { app: `${registry}/shop:1` }, { running: 1 });
    putFunction(made.aws, 'resize', { update: 'InProgress', runtime: 'python3.13', handler: 'app.main' });
    const report = await run(inputs({ code: 'Api=:3\nWorker=:2\nResize=out/resize.zip\nNobody=:2' }), made.world);
    expect(report).toMatchObject({ verdict: 'blocked', failureReason: 'preflight', seconds: 0 });
    expect(told(report)).toEqual([
      'DP180 `code` names Nobody, which is no service or function that takes :2: there are Shop/Api, Shop/Worker, Shop/Resize.',
      'DP181 out/resize.zip does not fit Shop/Resize: its handler is app.main, and there is no app.py.',
      'DP183 Shop/Resize is Active, its last update InProgress.',
      'DP183 Shop/Worker is not steady: 1 of 2 tasks run.',
      `PF282 The image ${registry}/shop:3 is not there.`,
    ]);
    expect(writes(made)).toEqual([]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['an image for a function that is made of a ZIP', { code: `Resize=${registry}/shop:2` }, 'DP181 Shop/Resize is made of a ZIP'],
    ['a ZIP for a service', { code: 'Api=out/resize.zip' }, 'DP181 Shop/Api'],
    ['a file that is not there', { code: 'Resize=out/none.zip' }, 'RT010 `code` gives Shop/Resize out/none.zip: there is no such file.'],
    ['an object that is not there', { code: 'Resize=s3://builds/a.zip' }, 'PF281 s3://builds/a.zip: the bucket has no such object.'],
    ['two lines for one target', { code: 'Api=:2\nShop/Api=:1' }, 'DP180 Shop/Api is named by more than one line'],
  ])('%s is refused', async (_name, given, message) => {
    const made = withShop();
    const report = await run(inputs(given), made.world);
    expect(report.verdict).toBe('blocked');
    expect(told(report)).toEqual(expect.arrayContaining([expect.stringContaining(message)]));
    expect(writes(made)).toEqual([]);
  });

  test('a service that CodeDeploy releases is refused', async () => {
    const made = withShop();
    putService(made.aws, { cluster: 'main', service: 'api' }, { app: `${registry}/shop:1` }, { controller: 'CODE_DEPLOY' });
    expect(told(await run(inputs({ code: 'Api=:2' }), made.world))).toEqual([
      'DP181 Shop/Api is released by CodeDeploy, and not by ECS: give it new code there, or by a full deployment.',
    ]);
  });

  test('a stack that is being changed, and one that cannot be read, are refused', async () => {
    const made = withShop();
    const live = made.aws.stacks.get('us-west-2 Shop');
    made.aws.put(readSampleStack(shop), { ...live, status: 'UPDATE_IN_PROGRESS' });
    expect(told(await run(inputs({ 'image-tag': '2' }), made.world))).toEqual(['PF111 Shop is in UPDATE_IN_PROGRESS.']);
    const denied = withShop();
    denied.aws.denied.add('ecs:DescribeServices');
    expect(told(await run(inputs({ code: 'Api=:2' }), denied.world))).toEqual([
      'DP182 Shop/Api: needs the permission ecs:DescribeServices on main.',
    ]);
  });

  test('a warning stops it with `fail-on: warning`, and not otherwise', async () => {
    const event = { name: 'pull_request', branch: 'main', baseSha: 'b45e', isPullRequest: true } as const;
    const silent = unknown({ call: 'contents: read', resource: 'x', why: 'denied', message: '' });
    const made = () =>
      withShop({
        event,
        files: { '.github/spaceport.yml': 'environments: { prod: { branches: [main] } }\n' },
        history: { 'b45e .github/spaceport.yml': silent },
      });
    const stopped = made();
    expect(await run(inputs({ environment: 'prod', code: 'Api=:2', 'fail-on': 'warning' }), stopped.world)).toMatchObject({
      verdict: 'blocked',
    });
    expect(writes(stopped)).toEqual([]);
    expect(await run(inputs({ environment: 'prod', code: 'Api=:2' }), made().world)).toMatchObject({ verdict: 'deployed' });
  });

  test.each<[string, Record<string, string>, string]>([
    ['nothing that is to run', {}, 'RT012'],
    ['what is for stacks', { 'image-tag': '2', 'plan-digest': 'reviewed', parameters: 'a=b' }, 'RT014'],
    ['how stacks are deployed', { 'image-tag': '2', method: 'express' }, 'RT014'],
    ['a file that nobody would write', { 'image-tag': '2', 'outputs-file': 'out.json' }, 'RT014'],
    ['code in a full deployment', { mode: 'full', code: 'Api=:2' }, 'RT014'],
    ['code that nobody understands', { code: 'Api=ftp://x' }, 'RT010'],
  ])('%s is refused without a look at AWS', async (_name, given, code) => {
    const made = withShop();
    await expect(run(inputs(given), made.world)).rejects.toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ code })]),
    });
    expect(made.aws.calls).toEqual([]);
  });
});
