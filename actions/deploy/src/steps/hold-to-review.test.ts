import { describe, expect, test } from '@jest/globals';
import { known } from '../../../../engine/src/answer.ts';
import { inspect } from '../../../../engine/src/inspect.ts';
import { parseInputs } from '../../../../engine/src/inputs.ts';
import { toComment } from '../../../../engine/src/report/comment.ts';
import { toInspectionReport } from '../../../../engine/src/report/inspection-report.ts';
import type { Report } from '../../../../engine/src/report/report.ts';
import { toSummary } from '../../../../engine/src/report/summary.ts';
import { bucket, queue, readSampleStack, table as tableOf, toAssemblyFiles, type SampleStack } from '../../../../test/fakes/assembly.ts';
import { createFakeWorld, type FakeWorld, type FakeWorldOptions } from '../../../../test/fakes/world.ts';
import { table } from '../inputs.ts';
import { run } from '../run.ts';

type Stacks = Readonly<Record<string, SampleStack>>;

/** Shop is live with a queue that waits a second; Net is live and stays. */
const before: Stacks = {
  Net: { resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } } },
  Shop: { dependencies: ['Net'], resources: { Queue: queue(1) } },
};
const shop = (resources: SampleStack['resources'] = {}, more: Partial<SampleStack> = {}): Stacks => ({
  ...before,
  Shop: { ...before['Shop'], resources, ...more },
});
const after = shop({ Queue: queue(5) });

const inputs = (more: Record<string, string> = {}) => parseInputs(table, { 'cdk-out': 'cdk.out', ...more }).values;
const marker = '<!-- spaceport preflight (prod) -->';
const head = 'c0de'.repeat(10);
const url = 'https://github.com/org/app/pull/7#issuecomment-1';

/** A world in which `live` is deployed and `stacks` is what the app makes. */
function withStacks(stacks: Stacks, live: Stacks = before, options: FakeWorldOptions = {}): FakeWorld {
  const made = createFakeWorld({ ...options, files: { ...toAssemblyFiles('cdk.out', stacks), ...options.files } });
  Object.entries(live).forEach(([id, s]) => made.aws.put(readSampleStack(s, id), { status: 'CREATE_COMPLETE' }));
  return made;
}

/** Gives what GitHub has after a preflight of a pull request that was merged into the commit of the run. */
async function review(stacks: Stacks = after, live: Stacks = before, more: Record<string, string> = {}): Promise<FakeWorldOptions> {
  const made = withStacks(stacks, live);
  const report = { ...toInspectionReport('preflight', await inspect(inputs(more), 'read', made.world)), depth: 'read' as const };
  const { body } = toComment(report, '/repo', { url: '', commit: head });
  return {
    pulls: [known([{ number: 7, head, mergeCommit: made.world.run.sha }])],
    comments: { [`7 ${marker}`]: known({ url, body }) },
  };
}
const told = (report: Report): string[] => report.findings.map((f) => `${f.code} ${f.message}`);
const deploys = ({ aws }: FakeWorld): string[] => aws.calls.filter((c) => c.includes(' deploy ')).map((c) => c.split(' ')[2] ?? '');
const reviewed = { 'plan-digest': 'reviewed' };

