import { describe, expect, test } from '@jest/globals';
import { known, unknown } from '../../../engine/src/answer.ts';
import { toCanonicalJson } from '../../../engine/src/canonical.ts';
import { noteTag, parseFunctionNote } from '../../../engine/src/code.ts';
import { parseInputs } from '../../../engine/src/inputs.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import type { Cloud, World } from '../../../engine/src/world.ts';
import { toSummary } from '../../../engine/src/report/summary.ts';
import { queue, readSampleStack, toAssemblyFiles, type SampleStack } from '../../../test/fakes/assembly.ts';
import { putFunction, putService } from '../../../test/fakes/code.ts';
import { account, createFakeWorld, type FakeWorld, type FakeWorldOptions } from '../../../test/fakes/world.ts';
import { table } from './inputs.ts';
import { run } from './run.ts';

/* Stacks whose code alone changes get it without CloudFormation; what they run is known to the runs after. */
const registry = `${account}.dkr.ecr.us-west-2.amazonaws.com`;
const lambdaArn = `arn:aws:lambda:us-west-2:${account}:function:resize`;
const serviceArn = `arn:aws:ecs:us-west-2:${account}:service/main/api`;
const revision = (number: number) => `arn:aws:ecs:us-west-2:${account}:task-definition/api:${number}`;

const breaker = (isOn: boolean) => ({ DeploymentCircuitBreaker: { Enable: isOn, Rollback: isOn } });
const objectOf = (key: string) => ({ bucket: 'assets', key: `${key}.zip` });
const shop = (key: string, tag = '1', more: SampleStack = {}): SampleStack => ({
  outputs: { Url: { Value: 'https://api' } },
  ...more,
  resources: {
    Resize: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'resize', Code: { S3Bucket: 'assets', S3Key: `${key}.zip` } } },
    [`Version${key}`]: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Resize' } } },
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: { Name: 'live', FunctionName: { Ref: 'Resize' }, FunctionVersion: { 'Fn::GetAtt': [`Version${key}`, 'Version'] } },
    },
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'app', Image: `${registry}/shop:${tag}` }] } },
    Api: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, DeploymentConfiguration: breaker(true) } },
    ...more.resources,
  },
});

const inputs = (more: Record<string, string> = {}) => parseInputs(table, { 'cdk-out': 'cdk.out', method: 'hotswap', ...more }).values;
const told = (report: Report): string[] => report.findings.map((f) => `${f.code} ${f.message}`);
const ends = (report: Report) => report.stacks.map((s) => s.outcome);
const writes = ({ aws }: FakeWorld) =>
  aws.calls.filter((c) => / (publish|deploy) |Register|Update|Publish|TagResource/.test(c)).map((c) => c.replace('us-west-2 ', ''));
const names = (version: string, number = 1) => ({
  Resize: 'resize',
  [version]: `${lambdaArn}:${number}`,
  Live: `${lambdaArn}:live`,
  Task: revision(1),
  Api: serviceArn,
});
/** What the function and the service run, and where the alias leads. */
const running = ({ aws: { code } }: FakeWorld) => {
  const service = code.services.get('main/api');
  const images = code.definitions.get(service?.taskDefinition ?? '')?.containers.map((c) => c.image.replace(`${registry}/`, ''));
  return [code.functions.get('resize')?.sha256, ...(images ?? []), code.aliases.get('resize')?.[0]?.version];
};
const shaOf = (key: string) => `of:assets/${key}.zip`;

/** A shop whose stack is that of the key a, and an app that wants another one. */
function withShop(wanted: SampleStack, options: FakeWorldOptions = {}, live: SampleStack = shop('a')): FakeWorld {
  const made = createFakeWorld({ ...options, files: { ...toAssemblyFiles('cdk.out', { Shop: wanted }), ...options.files } });
  const { aws } = made;
  aws.put(readSampleStack(live), { names: names('Versiona') });
  putFunction(aws, 'resize', { sha256: shaOf('a') });
  aws.code.packages.set('resize', { kind: 'zip', bytes: new TextEncoder().encode(shaOf('a')) });
  aws.code.aliases.set('resize', [{ name: 'live', version: '1', revision: 'r', isShifting: false }]);
  putService(aws, { cluster: 'main', service: 'api' }, { app: `${registry}/shop:1` });
  for (const key of ['a', 'b', 'c']) aws.answers.set(`object ${toCanonicalJson(objectOf(key))}`, 'present');
  for (const tag of ['1', '2', '3'])
    aws.answers.set(`image ${toCanonicalJson({ repository: 'shop', tag })}`, { mediaType: 'manifest', digest: `sha256:${tag.repeat(64)}` });
  return made;
}

