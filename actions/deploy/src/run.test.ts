import { describe, expect, test } from '@jest/globals';
import { parseInputs } from '../../../engine/src/inputs.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import type { Progress } from '../../../engine/src/stack-changes.ts';
import { bucket, queue, readSampleStack, toAssemblyFiles, type SampleStack } from '../../../test/fakes/assembly.ts';
import { account, createFakeWorld, type FakeWorld, type FakeWorldOptions, type SampleSystem } from '../../../test/fakes/world.ts';
import { table, toOutputs } from './inputs.ts';
import { run } from './run.ts';

type Stacks = Readonly<Record<string, SampleStack>>;

/** Net comes first, Db and Cache next, Api last; Audit needs nothing. */
const shop: Stacks = {
  Net: {
    resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } },
    outputs: { VpcId: { Value: 'vpc-1', Export: { Name: 'net-vpc' } } },
  },
  Db: { dependencies: ['Net'], resources: { Files: bucket('files-prod') }, outputs: { Name: { Value: 'files-prod' } } },
  Cache: { dependencies: ['Net'], resources: { Queue: queue() } },
  Api: { dependencies: ['Db', 'Cache'], resources: { Queue: queue() }, outputs: { Url: { Value: 'https://api' } } },
  Audit: { resources: { Queue: queue() } },
};

const inputs = (more: Record<string, string> = {}) => parseInputs(table, { 'cdk-out': 'cdk.out', ...more }).values;

/** A world with the assembly of some stacks in cdk.out. */
function withStacks(stacks: Stacks = shop, options: FakeWorldOptions = {}): FakeWorld {
  return createFakeWorld({ ...options, files: { ...toAssemblyFiles('cdk.out', stacks), ...options.files } });
}

/** Puts stacks there as if they had been deployed. */
const put = ({ aws }: FakeWorld, stacks: Stacks, status = 'CREATE_COMPLETE') =>
  Object.entries(stacks).forEach(([id, s]) => aws.put(readSampleStack(s, id), { status }));

const codesOf = (report: Report): string[] => report.findings.map((f) => f.code);
const told = (report: Report): string[] => report.findings.map((f) => `${f.code} ${f.message}`);
const kinds = (report: Report): Record<string, string> => Object.fromEntries(report.stacks.map((s) => [s.name, s.outcome.kind]));
const deploys = ({ aws }: FakeWorld): string[] => aws.calls.filter((c) => c.includes(' deploy ')).map((c) => c.split(' ')[2] ?? '');
const failed = (logicalId: string, reason: string, type = 'AWS::SQS::Queue'): Progress => ({
  logicalId,
  type,
  status: 'CREATE_FAILED',
  reason,
});

