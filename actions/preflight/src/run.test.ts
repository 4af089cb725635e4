import { describe, expect, test } from '@jest/globals';
import { unknown, known } from '../../../engine/src/answer.ts';
import { parseInputs } from '../../../engine/src/inputs.ts';
import { planSchema } from '../../../engine/src/plan/schema.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import { toSummary } from '../../../engine/src/report/summary.ts';
import { bucket, queue, readSampleStack, table as namedTable, toAssemblyFiles, type SampleStack } from '../../../test/fakes/assembly.ts';
import { account, createFakeWorld, type FakeWorld, type FakeWorldOptions, type SampleSystem } from '../../../test/fakes/world.ts';
import { table, toOutputs } from './inputs.ts';
import { run } from './run.ts';

type Stacks = Readonly<Record<string, SampleStack>>;

const shop: Stacks = {
  Net: { resources: { Queue: queue() } },
  Shop: { dependencies: ['Net'], resources: { Uploads: bucket('uploads-prod') } },
};
const inputs = (more: Record<string, string> = {}) => parseInputs(table, { 'cdk-out': 'cdk.out', ...more }).values;
const withStacks = (stacks: Stacks = shop, options: FakeWorldOptions = {}): FakeWorld =>
  createFakeWorld({ ...options, files: { ...toAssemblyFiles('cdk.out', stacks), ...options.files } });
const codesOf = (report: Report): string[] => report.findings.map((f) => f.code);
const put = ({ aws }: FakeWorld, stacks: Stacks) => Object.entries(stacks).forEach(([id, s]) => aws.put(readSampleStack(s, id)));

