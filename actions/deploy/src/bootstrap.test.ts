import { describe, expect, test } from '@jest/globals';
import { parseInputs } from '../../../engine/src/inputs.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import { account, createFakeWorld, type FakeWorld } from '../../../test/fakes/world.ts';
import { ownVersion } from '../../../test/fakes/bootstrap.ts';
import { table } from './inputs.ts';
import { run } from './run.ts';

const policy = 'arn:aws:iam::aws:policy/PowerUserAccess';

/** A world whose config has an environment `prod` with these lines. */
const withConfig = (lines: string): FakeWorld =>
  createFakeWorld({ files: { '.github/spaceport.yml': `environments:\n  prod:\n    branches: [main]\n${lines}` } });

const own = `    protected: true
    bootstrap: { qualifier: shop, trust: ["222222222222"], trust-for-lookup: [], execution-policies: ["${policy}"] }
`;

const inputs = (more: Record<string, string> = {}) => parseInputs(table, { mode: 'bootstrap', ...more }).values;
const told = (report: Report): string[] => report.findings.map((f) => `${f.code} ${f.message}`);
const writes = ({ aws }: FakeWorld): string[] => aws.calls.filter((c) => / (bootstrap|deploy) /.test(c));

describe('mode bootstrap', () => {
  test('makes what the config says, reads it back, and says whom it lets in', async () => {
    const made = withConfig(own);
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'deployed', environment: 'prod', account, region: 'us-west-2' });
    expect(report.stacks).toMatchObject([{ name: 'CDKToolkit-shop', outcome: { kind: 'deployed' }, outputs: { BootstrapVersion: '30' } }]);
    expect(told(report)).toEqual([expect.stringMatching(/^DP162 .*222222222222.*PowerUserAccess/)]);
    expect(made.aws.bootstrapOrders).toEqual([
      {
        account,
        region: 'us-west-2',
        stackName: 'CDKToolkit-shop',
        qualifier: 'shop',
        trust: ['222222222222'],
        trustForLookUp: [],
        executionPolicies: [policy],
        protects: true,
      },
    ]);
  });

  test('changes nothing when it is run again', async () => {
    const made = withConfig(own);
    await run(inputs(), made.world);
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'unchanged' });
  });

  test('needs neither an app nor a word in the config: the usual stack, and what it has stays', async () => {
    const made = withConfig('    regions: [us-west-2]\n');
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed' });
    expect(made.aws.bootstrapOrders).toEqual([
      { account, region: 'us-west-2', stackName: 'CDKToolkit', qualifier: 'hnb659fds', protects: false },
    ]);
  });

  test.each([
    ['has the qualifier: it is updated', 'shop', 'shop', 'CDKToolkit'],
    ['has another one: it is left alone', 'other', 'shop', 'CDKToolkit-shop'],
    ['has another one than the usual: it is left alone', 'other', 'hnb659fds', 'CDKToolkit-hnb659fds'],
  ])('where CDKToolkit %s', async (_name, there, wanted, stackName) => {
    const made = withConfig(`    bootstrap: { qualifier: ${wanted} }\n`);
    await made.aws
      .cloud('us-west-2')
      .bootstrapper.bootstrap({ account, region: 'us-west-2', stackName: 'CDKToolkit', qualifier: there, protects: false });
    await run(inputs(), made.world);
    expect(made.aws.bootstrapOrders.at(-1)).toMatchObject({ stackName, qualifier: wanted });
  });

  test('does not go below the version that is there, and stays at an equal one', async () => {
    const made = withConfig('    regions: [us-west-2]\n');
    made.aws.bootstraps.set('us-west-2 /cdk-bootstrap/hnb659fds/version', ownVersion + 1);
    await expect(run(inputs(), made.world)).rejects.toMatchObject({ findings: [{ code: 'DP160' }] });
    expect(writes(made)).toEqual([]);
    made.aws.bootstraps.set('us-west-2 /cdk-bootstrap/hnb659fds/version', ownVersion);
    expect(await run(inputs(), made.world)).toMatchObject({ verdict: 'deployed' });
  });

  test.each(['cloudformation:DescribeStacks', 'ssm:GetParameter'])('writes nothing where %s is denied', async (call) => {
    const made = withConfig('    regions: [us-west-2]\n');
    made.aws.denied.add(call);
    await expect(run(inputs(), made.world)).rejects.toMatchObject({
      findings: [{ code: 'DP163', message: expect.stringContaining(call) }],
    });
    expect(writes(made)).toEqual([]);
  });

  test('that fails says why, and is no success', async () => {
    const made = withConfig('    regions: [us-west-2]\n');
    made.aws.scripts.set('CDKToolkit', { endsIn: 'ROLLBACK_COMPLETE', error: 'the bucket exists' });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'stack-failed' });
    expect(told(report)).toEqual(['DP161 CDKToolkit: the bucket exists']);
  });

  test('that something else changes meanwhile is no success either', async () => {
    const made = withConfig(own);
    made.aws.scripts.set('CDKToolkit-shop', {
      atEnd: () => {
        const stack = made.aws.stacks.get('us-west-2 CDKToolkit-shop');
        if (stack)
          made.aws.stacks.set('us-west-2 CDKToolkit-shop', { ...stack, terminationProtection: false, parameters: { Qualifier: 'shop' } });
      },
    });
    const report = await run(inputs(), made.world);
    expect(report).toMatchObject({ verdict: 'failed', failureReason: 'read-back' });
    expect(told(report).find((t) => t.startsWith('DP163'))).toBe(
      'DP163 CDKToolkit-shop: it trusts other accounts; it lets other accounts look up values; CloudFormation works with other policies; it has no termination protection.',
    );
  });

  test.each([
    ['whose time is over', 'DP141', 'CREATE_IN_PROGRESS', 'still-running'],
    ['that is cancelled', 'RT002', 'CREATE_IN_PROGRESS', 'still-running'],
    ['that is cancelled before anything began', 'RT002', undefined, 'not-started'],
  ])('does not wait for ever: a run %s says what is on its way', async (_name, code, status, kind) => {
    const made = withConfig('    regions: [us-west-2]\n');
    const { world, aws, clock } = made;
    const hanging: typeof world = {
      ...world,
      connect: (c) => {
        const cloud = world.connect(c);
        const bootstrap: typeof cloud.bootstrapper.bootstrap = async (order) => {
          await cloud.bootstrapper.bootstrap(order);
          const stack = aws.stacks.get('us-west-2 CDKToolkit');
          if (stack && status) aws.stacks.set('us-west-2 CDKToolkit', { ...stack, status });
          else aws.stacks.delete('us-west-2 CDKToolkit');
          return new Promise<never>(() => {});
        };
        return { ...cloud, bootstrapper: { ...cloud.bootstrapper, bootstrap } };
      },
    };
    if (code === 'RT002') clock.at(60_000, made.cancel);
    const report = await run(inputs({ 'timeout-minutes': '5' }), hanging);
    expect(report).toMatchObject({ verdict: 'failed', stacks: [{ name: 'CDKToolkit', outcome: { kind } }] });
    expect(report.findings.map((f) => f.code)).toEqual([kind === 'not-started' ? 'DP122' : 'DP140', code]);
  });

  test('refuses inputs that would be passed over', async () => {
    const made = withConfig(own);
    const run_ = run(
      inputs({ stacks: 'Shop', 'plan-digest': 'reviewed', method: 'express', recover: 'never', 'on-failure': 'keep' }),
      made.world,
    );
    await expect(run_).rejects.toMatchObject({ findings: Array(5).fill({ code: 'RT014' }) });
    expect(made.aws.calls).toEqual([]);
  });
});
