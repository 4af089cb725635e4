import { describe, expect, test } from '@jest/globals';
import { parseInputs } from '../../../engine/src/inputs.ts';
import type { Plan } from '../../../engine/src/plan/plan.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import type { FakeStack } from '../../../test/fakes/account.ts';
import { bucket, queue, readSampleStack, table as dataTable, toAssemblyFiles, type SampleStack } from '../../../test/fakes/assembly.ts';
import { account, createFakeWorld, type FakeWorld, type FakeWorldOptions, type SampleSystem } from '../../../test/fakes/world.ts';
import { table, toOutputs } from './inputs.ts';
import { run } from './run.ts';

type Stacks = Readonly<Record<string, SampleStack>>;

const kept = (resource: { readonly Type: string }, DeletionPolicy = 'RetainExceptOnCreate') => ({ ...resource, DeletionPolicy });
const vpc = { Value: 'vpc-1', Export: { Name: 'net-vpc' } };
const user = (delay = 0) => ({ ...queue(delay), Metadata: {}, Properties: { Tag: { 'Fn::ImportValue': 'net-vpc' } } });

/** Api needs Db and Cache, which need Net; Audit needs nothing. Db keeps its bucket. */
const shop: Stacks = {
  Net: { resources: { Vpc: { Type: 'AWS::EC2::VPC' } }, outputs: { VpcId: vpc } },
  Db: { dependencies: ['Net'], resources: { Files: kept(bucket('files-prod')), Queue: queue() } },
  Cache: { dependencies: ['Net'], resources: { Queue: queue() } },
  Api: { dependencies: ['Db', 'Cache'], resources: { Queue: queue() } },
  Audit: { resources: { Queue: queue() } },
};

const inputs = (more: Record<string, string> = {}) => parseInputs(table, { 'cdk-out': 'cdk.out', ...more }).values;

/** A world whose stacks are all there, as the assembly in cdk.out has them. */
function deployed(stacks: Stacks = shop, options: FakeWorldOptions = {}, more: Partial<FakeStack> = {}): FakeWorld {
  const made = createFakeWorld({ ...options, files: { ...toAssemblyFiles('cdk.out', stacks), ...options.files } });
  put(made, stacks, more);
  return made;
}

/** Puts stacks there; each has an ARN of its own. */
const put = ({ aws }: FakeWorld, stacks: Stacks, more: Partial<FakeStack> = {}) =>
  Object.entries(stacks).forEach(([id, s]) => aws.put(readSampleStack(s, id), more));

const told = (report: Report): string[] => report.findings.map((f) => `${f.code} ${f.message}`);
const errors = (report: Report): string[] => report.findings.filter((f) => f.severity === 'error').map((f) => `${f.code} ${f.message}`);
const kinds = (report: Report): Record<string, string> => Object.fromEntries(report.stacks.map((s) => [s.name, s.outcome.kind]));
const destroys = ({ aws }: FakeWorld): string[] => aws.calls.filter((c) => c.includes(' destroy ')).map((c) => c.split(' ')[2] ?? '');
const removals = ({ aws }: FakeWorld): string[] =>
  aws.calls.filter((c) => / (prepare|remove):/.test(c)).map((c) => c.replace('us-west-2 ', ''));
const planOf = (report: Report): Plan => report.plan as Plan;
const protect = 'environments:\n  prod: { branches: [main], protected: true }\n';