describe('a preflight', () => {
  test('that finds nothing is ready, and writes the plan as a file', async () => {
    const made = withStacks();
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({
      action: 'preflight',
      verdict: 'ready',
      findings: [],
      environment: 'prod',
      account,
      region: 'us-west-2',
      planPath: '/temp/spaceport-plan-prod.json',
      depth: 'read',
      stacks: [],
    });
    expect(planSchema.parse(JSON.parse(made.files.get('/temp/spaceport-plan-prod.json') ?? ''))).toEqual(report.plan);
    expect(toOutputs(report)).toEqual({
      verdict: 'ready',
      'failure-reason': '',
      environment: 'prod',
      account,
      region: 'us-west-2',
      errors: '0',
      warnings: '0',
      'not-run': '0',
      'github-environment': '',
      role: '',
      sarif: '',
      plan: '/temp/spaceport-plan-prod.json',
      'plan-digest': report.planDigest,
      'has-changes': 'true',
      stacks: '["Net","Shop"]',
      imported: '[]',
      created: '[]',
      matrix: expect.stringMatching(/^\{"include":\[\{"environment":"prod",.*"region":"us-west-2".*\}\]\}$/),
      waves: `[${toOutputs(report).matrix}]`,
    });
  });

  test('has the values of hidden parameters taken out of all that is printed and written', async () => {
    const Parameters = { Password: { Type: 'String', NoEcho: true, Default: 'hunter1' }, Size: { Type: 'String' } };
    const made = withStacks({ Shop: { more: { Parameters } } });
    await run(inputs({ parameters: 'Password=hunter2\nSize=large' }), made.world);
    expect(made.hidden).toEqual(['hunter2', 'hunter1']);
  });

  test('only reads', async () => {
    const made = withStacks();
    await run(inputs(), made.world);
    expect(made.aws.calls.length).toBeGreaterThan(5);
    expect(made.aws.calls.filter((c) => !/ (sts:Get|ssm:Get|cloudformation:(Describe|Get|List)|look:)/.test(c))).toEqual([]);
  });

  test('asks for everything once', async () => {
    const made = withStacks({ ...shop, More: { resources: { Files: namedTable('files') } } });
    await run(inputs(), made.world);
    expect(made.aws.calls.filter((c, i, all) => all.indexOf(c) !== i)).toEqual([]);
  });

  test('says the same twice: digest, summary and all', async () => {
    const first = await run(inputs(), withStacks().world);
    const later = withStacks(Object.fromEntries(Object.entries(shop).toReversed()));
    await later.clock.sleep(86_400_000);
    const second = await run(inputs(), later.world);
    expect(second).toEqual(first);
    expect(toSummary(second, '/repo')).toBe(toSummary(first, '/repo'));
  });

  test('of what is deployed already has no changes', async () => {
    const made = withStacks();
    put(made, shop);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'no-changes', findings: [] });
    expect(toOutputs(report)['has-changes']).toBe('false');
  });

  test('that finds an error is blocked, and still has a plan', async () => {
    const made = withStacks();
    made.aws.things.set('AWS::S3::Bucket uploads-prod', { kind: 'foreign' });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'blocked', failureReason: 'preflight' });
    expect(codesOf(report)).toEqual(['PF122']);
    expect(toOutputs(report)).toMatchObject({ errors: '1', 'plan-digest': expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(made.lines.at(-1)).toMatch(/^❌ PF122 .*\n {3}→ Choose another name/);
  });

  test('that may not look everywhere says what it did not see, and is ready all the same', async () => {
    const made = withStacks();
    made.aws.denied.add('ssm:GetParameter');
    const report = await run(inputs(), made.world);
    expect(report.verdict).toBe('ready');
    expect(toOutputs(report)).toMatchObject({ 'not-run': '1', warnings: '0' });
    expect(made.lines.at(-1)).toBe('✅ No check that ran found an error; 1 could not run');
  });

  test('that cannot read a live stack takes it for one that changes, and does not say how', async () => {
    const made = withStacks({ Shop: { resources: { Queue: queue() } } });
    put(made, { Shop: { resources: { Queue: queue() } } });
    made.aws.denied.add('cloudformation:GetTemplate');
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({
      verdict: 'ready',
      findings: [{ code: 'PF001' }],
      plan: { stacks: [{ action: 'update', resources: [] }] },
    });
    expect(made.lines).toContain('   Shop: update, what is there cannot be read');
  });

  test('leaves out what the config lets stand, until its last day', async () => {
    const config = (until: string) => ({
      files: {
        '.github/spaceport.yml': `environments: { prod: { branches: [main] } }\nsuppress: [{ code: PF130, where: Shop/Uploads, reason: old, until: ${until} }]\n`,
      },
    });
    const bad: Stacks = { Shop: { resources: { Uploads: bucket('Uploads') } } };
    expect(codesOf(await run(inputs(), withStacks(bad, config('2026-11-21')).world))).toEqual(['PF002']);
    expect(codesOf(await run(inputs(), withStacks(bad, config('2026-11-20')).world))).toEqual(['PF130', 'PF003']);
  });

  test('of another account than that of the credentials asks for the caller alone', async () => {
    const made = withStacks(shop, {
      files: { '.github/spaceport.yml': 'environments:\n  prod: { branches: [main], account: "222222222222" }\n' },
    });
    await expect(run(inputs(), made.world)).rejects.toThrow(/^RT041 /);
    expect(made.aws.calls).toEqual(['us-west-2 sts:GetCallerIdentity']);
  });
});