describe('a fresh deployment', () => {
  test('deploys every stack after those that it needs, and what does not need one another side by side', async () => {
    const made = withStacks();
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'deployed', findings: [], environment: 'prod', account, region: 'us-west-2', seconds: 3 });
    expect(Object.fromEntries(report.stacks.map((s) => [s.name, [s.startSeconds, s.seconds]]))).toEqual({
      Audit: [0, 1],
      Net: [0, 1],
      Cache: [1, 1],
      Db: [1, 1],
      Api: [2, 1],
    });
    expect(kinds(report)).toEqual({ Audit: 'deployed', Net: 'deployed', Cache: 'deployed', Db: 'deployed', Api: 'deployed' });
  });

  test('deploys a stack after the one whose export it names, although the app says nothing of it', async () => {
    const named: SampleStack = { resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { Tag: { 'Fn::ImportValue': 'net-vpc' } } } } };
    const made = withStacks({ App: named, Net: shop['Net'] ?? {} });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'deployed', findings: [], seconds: 2 });
    expect(deploys(made)).toEqual(['Net', 'App']);
    expect(report.plan?.stacks.find((s) => s.name === 'App')).toMatchObject({ after: ['Net'] });
  });

  test('deploys no more at once than it is allowed to', async () => {
    const made = withStacks();
    const report = await run(inputs({ concurrency: '1' }), made.world);
    expect(report.seconds).toBe(5);
    expect(deploys(made)).toEqual(['Audit', 'Net', 'Cache', 'Db', 'Api']);
  });

  test('does not wait for a slow stack that nobody needs', async () => {
    const made = withStacks();
    made.aws.scripts.set('Audit', { ms: 60_000 });
    const report = await run(inputs(), made.world);
    expect(report.stacks.find((s) => s.name === 'Api')).toMatchObject({ startSeconds: 2 });
    expect(report.seconds).toBe(60);
  });

  test('gives the outputs of all stacks, in the report, as a file and as outputs of the step', async () => {
    const made = withStacks();
    const report = await run(inputs({ 'outputs-file': 'out/outputs.json' }), made.world);
    const wanted = { Api: { Url: 'https://api' }, Audit: {}, Cache: {}, Db: { Name: 'files-prod' }, Net: { VpcId: 'vpc-1' } };
    expect(JSON.parse(made.files.get('/repo/out/outputs.json') ?? '')).toEqual(wanted);
    const outputs = toOutputs(report);
    expect(JSON.parse(outputs.outputs)).toEqual(wanted);
    expect(outputs).toMatchObject({
      verdict: 'deployed',
      'outputs-file': '/repo/out/outputs.json',
      deployed: '["Audit","Net","Cache","Db","Api"]',
      unchanged: '[]',
      failed: '[]',
      seconds: '3',
    });
  });

  test('gives each output of a stack by its own name, and the address of the environment', async () => {
    const made = withStacks(shop, {
      files: { '.github/spaceport.yml': 'environments:\n  prod: { branches: [main], url: "${Api.Url}/start" }\n' },
    });
    const outputs = toOutputs(await run(inputs(), made.world));
    expect(outputs).toMatchObject({ 'Api.Url': 'https://api', 'Net.VpcId': 'vpc-1', 'environment-url': 'https://api/start' });
  });

  test('hides the outputs that are made of a parameter without echo, though the run does not know its value', async () => {
    const more = { Parameters: { Key: { Type: 'String', NoEcho: true } } };
    const outputs = { Url: { value: 'https://u:hunter2@db' }, Pin: { value: '123' }, Name: { value: 'db' } };
    const Value = (value: string) => ({ 'Fn::Join': ['', [value, { Ref: 'Key' }]] });
    const template = { more, outputs: { Url: { Value: Value('a') }, Pin: { Value: Value('b') }, Name: { Value: 'db' } } };
    const verify = '[{ name: site, kind: command, run: look }]';
    const made = withStacks(
      { Db: template },
      { files: { '.github/spaceport.yml': `environments:\n  prod: { branches: [main], verify: ${verify} }\n` } },
    );
    made.aws.put(readSampleStack({ more }, 'Db'), { parameters: { Key: '****' } });
    const seen: (string | undefined)[] = [];
    made.commands.set('look', (variables) => (seen.push(variables['OUTPUT_Db_Url']), { code: 0, lines: [] }));
    const atEnd = () => {
      const db = made.aws.stacks.get('us-west-2 Db');
      if (db) made.aws.stacks.set('us-west-2 Db', { ...db, outputs });
    };
    made.aws.scripts.set('Db', { atEnd });
    const report = await run(inputs({ 'outputs-file': 'out.json' }), made.world);
    expect(report).toMatchObject({ verdict: 'deployed', stacks: [{ outputs: { Url: '***', Pin: '***', Name: 'db' } }] });
    expect(toOutputs(report)).toMatchObject({ 'Db.Url': '***', 'Db.Pin': '***', 'Db.Name': 'db' });
    expect(made.files.get('/repo/out.json')).not.toContain('hunter2');
    expect(made.hidden).toEqual(['https://u:hunter2@db']);
    expect(seen).toEqual(['https://u:hunter2@db']);
  });

  test('says when the address of the environment cannot be known, and is a success all the same', async () => {
    const made = withStacks(shop, {
      files: { '.github/spaceport.yml': 'environments:\n  prod: { branches: [main], url: "${Api.Uri}" }\n' },
    });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'deployed' });
    expect(told(report)).toEqual(['DP134 ${Api.Uri}: the stack Api has no output Uri.']);
    expect(toOutputs(report)['environment-url']).toBe('');
  });

  test('hands parameters and tags to the stacks that declare them', async () => {
    const made = withStacks({ Shop: { more: { Parameters: { Size: { Type: 'Number', Default: 1 } } }, tags: { team: 'a' } } });
    await run(inputs({ parameters: 'Size=3', tags: 'cost=7' }), made.world);
    expect(made.aws.stacks.get('us-west-2 Shop')).toMatchObject({ parameters: { Size: '3' }, tags: { team: 'a', cost: '7' } });
  });

  test('takes what a chosen stack needs, and nothing else', async () => {
    const made = withStacks();
    await run(inputs({ stacks: 'Db' }), made.world);
    expect(deploys(made)).toEqual(['Net', 'Db']);
  });

  test('reaches another account, and reads back as the role that deploys there', async () => {
    const roles = { assumeRoleArn: 'arn:aws:iam::222222222222:role/deploy', lookupRole: { arn: 'arn:aws:iam::222222222222:role/look' } };
    const there = { account: '222222222222', region: 'us-west-2', resources: { Queue: queue() }, properties: roles };
    const made = withStacks({ Hub: { account, resources: { Queue: queue() } }, Shop: { ...there, dependencies: ['Hub'] } });
    const report = await run(inputs(), made.world);
    expect(kinds(report)).toEqual({ Hub: 'deployed', Shop: 'deployed' });
    expect([[...made.aws.stacks.keys()], [...made.others('222222222222').stacks.keys()]]).toEqual([['us-west-2 Hub'], ['us-west-2 Shop']]);
    const rolesUsed = made.connections.flatMap((c) => c.elsewhere?.role ?? []);
    expect(new Set(rolesUsed)).toEqual(new Set(['arn:aws:iam::222222222222:role/look', 'arn:aws:iam::222222222222:role/deploy']));
  });

  test('reaches other regions with the same role, through one connection each', async () => {
    const config =
      'environments:\n  prod: { branches: [main], role: "arn:aws:iam::111111111111:role/deploy", regions: [us-west-2, us-east-1] }\n';
    const made = withStacks(
      { Cert: { region: 'us-east-1' }, Dns: { region: 'us-east-1' }, Web: { dependencies: ['Cert'] } },
      { files: { '.github/spaceport.yml': config } },
    );
    made.aws.bootstraps.set('us-east-1 /cdk-bootstrap/hnb659fds/version', 21);
    const report = await run(inputs(), made.world);
    expect(report.verdict).toBe('deployed');
    expect(made.aws.calls.filter((c) => c.includes(' deploy '))).toEqual([
      'us-east-1 deploy Cert',
      'us-east-1 deploy Dns',
      'us-west-2 deploy Web',
    ]);
    expect(new Set(made.connections.map((c) => c.role))).toEqual(new Set(['arn:aws:iam::111111111111:role/deploy']));
  });

  test('keeps stacks of one name in two regions apart in its outputs', async () => {
    const outputs = (value: string) => ({ Topic: { Value: value } });
    const config = 'environments:\n  prod: { branches: [main], regions: [us-west-2, us-east-1] }\n';
    const made = withStacks(
      {
        Global: { name: 'Shop', region: 'us-east-1', outputs: outputs('global') },
        Regional: { name: 'Shop', outputs: outputs('regional') },
      },
      { files: { '.github/spaceport.yml': config } },
    );
    made.aws.bootstraps.set('us-east-1 /cdk-bootstrap/hnb659fds/version', 21);
    const given = toOutputs(await run(inputs(), made.world));
    expect(given).toMatchObject({ 'Shop.Topic': 'regional', 'Shop@us-east-1.Topic': 'global' });
    expect(JSON.parse(given.outputs)).toEqual({ Shop: { Topic: 'regional' }, 'Shop@us-east-1': { Topic: 'global' } });
    expect(JSON.parse(given.deployed)).toEqual(['Shop@us-east-1', 'Shop']);
  });

  test('says in the log what starts, what happens and what ends', async () => {
    const made = withStacks({ Shop: { resources: { A: queue(), B: queue() } } });
    await run(inputs(), made.world);
    expect(made.lines.slice(made.lines.indexOf('🚀 Shop: create starts'))).toEqual([
      '🚀 Shop: create starts',
      '   Shop 1/2 CREATE_COMPLETE AWS::SQS::Queue A',
      '   Shop 2/2 CREATE_COMPLETE AWS::SQS::Queue B',
      '✅ Shop: deployed in 1.0 s',
    ]);
  });
});