describe('an environment that is not protected', () => {
  test('goes without a confirmation: each stack when nothing needs it any more, side by side', async () => {
    const made = deployed();
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'destroyed', environment: 'prod', account, region: 'us-west-2', seconds: 3 });
    expect(Object.fromEntries(report.stacks.map((s) => [s.name, [s.startSeconds, s.seconds]]))).toEqual({
      Api: [0, 1],
      Audit: [0, 1],
      Cache: [1, 1],
      Db: [1, 1],
      Net: [2, 1],
    });
    expect(made.aws.stacks.size).toBe(0);
  });

  test('keeps what its templates keep, and says of each how to delete it', async () => {
    const made = deployed();
    const report = await run(inputs(), made.world);
    expect(told(report)).toEqual(['DS110 AWS::S3::Bucket files-prod stays. To delete it: delete-data: Db/Files']);
    expect(report.stacks.find((s) => s.name === 'Db')?.outcome).toEqual({
      kind: 'destroyed',
      deleted: 1,
      kept: ['AWS::S3::Bucket files-prod'],
    });
    expect(toOutputs(report)).toMatchObject({
      verdict: 'destroyed',
      destroyed: '["Api","Audit","Cache","Db","Net"]',
      unchanged: '[]',
      failed: '[]',
      kept: '["AWS::S3::Bucket files-prod"]',
      seconds: '3',
    });
    expect(removals(made)).toEqual([]);
    expect(made.aws.things.get('AWS::S3::Bucket files-prod')).toEqual({ kind: 'present', active: true });
  });

  test('goes in another account too, where nothing of the same name in this one goes', async () => {
    const roles = { assumeRoleArn: 'arn:aws:iam::222222222222:role/deploy' };
    const there = { account: '222222222222', region: 'us-west-2', resources: { Queue: queue() }, properties: roles };
    const made = deployed({ Shop: there });
    made.others('222222222222').put(readSampleStack(there, 'Shop'));
    expect(kinds(await run(inputs(), made.world))).toEqual({ Shop: 'destroyed' });
    expect([[...made.aws.stacks.keys()], [...made.others('222222222222').stacks.keys()]]).toEqual([['us-west-2 Shop'], []]);
  });

  test('stays when another account, where somebody may need it, cannot be looked at', async () => {
    const roles = { assumeRoleArn: 'arn:aws:iam::222222222222:role/deploy' };
    const made = deployed({ Hub: {}, Shop: { account: '222222222222', region: 'us-west-2', dependencies: ['Hub'], properties: roles } });
    made.others('222222222222').denied.add('sts:AssumeRole');
    expect(errors(await run(inputs({ stacks: 'Hub' }), made.world))).toEqual(['DS104 Shop needs Hub and is not among the chosen stacks.']);
  });

  test('deletes no more at once than it is allowed to', async () => {
    const made = deployed();
    expect((await run(inputs({ concurrency: '1' }), made.world)).seconds).toBe(5);
    expect(destroys(made)).toEqual(['Api', 'Audit', 'Cache', 'Db', 'Net']);
  });

  test('is unchanged when it is gone already', async () => {
    const made = deployed();
    await run(inputs(), made.world);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'unchanged', findings: [], seconds: 0 });
    expect(toOutputs(report)).toMatchObject({ destroyed: '[]', unchanged: '["Api","Audit","Cache","Db","Net"]' });
    expect(destroys(made)).toHaveLength(5);
  });

  test('is asked for with the roles of the bootstrap, where the assembly names them', async () => {
    const made = deployed({ Shop: {} });
    const manifest = JSON.parse(made.files.get('/repo/cdk.out/manifest.json') ?? '');
    Object.assign(manifest.artifacts.Shop.properties, {
      assumeRoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-deploy-${AWS::Region}',
      cloudFormationExecutionRoleArn: 'arn:aws:iam::111111111111:role/cdk-exec',
      assumeRoleExternalId: 'secret-of-the-app',
    });
    made.files.set('/repo/cdk.out/manifest.json', JSON.stringify(manifest));
    await run(inputs(), made.world);
    expect(made.aws.destroyOrders.map((o) => o.roles)).toEqual([
      {
        deploy: `arn:aws:iam::${account}:role/cdk-deploy-us-west-2`,
        execution: 'arn:aws:iam::111111111111:role/cdk-exec',
        externalId: 'secret-of-the-app',
      },
    ]);
  });

  test('says in the log what goes, what starts, what happens and what ends', async () => {
    const made = deployed({ Shop: { resources: { A: queue(), Files: kept(bucket('files')) } } });
    await run(inputs(), made.world);
    expect(made.lines.slice(made.lines.findIndex((l) => l.includes('are deleted')))).toEqual([
      '🗑️ Shop: 1 of 2 resources are deleted',
      'delete AWS::SQS::Queue Shop/A',
      'orphan AWS::S3::Bucket Shop/Files',
      'ℹ️ DS110 Resource stays at Shop/Files: AWS::S3::Bucket files stays. To delete it: delete-data: Shop/Files',
      '🗑️ Shop: delete starts',
      '   Shop 1/2 DELETE_COMPLETE AWS::SQS::Queue A',
      '   Shop 2/2 DELETE_SKIPPED AWS::S3::Bucket Files',
      '✅ Shop: destroyed in 1.0 s, 1 resources deleted, 1 kept',
    ]);
  });
});

describe('the plan', () => {
  test('comes first, as a file: the stacks in the order of deletion, and of each what goes and what stays', async () => {
    const made = deployed({ ...shop, Audit: { resources: { Db: kept({ Type: 'AWS::RDS::DBInstance' }, 'Snapshot') } } });
    const report = await run(inputs({ 'dry-run': 'true' }), made.world);
    expect(report).toMatchObject({ verdict: 'ready', stacks: [] });
    expect(planOf(report).stacks.map((s) => [s.name, s.action, s.after])).toEqual([
      ['Api', 'delete', []],
      ['Audit', 'delete', []],
      ['Cache', 'delete', ['Api']],
      ['Db', 'delete', ['Api']],
      ['Net', 'delete', ['Cache', 'Db']],
    ]);
    expect(planOf(report).stacks.flatMap((s) => s.resources.map((r) => `${r.path} ${r.action}`))).toEqual([
      'Api/Queue delete',
      'Audit/Db snapshot',
      'Cache/Queue delete',
      'Db/Files orphan',
      'Db/Queue delete',
      'Net/Vpc delete',
    ]);
    expect(JSON.parse(made.files.get(report.planPath ?? '') ?? '')).toEqual(planOf(report));
    expect(toOutputs(report).plan).toBe('/temp/spaceport-destroy-plan-prod.json');
    expect(made.aws.stacks.size).toBe(5);
  });

  test('is of the templates that are deployed, not of those in the assembly', async () => {
    const made = deployed();
    put(made, { Audit: { resources: { Old: kept(bucket('old-prod')) } } });
    const report = await run(inputs({ 'dry-run': 'true', stacks: 'Audit' }), made.world);
    expect(planOf(report).stacks[0]?.resources.map((r) => `${r.path} ${r.action}`)).toEqual(['Audit/Old orphan']);
  });

  test('has the resources of nested stacks, too', async () => {
    const nested = { Type: 'AWS::CloudFormation::Stack' };
    const made = deployed({ Shop: { resources: { Inner: nested } } }, {}, { names: { Inner: 'arn:inner' } });
    put(made, { Inner: { resources: { Files: kept(bucket('inner-files')), Table: dataTable('inner-table') } } }, { id: 'arn:inner' });
    const report = await run(inputs({ 'dry-run': 'true', stacks: 'Shop' }), made.world);
    expect(planOf(report).stacks[0]?.resources.map((r) => `${r.path} ${r.action}`)).toEqual([
      'Shop/Inner/Files orphan',
      'Shop/Inner/Table delete',
    ]);
    expect(errors(report)).toEqual([
      'DS102 AWS::DynamoDB::Table inner-table would be deleted with Shop, and `delete-data` does not name it.',
    ]);
  });

  test('tells a resource of a nested stack from one of the stack around it with the same logical id', async () => {
    const nested = { Type: 'AWS::CloudFormation::Stack' };
    const metadata = { '/Shop/Files/Resource': [{ type: 'aws:cdk:logicalId', data: 'Files' }] };
    const at = (path: string) => ({ Metadata: { 'aws:cdk:path': path } });
    const outer = { Files: kept({ ...bucket('outer-files'), ...at('Shop/Files/Resource') }), Inner: nested };
    const made = deployed({ Shop: { resources: outer, metadata } }, {}, { names: { Inner: 'arn:inner', Files: 'outer-files' } });
    const inner = { Files: kept({ ...bucket('inner-files'), ...at('Shop/Zoo/Files/Resource') }) };
    put(made, { Inner: { resources: inner } }, { id: 'arn:inner', names: { Files: 'inner-files' } });
    const report = await run(inputs({ 'dry-run': 'true', 'delete-data': 'Shop/Files' }), made.world);
    expect(planOf(report).stacks[0]?.resources.map((r) => `${r.path} ${r.action}`)).toEqual(['Shop/Files delete', 'Shop/Zoo/Files orphan']);
  });

  test('with nothing to do is no change', async () => {
    const made = createFakeWorld({ files: toAssemblyFiles('cdk.out', shop) });
    expect(await run(inputs({ 'dry-run': 'true' }), made.world)).toMatchObject({ verdict: 'no-changes', findings: [] });
  });
});