/** Lets the app want something else. */
const want = ({ files }: FakeWorld, wanted: SampleStack) =>
  Object.entries(toAssemblyFiles('/repo/cdk.out', { Shop: wanted })).forEach(([path, text]) => files.set(path, text));

/** Lets a deployment by CloudFormation give the function its code, too, as AWS does. */
function deploysCode({ aws }: FakeWorld, key: string): void {
  aws.scripts.set('Shop', {
    atEnd: () => {
      const stack = aws.stacks.get('us-west-2 Shop');
      if (stack) aws.stacks.set('us-west-2 Shop', { ...stack, names: names(`Version${key}`, 2) });
      const found = aws.code.functions.get('resize');
      if (found) aws.code.functions.set('resize', { ...found, sha256: shaOf(key), revision: `${found.revision}!` });
      aws.code.aliases.set('resize', [{ name: 'live', version: '2', revision: 'r', isShifting: false }]);
    },
  });
}

function withCode({ world }: FakeWorld, change: (cloud: Cloud) => Partial<Cloud>): World {
  const connect: World['connect'] = (c) => {
    const cloud = world.connect(c);
    return { ...cloud, ...change(cloud) };
  };
  return { ...world, connect };
}

describe('a stack whose code alone changes', () => {
  test('gets it for its functions and services, with notes, and stays as it is', async () => {
    const made = withShop(shop('b', '2'));
    const report = await run(inputs(), made.world);
    expect({ told: told(report), verdict: report.verdict }).toEqual({ told: [], verdict: 'deployed' });
    expect(report.stacks).toMatchObject([{ name: 'Shop', outcome: { kind: 'deployed', by: 'hotswap' }, outputs: { Url: 'https://api' } }]);
    expect(running(made)).toEqual([shaOf('b'), 'shop:2', '$LATEST']);
    expect(made.aws.stacks.get('us-west-2 Shop')?.template.Resources).toHaveProperty('Versiona');
    const note = parseFunctionNote(made.aws.code.tags.get(lambdaArn)?.[noteTag] ?? '');
    expect(note).toMatchObject({ by: 'method: hotswap', what: 's3://assets/b.zip', sha256: shaOf('b') });
    expect(made.aws.code.definitions.get(revision(2))?.tags).toEqual({ [noteTag]: '2026-11-21T10:00:00.000Z hotswap run 42' });
    expect(writes(made)[0]).toBe('publish Shop');
    expect(writes(made).filter((w) => /^deploy|PublishVersion/.test(w))).toEqual([]);
    expect(made.lines).toContainEqual(expect.stringMatching(/^✅ Shop: deployed by hotswap in/));
    expect(toSummary(report, '/repo')).toContain('deployed by hotswap');
  });

  test('is unchanged when it runs it already, without a write', async () => {
    const made = withShop(shop('b', '2'));
    await run(inputs(), made.world);
    made.aws.calls.length = 0;
    const report = await run(inputs(), made.world);
    expect({ verdict: report.verdict, told: told(report), writes: writes(made) }).toEqual({ verdict: 'unchanged', told: [], writes: [] });
    expect(report.stacks).toMatchObject([{ outcome: { kind: 'unchanged' }, outputs: { Url: 'https://api' } }]);
  });

  test('gets what is newer on top of a former swap, and nobody is warned of it', async () => {
    const made = withShop(shop('b', '2'));
    await run(inputs(), made.world);
    want(made, shop('c', '3'));
    const report = await run(inputs(), made.world);
    expect({ verdict: report.verdict, told: told(report) }).toEqual({ verdict: 'deployed', told: [] });
    expect(running(made)).toEqual([shaOf('c'), 'shop:3', '$LATEST']);
  });

  test('whose alias does not lead to the new code yet, as after a run that was killed, is finished', async () => {
    const made = withShop(shop('b', '2'));
    await run(inputs(), made.world);
    made.aws.code.aliases.set('resize', [{ name: 'live', version: '1', revision: 'r', isShifting: false }]);
    made.aws.calls.length = 0;
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed' });
    expect(running(made)).toEqual([shaOf('b'), 'shop:2', '$LATEST']);
    expect(writes(made)).toEqual(['publish Shop', 'lambda:UpdateAlias resize:live $LATEST']);
  });

  test('whose alias goes back where the verification after it fails', async () => {
    const config = 'environments: { prod: { branches: [main], verify: [{ name: s, kind: command, run: smoke }] } }\n';
    const made = withShop(shop('b', '2'), { files: { '.github/spaceport.yml': config } });
    let code = 0;
    made.commands.set('smoke', () => ({ code, lines: [] }));
    await run(inputs(), made.world);
    const note = made.aws.code.tags.get(lambdaArn);
    made.aws.code.aliases.set('resize', [{ name: 'live', version: '1', revision: 'r', isShifting: false }]);
    code = 1;
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'rolled-back' });
    expect(running(made)).toEqual([shaOf('b'), 'shop:2', '1']);
    expect(made.aws.code.tags.get(lambdaArn)).toEqual(note);
  });
});

