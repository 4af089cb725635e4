import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from '../../emulator/bootstrap.ts';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import { root } from '../../tools/repository.ts';
import { createWorkspace, runAction, type ActionResult, type ActionRun } from '../../tools/runner.ts';

/** The account, region and branch that most of the tests use. */
export const account = '111111111111';
export const region = 'us-west-2';

/** One emulated AWS with one consumer's checkout, for one test file. */
export interface Stage {
  readonly emulator: Emulator;
  readonly workspace: ReturnType<typeof createWorkspace>;
  /** Runs an action of the release tree; on `development`, in `account`, unless said otherwise. */
  readonly run: (
    action: 'preflight' | 'deploy' | 'promote' | 'destroy',
    inputs?: Readonly<Record<string, string>>,
    more?: Partial<ActionRun> & { account?: string },
  ) => Promise<ActionResult>;
  /** Names of the calls that changed anything since the last `clearCalls`. */
  readonly writes: () => Promise<readonly string[]>;
  readonly end: () => Promise<void>;
}

/** Starts a stage; `bootstrapped` are the accounts that `cdk bootstrap` has been run for. */
export async function createStage(files: Readonly<Record<string, string>>, bootstrapped: readonly string[] = [account]): Promise<Stage> {
  const entry = (action: string) => join(root, 'release', action, 'dist/index.js');
  if (!existsSync(entry('deploy'))) throw new Error('There is no release tree to test: run npm run release:tree first.');
  const emulator = await startEmulator();
  for (const each of bootstrapped) await bootstrap(emulator, each, region);
  const workspace = createWorkspace(files);
  return {
    emulator,
    workspace,
    run: (action, inputs = {}, { account: who = account, env = {}, ...more } = {}) =>
      runAction({
        entry: entry(action),
        inputs,
        env: { ...emulator.env(who, region), ...env },
        workspace: workspace.path,
        ...(process.env['SPACEPORT_NODE24'] ? { node: process.env['SPACEPORT_NODE24'] } : {}),
        event: { name: 'push', ref: 'refs/heads/development' },
        ...more,
      }),
    writes: async () => (await emulator.calls()).filter((c) => c.write).map((c) => `${c.service}:${c.operation}`),
    end: async () => {
      workspace.remove();
      await emulator.stop();
    },
  };
}