describe('a protected environment', () => {
  test.each<[string, Record<string, string>, string]>([
    ['without a confirmation', {}, 'DS100 The environment prod is protected, and `confirm` is not given.'],
    ['with another name', { confirm: 'staging' }, 'DS100 `confirm` is "staging"; the environment is "prod".'],
    ['with a name in capitals', { confirm: 'Prod' }, 'DS100 `confirm` is "Prod"; the environment is "prod".'],
  ])('stays %s', async (_name, given, message) => {
    const made = deployed(shop, { files: { '.github/spaceport.yml': protect } });
    const report = await run(inputs(given), made.world);
    expect(report).toMatchObject({ verdict: 'blocked', failureReason: 'refused', stacks: [], seconds: 0 });
    expect(made.lines.filter((line) => / deleted/.test(line)).every((line) => line.includes('would be deleted'))).toBe(true);
    expect(made.lines).toContain('🗑️ Api: 1 of 1 resources would be deleted');
    expect(errors(report)).toEqual([message]);
    expect(destroys(made)).toEqual([]);
  });

  test('goes when its name was typed, and the protection of each stack is turned off right before it is deleted', async () => {
    const made = deployed(shop, { files: { '.github/spaceport.yml': protect } }, { terminationProtection: true });
    made.aws.scripts.set('Api', { progress: [], endsIn: 'DELETE_FAILED' });
    const report = await run(inputs({ confirm: 'prod' }), made.world);
    expect(report.findings.filter((f) => f.code === 'DS111')).toHaveLength(5);
    expect(made.aws.destroyOrders.every((o) => o.liftsProtection)).toBe(true);
    // Api failed: what comes after it keeps its protection.
    expect([...made.aws.stacks.values()].map((s) => [s.name, s.terminationProtection])).toEqual([
      ['Net', true],
      ['Db', true],
      ['Cache', true],
      ['Api', false],
    ]);
  });

  test('need not be confirmed for a dry run', async () => {
    const made = deployed(shop, { files: { '.github/spaceport.yml': protect } });
    expect((await run(inputs({ 'dry-run': 'true' }), made.world)).verdict).toBe('ready');
  });
});

test('a stack that somebody protected wants the name of its environment typed, protected or not', async () => {
  const made = deployed({ Shop: {}, Other: {} });
  put(made, { Shop: {} }, { terminationProtection: true });
  const report = await run(inputs(), made.world);
  expect(errors(report)).toEqual(['DS100 These stacks have termination protection, and `confirm` is not given: Shop.']);
  expect((await run(inputs({ confirm: 'prod' }), made.world)).verdict).toBe('destroyed');
});

test('a wrong confirmation stops a run that needs none', async () => {
  const made = deployed();
  expect(errors(await run(inputs({ confirm: 'staging' }), made.world))).toEqual([
    'DS100 `confirm` is "staging"; the environment is "prod".',
  ]);
  expect(destroys(made)).toEqual([]);
});