describe('a stack that equals its template', () => {
  test('gets its code back after a swap: the function without a note, the alias and the service as the stack has them', async () => {
    const made = withShop(shop('b', '2'));
    await run(inputs(), made.world);
    want(made, shop('a'));
    const report = await run(inputs(), made.world);
    expect({ verdict: report.verdict, told: told(report) }).toEqual({ verdict: 'deployed', told: [] });
    expect(ends(report)).toEqual([{ kind: 'deployed', by: 'hotswap' }]);
    expect(running(made)).toEqual([shaOf('a'), 'shop:1', '1']);
    expect(made.aws.code.services.get('main/api')?.taskDefinition).toBe(revision(1));
    expect(made.aws.code.tags.get(lambdaArn)).toEqual({});
    made.aws.calls.length = 0;
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'unchanged', findings: [] });
    expect(writes(made)).toEqual([]);
  });

  test('gets its code back after mode: code, which is told before', async () => {
    const made = withShop(shop('a'));
    putFunction(made.aws, `resize:${1 + shaOf('c').length + 40}`, { sha256: shaOf('c') });
    await run(parseInputs(table, { 'cdk-out': 'cdk.out', mode: 'code', code: 'resize=s3://assets/c.zip' }).values, made.world);
    expect(running(made)[0]).toBe(shaOf('c'));
    const report = await run(inputs(), made.world);
    expect(told(report)).toEqual([
      expect.stringMatching(/^PF205 .*by mode: code; this deployment puts the code of the template in its place/),
    ]);
    expect(running(made)).toEqual([shaOf('a'), 'shop:1', '1']);
  });

  test('keeps what somebody gave it by hand, which is told', async () => {
    const made = withShop(shop('a'));
    made.aws.code.definitions.set(revision(7), { containers: [{ name: 'app', image: 'by:hand' }], registeredMs: 0, tags: {} });
    putService(made.aws, { cluster: 'main', service: 'api' }, { app: 'x' }, { taskDefinition: revision(7) });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'unchanged' });
    expect(told(report)).toEqual([expect.stringMatching(/^PF204/)]);
    expect(writes(made)).toEqual([]);
  });

  const put = ({ aws }: FakeWorld, key: string, version: string) => {
    putFunction(aws, 'resize', { sha256: shaOf(key) });
    aws.code.aliases.set('resize', [{ name: 'live', version, revision: 'r', isShifting: false }]);
  };

  test('keeps code and an alias that somebody led to it by hand', async () => {
    const made = withShop(shop('a'));
    put(made, 'c', '$LATEST');
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'unchanged', findings: [] });
    expect(writes(made)).toEqual([]);
    expect(running(made)).toEqual([shaOf('c'), 'shop:1', '$LATEST']);
  });

  test('gets its alias back alone after a run that was killed before its note: nobody knows whose the code is', async () => {
    const made = withShop(shop('b'));
    await run(inputs(), made.world);
    put(made, 'c', '$LATEST');
    want(made, shop('a'));
    made.aws.calls.length = 0;
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed' });
    expect(writes(made)).toEqual(['publish Shop', 'lambda:UpdateAlias resize:live 1']);
    expect(running(made)).toEqual([shaOf('c'), 'shop:1', '1']);
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'unchanged' });
  });

  test('fails where it cannot get its code back', async () => {
    const made = withShop(shop('b', '2'));
    await run(inputs(), made.world);
    want(made, shop('a'));
    made.aws.answers.set(`object ${toCanonicalJson(objectOf('a'))}`, 'absent');
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'stack-failed', stacks: [{ outcome: { kind: 'failed' } }] });
    expect(told(report)[0]).toContain('s3://assets/a.zip: the bucket has no such object');
    expect(running(made)[0]).toBe(shaOf('b'));
  });
});