describe('with `reviewed`', () => {
  test('the plan of the merged pull request is deployed, and the report says where it was reviewed', async () => {
    const made = withStacks(after, before, await review());
    const report = await run(inputs(reviewed), made.world);
    expect(report).toMatchObject({ verdict: 'deployed', review: { pull: 7, url, commit: head, digest: report.planDigest } });
    expect(deploys(made)).toEqual(['Shop']);
    expect(made.lines).toContain(`🔎 This is the plan that was reviewed in pull request 7: ${url}`);
    expect(toSummary(report, '/repo')).toContain(`reviewed in [#7](${url})`);
  });

  test('nothing is deployed when the live state has drifted: the report says what the plan would do otherwise', async () => {
    const made = withStacks(after, shop({ Queue: queue(3) }), await review());
    const report = await run(inputs(reviewed), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'plan-changed', stacks: [] });
    expect(told(report)).toEqual([
      expect.stringMatching(/^DP101 The plan that was reviewed in pull request 7 is \w{64}; .* It differs in Shop \(1 different\)\.$/),
    ]);
    expect(deploys(made)).toEqual([]);
    expect(made.lines).toEqual(expect.arrayContaining(['Shop: Shop/Queue is different', '   DelaySeconds: reviewed 1 → 5; now 3 → 5']));
    const row =
      '| Shop | <code>Shop/Queue</code> | different | <code>DelaySeconds</code> <code>1</code> → <code>5</code> | <code>DelaySeconds</code> <code>3</code> → <code>5</code> |';
    expect(toSummary(report, '/repo')).toContain(row);
  });

  test('what came in between and what is missing is named by stack', async () => {
    const now: Stacks = { ...before, New: { resources: { Queue: queue() } } };
    const report = await run(inputs(reviewed), withStacks(now, before, await review()).world);
    expect(told(report)[0]).toMatch(/It differs in New \(changes now and did not\), Shop \(does not change as was reviewed\)\.$/);
    expect(toSummary(report, '/repo')).toContain('| Shop | the stack | gone from the plan | update |  |');
  });

  test('a run again after it was deployed has nothing to do', async () => {
    const made = withStacks(after, after, await review());
    expect(await run(inputs(reviewed), made.world)).toMatchObject({ verdict: 'unchanged', findings: [] });
  });

  test('a stack that this run does not choose does not matter', async () => {
    const both: Stacks = { ...after, New: { resources: { Queue: queue() } } };
    const made = withStacks(both, before, await review(both));
    expect(await run(inputs({ ...reviewed, stacks: 'New' }), made.world)).toMatchObject({ verdict: 'deployed', findings: [] });
    expect(deploys(made)).toEqual(['New']);
  });

  test('nothing is deployed without a review', async () => {
    const made = withStacks(after);
    const report = await run(inputs(reviewed), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'not-reviewed' });
    expect(told(report)).toEqual([`DP103 The commit ${made.world.run.sha} was not made by merging a pull request.`]);
    expect(deploys(made)).toEqual([]);
  });

  test('no review is needed where nothing is to be done', async () => {
    const made = withStacks(before);
    expect(await run(inputs(reviewed), made.world)).toMatchObject({ verdict: 'unchanged', findings: [] });
    expect(made.lines.join('\n')).toContain('🔎 No review, and nothing to deploy either');
  });

  test('nor where the CDK alone writes something else about itself', async () => {
    const upgraded = shop({ Queue: queue(1), CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2' } } });
    const made = withStacks(upgraded);
    expect(await run(inputs(reviewed), made.world)).toMatchObject({ verdict: 'deployed', findings: [] });
    expect(deploys(made)).toEqual(['Shop']);
  });

  test('a secret is in no comment, and another one does not matter', async () => {
    const hidden = shop({ Queue: queue(5) }, { more: { Parameters: { Key: { Type: 'String', NoEcho: true } } } });
    const options = await review(hidden, before, { parameters: 'Key=hunter22' });
    expect(JSON.stringify(options)).not.toContain('hunter22');
    const report = await run(inputs({ ...reviewed, parameters: 'Key=another1' }), withStacks(hidden, before, options).world);
    expect(report).toMatchObject({ verdict: 'deployed', findings: [] });
  });
});

