import { describe, expect, test } from '@jest/globals';
import { parseInputs } from '../../../engine/src/inputs.ts';
import type { ResourceDrift } from '../../../engine/src/drift.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import { queue, readSampleStack, toAssemblyFiles, type SampleStack } from '../../../test/fakes/assembly.ts';
import { createFakeWorld, type FakeWorld, type FakeWorldOptions } from '../../../test/fakes/world.ts';
import { table, toOutputs } from './inputs.ts';
import { run } from './run.ts';

/* The depth drift: what CloudFormation finds to be otherwise than its templates, in answers of the shapes that AWS documents. */
const metadata = { '/Shop/Orders/Resource': [{ type: 'aws:cdk:logicalId', data: 'Orders' }] };
const shop: Readonly<Record<string, SampleStack>> = {
  Shop: { resources: { Orders: queue(), Jobs: queue() }, metadata },
  Site: { resources: { Queue: queue() }, dependencies: ['Shop'] },
};
const drifted = (more: Partial<ResourceDrift> = {}): ResourceDrift => ({
  logicalId: 'Orders',
  type: 'AWS::SQS::Queue',
  physicalId: 'orders',
  status: 'MODIFIED',
  differences: [{ path: '/DelaySeconds', expected: '0', actual: '5' }],
  ...more,
});

const inputs = (more: Record<string, string> = {}) => parseInputs(table, { 'cdk-out': 'cdk.out', depth: 'drift', ...more }).values;
const told = (report: Report): string[] => report.findings.map((f) => `${f.code} ${f.message}`);

function withShop(options: FakeWorldOptions = {}): FakeWorld {
  const made = createFakeWorld({ ...options, files: { ...toAssemblyFiles('cdk.out', shop), ...options.files } });
  for (const [id, sample] of Object.entries(shop)) made.aws.put(readSampleStack(sample, id));
  return made;
}

