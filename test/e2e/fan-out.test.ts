import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { queue, toAssemblyFiles } from '../fakes/assembly.ts';
import { createRunner, hasAct, type ActLine, type Runner } from './act.ts';
import { createStage, type Stage } from './stage.ts';

/* One workflow that deploys three accounts in two regions each, the canary first. */
const onlyWithAct = hasAct ? describe : describe.skip;

const accounts = { 'cell-a': '111111111111', 'cell-b': '222222222222', 'cell-c': '333333333333' };
const regions = ['us-west-2', 'eu-west-1'];
const cell = (name: keyof typeof accounts, wave: number) =>
  `  ${name}: { account: "${accounts[name]}", regions: [${regions.join(', ')}], role: "arn:aws:iam::${accounts[name]}:role/deploy", wave: ${wave} }\n`;
const caller = `on: workflow_dispatch
jobs:
  cells:
    uses: org/spaceport-actions/.github/workflows/fan-out.yml@v1
    permissions: { contents: read, id-token: write, pull-requests: read }
    with: { environments: "cell-*" }
`;

onlyWithAct('many accounts and regions under act (npm run setup:act installs it)', () => {
  let stage: Stage;
  let runner: Runner;
  beforeAll(async () => {
    stage = await createStage(
      {
        '.github/spaceport.yml': `cdk-out: cdk.out\nenvironments:\n${cell('cell-b', 1)}${cell('cell-c', 1)}${cell('cell-a', 0)}`,
        '.github/workflows/cells.yml': caller,
        ...toAssemblyFiles('cdk.out', { Cell: { resources: { Queue: queue() }, bootstrap: false } }),
      },
      [],
    );
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '111111111111' }, Action: 'sts:AssumeRole' }] };
    for (const each of Object.values(accounts))
      await new IAMClient(client(stage, each, 'us-west-2')).send(
        new CreateRoleCommand({ RoleName: 'deploy', AssumeRolePolicyDocument: JSON.stringify(trust) }),
      );
    runner = createRunner(stage, 'main', ['deploy', 'fan-out']);
  });
  afterAll(async () => {
    runner?.end();
    await stage?.end();
  });

  test('three accounts with two regions each are deployed, and the canary before all others', async () => {
    const lines = await runner.run(['workflow_dispatch', '-W', '.github/workflows/cells.yml']);
    expect(failures(lines)).toEqual([]);
    const states = Object.values(accounts).flatMap((each) =>
      regions.map(async (region) => [each, region, await status(stage, each, region)]),
    );
    expect(await Promise.all(states)).toEqual(
      Object.values(accounts).flatMap((each) => regions.map((region) => [each, region, 'CREATE_COMPLETE'])),
    );
    const [waves = ''] = toSet(lines, 'waves');
    expect((JSON.parse(waves) as { include: unknown[] }[]).map(({ include }) => include.length)).toEqual([2, 4]);
    const deployed = toSet(lines, 'account');
    expect(deployed.indexOf(accounts['cell-b'])).toBeGreaterThan(deployed.lastIndexOf(accounts['cell-a']));
  });

  test('a canary that fails keeps the waves after it from starting', async () => {
    stage.workspace.write('cdk.out/Cell.template.json', JSON.stringify({ Resources: { Queue: { ...queue(1), DependsOn: 'Nothing' } } }));
    const lines = await runner.run(['workflow_dispatch', '-W', '.github/workflows/cells.yml']);
    expect([...new Set(toSet(lines, 'environment'))]).toEqual(['cell-a']);
    expect(lines.some((l) => l.jobResult === 'failure')).toBe(true);
  });
});

const client = (stage: Stage, account: string, region: string) => ({
  endpoint: stage.emulator.endpoint,
  region,
  credentials: { accessKeyId: account, secretAccessKey: 'test' },
});

const status = async (stage: Stage, account: string, region: string) =>
  (await new CloudFormationClient(client(stage, account, region)).send(new DescribeStacksCommand({ StackName: 'Cell' }))).Stacks?.[0]
    ?.StackStatus;

const failures = (lines: readonly ActLine[]) =>
  lines.filter((l) => l.stepResult === 'failure' || l.jobResult === 'failure').map((l) => l.msg);

/** Gives what the steps set an output to, in time. */
const toSet = (lines: readonly ActLine[], output: string): readonly string[] =>
  lines.flatMap((l) => (l.command === 'set-output' && l.name === output && l.arg ? [l.arg] : []));