describe('data', () => {
  const files = 'AWS::S3::Bucket files-prod';

  test.each(['AWS::S3::Bucket', 'Db/Files'])('that %s names is deleted after its stack, with all that it holds', async (named) => {
    const made = deployed();
    made.aws.filled.add(files);
    const report = await run(inputs({ 'delete-data': named }), made.world);
    expect(report).toMatchObject({ verdict: 'destroyed', findings: [] });
    expect(removals(made)).toEqual(['remove:AWS::S3::Bucket files-prod']);
    expect(made.aws.calls.indexOf('us-west-2 remove:AWS::S3::Bucket files-prod')).toBeGreaterThan(
      made.aws.calls.indexOf('us-west-2 destroy Db'),
    );
    expect(report.stacks.find((s) => s.name === 'Db')?.outcome).toEqual({ kind: 'destroyed', deleted: 2, kept: [] });
    expect(planOf(report).stacks.flatMap((s) => s.resources.map((r) => r.action))).not.toContain('orphan');
  });

  test('that a deletion would lose stops the run until it is named', async () => {
    const made = deployed({ Shop: { resources: { Files: bucket('files'), Queue: queue() } } });
    made.aws.filled.add('AWS::S3::Bucket files');
    const refused = await run(inputs(), made.world);
    expect(refused).toMatchObject({ verdict: 'blocked', failureReason: 'refused' });
    expect(errors(refused)).toEqual(['DS102 AWS::S3::Bucket files would be deleted with Shop, and `delete-data` does not name it.']);
    expect(refused.findings[0]?.place.constructPath).toBe('Shop/Files');
    const report = await run(inputs({ 'delete-data': 'Shop/Files' }), made.world);
    expect(report).toMatchObject({ verdict: 'destroyed', findings: [] });
    expect(removals(made)).toEqual(['prepare:AWS::S3::Bucket files']);
  });

  test.each<[string, Record<string, string>, Stacks[string]['resources'], string[]]>([
    [
      'a database keeps a snapshot without a word in its template',
      {},
      { Db: { Type: 'AWS::RDS::DBInstance' } },
      ['DS110 A snapshot of AWS::RDS::DBInstance Shop-Db stays.'],
    ],
    [
      'an instance of a cluster keeps none',
      {},
      { Db: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' } } },
      ['DS102 AWS::RDS::DBInstance Shop-Db would be deleted with Shop, and `delete-data` does not name it.'],
    ],
    [
      'a snapshot is taken whatever is asked',
      { 'delete-data': 'AWS::RDS::DBInstance' },
      { Db: { Type: 'AWS::RDS::DBInstance' } },
      [
        'DS103 CloudFormation takes a snapshot of AWS::RDS::DBInstance Shop-Db whatever is asked; delete the snapshot when you do not want it.',
      ],
    ],
    [
      'a kept user pool can only be deleted by hand',
      { 'delete-data': 'Shop/Users' },
      { Users: kept({ Type: 'AWS::Cognito::UserPool' }) },
      [
        'DS103 AWS::Cognito::UserPool Shop-Users is of a type that can only be deleted by hand, after its stack: aws cloudcontrol delete-resource --region us-west-2 --type-name AWS::Cognito::UserPool --identifier Shop-Users',
      ],
    ],
    [
      'one that is not named stays, with the command that deletes it',
      {},
      { Users: kept({ Type: 'AWS::Cognito::UserPool' }, 'Retain') },
      [
        'DS110 AWS::Cognito::UserPool Shop-Users stays. To delete it: aws cloudcontrol delete-resource --region us-west-2 --type-name AWS::Cognito::UserPool --identifier Shop-Users',
      ],
    ],
    [
      'a user pool that goes with its stack is named like any other',
      { 'delete-data': 'AWS::Cognito::UserPool' },
      { Users: { Type: 'AWS::Cognito::UserPool' } },
      [],
    ],
    [
      'a policy that is no plain text is taken for the worst',
      {},
      { T: kept(dataTable('t'), { 'Fn::If': [] } as never) },
      ['DS102 AWS::DynamoDB::Table t would be deleted with Shop, and `delete-data` does not name it.'],
    ],
    [
      'disks and file systems are data, like whatever else holds what nobody can make again',
      {},
      { Disk: { Type: 'AWS::EC2::Volume' }, Share: { Type: 'AWS::FSx::FileSystem' } },
      [
        'DS102 AWS::EC2::Volume Shop-Disk would be deleted with Shop, and `delete-data` does not name it.',
        'DS102 AWS::FSx::FileSystem Shop-Share would be deleted with Shop, and `delete-data` does not name it.',
      ],
    ],
    ['logs and queues are no data', {}, { Logs: { Type: 'AWS::Logs::LogGroup' }, Queue: queue() }, []],
  ])('%s', async (_name, given, resources, messages) => {
    const made = deployed({ Shop: { resources } });
    expect(told(await run(inputs(given), made.world))).toEqual(messages);
  });

  test.each<[string, string]>([
    ['a path that is none', 'Db/Flies'],
    ['a type that none of them has', 'AWS::EFS::FileSystem'],
  ])('%s in delete-data stops the run', async (_name, named) => {
    const made = deployed();
    const report = await run(inputs({ 'delete-data': `Db/Files\n${named}` }), made.world);
    expect(report).toMatchObject({ verdict: 'blocked', failureReason: 'input' });
    expect(errors(report)).toEqual([`RT014 \`delete-data: ${named}\` is no type and no construct path of the chosen stacks.`]);
    expect(destroys(made)).toEqual([]);
  });

  test('that was kept is deleted by a later run that names it', async () => {
    const made = deployed();
    await run(inputs(), made.world);
    const report = await run(inputs({ 'delete-data': 'AWS::S3::Bucket' }), made.world);
    expect(kinds(report)).toMatchObject({ Db: 'destroyed', Net: 'unchanged' });
    expect(report).toMatchObject({ verdict: 'destroyed', findings: [] });
    expect(removals(made)).toEqual(['remove:AWS::S3::Bucket files-prod']);
    expect(destroys(made)).toHaveLength(5);
  });

  test('that the stack never had is not touched, whatever is named', async () => {
    const made = deployed();
    put(made, { Db: { resources: { Queue: queue() } } });
    made.aws.things.set(files, { kind: 'present', active: true });
    const report = await run(inputs({ 'delete-data': 'AWS::S3::Bucket' }), made.world);
    expect(told(report)).toEqual(['DS112 None of the stacks in AWS has AWS::S3::Bucket, nor left any behind.']);
    expect(removals(made)).toEqual([]);
  });

  test('with a name that says something to a shell is one word of the command that deletes it', async () => {
    const names = { names: { Seed: "it's; $(it)" } };
    const made = deployed({ Shop: { resources: { Seed: kept({ Type: 'Custom::Seed' }) } } }, {}, names);
    const [line] = told(await run(inputs({ 'dry-run': 'true' }), made.world));
    expect(line).toMatch(/ --region us-west-2 --type-name Custom::Seed --identifier 'it'\\''s; \$\(it\)'$/);
  });

  test('that a stack of another environment left behind under the same name is not touched', async () => {
    const made = deployed({ Shop: { resources: { Files: kept(bucket('files')) } } }, {}, { tags: { environment: 'prod' } });
    await run(inputs(), made.world);
    const { stack } = [...made.aws.deleted.values()][0] ?? {};
    Object.assign(stack ?? {}, { tags: { environment: 'staging' } });
    expect((await run(inputs({ 'delete-data': 'AWS::DynamoDB::Table' }), made.world)).findings.map((f) => f.code)).not.toContain('DS101');
    const report = await run(inputs({ 'delete-data': 'Shop/Files' }), made.world);
    expect(errors(report)).toEqual(['DS101 Shop belongs to the environment staging, not to prod.']);
    expect(removals(made)).toEqual([]);
  });

  test('that another stack took over in the meantime is left alone', async () => {
    const made = deployed();
    await run(inputs(), made.world);
    put(made, { Legacy: { resources: { Files: bucket('files-prod') } } });
    const report = await run(inputs({ 'delete-data': 'AWS::S3::Bucket' }), made.world);
    expect(told(report)).toEqual(['DS151 AWS::S3::Bucket files-prod belongs to the stack Legacy by now, so it is left alone.']);
    expect(report.stacks.find((s) => s.name === 'Db')?.outcome).toMatchObject({ kept: [files] });
    expect(removals(made)).toEqual([]);
  });

  test.each<[string, (made: FakeWorld) => void, string]>([
    [
      'cannot be deleted',
      ({ aws }) => aws.denied.add('remove:AWS::S3::Bucket'),
      'needs the permission remove:AWS::S3::Bucket on files-prod',
    ],
    [
      'may belong to somebody',
      ({ aws }) => aws.denied.add('cloudformation:DescribeStackResources'),
      'who owns it now cannot be read: needs the permission cloudformation:DescribeStackResources on files-prod',
    ],
    [
      'is still there afterwards',
      ({ aws }) => Object.assign(aws.things, { delete: () => true }),
      'AWS::S3::Bucket files-prod is still there',
    ],
  ])('that %s is told, and the next run tries again', async (_name, disturb, message) => {
    const made = deployed();
    disturb(made);
    const report = await run(inputs({ 'delete-data': 'AWS::S3::Bucket' }), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'data' });
    expect(errors(report)).toEqual([expect.stringMatching(/^DS150 AWS::S3::Bucket files-prod/)]);
    expect(errors(report)[0]).toContain(message);
    expect(report.stacks.find((s) => s.name === 'Db')?.outcome).toMatchObject({ kind: 'destroyed', kept: [files] });
    made.aws.denied.clear();
    Object.assign(made.aws.things, { delete: Map.prototype.delete });
    expect(await run(inputs({ 'delete-data': 'AWS::S3::Bucket' }), made.world)).toMatchObject({ verdict: 'destroyed', findings: [] });
  });

  test('that cannot be emptied keeps its stack', async () => {
    const made = deployed({ Shop: { resources: { Files: bucket('files') } } });
    made.aws.denied.add('prepare:AWS::S3::Bucket');
    const report = await run(inputs({ 'delete-data': 'Shop/Files' }), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'data', stacks: [{ outcome: { kind: 'failed' } }] });
    expect(errors(report)).toEqual(['DS150 AWS::S3::Bucket files: needs the permission prepare:AWS::S3::Bucket on files.']);
    expect(destroys(made)).toEqual([]);
  });

  test('of which nobody can say whether its stack left it behind is not deleted', async () => {
    const made = deployed({ Shop: { resources: { Files: kept(bucket('files')) } } });
    made.aws.scripts.set('Shop', { atEnd: () => made.aws.denied.add('cloudformation:ListStackResources') });
    const report = await run(inputs({ 'delete-data': 'Shop/Files' }), made.world);
    expect(errors(report)).toEqual([
      expect.stringMatching(/^DS150 What Shop left behind: needs the permission cloudformation:ListStackResources/),
    ]);
    expect(removals(made)).toEqual([]);
  });
});

