import type { ChildProcess } from 'node:child_process';
import { createStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({});
});
afterAll(() => stage?.end());

describe('a run that the runner cancels', () => {
  test('says what is still running in AWS, starts nothing more, and the next run finishes the work', async () => {
    await stage.emulator.setFaults([{ type: 'AWS::Cognito::UserPool', operation: 'create', delayMs: 6_000 }]);
    let child: ChildProcess | undefined;
    const result = await stage.run(
      'deploy',
      { system: 'spaceport', concurrency: '1' },
      {
        onStart: (process) => (child = process),
        onLine: (line) =>
          void (/CREATE_IN_PROGRESS|SpaceportAuthStagingStack: create starts/.test(line) && setTimeout(() => child?.kill('SIGINT'), 2_500)),
      },
    );
    expect(result.code).toBe(1);
    expect(result.outputs).toMatchObject({ verdict: 'failed', 'failure-reason': 'cancelled', deployed: '[]' });
    expect(result.log).toMatch(/Still running in AWS: SpaceportAuthStagingStack\. Not started: .*SpaceportStagingStack/);
    expect(result.summary).toContain('still running in AWS');
    await stage.emulator.setFaults([]);
    await settle(() => stage.run('preflight', { system: 'spaceport' }).then((r) => r.outputs['failure-reason'] !== 'preflight'));
    const again = await stage.run('deploy', { system: 'spaceport' });
    expect(again.outputs).toMatchObject({ verdict: 'deployed' });
  }, 90_000);
});

/** Asks until it is so; every question takes a second or two of its own. */
async function settle(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 15; i++) if (await isSo()) return;
  throw new Error('it never came to an end');
}
