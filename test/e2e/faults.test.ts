import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { queue, toAssemblyFiles, type SampleStack } from '../fakes/assembly.ts';
import { account, createStage, region, type Stage } from './stage.ts';

let stage: Stage;
let client: CloudFormationClient;
beforeAll(async () => {
  stage = await createStage({});
  client = new CloudFormationClient({
    region,
    endpoint: stage.emulator.endpoint,
    credentials: { accessKeyId: account, secretAccessKey: 'test' },
  });
});
afterAll(() => stage?.end());
beforeEach(() => stage.emulator.setFaults([]));

/** Three stacks of queues, one after the other; what they come to depends on `delay`. */
const app = (name: string, delay: number): Readonly<Record<string, SampleStack>> => ({
  [`${name}Net`]: { resources: { Queue: queue(delay) }, outputs: { Arn: { Value: 'x', Export: { Name: `${name}-net` } } } },
  [`${name}Api`]: { resources: { Queue: queue(delay), Rest: queue(delay) }, dependencies: [`${name}Net`] },
  [`${name}Web`]: { resources: { Queue: queue(delay) }, dependencies: [`${name}Api`] },
});

function write(name: string, delay: number): string {
  for (const [path, text] of Object.entries(toAssemblyFiles(name, app(name, delay)))) stage.workspace.write(path, text);
  return name;
}

const environment = { environment: 'staging' };

async function states(name: string): Promise<readonly string[]> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({}));
  return Stacks.filter((s) => s.StackName?.startsWith(name))
    .map((s) => `${s.StackName} ${s.StackStatus}`)
    .sort();
}

describe('a deployment', () => {
  test.each([
    ['of whose calls a fifth is throttled', 'Slow', { code: 'Throttling', message: 'Rate exceeded', status: 400 }, 5],
    ['of whose connections every ninth breaks off', 'Torn', { cut: true }, 9],
  ] as const)('%s comes to its end', async (_name, name, fault, every) => {
    const cdkOut = write(name, 0);
    await stage.emulator.setFaults([{ call: '*', every, times: -1, ...fault }]);
    const result = await stage.run('deploy', { 'cdk-out': cdkOut, ...environment });
    expect({ outputs: result.outputs, log: result.log }).toMatchObject({ outputs: { verdict: 'deployed', errors: '0' } });
    expect(await states(name)).toEqual([`${name}Api CREATE_COMPLETE`, `${name}Net CREATE_COMPLETE`, `${name}Web CREATE_COMPLETE`]);
  });

  test('whose credentials end in the middle says what is still running, and the next run finishes the work', async () => {
    const cdkOut = write('Short', 0);
    await stage.emulator.setFaults([{ operation: 'create', stack: 'ShortNet', delayMs: 6_000 }]);
    const result = await stage.run(
      'deploy',
      { 'cdk-out': cdkOut, ...environment },
      {
        onLine: (line) => {
          if (line.includes('ShortNet: create starts')) void expire();
        },
      },
    );
    expect(result.code).toBe(1);
    expect({ outputs: result.outputs, log: result.log }).toMatchObject({
      outputs: { verdict: 'failed', 'failure-reason': 'still-running', deployed: '[]', failed: '["ShortNet","ShortApi","ShortWeb"]' },
    });
    expect(result.log).toMatch(/DP140 .*ShortNet is in a state that cannot be read: .*after the session had expired/);
    await stage.emulator.setFaults([]);
    expect((await stage.run('deploy', { 'cdk-out': cdkOut, ...environment })).outputs).toMatchObject({ verdict: 'deployed' });
  });

  /** Lets every call fail as soon as CloudFormation is at work. */
  async function expire(): Promise<void> {
    while (!(await states('ShortNet')).includes('ShortNet CREATE_IN_PROGRESS'));
    const fault = { status: 403, code: 'ExpiredToken', message: 'The security token included in the request is expired' };
    await stage.emulator.setFaults([{ call: '*', times: -1, ...fault }]);
  }

  test('that fails is left as it failed where that is asked for, and gone on with', async () => {
    const cdkOut = write('Kept', 0);
    await stage.emulator.setFaults([{ operation: 'create', stack: 'KeptApi', logicalId: 'Rest', error: 'no capacity' }]);
    const keep = { 'cdk-out': cdkOut, ...environment, 'on-failure': 'keep' };
    const result = await stage.run('deploy', keep);
    expect({ outputs: result.outputs, log: result.log }).toMatchObject({
      outputs: { verdict: 'failed', 'failure-reason': 'stack-failed' },
    });
    expect(await states('Kept')).toEqual(['KeptApi CREATE_FAILED', 'KeptNet CREATE_COMPLETE']);
    const again = await stage.run('deploy', keep);
    expect({ outputs: again.outputs, log: again.log }).toMatchObject({
      outputs: { verdict: 'deployed', deployed: '["KeptApi","KeptWeb"]', unchanged: '["KeptNet"]' },
    });
  });
});

describe('two runs of one environment at once', () => {
  test('do not harm one another: what one refuses the other does, and then nothing is left to do', async () => {
    const cdkOut = write('Both', 0);
    await stage.emulator.setFaults([{ operation: 'create', delayMs: 300, times: -1 }]);
    const run = (id: string) => stage.run('deploy', { 'cdk-out': cdkOut, ...environment }, { env: { GITHUB_RUN_ID: id } });
    const results = await Promise.all([run('2001'), run('2002')]);
    const isDone = results.some((r) => r.outputs['verdict'] === 'deployed');
    expect(isDone ? [] : results.map((r) => r.log)).toEqual([]);
    for (const { outputs } of results) expect(['deployed', 'unchanged', 'failed']).toContain(outputs['verdict']);
    expect((await stage.run('deploy', { 'cdk-out': cdkOut, ...environment })).outputs).toMatchObject({ verdict: 'unchanged' });
  });
});