describe('a second deployment', () => {
  test('of the same finds everything unchanged and asks the toolkit for nothing', async () => {
    const made = withStacks();
    await run(inputs(), made.world);
    made.aws.calls.length = 0;
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'unchanged', findings: [], seconds: 0 });
    expect(deploys(made)).toEqual([]);
    expect(report.stacks.map((s) => [s.startSeconds, s.seconds])).toEqual(Array(5).fill([0, 0]));
    expect(toOutputs(report)).toMatchObject({ unchanged: '["Audit","Net","Cache","Db","Api"]', deployed: '[]' });
    expect(JSON.parse(toOutputs(report).outputs).Net).toEqual({ VpcId: 'vpc-1' });
  });

  test('deploys only what changed', async () => {
    const made = withStacks();
    put(made, { ...shop, Api: { ...shop['Api'], resources: { Queue: queue(9) } } });
    const report = await run(inputs(), made.world);
    expect(deploys(made)).toEqual(['Api']);
    expect(report).toMatchObject({ verdict: 'deployed' });
    expect(kinds(report)).toMatchObject({ Net: 'unchanged', Api: 'deployed' });
  });

  test('makes a stack again whose creation had failed', async () => {
    const made = withStacks({ Shop: { resources: { Queue: queue() } } });
    put(made, { Shop: {} }, 'ROLLBACK_COMPLETE');
    const report = await run(inputs(), made.world);
    expect(report.verdict).toBe('deployed');
    expect(codesOf(report)).toEqual(['PF112']);
  });

  test('is no failure where an update that changes nothing leaves a stack in the state of an earlier rollback', async () => {
    // A value from SSM may have changed: the stack has to be updated to know that it has not.
    const fromSsm = { Parameters: { Ami: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/ami' } } };
    const made = withStacks({ Shop: { more: fromSsm } });
    put(made, { Shop: { more: fromSsm } }, 'UPDATE_ROLLBACK_COMPLETE');
    made.aws.answers.set('parameter {"name":"/ami"}', { type: 'String', value: 'ami-1' });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'unchanged', findings: [] });
    expect(deploys(made)).toEqual(['Shop']);
    expect(made.lines.at(-1)).toBe('✅ Shop: nothing had to be changed');
  });

  test('deploys a stack that only gets its protection, though no resource of it changes', async () => {
    const made = withStacks({ Shop: { resources: { Queue: queue() }, protected: true } });
    put(made, { Shop: { resources: { Queue: queue() } } });
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed', findings: [] });
    expect(made.aws.stacks.get('us-west-2 Shop')).toMatchObject({ terminationProtection: true, status: 'CREATE_COMPLETE' });
  });
});