describe('what is outside of the selection', () => {
  test('stops the run when it needs a stack inside, by name', async () => {
    const made = deployed();
    const report = await run(inputs({ stacks: 'Net' }), made.world);
    expect(report).toMatchObject({ verdict: 'blocked', failureReason: 'refused' });
    expect(errors(report)).toEqual([
      'DS104 Cache needs Net and is not among the chosen stacks.',
      'DS104 Db needs Net and is not among the chosen stacks.',
    ]);
    expect(destroys(made)).toEqual([]);
  });

  test('does not count when it is not there', async () => {
    const made = createFakeWorld({ files: toAssemblyFiles('cdk.out', shop) });
    put(made, { Net: shop['Net'] ?? {} });
    expect((await run(inputs({ stacks: 'Net' }), made.world)).verdict).toBe('destroyed');
  });

  test('counts as there when it cannot be read', async () => {
    const made = createFakeWorld({ files: toAssemblyFiles('cdk.out', { Net: {}, Db: { dependencies: ['Net'], region: 'us-east-1' } }) });
    const connect = made.world.connect;
    const world = {
      ...made.world,
      connect: (to: Parameters<typeof connect>[0]) => {
        const cloud = connect(to);
        if (to.region === 'us-east-1') made.aws.denied.add('cloudformation:DescribeStacks');
        return cloud;
      },
    };
    await expect(run(inputs({ stacks: 'Net' }), world).then(errors)).resolves.toEqual([
      'DS104 Db needs Net and is not among the chosen stacks.',
    ]);
  });

  test('comes along when that is asked for, and nothing that is not needed', async () => {
    const made = deployed();
    const report = await run(inputs({ stacks: 'Cache', 'include-dependencies': 'true' }), made.world);
    expect(destroys(made)).toEqual(['Api', 'Cache']);
    expect(report.verdict).toBe('destroyed');
    expect(made.aws.stacks.size).toBe(3);
  });

  test('stops the run when it imports an export of a stack inside, whatever app it is of', async () => {
    const made = deployed();
    put(made, { Foreign: { resources: { Queue: user() } } });
    const report = await run(inputs(), made.world);
    expect(errors(report)).toEqual(['DS104 Foreign imports net-vpc of Net and is not among the chosen stacks.']);
    expect(destroys(made)).toEqual([]);
  });

  test('of another region does not import it', async () => {
    const made = deployed();
    put(made, { Foreign: { region: 'us-east-1', resources: { Queue: user() } } });
    expect((await run(inputs(), made.world)).verdict).toBe('destroyed');
  });

  test('may be unreadable: that is told, and CloudFormation itself refuses what is imported', async () => {
    const made = deployed();
    made.aws.denied.add('cloudformation:ListImports');
    put(made, { Foreign: { resources: { Queue: user() } } });
    const report = await run(inputs(), made.world);
    expect(told(report)).toEqual([
      'DS122 Net: Export net-vpc cannot be deleted as it is in use by somebody',
      'PF001 importers of net-vpc: needs the permission cloudformation:ListImports on net-vpc.',
      expect.stringMatching(/^DS110/),
    ]);
    expect(kinds(report)).toMatchObject({ Net: 'failed', Db: 'destroyed' });
  });

  test('may not be unreadable where data would be emptied before CloudFormation refuses', async () => {
    const made = deployed();
    made.aws.denied.add('cloudformation:ListImports');
    put(made, { Net: { resources: { Box: bucket('box-prod') }, outputs: { Vpc: { Value: 'vpc-1', Export: { Name: 'net-vpc' } } } } });
    const report = await run(inputs({ 'delete-data': 'AWS::S3::Bucket' }), made.world);
    expect(told(report)).toContain('DS105 importers of net-vpc: needs the permission cloudformation:ListImports on net-vpc.');
    expect(report.verdict).toBe('blocked');
    expect(made.aws.destroyOrders).toEqual([]);
  });

  test('inside, an import orders the stacks even where the assembly does not know of it any more', async () => {
    const made = deployed({ Net: shop['Net'] ?? {}, App: {} });
    put(made, { App: { resources: { Queue: user() } } });
    await run(inputs(), made.world);
    expect(destroys(made)).toEqual(['App', 'Net']);
  });
});

