import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
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

const slow = 'SpaceportAuthStagingStack';

/** Waits until a stack is in a state, one that is gone in none; asks every tenth of a second, for a minute at most. */
async function until(state: RegExp): Promise<void> {
  for (let i = 0; i < 600; i++) {
    const status = await client.send(new DescribeStacksCommand({ StackName: slow })).then(
      (answer) => answer.Stacks?.[0]?.StackStatus ?? '',
      () => '',
    );
    if (state.test(status)) return;
    await wait(100);
  }
  throw new Error(`${slow} never came to ${String(state)}`);
}

describe('a run that the runner cancels', () => {
  test('says what is still running in AWS, starts nothing more, and the next run finishes the work', async () => {
    await stage.emulator.setFaults([{ type: 'AWS::Cognito::UserPool', operation: 'create', delayMs: 8_000 }]);
    let child: ChildProcess | undefined;
    const running = stage.run('deploy', { system: 'spaceport', concurrency: '1' }, { onStart: (process) => (child = process) });
    await until(/^CREATE_IN_PROGRESS$/);
    child?.kill('SIGINT');
    const result = await running;
    expect(result.code).toBe(1);
    expect(result.outputs).toMatchObject({ verdict: 'failed', 'failure-reason': 'cancelled', deployed: '[]' });
    expect(result.log).toMatch(/Still running in AWS: SpaceportAuthStagingStack\. Not started: .*SpaceportStagingStack/);
    expect(result.summary).toContain('still running in AWS');
    await until(/^CREATE_COMPLETE$/);
    const again = await stage.run('deploy', { system: 'spaceport' });
    expect(again.outputs).toMatchObject({ verdict: 'deployed' });
  });

  test('says what is still being deleted, deletes nothing more, and the next run finishes that too', async () => {
    await stage.emulator.setFaults([{ operation: 'delete', stack: slow, delayMs: 8_000 }]);
    let child: ChildProcess | undefined;
    const stacks = 'SpaceportAuth*';
    const running = stage.run(
      'destroy',
      { system: 'spaceport', 'include-dependencies': 'true', stacks },
      { onStart: (process) => (child = process) },
    );
    await until(/^DELETE_IN_PROGRESS$/);
    child?.kill('SIGINT');
    const result = await running;
    expect(result.code).toBe(1);
    expect(result.outputs).toMatchObject({ verdict: 'failed', 'failure-reason': 'cancelled', failed: `["${slow}"]` });
    expect(result.log).toContain(`Still running in AWS: ${slow}.`);
    const again = await stage.run('destroy', { system: 'spaceport' });
    expect(again.outputs).toMatchObject({ verdict: 'destroyed', errors: '0', failed: '[]' });
  });
});