describe('a stack that fails', () => {
  test('is rolled back: what needs it is not started, the others finish, and the first real cause is told', async () => {
    const made = withStacks();
    const progress = [
      failed('Policy', 'Resource creation cancelled'),
      failed('Files', 'Access Denied', 'AWS::S3::Bucket'),
      failed('Role', 'Resource creation cancelled'),
      failed('Db', 'The following resource(s) failed to create: [Files]', 'AWS::CloudFormation::Stack'),
    ];
    made.aws.scripts.set('Db', { progress, endsIn: 'ROLLBACK_COMPLETE', error: 'The stack named Db failed creation' });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'rolled-back', failureReason: 'stack-failed' });
    expect(kinds(report)).toEqual({ Audit: 'deployed', Net: 'deployed', Cache: 'deployed', Db: 'rolled-back', Api: 'not-started' });
    expect(told(report)).toEqual(['DP122 Api: it needs Db.', 'DP123 Db: Files (AWS::S3::Bucket): Access Denied']);
    expect(report.findings[1]?.place.constructPath).toBe('Db/Files');
    expect(toOutputs(report)).toMatchObject({ failed: '["Db","Api"]', deployed: '["Audit","Net","Cache"]' });
  });

  test('on its update is rolled back to what it was', async () => {
    const made = withStacks({ Shop: { resources: { Queue: queue() } } });
    put(made, { Shop: {} });
    made.aws.scripts.set('Shop', { progress: [failed('Queue', 'Access Denied')], endsIn: 'UPDATE_ROLLBACK_COMPLETE', error: 'no' });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'rolled-back', failureReason: 'stack-failed', stacks: [{ outcome: { of: 'update' } }] });
    expect(told(report)).toEqual(['DP120 Shop: Queue (AWS::SQS::Queue): Access Denied']);
  });

  test('on its creation is created anew by the next run', async () => {
    const made = withStacks({ Shop: { resources: { Queue: queue() } } });
    made.aws.scripts.set('Shop', { progress: [failed('Queue', 'Access Denied')], endsIn: 'ROLLBACK_COMPLETE', error: 'no' });
    expect(codesOf(await run(inputs(), made.world))).toEqual(['DP123']);
    made.aws.scripts.clear();
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed', findings: [{ code: 'PF112' }] });
  });

  test('leaves what needs it through others unstarted too', async () => {
    const made = withStacks();
    made.aws.scripts.set('Net', { endsIn: 'CREATE_FAILED', error: 'no' });
    const report = await run(inputs(), made.world);
    expect(kinds(report)).toEqual({ Audit: 'deployed', Net: 'failed', Cache: 'not-started', Db: 'not-started', Api: 'not-started' });
    expect(report.verdict).toBe('failed');
    expect(told(report)).toContain('DP122 Api: it needs Cache, Db.');
  });

  test('before anything happened to it is told in the words of the toolkit', async () => {
    const made = withStacks({ Shop: { resources: { Queue: queue(9) } } });
    put(made, { Shop: { resources: { Queue: queue() } } });
    made.aws.scripts.set('Shop', { endsIn: 'UPDATE_COMPLETE', error: 'Need to perform AWS calls, but no credentials' });
    const report = await run(inputs(), made.world);
    expect(told(report)).toEqual(['DP121 Shop: Need to perform AWS calls, but no credentials']);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'stack-failed' });
  });

  test('is no success when the toolkit says that all is fine', async () => {
    const made = withStacks({ Shop: { resources: { Queue: queue() } } });
    put(made, { Shop: {} });
    made.aws.scripts.set('Shop', { endsIn: 'UPDATE_ROLLBACK_COMPLETE' });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'stack-failed', stacks: [{ outputs: {} }] });
    expect(told(report)).toEqual(['DP121 Shop: the stack is in UPDATE_ROLLBACK_COMPLETE']);
  });

  test('may still be changing when what became of it cannot be read', async () => {
    const made = withStacks({ Shop: {} });
    made.aws.scripts.set('Shop', { atEnd: () => made.aws.denied.add('cloudformation:DescribeStacks') });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'still-running' });
    expect(told(report)).toEqual([
      'DP140 Shop is in a state that cannot be read: needs the permission cloudformation:DescribeStacks on Shop.',
    ]);
  });

  test('is gone when something else deleted it', async () => {
    const made = withStacks({ Shop: {} });
    made.aws.scripts.set('Shop', { atEnd: () => made.aws.stacks.clear() });
    expect(told(await run(inputs(), made.world))).toEqual(['DP121 Shop: the stack is in no state: it is not there']);
  });

  test('is still changing when something else updates it again', async () => {
    const made = withStacks({ Shop: {} });
    made.aws.scripts.set('Shop', { endsIn: 'UPDATE_IN_PROGRESS' });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'still-running' });
    expect(told(report)).toEqual(['DP140 Shop is in UPDATE_IN_PROGRESS.']);
  });
});