describe('nothing is deleted', () => {
  test('of another environment', async () => {
    const made = deployed({ Shop: { tags: { environment: 'production' } }, Other: {} });
    put(made, { Other: {} }, { tags: { environment: 'staging' } });
    put(made, { Shop: {} }, { tags: { environment: 'production' } });
    const report = await run(inputs(), made.world);
    expect(errors(report)).toEqual(['DS101 Other belongs to the environment staging, not to prod.']);
    expect(destroys(made)).toEqual([]);
    put(made, { Other: {} }, { tags: { environment: 'prod' } });
    expect((await run(inputs(), made.world)).verdict).toBe('destroyed');
  });

  test.each<[string, string, SampleStack]>([
    [
      'of another account',
      'PF161 Shop is in account 222222222222 and names no role to delete it with; the credentials belong to 111111111111.',
      { account: '222222222222' },
    ],
    [
      'of a region that is not of the environment',
      'PF160 Shop is in eu-west-1; the environment prod has us-west-2.',
      { region: 'eu-west-1' },
    ],
  ])('%s', async (_name, message, stack) => {
    const config = 'environments:\n  prod: { branches: [main], regions: [us-west-2] }\n';
    const made = deployed({ Shop: stack, Fine: { region: 'us-west-2', account } }, { files: { '.github/spaceport.yml': config } });
    await expect(run(inputs(), made.world)).rejects.toThrow(message);
    expect((await run(inputs({ stacks: 'Fine' }), made.world)).verdict).toBe('destroyed');
  });

  test.each(['UPDATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'])(
    'while something else changes a stack: %s',
    async (status) => {
      const made = deployed({ Shop: {}, Other: {} });
      put(made, { Shop: {} }, { status });
      const report = await run(inputs(), made.world);
      expect(report).toMatchObject({ verdict: 'blocked', failureReason: 'preflight' });
      expect(errors(report)).toEqual([`PF111 Shop is in ${status}.`]);
      expect(destroys(made)).toEqual([]);
    },
  );

  test.each(['DELETE_IN_PROGRESS', 'DELETE_FAILED', 'REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED'])(
    'for the state of a stack, when that is %s: it goes',
    async (status) => {
      const made = deployed({ Shop: {} }, {}, { status });
      expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'destroyed', findings: [] });
    },
  );

  test.each(['DescribeStacks', 'GetTemplate', 'ListStackResources'])('where %s is denied: nobody knows what would go', async (call) => {
    const made = deployed({ Shop: {} });
    made.aws.denied.add(`cloudformation:${call}`);
    await expect(run(inputs(), made.world)).rejects.toThrow(
      new RegExp(`^DS105 Shop: needs the permission cloudformation:${call} on .*\\.$`),
    );
    expect(destroys(made)).toEqual([]);
  });

  test('when a warning is not to be let pass', async () => {
    const made = deployed();
    made.aws.denied.add('cloudformation:ListImports');
    expect(await run(inputs({ 'fail-on': 'warning' }), made.world)).toMatchObject({ verdict: 'blocked', failureReason: 'preflight' });
    expect(destroys(made)).toEqual([]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['that the selection does not name', { stacks: 'Nope*' }, 'RT055 `Nope*` matches none of the stacks'],
    ['where context is given and no app', { context: 'a=b' }, 'RT014 `context` is for apps'],
    ['of an assembly that is not there', { 'cdk-out': 'nowhere' }, 'RT050 There is no manifest.json'],
    ['of an environment that is unknown', { environment: 'prd' }, 'RT032'],
    ['of a system that is unknown', { 'cdk-out': '', system: 'nope' }, 'RT053'],
  ])('%s', async (_name, given, message) => {
    const made = deployed();
    await expect(run(inputs(given), made.world)).rejects.toThrow(message);
    expect(destroys(made)).toEqual([]);
  });
});