describe('a change set after a swap', () => {
  test('of the same code leaves nothing to tell, though the note stays; then the former code is swapped in and told', async () => {
    const made = withShop(shop('b', '2'));
    await run(inputs(), made.world);
    deploysCode(made, 'b');
    const full = await run(inputs({ method: 'change-set' }), made.world);
    expect({ verdict: full.verdict, told: told(full) }).toEqual({ verdict: 'deployed', told: [] });
    putService(made.aws, { cluster: 'main', service: 'api' }, { app: `${registry}/shop:2` });
    expect(made.aws.code.tags.get(lambdaArn)).toHaveProperty([noteTag]);
    for (const method of ['change-set', 'hotswap'])
      expect(await run(inputs({ method }), made.world)).toMatchObject({ verdict: 'unchanged', findings: [] });
    made.aws.calls.length = 0;
    await run(inputs(), made.world);
    expect(writes(made)).toEqual([]);
  });

  test('of the code that the stack has changes nothing, and tells what runs and what brings the code back', async () => {
    const made = withShop(shop('b', '2'));
    await run(inputs(), made.world);
    want(made, shop('a'));
    const report = await run(inputs({ method: 'change-set' }), made.world);
    expect(report).toMatchObject({ verdict: 'unchanged' });
    expect(told(report)).toEqual([
      expect.stringMatching(/^PF204 Shop\/Api runs .*shop:2 since .* by method: hotswap/),
      expect.stringMatching(/^PF204 Shop\/Resize runs s3:\/\/assets\/b.zip since .* by method: hotswap/),
    ]);
    expect(report.findings[0]?.remedy).toContain('`method: hotswap`');
  });

  test('of other code tells that it takes the swapped one back', async () => {
    const made = withShop(shop('b', '2'));
    await run(inputs(), made.world);
    want(made, shop('c', '3'));
    deploysCode(made, 'c');
    const report = await run(inputs({ method: 'change-set' }), made.world);
    expect(told(report).map((t) => t.slice(0, 5))).toEqual(['PF205', 'PF205']);
  });
});