describe('the depth none', () => {
  const config =
    'environments:\n  prod:\n    branches: [main]\n    account: "222222222222"\n    role: arn:aws:iam::222222222222:role/deploy\n    regions: [eu-west-1]\n    github-environment: production\n';

  test('maps the branch, and needs neither credentials nor an assembly', async () => {
    const made = createFakeWorld({ ambientRegion: '', files: { '.github/spaceport.yml': config } });
    const report = await run(inputs({ depth: 'none', 'cdk-out': '' }), made.world);
    expect(toOutputs(report)).toMatchObject({
      verdict: 'ready',
      environment: 'prod',
      'github-environment': 'production',
      role: 'arn:aws:iam::222222222222:role/deploy',
      account: '222222222222',
      region: 'eu-west-1',
      plan: '',
      'plan-digest': '',
      'has-changes': '',
      stacks: '[]',
    });
    expect([made.connections, made.aws.calls]).toEqual([[], []]);
    expect(made.lines).toEqual(['🎯 prod (branch main fits main)']);
  });

  test('does without a region where none is known yet', async () => {
    const report = await run(inputs({ depth: 'none' }), createFakeWorld({ ambientRegion: '' }).world);
    expect(toOutputs(report)).toMatchObject({ environment: 'prod', region: '', account: '' });
  });

  test('refuses a region that the environment does not have', async () => {
    const made = createFakeWorld({ ambientRegion: 'us-east-1', files: { '.github/spaceport.yml': config } });
    await expect(run(inputs({ depth: 'none' }), made.world)).rejects.toThrow(/^RT043 /);
  });

  test('lists the environments that are asked for, as waves of jobs', async () => {
    const cells =
      'environments:\n  cell-a: { account: "111111111111", regions: [us-west-2], wave: 0 }\n  cell-b: { account: "222222222222", regions: [us-west-2, eu-west-1] }\n';
    const made = createFakeWorld({ ambientRegion: '', files: { '.github/spaceport.yml': cells } });
    const report = await run(inputs({ depth: 'none', environments: 'cell-*', 'cdk-out': '' }), made.world);
    const outputs = toOutputs(report);
    const entry = (name: string, id: string, at: string) => ({
      environment: name,
      account: id,
      region: at,
      role: '',
      'github-environment': '',
    });
    const [canary, ...rest] = [
      entry('cell-a', '111111111111', 'us-west-2'),
      entry('cell-b', '222222222222', 'us-west-2'),
      entry('cell-b', '222222222222', 'eu-west-1'),
    ];
    expect(JSON.parse(outputs.waves)).toEqual([{ include: [canary] }, { include: rest }]);
    expect(JSON.parse(outputs.matrix)).toEqual({ include: [canary, ...rest] });
    expect(outputs.environment).toBe('');
    expect(made.lines).toEqual(['🌊 Wave 1: cell-a in us-west-2', '🌊 Wave 2: cell-b in us-west-2, cell-b in eu-west-1']);
    expect(toSummary(report, '/repo')).toContain('cell-b');
  });

  test('refuses to look at many environments at once', async () => {
    await expect(run(inputs({ environments: '*' }), withStacks().world)).rejects.toThrow(/^RT014 `environments` is for depth none/);
  });

  test('refuses a branch that fits nothing', async () => {
    const made = createFakeWorld({ event: { name: 'push', branch: 'feature/x', isPullRequest: false } });
    await expect(run(inputs({ depth: 'none' }), made.world)).rejects.toThrow(
      'RT030 No pattern fits the branch `feature/x`; there are prod (main), staging (development).',
    );
  });
});