describe('a stack that fails', () => {
  const stuck = (reason: string, type = 'AWS::EC2::SecurityGroup') => ({
    progress: [
      { logicalId: 'Other', type, status: 'DELETE_FAILED', reason: 'Resource deletion cancelled' },
      { logicalId: 'Vpc', type, status: 'DELETE_FAILED', reason },
    ],
    endsIn: 'DELETE_FAILED',
  });

  test.each<[string, string, string]>([
    ['a bucket that is not empty', 'The bucket you tried to delete is not empty', 'DS121'],
    ['a repository with images', "The repository with name 'a' cannot be deleted because it still contains images", 'DS121'],
    ['a network interface', 'resource sg-1 has a dependent object (Service: Ec2, Status Code: 400)', 'DS123'],
    ['deletion protection', 'Resource cannot be deleted as it is currently protected against deletion.', 'DS124'],
    ['a role that is gone', 'Role arn:aws:iam::111111111111:role/cdk-exec is invalid or cannot be assumed', 'DS126'],
    ['anything else', 'Access Denied', 'DS120'],
  ])('because of %s has the remedy of that', async (_name, reason, code) => {
    const made = deployed({ Net: { resources: { Vpc: { Type: 'AWS::EC2::VPC' } } } });
    made.aws.scripts.set('Net', stuck(reason));
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'stack-failed' });
    expect(told(report)).toEqual([`${code} Net: Vpc (AWS::EC2::SecurityGroup): ${reason}`]);
    expect(report.findings[0]?.place.constructPath).toBe('Net/Vpc');
  });

  test('keeps what it needs; the others go, and the next run finishes the work', async () => {
    const made = deployed();
    made.aws.scripts.set('Cache', stuck('Access Denied'));
    const report = await run(inputs(), made.world);
    expect(kinds(report)).toEqual({ Api: 'destroyed', Audit: 'destroyed', Cache: 'failed', Db: 'destroyed', Net: 'not-started' });
    expect(errors(report)).toEqual(['DS120 Cache: Vpc (AWS::EC2::SecurityGroup): Access Denied', 'DS125 Net: it is needed by Cache.']);
    expect(toOutputs(report)).toMatchObject({ verdict: 'failed', failed: '["Cache","Net"]', destroyed: '["Api","Audit","Db"]' });
    made.aws.scripts.clear();
    const again = await run(inputs(), made.world);
    expect(kinds(again)).toEqual({ Api: 'unchanged', Audit: 'unchanged', Cache: 'destroyed', Db: 'unchanged', Net: 'destroyed' });
    expect(again.verdict).toBe('destroyed');
  });

  test.each<[string, (made: FakeWorld) => void, string, string]>([
    [
      'in the words of the refusal, where CloudFormation did not begin',
      ({ aws }) => aws.scripts.set('Shop', { endsIn: 'CREATE_COMPLETE', error: 'User is not authorized' }),
      'DS120 Shop: User is not authorized',
      'stack-failed',
    ],
    [
      'by its state, where there are no words',
      ({ aws }) => aws.scripts.set('Shop', { endsIn: 'DELETE_FAILED' }),
      'DS120 Shop: the stack is in DELETE_FAILED',
      'stack-failed',
    ],
    [
      'as still going, where it is',
      ({ aws }) => aws.scripts.set('Shop', { endsIn: 'DELETE_IN_PROGRESS' }),
      'DS140 Shop is in DELETE_IN_PROGRESS.',
      'still-running',
    ],
    [
      'as perhaps still going, where what became of it cannot be read',
      ({ aws }) => aws.scripts.set('Shop', { atEnd: () => aws.denied.add('cloudformation:DescribeStacks') }),
      'DS140 Shop is in a state that cannot be read: needs the permission cloudformation:DescribeStacks on arn:aws:cloudformation:us-west-2:111111111111:stack/Shop/1.',
      'still-running',
    ],
  ])('is told %s', async (_name, disturb, message, reason) => {
    const made = deployed({ Shop: {} });
    disturb(made);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: reason });
    expect(told(report)).toEqual([message]);
  });
});

