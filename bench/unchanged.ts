import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from '../emulator/bootstrap.ts';
import { startEmulator } from '../emulator/emulator.ts';
import { root } from '../tools/repository.ts';
import { createWorkspace, runAction } from '../tools/runner.ts';
import { measure, print, type Contender } from './measure.ts';

/*
 * An unchanged deployment of the three stacks of spaceport: this project's deploy action, in system mode and in cdk-out mode,
 * beside `npx cdk deploy --all` of the same stacks, run by tsx and from a folder. Whole processes, one emulator, in turn.
 */
const account = '111111111111';
const region = 'us-west-2';
const rounds = Number(process.argv[2] ?? 5);
const context = ['-c', 'environment=staging', '-c', `account=${account}`, '-c', `region=${region}`];

const emulator = await startEmulator();
const workspace = createWorkspace({});
const temp = mkdtempSync(join(tmpdir(), 'spaceport-bench-'));
try {
  await bootstrap(emulator, account, region);
  const event = { name: 'push', ref: 'refs/heads/development' };
  const entry = join(root, 'release/deploy/dist/index.js');
  const first = await runAction({
    entry,
    inputs: { system: 'spaceport' },
    env: emulator.env(account, region),
    workspace: workspace.path,
    event,
  });
  if (first.outputs['verdict'] !== 'deployed') throw new Error(first.log);
  const contenders = toContenders(entry);
  await measure(
    [
      {
        ...contenders[2],
        name: 'synth',
        command: ['npx', 'cdk', 'synth', '--quiet', '-o', join(temp, 'cdk.out'), ...context],
        says: /Successfully synthesized/,
      },
    ],
    0,
  );
  print(await measure(contenders, rounds));
} finally {
  rmSync(temp, { recursive: true, force: true });
  workspace.remove();
  await emulator.stop();
}

function toContenders(entry: string): readonly [Contender, Contender, Contender, Contender] {
  const env = {
    ...process.env,
    ...emulator.env(account, region),
    GITHUB_REF: 'refs/heads/development',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_WORKSPACE: workspace.path,
    RUNNER_TEMP: temp,
  };
  const cdk = ['npx', 'cdk', 'deploy', '--all', '--require-approval', 'never'] as const;
  const out = join(temp, 'cdk.out');
  const [ours, theirs] = [/deploy: unchanged/, /SpaceportStagingStack \(no changes\)/];
  return [
    {
      name: 'deploy action, system: spaceport',
      command: [process.execPath, entry],
      cwd: workspace.path,
      env: { ...env, INPUT_SYSTEM: 'spaceport' },
      says: ours,
    },
    {
      name: 'deploy action, cdk-out',
      command: [process.execPath, entry],
      cwd: workspace.path,
      env: { ...env, 'INPUT_CDK-OUT': out },
      says: ours,
    },
    {
      name: 'npx cdk deploy --all, app run by tsx',
      command: [...cdk, ...context, '-o', join(temp, 'again')],
      cwd: root,
      env,
      says: theirs,
    },
    { name: 'npx cdk deploy --all --app cdk.out', command: [...cdk, '--app', out], cwd: root, env, says: theirs },
  ];
}