describe('a stack that changes in more than its code', () => {
  const grown = (key: string, tag = '1') => shop(key, tag, { resources: { Queue: queue() } });

  test('goes by change set, and it is said why', async () => {
    const made = withShop(grown('b', '2'));
    deploysCode(made, 'b');
    const report = await run(inputs(), made.world);
    expect(told(report)).toEqual(['DP135 Shop: it changes more than code: Resources/Queue.']);
    expect(made.lines).toContain('   Shop: no hotswap, because it changes more than code: Resources/Queue');
    expect(ends(report)).toEqual([{ kind: 'deployed' }]);
    expect(made.aws.deployOrders.map((o) => o.method)).toEqual(['change-set']);
  });

  test('has its own code back afterwards where CloudFormation saw no change of it', async () => {
    const made = withShop(shop('b', '2'));
    await run(inputs(), made.world);
    want(made, grown('a'));
    made.aws.scripts.set('Shop', {
      atEnd: () => {
        const stack = made.aws.stacks.get('us-west-2 Shop');
        if (stack) made.aws.stacks.set('us-west-2 Shop', { ...stack, names: names('Versiona') });
      },
    });
    const report = await run(inputs(), made.world);
    expect({ told: told(report), verdict: report.verdict }).toMatchObject({ verdict: 'deployed', told: [expect.stringMatching(/^DP135/)] });
    expect(running(made)).toEqual([shaOf('a'), 'shop:1', '1']);
  });

  test.each<[string, SampleStack, RegExp]>([
    ['tags', shop('b', '1', { tags: { Team: 'x' } }), /tags changed/],
    ['protection', shop('b', '1', { protected: true }), /termination protection changed/],
    ['an output', { ...shop('b'), outputs: { Url: { Value: 'https://other' } } }, /Outputs\/Url/],
  ])('so does one that changes in %s', async (_name, wanted, why) => {
    const made = withShop(wanted);
    deploysCode(made, 'b');
    const report = await run(inputs(), made.world);
    expect(told(report)).toEqual([expect.stringMatching(why)]);
    expect(made.aws.deployOrders).toHaveLength(1);
  });

  test('and one whose deployments are rolled back on alarms that it has of its own', async () => {
    const rollback = { alarms: ['arn:aws:cloudwatch:us-west-2:111111111111:alarm:errors'], monitoringMinutes: 5 };
    for (const [config, left] of [
      ['', rollback],
      ['    rollback-alarms: []\n', { alarms: [], monitoringMinutes: 0 }],
    ] as const) {
      const made = withShop(shop('b'), { files: { '.github/spaceport.yml': `environments:\n  prod:\n    branches: [main]\n${config}` } });
      made.aws.put(readSampleStack(shop('a')), { names: names('Versiona'), rollback });
      deploysCode(made, 'b');
      const report = await run(inputs(), made.world);
      expect(told(report)).toContain('DP135 Shop: it has rollback alarms, which only change sets watch.');
      expect(made.aws.stacks.get('us-west-2 Shop')).toMatchObject({ rollback: left });
      want(made, shop('b', '2'));
      const next = await run(inputs(), made.world);
      expect(ends(next)).toEqual([config ? { kind: 'deployed', by: 'hotswap' } : { kind: 'deployed' }]);
    }
  });

  test('and one of another account, where nothing is looked at when it equals its template', async () => {
    const assumeRoleArn = 'arn:aws:iam::222222222222:role/deploy';
    const there = { account: '222222222222', region: 'us-west-2', properties: { assumeRoleArn } };
    for (const [wanted, live, said] of [
      ['b', 'a', ['DP135 Shop: it is in the account 222222222222, and not in that of the credentials.']],
      ['a', 'a', []],
    ] as const) {
      const made = createFakeWorld({ files: toAssemblyFiles('cdk.out', { Shop: { ...shop(wanted), ...there } }) });
      const other = made.others(there.account);
      other.answers.set(`object ${toCanonicalJson(objectOf(wanted))}`, 'present');
      other.put(readSampleStack({ ...shop(live), ...there }), { names: names('Versiona') });
      const report = await run(inputs(), made.world);
      expect(told(report)).toEqual(said);
      expect(other.deployOrders).toHaveLength(said.length);
    }
  });

  test('and one that is new', async () => {
    const made = withShop(shop('b'));
    made.aws.stacks.clear();
    expect(told(await run(inputs(), made.world))).toEqual(['DP135 Shop: there is no such stack.']);
  });
});