describe('a run that is cancelled', () => {
  test('starts nothing more, and names what is still going in AWS', async () => {
    const made = deployed();
    made.aws.scripts.set('Db', { hangs: true });
    made.clock.at(1_500, made.cancel);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'cancelled' });
    expect(kinds(report)).toEqual({
      Api: 'destroyed',
      Audit: 'destroyed',
      Cache: 'still-running',
      Db: 'still-running',
      Net: 'not-started',
    });
    expect(errors(report)).toEqual([
      'DS125 Net: the run was cancelled.',
      'DS140 Cache is in DELETE_IN_PROGRESS.',
      'DS140 Db is in DELETE_IN_PROGRESS.',
      'RT002 Still running in AWS: Cache, Db. Not started: Net.',
    ]);
  });

  test('does not wait for an answer for long', async () => {
    const made = deployed({ Shop: {} });
    made.aws.scripts.set('Shop', { hangs: true });
    made.clock.at(500, () => (made.aws.silent.add('cloudformation:DescribeStacks'), made.cancel()));
    const report = await run(inputs(), made.world);
    expect(told(report)).toContain('DS140 Shop is in a state that cannot be read.');
    expect(report.seconds).toBe(2.5);
  });

  test('before it began says that nothing was deleted', async () => {
    const made = deployed();
    made.cancel();
    expect(errors(await run(inputs(), made.world))).toEqual(['RT002 Nothing was deleted.']);
    expect(destroys(made)).toEqual([]);
  });
});

test('a bundled system is destroyed without a decision on its data: what it only refers to is not its own', async () => {
  const system: SampleSystem = {
    name: 'shop',
    environments: { prod: { branches: ['main'] } },
    data: () => [{ id: 'uploads', type: 'AWS::S3::Bucket', stack: 'Shop', preferred: 'uploads-prod', fallback: 'uploads' }],
    stackNames: () => ['Shop'],
    stacks: () => ({ Shop: { resources: { Uploads: kept(bucket('uploads-prod')) } } }),
  };
  const made = createFakeWorld({ system });
  made.aws.things.set('AWS::S3::Bucket uploads-prod', { kind: 'present', active: true });
  put(made, { Shop: { resources: { Queue: queue() } } });
  const report = await run(parseInputs(table, { system: 'shop', 'delete-data': 'AWS::S3::Bucket' }).values, made.world);
  expect(report).toMatchObject({ verdict: 'destroyed', decisions: [] });
  expect(told(report)).toEqual(['DS112 None of the stacks in AWS has AWS::S3::Bucket, nor left any behind.']);
  expect(made.synths.map((s) => s.decisions)).toEqual([[]]);
});

describe('a pull request', () => {
  const options = { event: { name: 'pull_request_target', branch: 'main', isPullRequest: true } } as const;

  test('deletes nothing of its base branch, but may see what would go', async () => {
    const made = deployed(shop, options);
    await expect(run(inputs(), made.world)).rejects.toMatchObject({ findings: [{ code: 'RT034' }] });
    expect(made.aws.calls).toEqual([]);
    expect(await run(inputs({ 'dry-run': 'true' }), made.world)).toMatchObject({ verdict: 'ready', environment: 'prod' });
  });

  test('deletes an environment that is named, such as one for previews', async () => {
    const made = deployed(shop, options);
    expect(await run(inputs({ environment: 'staging' }), made.world)).toMatchObject({ verdict: 'destroyed', environment: 'staging' });
  });
});

test('a stack that is left out stays, although it needs one that is chosen, and stops the run by that', async () => {
  const made = deployed();
  const left = await run(inputs({ stacks: 'Db\n!Api', 'include-dependencies': 'true' }), made.world);
  expect(errors(left)).toEqual([expect.stringMatching(/^DS104 .*Api/)]);
  expect(kinds(await run(inputs({ stacks: '!Net\n!Cache\n!Api\n!Db' }), made.world))).toEqual({ Audit: 'destroyed' });
});

test('a region that none of the stacks goes to is refused', async () => {
  const made = deployed({ Shop: { resources: { Queue: queue() }, region: 'us-west-2' } });
  await expect(run(inputs({ region: 'eu-west-1' }), made.world)).rejects.toMatchObject({ findings: [{ code: 'RT014' }] });
  expect(destroys(made)).toEqual([]);
});