describe('the depth change-set', () => {
  const rehearsed = ({ aws }: FakeWorld) => aws.calls.filter((c) => c.includes(' rehearse '));

  test('rehearses what nothing before it changes, and names what it could not rehearse', async () => {
    const made = withStacks();
    const report = await run(inputs({ depth: 'change-set' }), made.world);
    expect(rehearsed(made)).toEqual(['us-west-2 rehearse Net']);
    expect(report.findings.map((f) => `${f.code} ${f.message}`)).toEqual([
      'PF001 change set of Shop: it needs Net, which this deployment changes first.',
    ]);
    expect(report.verdict).toBe('ready');
  });

  test('rehearses a stack whose prerequisites are as they will be', async () => {
    const made = withStacks();
    put(made, { Net: shop['Net'] ?? {} });
    expect(codesOf(await run(inputs({ depth: 'change-set' }), made.world))).toEqual([]);
    expect(rehearsed(made)).toEqual(['us-west-2 rehearse Shop']);
  });

  test('is blocked by what CloudFormation refuses, and says what is left of the rehearsal', async () => {
    const made = withStacks();
    made.aws.scripts.set('Net', { error: 'Properties validation failed', left: 'the change set x of Net' });
    const report = await run(inputs({ depth: 'change-set' }), made.world);
    expect(report.findings.filter((f) => f.code !== 'PF001').map((f) => `${f.code} ${f.message}`)).toEqual([
      'PF177 Net: Properties validation failed',
      'PF178 Left behind is the change set x of Net.',
    ]);
    expect(report.verdict).toBe('blocked');
  });

  test('writes nothing where a check found an error already, and nothing for what is unchanged', async () => {
    const wrong = withStacks({ Shop: { resources: { Uploads: bucket('Uploads') } } });
    await run(inputs({ depth: 'change-set' }), wrong.world);
    const same = withStacks();
    put(same, shop);
    await run(inputs({ depth: 'change-set' }), same.world);
    expect([...rehearsed(wrong), ...rehearsed(same)]).toEqual([]);
  });
});

describe('the depth static', () => {
  test('looks at the assembly alone, without a connection', async () => {
    const made = withStacks({ Shop: { resources: { Uploads: bucket('Uploads') } } });
    const report = await run(inputs({ depth: 'static' }), made.world);
    expect(codesOf(report)).toEqual(['PF130']);
    expect(report).toMatchObject({ verdict: 'blocked' });
    expect(report.account).toBeUndefined();
    expect(report.plan?.stacks.map((s) => s.action)).toEqual(['create']);
    expect([made.connections, made.aws.calls]).toEqual([[], []]);
  });

  test.each<[string, Record<string, string>, string | undefined]>([
    ['the account that the stacks name', { Shop: '222222222222', Net: '222222222222' }, '222222222222'],
    ['none where they name two', { Shop: '222222222222', Net: '333333333333' }, undefined],
  ])('tells %s', async (_name, accounts, wanted) => {
    const made = withStacks(Object.fromEntries(Object.entries(accounts).map(([id, of]) => [id, { account: of, region: 'us-west-2' }])));
    expect((await run(inputs({ depth: 'static' }), made.world)).account).toBe(wanted);
  });

  test('says that AWS was not asked, and nothing of a deployment that would succeed', async () => {
    const made = withStacks();
    expect((await run(inputs({ depth: 'static' }), made.world)).verdict).toBe('ready');
    expect(made.lines.at(-1)).toBe('✅ All static checks passed; AWS was not asked');
  });

  test('counts the checks that could not run', async () => {
    const silent = unknown({ call: 'template validation', resource: 'templates', why: 'unreachable', message: '' });
    const made = withStacks(shop, { violations: silent });
    expect(codesOf(await run(inputs({ depth: 'static' }), made.world))).toEqual(['PF001']);
    expect(made.lines.at(-1)).toBe('✅ No check that ran found an error; 1 could not run');
  });

  test('looks as if for us-east-1 where nobody names a region', async () => {
    const made = withStacks(shop, { ambientRegion: '' });
    expect(await run(inputs({ depth: 'static' }), made.world)).toMatchObject({ verdict: 'ready', region: 'us-east-1' });
    expect(made.lines[0]).toBe('🎯 prod in us-east-1 (branch main fits main)');
    await expect(run(inputs(), withStacks(shop, { ambientRegion: '' }).world)).rejects.toThrow(/^RT042 /);
  });

  test('takes the region of the job where there is one', async () => {
    expect((await run(inputs({ depth: 'static' }), withStacks().world)).region).toBe('us-west-2');
  });

  test('lets a system create all of its data resources', async () => {
    const made = createFakeWorld({ system: photo });
    const report = await run(parseInputs(table, { system: 'photo', depth: 'static' }).values, made.world);
    expect(report.verdict).toBe('ready');
    expect(made.synths.map((s) => s.decisions)).toEqual([[]]);
  });
});

