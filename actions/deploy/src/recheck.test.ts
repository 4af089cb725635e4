import { describe, expect, test } from '@jest/globals';
import { parseInputs } from '../../../engine/src/inputs.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import { queue, readSampleStack, table as items, toAssemblyFiles, type SampleStack } from '../../../test/fakes/assembly.ts';
import { createFakeWorld, type FakeWorld } from '../../../test/fakes/world.ts';
import { table } from './inputs.ts';
import { run } from './run.ts';

/* What is deployed to a stack that was rolled back first: what the look before saw of it may have been the template that failed. */
const inputs = (more: Record<string, string> = {}) => parseInputs(table, { 'cdk-out': 'cdk.out', ...more }).values;
const told = (report: Report): string[] => report.findings.map((f) => `${f.code} ${f.message}`);
const writes = ({ aws }: FakeWorld): string[] =>
  aws.calls.filter((c) => / (deploy|destroy|continue|roll-back)/.test(c)).map((c) => c.replace('us-west-2 ', ''));

const wanted: SampleStack = { resources: { Queue: queue(9) } };
const failed: SampleStack = { resources: { Queue: queue(5) } };
const withData: SampleStack = { resources: { Queue: queue(), Orders: items('orders') } };

/** A stack in a state with the template that failed, and with another one once it is rolled back. */
function rollingBackTo(former: SampleStack, status = 'UPDATE_FAILED', config = ''): FakeWorld {
  const files = { ...toAssemblyFiles('cdk.out', { Shop: wanted }), ...(config ? { '.github/spaceport.yml': config } : {}) };
  const made = createFakeWorld({ files });
  made.aws.put(readSampleStack(failed, 'Shop'), { status });
  const atEnd = () => made.aws.put(readSampleStack(former, 'Shop'), { status: 'UPDATE_ROLLBACK_COMPLETE' });
  made.aws.recoveries.set('Shop', { atEnd });
  return made;
}

describe('a stack that was rolled back first', () => {
  test.each([
    ['UPDATE_FAILED', 'roll-back Shop'],
    ['UPDATE_ROLLBACK_FAILED', 'continue Shop'],
  ])('from %s is not deployed where that would remove data that nobody named', async (status, write) => {
    const made = rollingBackTo(withData, status);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'preflight', stacks: [{ outcome: { kind: 'not-started' } }] });
    expect(told(report)).toEqual([
      'DP122 Shop: its rollback is done; what the deployment would change now was not allowed.',
      'PF220 The AWS::DynamoDB::Table Orders is removed; the old one is deleted.',
      `PF113 ${status === 'UPDATE_FAILED' ? 'Shop is in UPDATE_FAILED: its last update failed and was left so. Deploy rolls it back first.' : 'Shop is in UPDATE_ROLLBACK_FAILED. Deploy continues its rollback first.'}`,
    ]);
    expect(writes(made)).toEqual([write]);
  });

  const prod = 'environments:\n  prod: { branches: [main] }\n';
  const suppressed = `${prod}suppress:\n  - { code: PF220, where: "Shop/**", reason: old orders, until: 2027-01-01 }\n`;
  test.each<[string, Record<string, string>, SampleStack, string]>([
    ['what it removes was allowed', { 'allow-destructive': 'AWS::DynamoDB::Table' }, withData, ''],
    ['what it removes was suppressed', {}, withData, suppressed],
    ['it has nothing that holds data', {}, { resources: { Queue: queue(), Topic: { Type: 'AWS::SNS::Topic' } } }, ''],
  ])('is deployed where %s', async (_name, more, former, config) => {
    const made = rollingBackTo(former, 'UPDATE_FAILED', config);
    expect(await run(inputs(more), made.world)).toMatchObject({ verdict: 'deployed' });
    expect(writes(made)).toEqual(['roll-back Shop', 'deploy Shop']);
  });

  test('is not deployed by a digest that was of the template that failed', async () => {
    const { planDigest = '' } = await run(inputs({ recover: 'never' }), rollingBackTo(failed).world);
    const made = rollingBackTo({ resources: { Queue: queue(1) } });
    const report = await run(inputs({ 'plan-digest': planDigest }), made.world);
    expect(told(report)).toContain('DP101 Shop changes otherwise than was reviewed, now that its rollback is done.');
    expect(writes(made)).toEqual(['roll-back Shop']);
    const same = rollingBackTo(failed);
    expect(await run(inputs({ 'plan-digest': planDigest }), same.world)).toMatchObject({ verdict: 'deployed' });
  });

  test('is deployed by a digest where the rollback has made it what is wanted: nothing is left to do', async () => {
    const { planDigest = '' } = await run(inputs({ recover: 'never' }), rollingBackTo(wanted).world);
    const made = rollingBackTo(wanted);
    const report = await run(inputs({ 'plan-digest': planDigest }), made.world);
    expect(told(report).filter((t) => t.startsWith('DP'))).toEqual([]);
    expect(['deployed', 'unchanged']).toContain(report.verdict);
  });

  test('is not deployed without a review where it would widen access, which it did not seem to', async () => {
    const role = (more: object) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, ...more } });
    const admin = role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] });
    const config = `environments:\n  prod: { branches: [main], approve: [widening] }\n`;
    const files = {
      ...toAssemblyFiles('cdk.out', { Shop: { resources: { Role: admin, Queue: queue(9) } } }),
      '.github/spaceport.yml': config,
    };
    const made = createFakeWorld({ files });
    made.aws.put(readSampleStack({ resources: { Role: admin, Queue: queue() } }, 'Shop'), { status: 'UPDATE_FAILED' });
    const former = readSampleStack({ resources: { Role: role({}), Queue: queue() } }, 'Shop');
    made.aws.recoveries.set('Shop', { atEnd: () => made.aws.put(former, { status: 'UPDATE_ROLLBACK_COMPLETE' }) });
    const report = await run(inputs(), made.world);
    expect(report.findings.map((f) => f.code)).toContain('DP102');
    expect(writes(made)).toEqual(['roll-back Shop']);
  });

  test('is not deployed where nobody can read what it is now', async () => {
    const made = rollingBackTo(withData);
    made.aws.recoveries.set('Shop', { atEnd: () => void made.aws.failing.set('cloudformation:GetTemplate', 'throttled') });
    const report = await run(inputs(), made.world);
    expect(told(report)).toContain('DP121 Shop: what its rollback left cannot be read: cloudformation:GetTemplate was throttled');
    expect(writes(made)).toEqual(['roll-back Shop']);
  });
});