describe('the depth drift', () => {
  test('says of stacks that are as they should be that nothing drifted, and asks for nothing else', async () => {
    const made = withShop();
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'no-changes', depth: 'drift', findings: [] });
    expect(toOutputs(report)).toMatchObject({ verdict: 'no-changes', warnings: '0' });
    expect(new Set(made.aws.calls.map((c) => c.split(' ')[1]))).toEqual(
      new Set([
        'cloudformation:DescribeStackDriftDetectionStatus',
        'cloudformation:DescribeStackResourceDrifts',
        'cloudformation:DescribeStacks',
        'cloudformation:DetectStackDrift',
        'sts:GetCallerIdentity',
      ]),
    );
  });

  test('says nothing of stacks that a cancelled run did not come to compare', async () => {
    const made = withShop();
    made.aws.drifted.set('Site', { found: [], polls: 99 });
    made.clock.at(10_000, made.cancel);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'cancelled' });
    expect(told(report)).toContain('RT002 1 of 2 stacks were compared.');
  });

  test('tells each resource that drifted, with its place, and waits for comparisons side by side', async () => {
    const made = withShop();
    const gone = drifted({ logicalId: 'Jobs', physicalId: 'jobs', status: 'DELETED', differences: [] });
    made.aws.drifted.set('Shop', { found: [drifted(), gone], polls: 3 });
    made.aws.drifted.set('Site', { found: [], polls: 4 });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'drifted' });
    expect(told(report)).toEqual([
      'PF206 The AWS::SQS::Queue Orders (orders) of Shop differs from its template: /DelaySeconds should be 0 and is 5.',
      'PF207 The AWS::SQS::Queue Jobs (jobs) of Shop is not there any more.',
    ]);
    expect(report.findings[0]?.place).toMatchObject({ stack: 'Shop', constructPath: 'Shop/Orders' });
    expect(made.clock.now() - Date.parse('2026-11-21T10:00:00Z')).toBe(20_000);
  });

  test.each<[string, ResourceDrift['differences'][number], string, string]>([
    [
      'the value of a property with the name of a secret',
      { path: '/MasterUserPassword', expected: 'hunter1', actual: 'hunter2' },
      '****',
      'hunter',
    ],
    [
      'a secret in a list of variables',
      { path: '/Environment/Variables', expected: '{"A":"1","DB_PASSWORD":"hunter1"}', actual: '{"A":"2","DB_PASSWORD":"hunter2"}' },
      '"A":"2"',
      'hunter',
    ],
    ['a key by its shape', { path: '/UserData', expected: '', actual: 'key AKIAABCDEFGHIJKLMNOP' }, '***', 'AKIAABCDEFGHIJKLMNOP'],
    ['a value that was added', { path: '/Tags/0', expected: '', actual: '{"Key":"a"}' }, 'and not in the template', 'should be'],
    ['a value that was removed', { path: '/Tags/0', expected: '{"Key":"a"}', actual: '' }, 'and is not there', 'and not in'],
  ])('tells of a difference no more than it may: %s', async (_name, difference, shown, kept) => {
    const made = withShop();
    made.aws.drifted.set('Shop', { found: [drifted({ differences: [difference] })] });
    const [message] = told(await run(inputs(), made.world));
    expect(message).toContain(shown);
    expect(message).not.toContain(kept);
  });

  test.each<[string, string, string]>([
    ['what comes from a parameter without echo', '/Environment/Variables/DB_URL', 'postgres://app:hunter2@db'],
    ['what comes from a secret', '/Environment/Variables/DSN', 'hunter2'],
    ['what is beside the name of a secret', '/ContainerDefinitions/0/Environment/0/Value', 'hunter2'],
    ['a list of names and values', '/ContainerDefinitions/0/Environment', '[{"Name":"DB_PASSWORD","Value":"hunter2"}]'],
    ['a pair that was added', '/ContainerDefinitions/0/Environment/7', '{"Name":"DB_PASSWORD","Value":"hunter2"}'],
  ])('does not tell the value of %s', async (_name, path, actual) => {
    const Properties = {
      Environment: { Variables: { DB_URL: { Ref: 'Db' }, DSN: '{{resolve:secretsmanager:db}}', LEVEL: 'info' } },
      ContainerDefinitions: [{ Environment: [{ Name: 'DB_PASSWORD', Value: 'plain' }] }],
    };
    const sample = {
      resources: { Orders: { Type: 'AWS::Lambda::Function', Properties } },
      more: { Parameters: { Db: { Type: 'String', NoEcho: true } } },
    };
    const made = createFakeWorld({ files: toAssemblyFiles('cdk.out', { Shop: sample }) });
    made.aws.put(readSampleStack(sample, 'Shop'));
    const level = { path: '/Environment/Variables/LEVEL', expected: 'info', actual: 'debug' };
    made.aws.drifted.set('Shop', { found: [drifted({ differences: [level, { path, expected: 'hunter1', actual }] })] });
    const [message] = told(await run(inputs(), made.world));
    expect(message).toContain('/Environment/Variables/LEVEL should be info and is debug');
    expect(message).toContain('****');
    expect(message).not.toContain('hunter2');
  });

  test('lets stand what the config suppresses, and says when a suppression is not needed', async () => {
    const suppress = [
      { code: 'PF206', where: 'Shop/Orders', reason: 'scaled by hand', until: '2026-12-31' },
      { code: 'PF207', where: 'Site/Queue', reason: 'old', until: '2026-12-31' },
      { code: 'PF130', where: 'Site/Queue', reason: 'of another depth', until: '2026-12-31' },
    ];
    const made = withShop({ files: { '.github/spaceport.yml': JSON.stringify({ suppress }) } });
    made.aws.drifted.set('Shop', { found: [drifted()] });
    const report = await run(inputs(), made.world);
    expect(report.verdict).toBe('no-changes');
    expect(report.findings.map((f) => f.code)).toEqual(['PF002', 'PF005']);
    expect((await run(inputs({ depth: 'read' }), made.world)).findings.map((f) => f.code)).not.toContain('PF206');
  });

  test('says of stacks that cannot be compared that nobody knows', async () => {
    const made = withShop();
    made.aws.put(readSampleStack(shop['Shop'] as SampleStack), { status: 'UPDATE_IN_PROGRESS' });
    made.aws.drifted.set('Site', { found: [], partly: 'Failed to detect drift on resources [Queue]' });
    expect(told(await run(inputs(), made.world))).toEqual([
      'PF001 drift of Shop: cloudformation:DetectStackDrift was refused (the stack is in UPDATE_IN_PROGRESS).',
      'PF001 drift of Site: cloudformation:DetectStackDrift was refused (Failed to detect drift on resources [Queue]).',
    ]);
    made.aws.denied.add('cloudformation:DetectStackDrift');
    expect(told(await run(inputs({ stacks: 'Site' }), made.world))[1]).toBe(
      'PF001 drift of Site: needs the permission cloudformation:DetectStackDrift on Site.',
    );
  });

  test('has nothing to say of a stack that is not there', async () => {
    const made = withShop();
    made.aws.stacks.delete('us-west-2 Site');
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'no-changes', findings: [] });
    expect(made.lines).toContain('   Site: it is not there');
  });

  test('gives a comparison up that does not end', async () => {
    const made = withShop();
    made.aws.drifted.set('Shop', { found: [], polls: 1_000 });
    expect(told(await run(inputs({ stacks: 'Shop' }), made.world))[0]).toContain('the comparison did not come to its end in time');
  });
});
