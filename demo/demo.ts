import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from '../emulator/bootstrap.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { root } from '../tools/repository.ts';
import { createWorkspace, runAction, type ActionResult } from '../tools/runner.ts';
import {
  accounts,
  config,
  createArtifactBuckets,
  plantLegacyBucket,
  plantRole,
  readText,
  region,
  removeRole,
  uploadZips,
} from './stage.ts';

/** One run of an action in the demonstration, and what must come of it. */
interface Scene {
  readonly title: string;
  readonly action: 'preflight' | 'deploy' | 'promote';
  readonly branch?: string;
  readonly account: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly verdict: string;
}

const out = join(root, 'demo-output');
const results: { scene: Scene; result: ActionResult; seconds: number; file: string }[] = [];

/** Shows the main job from beginning to end on an emulated AWS; `keep` leaves the emulator running. */
async function demo(keep: boolean): Promise<void> {
  const started = performance.now();
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const emulator = await startEmulator(keep ? { port: 4566 } : {});
  const workspace = createWorkspace({ '.github/spaceport.yml': config });
  try {
    say(`\nAn emulated AWS answers at ${emulator.endpoint}.`);
    for (const account of Object.values(accounts)) await bootstrap(emulator, account, region);
    say(`Accounts ${accounts.first} and ${accounts.second} are bootstrapped.`);
    await story(emulator, workspace);
    report(performance.now() - started);
    if (keep) await untilStopped(emulator);
  } finally {
    workspace.remove();
    await emulator.stop();
  }
}

async function story(emulator: Emulator, workspace: ReturnType<typeof createWorkspace>): Promise<void> {
  const play = (scene: Scene) => perform(scene, emulator, workspace.path);
  const staging = { branch: 'development', account: accounts.first } as const;
  await plantRole(emulator, 'Spaceport-Lambda-Role-staging');
  await play({
    title: 'Somebody made a role by hand that staging wants: preflight stops it',
    action: 'preflight',
    ...staging,
    verdict: 'blocked',
  });
  await removeRole(emulator, 'Spaceport-Lambda-Role-staging');
  await play({ title: 'The role is gone: preflight is ready', action: 'preflight', ...staging, verdict: 'ready' });
  await play({ title: 'Deploy staging from nothing', action: 'deploy', ...staging, verdict: 'deployed' });
  await plantLegacyBucket(emulator, 'spaceport-uploads');
  await play({
    title: 'Deploy production beside a bucket from before: it is imported',
    action: 'deploy',
    branch: 'main',
    account: accounts.second,
    verdict: 'deployed',
  });
  say(
    `   The object in spaceport-uploads still says: ${await readText(emulator, accounts.second, 'spaceport-uploads', 'flights/2024/first.mp4')}`,
  );
  await play({ title: 'Deploy staging again: nothing to do', action: 'deploy', ...staging, verdict: 'unchanged' });
  await emulator.setFaults([
    { type: 'AWS::Lambda::Function', operation: 'update', error: 'Rate exceeded for operation UpdateFunctionConfiguration' },
  ]);
  workspace.write(
    '.github/spaceport.yml',
    config.replace('github-environment: staging', 'github-environment: staging\n    settings: { uploadUrlSeconds: 600 }'),
  );
  await play({
    title: 'An update that AWS refuses half way: rolled back, and said so',
    action: 'deploy',
    ...staging,
    verdict: 'rolled-back',
  });
  await createArtifactBuckets(emulator);
  await uploadZips(emulator, 202, (done) => (done % 101 === 0 ? say(`   ${done} of 202 ZIPs are built and uploaded to dev`) : undefined));
  const promotion = { to: 'sandbox', reason: 'Release 1.4 passed its tests', confirm: 'sandbox' };
  await play({
    title: 'Promote 202 Lambda ZIPs from dev to sandbox, another account',
    action: 'promote',
    branch: 'main',
    account: accounts.second,
    inputs: promotion,
    verdict: 'promoted',
  });
}

async function perform(scene: Scene, emulator: Emulator, workspace: string): Promise<void> {
  say(`\n── ${results.length + 1}. ${scene.title}\n   uses: org/spaceport-actions/${scene.action}@v1   (${scene.branch ?? 'main'})`);
  const started = performance.now();
  const result = await runAction({
    entry: join(root, 'release', scene.action, 'dist/index.js'),
    inputs: scene.inputs ?? {},
    env: { ...emulator.env(scene.account, region), NODE_NO_WARNINGS: '1' },
    workspace,
    event: { name: 'push', ref: `refs/heads/${scene.branch ?? 'main'}` },
    onLine: (line) =>
      /^::(group|endgroup|debug|set-output)/.test(line)
        ? undefined
        : say(`   ${line.replace(/^::(error|warning|notice)[^:]*::/, (_, level: string) => `[${level}] `).replace(/%0A/g, '\n      ')}`),
  });
  const file = join(out, `${results.length + 1}-${scene.action}-${result.outputs['verdict'] ?? 'none'}.md`);
  writeFileSync(file, result.summary);
  results.push({ scene, result, seconds: (performance.now() - started) / 1000, file });
  if (result.outputs['verdict'] !== scene.verdict)
    throw new Error(`The demonstration expected ${scene.verdict} and saw ${result.outputs['verdict'] ?? 'nothing'}; the log is above.`);
}

function report(ms: number): void {
  say('\n── What happened\n');
  for (const [i, { scene, result, seconds, file }] of results.entries()) {
    say(
      `   ${i + 1}. ${(result.outputs['verdict'] ?? '').padEnd(12)} exit ${result.code}  ${seconds.toFixed(1).padStart(5)} s   ${scene.title}\n      summary: ${file.slice(root.length + 1)}`,
    );
  }
  say(
    `\n   ${(ms / 1000).toFixed(0)} seconds from the start of the emulated AWS; what was installed and built before is not in that.\n   The job summaries that GitHub would show are in demo-output/.`,
  );
}

async function untilStopped(emulator: Emulator): Promise<void> {
  say(`\nThe emulator goes on at ${emulator.endpoint} until you press Ctrl-C. To look around:\n`);
  for (const [name, value] of Object.entries(emulator.env(accounts.first, region))) say(`   export ${name}=${value}`);
  await new Promise<void>((resolve) => process.once('SIGINT', () => resolve()));
}

const say = (text: string): void => console.log(text);

await demo(process.argv.includes('--keep'));