describe('what is not sure goes by change set', () => {
  test.each<[string, (made: FakeWorld) => void, RegExp]>([
    ['tags that cannot be read', ({ aws }) => void aws.denied.add('lambda:ListTags'), /needs the permission lambda:ListTags/],
    ['code that cannot be kept', ({ aws }) => void aws.denied.add('lambda:GetFunction'), /needs the permission lambda:GetFunction/],
    [
      'assets that cannot be published',
      ({ aws }) => void aws.unpublished.set('Shop', { error: 'no bucket' }),
      /cannot be published: no bucket/,
    ],
    [
      'a function that is being changed',
      ({ aws }) => putFunction(aws, 'resize', { sha256: shaOf('a'), update: 'InProgress' }),
      /its last update InProgress/,
    ],
    [
      'a service that CodeDeploy releases',
      ({ aws }) => void putService(aws, { cluster: 'main', service: 'api' }, { app: `${registry}/shop:1` }, { controller: 'CODE_DEPLOY' }),
      /released by CodeDeploy/,
    ],
    [
      'a service that somebody gave another revision',
      ({ aws }) => {
        putService(aws, { cluster: 'main', service: 'api' }, { app: 'by:hand' }, { taskDefinition: revision(7) });
        aws.code.definitions.set(revision(7), { containers: [{ name: 'app', image: 'by:hand' }], registeredMs: 0, tags: {} });
      },
      /a revision that is not of its stack/,
    ],
  ])('%s', async (_name, change, why) => {
    const made = withShop(shop('b', '2'));
    change(made);
    deploysCode(made, 'b');
    const report = await run(inputs(), made.world);
    expect(told(report)).toContainEqual(expect.stringMatching(/^DP135/));
    expect(told(report).find((t) => t.startsWith('DP135'))).toMatch(why);
    expect(writes(made).filter((w) => w !== 'publish Shop')).toEqual(['deploy Shop']);
  });

  /** A world in which somebody else changes the stack after the run looked at it. */
  const touched = (made: FakeWorld): World =>
    withCode(made, ({ stacks }) => ({
      stacks: {
        ...stacks,
        describe: async (name) => {
          const found = await stacks.describe(name);
          const asked = made.aws.calls.filter((c) => c.includes('DescribeStacks')).length;
          return found.kind === 'known' && found.value && asked > 1 ? known({ ...found.value, changeSet: 'other' }) : found;
        },
      },
    }));

  test('a stack that is another than the one that was looked at', async () => {
    const made = withShop(shop('b', '2'));
    deploysCode(made, 'b');
    expect(told(await run(inputs(), touched(made)))).toContainEqual('DP135 Shop: it is not what it was when it was looked at.');
  });

  test('and so does one that equals its template, which gets its code back after that', async () => {
    const made = withShop(shop('b', '2'));
    await run(inputs(), made.world);
    want(made, shop('a'));
    made.aws.calls.length = 0;
    const report = await run(inputs(), touched(made));
    expect(told(report)).toEqual(['DP135 Shop: it is not what it was when it was looked at.']);
    expect(ends(report)).toEqual([{ kind: 'deployed', by: 'hotswap' }]);
    expect(running(made)).toEqual([shaOf('a'), 'shop:1', '1']);
  });
});

describe('a swap that does not work', () => {
  const hangs = (made: FakeWorld) => void made.aws.code.bad.set(`${registry}/shop:2`, 'breaks');

  test('goes back, all of it, and the stack is rolled back', async () => {
    const made = withShop(shop('b', '2'));
    hangs(made);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'rolled-back', failureReason: 'stack-failed' });
    expect(report.stacks).toMatchObject([
      { outcome: { kind: 'rolled-back', of: 'update', cause: { logicalId: 'Api', type: 'AWS::ECS::Service' } } },
    ]);
    expect(made.aws.code.packages.get('resize')).toBeDefined();
    expect(running(made).slice(1)).toEqual(['shop:1', '1']);
    expect(made.aws.code.tags.get(lambdaArn)?.[noteTag]).toBeUndefined();
    expect(told(report)[0]).toMatch(/^DP120 Shop: Api \(AWS::ECS::Service\)/);
  });

  test('stays where that is asked for', async () => {
    const made = withShop(shop('b', '2'));
    hangs(made);
    const report = await run(inputs({ 'on-failure': 'keep' }), made.world);
    expect(report).toMatchObject({ verdict: 'failed', stacks: [{ outcome: { kind: 'failed', cause: { logicalId: 'Api' } } }] });
    expect(running(made)[0]).toBe(shaOf('b'));
  });

  test('is no success where what runs in the end is other code', async () => {
    const made = withShop(shop('b'));
    const world = withCode(made, ({ code }) => ({
      code: { ...code, replace: async (order) => (await code.replace(order), known({ sha256: order.revision ? 'expected' : shaOf('a') })) },
    }));
    const report = await run(inputs(), world);
    expect(report.verdict).not.toBe('deployed');
    expect(told(report).join()).toContain(`it has the code ${shaOf('b')}, and not expected`);
  });

  test('that may change nothing leaves all as it is', async () => {
    const made = withShop(shop('b'));
    const world = withCode(made, ({ code }) => ({
      code: {
        ...code,
        replace: async () => unknown({ call: 'lambda:UpdateFunctionCode', resource: 'resize', why: 'denied', message: '' }),
      },
    }));
    const report = await run(inputs(), world);
    expect(report).toMatchObject({ verdict: 'rolled-back', stacks: [{ outcome: { kind: 'rolled-back' } }] });
    expect(told(report)[0]).toContain('needs the permission lambda:UpdateFunctionCode on resize');
    expect(running(made)[0]).toBe(shaOf('a'));
  });

  test('goes back when a verification fails, without a change set', async () => {
    const config = 'environments: { prod: { branches: [main], verify: [{ name: s, kind: command, run: smoke }] } }\n';
    const made = withShop(shop('b', '2'), { files: { '.github/spaceport.yml': config } });
    made.commands.set('smoke', () => ({ code: 1, lines: [] }));
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'rolled-back', stacks: [{ outcome: { kind: 'rolled-back' } }] });
    expect(told(report)).toContain('DP152 Shop has the code that it had before.');
    expect(running(made).slice(1)).toEqual(['shop:1', '1']);
    expect(made.aws.deployOrders).toEqual([]);
  });

  test('that cannot go back after a verification is told as halfway', async () => {
    const config = 'environments: { prod: { branches: [main], verify: [{ name: s, kind: command, run: smoke }] } }\n';
    const made = withShop(shop('b'), { files: { '.github/spaceport.yml': config } });
    made.commands.set('smoke', () => {
      made.aws.denied.add('lambda:UpdateFunctionCode');
      return { code: 1, lines: [] };
    });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', stacks: [{ outcome: { kind: 'deployed' } }] });
    expect(told(report).find((t) => t.startsWith('DP153'))).toContain('needs the permission lambda:UpdateFunctionCode on resize');
  });

  test('is told as still running when the time of the run is over', async () => {
    const made = withShop(shop('b', '2'));
    made.aws.code.bad.set(`${registry}/shop:2`, 'hangs');
    const report = await run(inputs({ 'timeout-minutes': '5' }), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'timeout', stacks: [{ outcome: { kind: 'still-running' } }] });
    expect(told(report)).toContain('DP140 Shop is in the middle of its swap.');
  });
});