describe('reading back', () => {
  test('an output that the stack lacks is no success', async () => {
    const made = withStacks();
    made.aws.scripts.set('Api', { loses: ['Url'] });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'read-back' });
    expect(told(report)).toEqual(['DP130 Api has no output Url.']);
  });

  const uploads: SampleSystem = {
    name: 'shop',
    environments: { prod: { branches: ['main'] } },
    data: () => [{ id: 'uploads', type: 'AWS::S3::Bucket', stack: 'Shop', preferred: 'uploads-prod', fallback: 'uploads' }],
    stackNames: () => ['Shop'],
    stacks: () => ({ Shop: { resources: { Uploads: bucket('uploads-prod') } } }),
  };
  const systemInputs = parseInputs(table, { system: 'shop' }).values;
  const key = 'AWS::S3::Bucket uploads-prod';

  test('a created data resource that does not become active is no success, after a bounded wait', async () => {
    const made = createFakeWorld({ system: uploads });
    made.aws.scripts.set('Shop', { atEnd: () => made.aws.things.set(key, { kind: 'present', active: false }) });
    const report = await run(systemInputs, made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'read-back', seconds: 9 });
    expect(told(report)).toEqual(['DP131 The AWS::S3::Bucket uploads-prod is there and not active.']);
  });

  test('one that becomes active in that time is', async () => {
    const made = createFakeWorld({ system: uploads });
    made.aws.scripts.set('Shop', { atEnd: () => made.aws.things.set(key, { kind: 'present', active: false }) });
    made.clock.at(4_500, () => made.aws.things.delete(key));
    expect(await run(systemInputs, made.world)).toMatchObject({ verdict: 'deployed', findings: [], seconds: 5 });
  });

  test('one that is gone is no success', async () => {
    const made = createFakeWorld({ system: uploads });
    made.aws.scripts.set('Shop', { atEnd: () => made.aws.things.set(key, { kind: 'absent' }) });
    expect(told(await run(systemInputs, made.world))).toEqual(['DP131 The AWS::S3::Bucket uploads-prod is not there.']);
  });

  test('one that may not be looked at is told as not looked at', async () => {
    const made = createFakeWorld({ system: uploads });
    made.aws.scripts.set('Shop', { atEnd: () => made.aws.denied.add('look:AWS::S3::Bucket') });
    const report = await run(systemInputs, made.world);
    expect(report.verdict).toBe('deployed');
    expect(codesOf(report)).toEqual(['PF001']);
  });

  test('the second deployment of a system manages what the first one created, and is unchanged', async () => {
    const made = createFakeWorld({ system: uploads });
    const first = await run(systemInputs, made.world);
    const second = await run(systemInputs, made.world);
    expect([first.decisions[0]?.kind, second.decisions[0]?.kind]).toEqual(['create', 'managed']);
    expect([first.verdict, second.verdict]).toEqual(['deployed', 'unchanged']);
  });
});