/** A bundled system with a bucket and a table in each of two environments. */
const photo: SampleSystem = {
  name: 'photo',
  environments: { prod: { branches: ['main'], githubEnvironment: 'production' }, staging: { branches: ['development'] } },
  stackNames: (environment) => [`Photo-${environment}`],
  data: (environment) => [
    { id: 'uploads', type: 'AWS::S3::Bucket', stack: `Photo-${environment}`, preferred: `uploads-${environment}`, fallback: 'uploads' },
    { id: 'files', type: 'AWS::DynamoDB::Table', stack: `Photo-${environment}`, preferred: `Files-${environment}`, fallback: 'Files' },
  ],
  stacks: ({ environment, decisions }) => {
    const referred = new Set(decisions.filter((d) => d.kind === 'reference').map((d) => d.id));
    const resources = {
      ...(referred.has('uploads') ? {} : { Uploads: bucket(`uploads-${environment}`) }),
      ...(referred.has('files') ? {} : { Files: namedTable(`Files-${environment}`) }),
      Handler: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: `Photo-Handler-${environment}` } },
    };
    return { [`Photo-${environment}`]: { resources } };
  },
};
const ofSystem = (more: Record<string, string> = {}) => parseInputs(table, { system: 'photo', ...more }).values;

describe('a bundled system', () => {
  test('says in the log what it imports and what it creates', async () => {
    const made = createFakeWorld({ system: photo });
    made.aws.things.set('AWS::S3::Bucket uploads-prod', { kind: 'present', active: true });
    const report = await run(ofSystem(), made.world);
    expect(made.lines).toEqual([
      '🎯 prod in us-west-2 (branch main fits main)',
      '✅ Environment config validated for: prod',
      '✅ Resource naming conventions validated for: prod',
      '✅ Importing existing S3 bucket: uploads-prod',
      '🆕 Creating new DynamoDB table: Files-prod',
      '🚀 Running preflight deployment checks...',
      '🆕 Creating new Lambda function: Photo-Handler-prod',
      '📊 Resource mix: 1 imported, 2 created, of those with a name of their own',
      '   Photo-prod: create, there is no such stack',
      '✅ All preflight checks passed - deployment ready!',
    ]);
    expect(toOutputs(report)).toMatchObject({
      imported: '["uploads-prod"]',
      created: '["Files-prod"]',
      'github-environment': 'production',
    });
  });

  test('is synthesized for its place, with its settings and decisions', async () => {
    const config =
      'system: photo\nenvironments:\n  prod: { branches: [main], regions: [eu-west-1, us-west-2], protected: true, settings: { size: 3 } }\n';
    const made = createFakeWorld({ system: photo, files: { '.github/spaceport.yml': config } });
    await run(inputs({ 'cdk-out': '' }), made.world);
    expect(made.synths).toEqual([
      expect.objectContaining({
        environment: 'prod',
        account,
        region: 'us-west-2',
        firstRegion: 'eu-west-1',
        protected: true,
        settings: { size: 3 },
        handlers: '/action/handlers',
        outdir: '/temp/assembly-1',
      }),
    ]);
    expect(made.synths[0]?.decisions.map((d) => `${d.kind} ${d.name}`)).toEqual(['create uploads-prod', 'create Files-prod']);
  });

  test('is made once where its data is in its stacks or nowhere, and anew where some of it is elsewhere', async () => {
    const decided = async (prepare: (made: ReturnType<typeof createFakeWorld>) => void) => {
      const made = createFakeWorld({ system: photo });
      prepare(made);
      const report = await run(ofSystem(), made.world);
      const last = made.synths.at(-1)?.decisions.map((d) => d.kind);
      return { times: made.synths.length, last, plan: report.decisions.map((d) => d.kind) };
    };
    expect(await decided(() => {})).toEqual({ times: 1, last: ['create', 'create'], plan: ['create', 'create'] });
    const isThere = ({ aws }: ReturnType<typeof createFakeWorld>) =>
      aws.put(readSampleStack({ resources: { Uploads: bucket('uploads-prod') } }, 'Photo-prod'));
    expect(await decided(isThere)).toEqual({ times: 1, last: ['create', 'create'], plan: ['managed', 'create'] });
    const isElsewhere = ({ aws }: ReturnType<typeof createFakeWorld>) =>
      aws.things.set('AWS::S3::Bucket uploads-prod', { kind: 'present', active: true });
    expect(await decided(isElsewhere)).toEqual({ times: 2, last: ['reference', 'create'], plan: ['reference', 'create'] });
  });

  test('ends before anything is judged where a data resource cannot be decided, with every reason', async () => {
    const made = createFakeWorld({ system: photo });
    made.aws.put(readSampleStack({ resources: { Uploads: bucket('uploads-prod') } }, 'Photo-staging'));
    made.aws.denied.add('look:AWS::DynamoDB::Table');
    await expect(run(ofSystem(), made.world)).rejects.toThrow(
      /^PF140 .*Photo-staging of the environment staging\.\nPF141 .*look:AWS::DynamoDB::Table on Files-prod\.$/,
    );
    expect(made.lines.at(-1)).toBe('✅ Environment config validated for: prod');
  });

  test('refuses to import with `existing: fail`', async () => {
    const made = createFakeWorld({ system: photo });
    made.aws.things.set('AWS::S3::Bucket uploads-prod', { kind: 'present', active: true });
    await expect(run(ofSystem({ existing: 'fail' }), made.world)).rejects.toThrow(/^PF120 .*`existing` is fail/);
  });

  test('uses fallback names only in the environment that has legacy names', async () => {
    const config = (legacy: boolean) => ({
      system: photo,
      files: { '.github/spaceport.yml': `environments:\n  prod: { branches: [main], legacy-names: ${legacy} }\n` },
    });
    const decided = async (legacy: boolean) => {
      const made = createFakeWorld(config(legacy));
      made.aws.things.set('AWS::S3::Bucket uploads', { kind: 'present', active: true });
      return (await run(ofSystem(), made.world)).decisions.map((d) => `${d.kind} ${d.name}`);
    };
    expect(await decided(true)).toEqual(['reference uploads', 'create Files-prod']);
    expect(await decided(false)).toEqual(['create uploads-prod', 'create Files-prod']);
  });

  test('has findings at its constructs, not at the lines of the bundle; an app has both', async () => {
    const sourced: Stacks = {
      Shop: {
        resources: { U1: bucket('Uploads') },
        metadata: {
          '/Shop/Uploads/Resource': [
            { type: 'aws:cdk:logicalId', data: 'U1' },
            { type: 'aws:cdk:creationStack', data: ['new Shop (/app/shop.ts:9:5)'] },
          ],
        },
      },
    };
    const bundled = createFakeWorld({ system: { ...photo, data: () => [], stacks: () => sourced } });
    const at = { stack: 'Shop', constructPath: 'Shop/Uploads' };
    expect((await run(ofSystem(), bundled.world)).findings.map((f) => f.place)).toEqual([at]);
    const own = await run(inputs(), withStacks(sourced).world);
    expect(own.findings.map((f) => f.place)).toEqual([{ ...at, file: '/app/shop.ts', line: 9, column: 5 }]);
  });

  test('whose synthesis fails says so in its own words', async () => {
    const broken: SampleSystem = {
      ...photo,
      stacks: () => {
        throw new Error('`size` must be 1 to 9');
      },
    };
    await expect(run(ofSystem(), createFakeWorld({ system: broken }).world)).rejects.toThrow(
      /^RT052 The system photo: `size` must be 1 to 9$/,
    );
  });
});

