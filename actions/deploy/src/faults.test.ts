import { describe, expect, test } from '@jest/globals';
import { parseInputs } from '../../../engine/src/inputs.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import { queue, readSampleStack, table as namedTable, toAssemblyFiles, type SampleStack } from '../../../test/fakes/assembly.ts';
import { createFakeWorld, type FakeWorld } from '../../../test/fakes/world.ts';
import { table, toOutputs } from './inputs.ts';
import { run } from './run.ts';

type Stacks = Readonly<Record<string, SampleStack>>;

const inputs = parseInputs(table, { 'cdk-out': 'cdk.out' }).values;
const withStacks = (stacks: Stacks): FakeWorld => createFakeWorld({ files: toAssemblyFiles('cdk.out', stacks) });
const told = (report: Report): string[] => report.findings.map((f) => `${f.code} ${f.message}`);
const kinds = (report: Report): Record<string, string> => Object.fromEntries(report.stacks.map((s) => [s.name, s.outcome.kind]));

/** Net exports what Api imports; Audit needs nothing. */
const shop: Stacks = {
  Net: { resources: { Queue: queue() }, outputs: { Vpc: { Value: 'vpc-1', Export: { Name: 'net-vpc' } } } },
  Api: {
    dependencies: ['Net'],
    resources: { Rule: { Type: 'AWS::SSM::Parameter', Properties: { Value: { 'Fn::ImportValue': 'net-vpc' } } } },
  },
  Audit: { resources: { Queue: queue() } },
};

describe('what goes wrong while a deployment runs', () => {
  test('a stack that vanishes right after it was deployed is no success, and stops what needs it', async () => {
    const made = withStacks(shop);
    made.aws.scripts.set('Net', { atEnd: () => made.aws.stacks.delete('us-west-2 Net') });
    const report = await run(inputs, made.world);
    expect(kinds(report)).toEqual({ Audit: 'deployed', Net: 'failed', Api: 'not-started' });
    expect(told(report)).toContain('DP121 Net: the stack is in no state: it is not there');
  });

  test('a stack that vanished since the look is created', async () => {
    const made = withStacks(shop);
    made.aws.put(readSampleStack({ resources: { Queue: queue(9) } }, 'Audit'));
    made.aws.scripts.set('Net', { atEnd: () => made.aws.stacks.delete('us-west-2 Audit') });
    made.aws.scripts.set('Audit', { ms: 5_000 });
    expect(await run(inputs, made.world)).toMatchObject({ verdict: 'deployed' });
  });

  test('a stuck stack that vanished since the look is created', async () => {
    const made = withStacks({ A: {}, Shop: { dependencies: ['A'] } });
    made.aws.put(readSampleStack({}, 'Shop'), { status: 'CREATE_FAILED' });
    made.aws.scripts.set('A', { atEnd: () => made.aws.stacks.delete('us-west-2 Shop') });
    expect(await run(inputs, made.world)).toMatchObject({ verdict: 'deployed' });
    expect(made.aws.destroyOrders).toEqual([]);
  });

  test.each([
    ['ROLLBACK_FAILED', /it would lose what holds data: /],
    ['UPDATE_IN_PROGRESS', /something else is changing it/],
  ])('a stack that somebody else brought to %s since the look is left to them', async (status, why) => {
    const files = { Orders: namedTable('orders') };
    const made = withStacks({ A: {}, Shop: { dependencies: ['A'], resources: files } });
    made.aws.scripts.set('A', {
      atEnd: () => {
        made.aws.put(readSampleStack({ resources: files }, 'Shop'), { status });
      },
    });
    const report = await run(inputs, made.world);
    expect(kinds(report)['A']).toBe('deployed');
    expect(kinds(report)['Shop']).not.toBe('deployed');
    expect(told(report).join() + made.lines.join()).toMatch(why);
    expect([made.aws.destroyOrders, made.aws.deployOrders.map((o) => o.stack.name)]).toEqual([[], ['A']]);
  });

  test('an export that another run removed is told in the words of CloudFormation, and the rest finishes', async () => {
    const made = withStacks(shop);
    made.aws.scripts.set('Api', { endsIn: 'REVIEW_IN_PROGRESS', error: 'No export named net-vpc found. Rollback requested by user.' });
    const report = await run(inputs, made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'stack-failed' });
    expect(kinds(report)).toEqual({ Audit: 'deployed', Net: 'deployed', Api: 'failed' });
    expect(told(report)).toEqual([
      'DP121 Api: No export named net-vpc found. Rollback requested by user. (PF132: Import of an export that nobody provides)',
    ]);
  });

  test.each([
    ['whose bucket for assets is gone', 'Uploading assets failed: The specified bucket does not exist'],
    ['whose change set fails', 'Failed to create ChangeSet spaceport-42-1: FAILED, Template error'],
  ])('a stack %s fails with that, and is as it was', async (_name, error) => {
    const made = withStacks({ Shop: { resources: { Queue: queue(9) } } });
    made.aws.put(readSampleStack({ resources: { Queue: queue() } }, 'Shop'));
    made.aws.scripts.set('Shop', { endsIn: 'CREATE_COMPLETE', error });
    const report = await run(inputs, made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'stack-failed' });
    expect(told(report)).toEqual([`DP121 Shop: ${error}`]);
  });

  test('a change set that hangs ends with the time of the run, and nothing of it is said to run in AWS', async () => {
    const made = withStacks({ Shop: { resources: { Queue: queue(9) } } });
    made.aws.scripts.set('Shop', { hangs: true });
    made.clock.at(500, () => made.aws.put(readSampleStack({}, 'Shop'), { status: 'REVIEW_IN_PROGRESS' }));
    const report = await run(inputs, made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'timeout', seconds: 7_200 });
    expect(told(report)).toEqual([
      'DP122 Shop: the time of the run was over; it is in REVIEW_IN_PROGRESS.',
      'DP141 Nothing is running in AWS. Not started: Shop.',
    ]);
  });

  test('credentials that end in the middle leave what runs as still running, and start nothing that depends on it', async () => {
    const made = withStacks(shop);
    const error = 'The security token included in the request is expired';
    made.aws.scripts.set('Net', {
      error,
      endsIn: 'CREATE_IN_PROGRESS',
      atEnd: () => made.aws.failing.set('cloudformation:DescribeStacks', 'expired'),
    });
    const report = await run(inputs, made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'still-running' });
    expect(kinds(report)).toEqual({ Audit: 'deployed', Net: 'still-running', Api: 'not-started' });
    expect(told(report)).toEqual([
      'DP122 Api: it needs Net.',
      'DP140 Net is in a state that cannot be read: cloudformation:DescribeStacks was asked after the session had expired.',
    ]);
  });

  test('a disk that is full at the end costs the file of the outputs, and nothing of the report', async () => {
    const made = withStacks(shop);
    made.aws.scripts.set('Api', { atEnd: made.fillDisk });
    const report = await run(inputs, made.world);
    expect(report).toMatchObject({ verdict: 'deployed', failureReason: 'input' });
    expect(told(report)).toEqual(['RT060 /temp/spaceport-outputs-prod.json: ENOSPC: no space left on device']);
    expect(JSON.parse(toOutputs(report).outputs)).toMatchObject({ Net: { Vpc: 'vpc-1' } });
  });
});