describe('a run that is cancelled', () => {
  test('starts nothing more, and names what is still running in AWS', async () => {
    const made = withStacks();
    made.aws.scripts.set('Db', { hangs: true });
    made.clock.at(1_500, made.cancel);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'cancelled' });
    expect(kinds(report)).toEqual({ Audit: 'deployed', Net: 'deployed', Cache: 'still-running', Db: 'still-running', Api: 'not-started' });
    expect(told(report)).toEqual([
      'DP122 Api: the run was cancelled.',
      'DP140 Cache is in CREATE_IN_PROGRESS.',
      'DP140 Db is in CREATE_IN_PROGRESS.',
      'RT002 Still running in AWS: Cache, Db. Not started: Api.',
    ]);
  });

  test('says so of a stack whose state cannot be read any more', async () => {
    const made = withStacks({ Shop: {} });
    made.aws.scripts.set('Shop', { hangs: true });
    made.clock.at(500, () => (made.aws.denied.add('cloudformation:DescribeStacks'), made.cancel()));
    expect(told(await run(inputs(), made.world))).toContain('DP140 Shop is in a state that cannot be read.');
  });

  test('asks for all that is running at once, and does not wait for an answer for long', async () => {
    const made = withStacks();
    made.aws.scripts.set('Db', { hangs: true }).set('Cache', { hangs: true });
    made.clock.at(1_500, () => (made.aws.silent.add('cloudformation:DescribeStacks'), made.cancel()));
    const report = await run(inputs(), made.world);
    expect(told(report).filter((t) => t.startsWith('DP140'))).toEqual([
      'DP140 Cache is in a state that cannot be read.',
      'DP140 Db is in a state that cannot be read.',
    ]);
    expect(report.seconds).toBe(3.5);
  });

  test.each<[string, Stacks, string | undefined, string]>([
    ['that is not there', {}, undefined, 'it is not there'],
    ['that is the shell of a change set', { Shop: {} }, 'REVIEW_IN_PROGRESS', 'it is in REVIEW_IN_PROGRESS'],
  ])('before CloudFormation changed a stack %s did not start it', async (_name, there, status, is) => {
    const made = withStacks({ Shop: { resources: { Queue: queue() } } });
    made.aws.scripts.set('Shop', { hangs: true });
    made.clock.at(500, () => (made.aws.stacks.clear(), put(made, there, status), made.cancel()));
    const report = await run(inputs(), made.world);
    expect(kinds(report)).toEqual({ Shop: 'not-started' });
    expect(told(report)[0]).toMatch(new RegExp(`^DP122 Shop: .*${is}\\.$`));
  });

  test('does not say of a stack in a final state that it is changing', async () => {
    const made = withStacks({ Shop: { resources: { Queue: queue() } } });
    put(made, { Shop: {} });
    made.aws.scripts.set('Shop', { ms: 100, endsIn: 'UPDATE_COMPLETE', atEnd: made.cancel });
    const report = await run(inputs(), made.world);
    expect(told(report)).toEqual([
      'DP122 Shop: the run was cancelled; it is in UPDATE_COMPLETE.',
      'RT002 Nothing is running in AWS. Not started: Shop.',
    ]);
  });

  test('tells what was deployed at once, also where a look at what was created has no answer yet', async () => {
    const made = withStacks({ Shop: { resources: { Files: bucket('files') } } });
    made.clock.at(500, () => made.aws.silent.add('look:AWS::S3::Bucket'));
    made.clock.at(4_000, made.cancel);
    const report = await run(inputs(), made.world);
    expect(kinds(report)).toEqual({ Shop: 'deployed' });
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'cancelled', seconds: 4 });
  });

  test('before it began to write says that nothing was written', async () => {
    const made = withStacks();
    made.cancel();
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'cancelled', stacks: [] });
    expect(told(report)).toEqual(['RT002 Nothing was written.']);
    expect(deploys(made)).toEqual([]);
  });
});