describe('an input that would have no effect is refused', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['context where no app is synthesized', { context: 'a=b' }, /^RT014 `context` /],
    [
      'a tag of images where templates are given',
      { 'image-tag': '1.2.3' },
      /^RT014 `image-tag` is for bundled systems that run containers: an app takes its own by `context` or `parameters`\.$/,
    ],
    ['references where templates are given', { existing: 'reference' }, /^RT014 `existing: reference` /],
    [
      'a parameter that no stack declares',
      { parameters: 'Size=3' },
      /^RT014 `parameters: Size` is declared by none of the chosen stacks\.$/,
    ],
  ])('%s', async (_name, more, message) => {
    const made = withStacks();
    await expect(run(inputs(more), made.world)).rejects.toThrow(message);
  });

  test('with all others that have none', async () => {
    const all = inputs({ context: 'a=b', existing: 'reference', 'image-tag': '1.2.3', parameters: 'Size=3\nCount=4' });
    await expect(run(all, withStacks().world)).rejects.toThrow(/^(RT014 .+\n){4}RT014 .+$/);
  });

  test('and so is a phase where an app is given', async () => {
    await expect(run(inputs({ stacks: 'phase:first' }), withStacks().world)).rejects.toThrow(/^RT056 `phase:first` names a phase/);
  });

  test('and so is a tag of images for a system that runs no containers', async () => {
    const made = createFakeWorld({ system: photo });
    await expect(run(inputs({ 'cdk-out': '', system: 'photo', 'image-tag': '1.2.3' }), made.world)).rejects.toThrow(
      /^RT014 `image-tag` is for systems that run containers: photo runs none\.$/,
    );
  });

  test('and so is a parameter of a stack that is not chosen', async () => {
    const made = withStacks({ ...shop, Size: { more: { Parameters: { Size: { Type: 'Number', Default: 1 } } } } });
    await expect(run(inputs({ parameters: 'Size=3', stacks: 'Shop' }), made.world)).rejects.toThrow(/^RT014 /);
  });

  test.each<[string, Record<string, string>, FakeWorldOptions]>([
    ['context of an app', { 'cdk-out': '', app: 'make', context: 'a=b' }, { apps: { make: () => shop } }],
    ['references of a system', { 'cdk-out': '', system: 'photo', existing: 'reference' }, { system: photo }],
    ['`existing: fail`, which is how apps are taken', { existing: 'fail' }, {}],
  ])('but not %s', async (_name, more, options) => {
    expect((await run(inputs(more), withStacks(shop, options).world)).verdict).toBe('ready');
  });

  test('but not a phase of a system', async () => {
    const phases = (environment: string) => ({ first: [`Photo-${environment}`] });
    const made = createFakeWorld({ system: { ...photo, phases } });
    const report = await run(inputs({ 'cdk-out': '', system: 'photo', stacks: 'phase:first' }), made.world);
    expect(report.plan?.stacks.map(({ name }) => name)).toEqual(['Photo-prod']);
  });

  test('but not a tag of images for a system that runs containers: its synth has it', async () => {
    const made = createFakeWorld({ system: { ...photo, takesImageTag: true } });
    await run(inputs({ 'cdk-out': '', system: 'photo', 'image-tag': '1.2.3' }), made.world);
    expect(made.synths).toEqual([expect.objectContaining({ imageTag: '1.2.3' })]);
  });

  test('but not a parameter that one of the stacks declares', async () => {
    const made = withStacks({ ...shop, Size: { more: { Parameters: { Size: { Type: 'Number', Default: 1 } } } } });
    expect((await run(inputs({ parameters: 'Size=3' }), made.world)).verdict).toBe('ready');
  });
});

