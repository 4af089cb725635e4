import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from '../emulator/bootstrap.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { sampleSettings } from '../infra/systems/sample.ts';
import { root } from '../tools/repository.ts';
import { createWorkspace } from '../tools/runner.ts';
import type { Contender } from './measure.ts';

export const region = 'us-west-2';

/** A system to time, in the one of its environments that a branch of its own leads to. */
export interface Timed {
  readonly system: string;
  readonly environment: string;
}

/** One emulated AWS and one checkout, for a bench. */
export interface BenchStage {
  readonly emulator: Emulator;
  /** A folder that is gone afterwards. */
  readonly temp: string;
  /** Makes an account usable, as `cdk bootstrap` does. */
  readonly open: (account: string) => Promise<void>;
  /** The deploy action on a system; `more` are inputs and variables. */
  readonly ours: (of: Timed, account: string, more?: Readonly<Record<string, string>>) => Omit<Contender, 'name' | 'says'>;
  /** `npx cdk <what>` of the same stacks, its app run by tsx unless `more` names a folder. */
  readonly theirs: (of: Timed, account: string, what: readonly string[]) => Omit<Contender, 'name' | 'says'>;
  readonly end: () => Promise<void>;
}

/** Starts a stage; `endpoint` gives where its AWS is reached, when it is not the emulator itself. */
export async function createBenchStage(endpoint: (emulator: Emulator) => Promise<string> = async (e) => e.endpoint): Promise<BenchStage> {
  const emulator = await startEmulator();
  const reached = await endpoint(emulator);
  const workspace = createWorkspace({});
  const temp = mkdtempSync(join(tmpdir(), 'spaceport-bench-'));
  const env = (account: string) => ({ ...process.env, ...emulator.env(account, region), AWS_ENDPOINT_URL: reached });
  return {
    emulator,
    temp,
    open: (account) => bootstrap(emulator, account, region),
    ours: ({ system, environment }, account, more = {}) => {
      const config = { account, regions: [region], protected: false, settings: sampleSettings[system] ?? {} };
      workspace.write('.github/spaceport.yml', JSON.stringify({ environments: { [environment]: config } }));
      return {
        command: [process.execPath, join(root, 'release/deploy/dist/index.js')],
        cwd: workspace.path,
        env: {
          ...env(account),
          GITHUB_REF: 'refs/heads/main',
          GITHUB_EVENT_NAME: 'push',
          GITHUB_WORKSPACE: workspace.path,
          RUNNER_TEMP: temp,
          INPUT_ENVIRONMENT: environment,
          ...more,
        },
      };
    },
    theirs: ({ system, environment }, account, what) => {
      const settings = JSON.stringify(sampleSettings[system] ?? {});
      const values = { system, environment, account, region, settings };
      const context = what.includes('--app') ? [] : Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
      return { command: ['npx', 'cdk', ...what, ...context], cwd: root, env: env(account) };
    },
    end: async () => {
      rmSync(temp, { recursive: true, force: true });
      workspace.remove();
      await emulator.stop();
    },
  };
}