describe('nothing is deployed', () => {
  test('when a warning is not to be let pass', async () => {
    const made = withStacks();
    made.aws.denied.add('ssm:GetParameter');
    const report = await run(inputs({ 'fail-on': 'warning' }), made.world);
    expect(report).toMatchObject({ verdict: 'blocked', failureReason: 'preflight', stacks: [] });
    expect(deploys(made)).toEqual([]);
  });

  test('for a warning only where it is not to be let pass', async () => {
    const made = withStacks();
    made.aws.denied.add('ssm:GetParameter');
    expect((await run(inputs(), made.world)).verdict).toBe('deployed');
  });

  test('when the outputs could not be written to their file afterwards', async () => {
    const made = withStacks(shop, { unwritable: ['/repo/out/outputs.json'] });
    await expect(run(inputs({ 'outputs-file': 'out/outputs.json' }), made.world)).rejects.toThrow(/^RT060 \/repo\/out\/outputs\.json/);
    expect(deploys(made)).toEqual([]);
  });

  test('for an error, even where the step is never to fail', async () => {
    const made = withStacks();
    made.aws.bootstraps.clear();
    expect((await run(inputs({ 'fail-on': 'never' }), made.world)).verdict).toBe('blocked');
    expect(deploys(made)).toEqual([]);
  });

  test('when the preflight is blocked', async () => {
    const made = withStacks();
    made.aws.bootstraps.clear();
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'blocked', failureReason: 'preflight', stacks: [] });
    expect(toOutputs(report).seconds).toBe('0');
    expect(codesOf(report)).toEqual(['PF100']);
    expect(deploys(made)).toEqual([]);
  });

  test('when the plan is not the one that was reviewed; the report has the plan of now', async () => {
    const made = withStacks();
    const report = await run(inputs({ 'plan-digest': 'f'.repeat(64) }), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'plan-changed', environment: 'prod', account, stacks: [] });
    expect(told(report)).toEqual([
      `DP101 The plan reviewed is ${'f'.repeat(64)}; the plan of now is ${report.planDigest} (Audit create, Net create, Cache create, Db create, Api create). What differs cannot be said: The commit ${made.world.run.sha} was not made by merging a pull request.`,
    ]);
    expect(report.plan?.stacks).toHaveLength(5);
    expect(deploys(made)).toEqual([]);
  });

  test('when the credentials belong to another account: then the caller is all that was asked', async () => {
    const config = 'environments:\n  prod: { branches: [main], account: "222222222222" }\n';
    const made = withStacks(shop, { files: { '.github/spaceport.yml': config } });
    await expect(run(inputs(), made.world)).rejects.toThrow(
      /^RT041 The credentials belong to account 111111111111; the environment prod is in 222222222222\.$/,
    );
    expect(made.aws.calls).toEqual(['us-west-2 sts:GetCallerIdentity']);
  });
});