const deployRole = 'arn:aws:iam::111111111111:role/deploy';

describe('an app of the user', () => {
  test('is given environment, account and region, and what `context` adds or replaces', async () => {
    const seen: Readonly<Record<string, string>>[] = [];
    const app = (context: Readonly<Record<string, string>>) => (seen.push(context), shop);
    const made = createFakeWorld({ apps: { 'npx tsx app.ts': app } });
    const report = await run(inputs({ 'cdk-out': '', app: 'npx tsx app.ts', context: 'size=3\nregion=eu-west-1' }), made.world);
    expect(seen).toEqual([{ environment: 'prod', account, region: 'eu-west-1', size: '3' }]);
    expect(report.verdict).toBe('ready');
  });

  test.each<[string, FakeWorldOptions, Record<string, string>, string | undefined]>([
    ['as the role of the environment', {}, {}, deployRole],
    [
      'with the credentials of the job on a pull request',
      { event: { name: 'pull_request', branch: 'main', baseSha: 'b45e', isPullRequest: true } },
      {},
      undefined,
    ],
    ['as nobody with the depth static', {}, { depth: 'static' }, undefined],
  ])('looks its context up %s', async (_name, options, more, role) => {
    const text = `app: make\nenvironments:\n  prod: { branches: [main], role: "${deployRole}" }\n`;
    const made = createFakeWorld({
      ...options,
      apps: { make: () => shop },
      files: { '.github/spaceport.yml': text },
      history: { 'b45e .github/spaceport.yml': known(text) },
    });
    await run(inputs({ 'cdk-out': '', ...more }), made.world);
    expect(made.appOrders.map((o) => o.lookUpAs)).toEqual([
      'depth' in more ? undefined : { region: 'us-west-2', ...(role ? { role } : {}) },
    ]);
  });

  test('is found in cdk.json when nothing else is named', async () => {
    const made = createFakeWorld({ apps: { 'python app.py': () => shop }, files: { 'cdk.json': '{"app":"python app.py"}' } });
    expect((await run(inputs({ 'cdk-out': '' }), made.world)).plan?.stacks.map((s) => s.name)).toEqual(['Net', 'Shop']);
  });
});