describe('a run that did not see the end of a release', () => {
  const Api = { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, DeploymentConfiguration: breaker(false) } };
  const plain = (key: string, tag: string) => shop(key, tag, { resources: { Api } });
  const short = inputs({ 'timeout-minutes': '5' });
  const service = ({ aws }: FakeWorld) => aws.code.services.get('main/api');
  /** A shop whose service has no circuit breaker of its own, in the middle of a release. */
  const cut = async (): Promise<FakeWorld> => {
    const made = withShop(plain('b', '2'), {}, plain('a', '1'));
    putService(made.aws, { cluster: 'main', service: 'api' }, { app: `${registry}/shop:1` }, { hasBreaker: false });
    made.aws.code.bad.set(`${registry}/shop:2`, 'hangs');
    expect(ends(await run(short, made.world))).toMatchObject([{ kind: 'still-running' }]);
    return made;
  };
  /** Ends the release when it was looked at some times. */
  const ending = (made: FakeWorld, rollout: string, number = 2): World => {
    let looks = 0;
    return withCode(made, ({ readings }) => ({
      readings: {
        ...readings,
        serviceCode: async (of) => {
          const found = service(made);
          looks += 1;
          const taskDefinition = revision(number);
          if (looks > 3 && found && found.deployments.length > 1)
            made.aws.code.services.set('main/api', {
              ...found,
              deployments: [{ status: 'PRIMARY', taskDefinition, rollout, reason: 'no start', failed: 1 }],
            });
          return readings.serviceCode(of);
        },
      },
    }));
  };

  test('is followed by one that waits for it too, and is no success before', async () => {
    const made = await cut();
    made.aws.calls.length = 0;
    const report = await run(short, made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'timeout', stacks: [{ outcome: { kind: 'still-running' } }] });
    expect(writes(made)).toEqual(['publish Shop']);
  });

  test('leaves the end to the next one, which gives the circuit breaker back', async () => {
    const made = await cut();
    expect(service(made)).toMatchObject({ hasBreaker: true });
    expect(await run(inputs(), ending(made, 'COMPLETED'))).toMatchObject({ verdict: 'deployed', findings: [] });
    expect(service(made)).toMatchObject({ hasBreaker: false, taskDefinition: revision(2) });
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'unchanged' });
  });

  test('leaves a circuit breaker behind when ECS is done before the next one', async () => {
    const made = await cut();
    const deployments = [{ status: 'PRIMARY', taskDefinition: revision(2), rollout: 'COMPLETED', reason: '', failed: 0 }];
    made.aws.code.services.set('main/api', { ...service(made), deployments } as NonNullable<ReturnType<typeof service>>);
    made.aws.calls.length = 0;
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed' });
    expect(writes(made)).toEqual(['publish Shop', 'ecs:UpdateService main/api breaker false']);
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'unchanged' });
  });

  test('has nothing to do with a circuit breaker that somebody turned on by hand', async () => {
    const made = withShop(plain('b', '2'), {}, plain('a', '1'));
    await run(inputs(), made.world);
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'unchanged' });
    want(made, plain('a', '1'));
    await run(inputs(), made.world);
    expect(service(made)).toMatchObject({ hasBreaker: true, taskDefinition: revision(1) });
  });

  test('leaves a circuit breaker to one that gives other code, which gives it back', async () => {
    const made = await cut();
    const deployments = [{ status: 'PRIMARY', taskDefinition: revision(2), rollout: 'COMPLETED', reason: '', failed: 0 }];
    made.aws.code.services.set('main/api', { ...service(made), deployments } as NonNullable<ReturnType<typeof service>>);
    want(made, plain('b', '3'));
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed' });
    expect(service(made)).toMatchObject({ hasBreaker: false, taskDefinition: revision(3) });
  });

  test('leaves a release that ECS gives up to a change set', async () => {
    const made = await cut();
    const failed = { status: 'PRIMARY', taskDefinition: revision(2), rollout: 'FAILED', reason: 'no start', failed: 3 };
    made.aws.code.services.set('main/api', { ...service(made), deployments: [failed] } as NonNullable<ReturnType<typeof service>>);
    deploysCode(made, 'b');
    expect(told(await run(inputs(), made.world))).toContain('DP135 Shop: Shop/Api: no start.');
  });

  test('is followed by one that goes back where the release breaks', async () => {
    const made = await cut();
    const report = await run(inputs(), ending(made, 'FAILED'));
    expect(ends(report)).toMatchObject([
      { kind: 'rolled-back', cause: { logicalId: 'Api', message: expect.stringContaining('no start') } },
    ]);
    expect(service(made)).toMatchObject({ hasBreaker: false, taskDefinition: revision(1) });
  });

  test('is followed on the way back, too', async () => {
    const made = await cut();
    made.aws.code.bad.clear();
    await run(inputs(), ending(made, 'COMPLETED'));
    want(made, plain('a', '1'));
    made.aws.code.bad.set(`${registry}/shop:1`, 'hangs');
    for (const _ of ['cut', 'still at it'])
      expect(await run(short, made.world)).toMatchObject({ failureReason: 'timeout', stacks: [{ outcome: { kind: 'still-running' } }] });
    expect(service(made)).toMatchObject({ taskDefinition: revision(1), hasBreaker: true });
    expect(await run(inputs(), ending(made, 'COMPLETED', 1))).toMatchObject({ verdict: 'deployed' });
    expect(service(made)).toMatchObject({ taskDefinition: revision(1), hasBreaker: false });
  });
});