describe('with a digest', () => {
  const digestOf = async (stacks: Stacks, live: Stacks): Promise<string> =>
    (await inspect(inputs(), 'read', withStacks(stacks, live).world)).planDigest;

  test('GitHub is not asked when it is that of the plan', async () => {
    const made = withStacks(after);
    expect(await run(inputs({ 'plan-digest': await digestOf(after, before) }), made.world)).toMatchObject({ verdict: 'deployed' });
  });

  test('of a reviewed plan the difference is told as well', async () => {
    const made = withStacks(after, shop({ Queue: queue(3) }), await review());
    const report = await run(inputs({ 'plan-digest': await digestOf(after, before) }), made.world);
    expect(told(report)[0]).toContain('It differs in Shop (1 different).');
    expect(report.difference).toHaveLength(1);
  });

  test('of another plan than the reviewed one nothing can be told', async () => {
    const made = withStacks(after, shop({ Queue: queue(3) }), await review());
    const report = await run(inputs({ 'plan-digest': 'f'.repeat(64) }), made.world);
    expect(told(report)[0]).toMatch(
      /^DP101 The plan reviewed is f{64}; .* What differs cannot be said: pull request 7 has a plan of digest \w{64}\.$/,
    );
    expect(report.difference).toBeUndefined();
    expect(deploys(made)).toEqual([]);
  });

  test.each(['Reviewed', 'f'.repeat(12), 'true'])('that is none (%s) nothing begins', async (text) => {
    const made = withStacks(after);
    await expect(run(inputs({ 'plan-digest': text }), made.world)).rejects.toThrow(
      /^RT010 `plan-digest` is ".*": allowed are reviewed and the 64 digits/,
    );
    expect(made.aws.calls).toEqual([]);
  });
});

describe('where the environment wants approved what widens access', () => {
  const statement = (action: string) => ({ Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
  const policy = (action: string) => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: statement(action) } });
  const live = shop({ Policy: policy('s3:Get*') });
  const config = { '.github/spaceport.yml': 'environments:\n  prod: { branches: [main], approve: [widening] }\n' };
  const wide = shop({ Policy: policy('s3:*') });

  test('such a plan is not deployed without a review', async () => {
    const made = withStacks(wide, live, { files: config });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'not-reviewed' });
    expect(told(report)).toEqual([
      'DP102 The environment prod wants approved what widens access, and 1 change would: Shop/Policy (AWS::IAM::ManagedPolicy, update).',
    ]);
    expect(report.findings[0]?.place).toEqual({ constructPath: 'Shop/Policy' });
    expect(deploys(made)).toEqual([]);
  });

  test('it is when it was reviewed', async () => {
    const made = withStacks(wide, live, { ...(await review(wide, live)), files: config });
    expect(await run(inputs(reviewed), made.world)).toMatchObject({ verdict: 'deployed', findings: [] });
  });

  test.each<[string, Stacks]>([
    ['what narrows', shop({ Policy: policy('s3:GetObject') })],
    ['what has nothing to do with access', shop({ Policy: policy('s3:Get*'), Files: bucket('files-prod') })],
  ])('%s is deployed without one', async (_name, stacks) => {
    expect(await run(inputs(), withStacks(stacks, live, { files: config }).world)).toMatchObject({ verdict: 'deployed', findings: [] });
  });

  test('and not where it does not want that', async () => {
    expect(await run(inputs(), withStacks(wide, live).world)).toMatchObject({ verdict: 'deployed' });
  });

  test('a stack of which nobody can say what it has counts as one that widens', async () => {
    const made = withStacks(wide, live, { files: config });
    made.aws.denied.add('cloudformation:GetTemplate');
    const message = told(await run(inputs({ 'fail-on': 'never' }), made.world)).find((m) => m.startsWith('DP102'));
    expect(message).toMatch(/Net perhaps, as its live template cannot be read, Shop perhaps/);
    expect(deploys(made)).toEqual([]);
  });
});

describe('what holds data and would be lost', () => {
  const live = shop({ Orders: tableOf('orders') });

  test('stops a deployment also when the plan was reviewed', async () => {
    const made = withStacks(before, live, await review(before, live));
    expect((await run(inputs(reviewed), made.world)).findings.map((f) => f.code)).toEqual(['PF220']);
    expect(deploys(made)).toEqual([]);
  });

  test.each(['AWS::DynamoDB::Table', 'Shop/Orders', 'Shop/*'])('goes when it is named: %s', async (named) => {
    const made = withStacks(before, live, await review(before, live));
    const report = await run(inputs({ ...reviewed, 'allow-destructive': named }), made.world);
    expect(report).toMatchObject({ verdict: 'deployed', findings: [] });
  });

  test.each(['AWS::S3::Bucket', 'Net/Orders'])('stays when something else is named: %s', async (named) => {
    const report = await run(inputs({ 'allow-destructive': named }), withStacks(before, live).world);
    expect(report).toMatchObject({ verdict: 'blocked', failureReason: 'preflight' });
  });
});