describe('a pull request', () => {
  const event = { name: 'pull_request', branch: 'main', baseSha: 'b45e', isPullRequest: true };
  const own =
    'environments:\n  prod: { branches: [main], role: "arn:aws:iam::111111111111:role/admin", protected: false }\nsuppress: [{ code: PF130, where: "**", reason: please, until: 2099-01-01 }]\n';
  const base = 'environments:\n  prod: { branches: [main], role: "arn:aws:iam::111111111111:role/read", protected: false }\n';
  const bad: Stacks = { Shop: { resources: { Uploads: bucket('Uploads') } } };
  const files = { '.github/spaceport.yml': own };

  test('uses the role and the suppressions of its base branch, not its own', async () => {
    const made = withStacks(bad, { event, files, hasCredentials: false, history: { 'b45e .github/spaceport.yml': known(base) } });
    const report = await run(inputs(), made.world);
    expect(made.connections.map((c) => c.role)).toEqual(['arn:aws:iam::111111111111:role/read']);
    expect(codesOf(report)).toEqual(['PF130']);
  });

  test('that has credentials keeps them in every region', async () => {
    const regions = (text: string) => text.replace('branches:', 'regions: [us-west-2, eu-west-1], branches:');
    const made = withStacks(
      { Shop: { region: 'eu-west-1', bootstrap: false } },
      { event, files: { '.github/spaceport.yml': regions(own) }, history: { 'b45e .github/spaceport.yml': known(regions(base)) } },
    );
    expect((await run(inputs(), made.world)).verdict).toBe('ready');
    expect(made.connections).toEqual([{ region: 'us-west-2' }, { region: 'eu-west-1' }]);
  });

  test('uses no role at all where the base branch cannot be read, and says so', async () => {
    const denied = unknown({ call: 'contents: read', resource: 'x', why: 'denied', message: '' });
    const made = withStacks(bad, { event, files, history: { 'b45e .github/spaceport.yml': denied } });
    const report = await run(inputs(), made.world);
    expect(made.connections.map((c) => c.role)).toEqual([undefined]);
    expect(codesOf(report)).toEqual(['PF130', 'PF160', 'RT023']);
  });
});