describe('stacks that need one another', () => {
  test('go in their order: what needs a swap that did not work is not started', async () => {
    const made = withShop(shop('b', '2'));
    made.aws.code.bad.set(`${registry}/shop:2`, 'breaks');
    Object.entries(
      toAssemblyFiles('/repo/cdk.out', { Shop: shop('b', '2'), Site: { resources: { Queue: queue() }, dependencies: ['Shop'] } }),
    ).forEach(([path, text]) => made.files.set(path, text));
    const report = await run(inputs(), made.world);
    expect(report.stacks.map((s) => `${s.name} ${s.outcome.kind}`)).toEqual(['Shop rolled-back', 'Site not-started']);
  });
});

describe('hotswap is refused before anything is asked of AWS', () => {
  const config = (lines: string) => ({ '.github/spaceport.yml': `environments:\n  prod:\n    branches: [main]\n${lines}` });
  test.each([
    ['in a protected environment', '    protected: true\n', 'RT015'],
    ['together with rollback alarms', '    rollback-alarms: [errors]\n', 'RT014'],
  ])('%s', async (_name, lines, code) => {
    const made = withShop(shop('b'), { files: config(lines) });
    await expect(run(inputs(), made.world)).rejects.toMatchObject({ findings: [{ code }] });
    expect(made.aws.calls).toEqual([]);
    expect((await run(inputs({ method: 'change-set' }), withShop(shop('a'), { files: config('') }).world)).verdict).toBe('unchanged');
  });
});