test('the plan that was reviewed is deployed, whatever the time', async () => {
  const { planDigest = '' } = await run(inputs({ 'plan-digest': 'f'.repeat(64) }), withStacks().world);
  const made = withStacks();
  await made.clock.sleep(3_600_000);
  expect(await run(inputs({ 'plan-digest': planDigest }), made.world)).toMatchObject({ verdict: 'deployed', planDigest });
});

describe('a stack whose template has no resources', () => {
  const full: Stacks = {
    Shop: { resources: { Files: bucket('files') } },
    Other: { dependencies: ['Shop'], resources: { Queue: queue() } },
  };
  const empty: Stacks = { ...full, Shop: { resources: {} } };

  test('is left out when it is new, and what needs it goes on', async () => {
    const made = withStacks(empty);
    const report = await run(inputs(), made.world);
    expect(kinds(report)).toEqual({ Shop: 'unchanged', Other: 'deployed' });
    expect(codesOf(report)).toEqual(['PF320']);
    expect(deploys(made)).toEqual(['Other']);
  });

  test('stops the run when it is there', async () => {
    const made = withStacks(empty);
    put(made, full);
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'blocked' });
    expect(deploys(made)).toEqual([]);
  });

  test.each(['change-set', 'revert-drift'])(
    'is never handed to the toolkit, whatever lets its error stand, by method %s',
    async (method) => {
      const suppress = '- { code: PF321, where: Shop, reason: we know, until: 2030-01-01 }';
      const config = `environments: { prod: { branches: [main] } }\nsuppress:\n${suppress}`;
      const made = withStacks(empty, { files: { '.github/spaceport.yml': config } });
      put(made, full);
      const report = await run(inputs({ method }), made.world);
      expect(kinds(report)).toMatchObject({ Shop: 'unchanged' });
      expect(deploys(made)).not.toContain('Shop');
      expect(report.plan?.stacks[0]).toMatchObject({ name: 'Shop', action: 'unchanged', resources: [] });
    },
  );
});

describe('a pull request', () => {
  const event = { name: 'pull_request', branch: 'main', isPullRequest: true } as const;
  const message =
    'RT034 The event pull_request is about changes that are not merged, and the environment would be that of its base branch main.';

  test.each([{}, { mode: 'code', 'image-tag': '2' }, { mode: 'bootstrap' }])('changes nothing of its base branch with %j', async (more) => {
    const made = withStacks(shop, { event });
    const stopped = run(inputs(more as Record<string, string>), made.world);
    await expect(stopped).rejects.toMatchObject({ findings: [{ code: 'RT034', message: message.slice(6) }] });
    expect(made.aws.calls).toEqual([]);
  });

  test('is deployed to an environment that is named', async () => {
    const made = withStacks(shop, { event });
    expect(await run(inputs({ environment: 'staging' }), made.world)).toMatchObject({ verdict: 'deployed', environment: 'staging' });
  });
});

test('a region that none of the stacks goes to is refused before anything is asked of them, and only told where the job alone has it', async () => {
  const fixed: Stacks = { Shop: { resources: { Queue: queue() }, region: 'us-west-2' } };
  const named = withStacks(fixed);
  await expect(run(inputs({ region: 'eu-west-1' }), named.world)).rejects.toMatchObject({ findings: [{ code: 'RT014' }] });
  expect(deploys(named)).toEqual([]);
  const ambient = withStacks(fixed, { ambientRegion: 'eu-west-1' });
  expect(codesOf(await run(inputs(), ambient.world))).toEqual(['RT048']);
  expect(deploys(ambient)).toEqual(['Shop']);
});
