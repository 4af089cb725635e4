import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { systems } from '../infra/systems.ts';
import { sampleSettings } from '../infra/systems/sample.ts';
import { root } from '../tools/repository.ts';
import { createWorkspace, runAction } from '../tools/runner.ts';
import { toMedian } from './measure.ts';

/*
 * The bundled synth of every system, as the action makes it in a process of its own: from the line that names the environment, before
 * the CDK is loaded, to the line that begins the checks. Depth static, so nothing waits for AWS.
 *
 * `alone` is the synth itself: no validator is started. `beside` is the same while the validator loads on another core, as in every
 * run: what it takes longer is what the two cores share.
 */
const rounds = Number(process.argv[2] ?? 5);
const wanted = process.argv[3] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'spaceport-synth-'));

/** Loaded before the bundle: threads that never start. */
const noThreads = join(folder, 'no-threads.mjs');
writeFileSync(
  noThreads,
  `import { createRequire } from 'node:module';
import { EventEmitter } from 'node:events';
class Idle extends EventEmitter { ref() {} unref() {} postMessage() {} terminate() { return Promise.resolve(0); } }
createRequire(import.meta.url)('node:worker_threads').Worker = Idle;
`,
);

const toFigures = (all: readonly number[]) =>
  [toMedian(all), Math.min(...all), Math.max(...all)].map((s) => s.toFixed(2).padStart(6)).join(' ');

try {
  console.log('system        environment  stacks  alone: median, min, max   beside: median, min, max (seconds)');
  for (const system of systems.filter((s) => s.name.includes(wanted))) {
    const environment = Object.keys(system.environments).at(-1) ?? '';
    const config = { regions: ['us-west-2'], settings: sampleSettings[system.name] ?? {} };
    const workspace = createWorkspace({ '.github/spaceport.yml': JSON.stringify({ environments: { [environment]: config } }) });
    try {
      const alone: number[] = [];
      const beside: number[] = [];
      for (let round = 0; round < rounds; round++) {
        alone.push(await measure(system.name, environment, workspace.path, { NODE_OPTIONS: `--import=${pathToFileURL(noThreads).href}` }));
        beside.push(await measure(system.name, environment, workspace.path, {}));
      }
      const stacks = String(system.stackNames(environment).length);
      console.log(
        `${system.name.padEnd(13)} ${environment.padEnd(12)} ${stacks.padStart(6)}   ${toFigures(alone)}      ${toFigures(beside)}`,
      );
    } finally {
      workspace.remove();
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Ends the process when the synth is done: what follows is not measured. */
async function measure(system: string, environment: string, workspace: string, env: Readonly<Record<string, string>>): Promise<number> {
  const at: Record<string, number> = {};
  let end = () => {};
  const { log } = await runAction({
    entry: join(root, 'release/preflight/dist/index.js'),
    inputs: { system, environment, depth: 'static' },
    env: { AWS_REGION: 'us-west-2', ...env },
    workspace,
    onStart: (child) => (end = () => child.kill()),
    onLine: (line) => {
      if (line.startsWith('🎯')) at['begin'] ??= performance.now();
      if (!line.startsWith('🚀 Running')) return;
      at['end'] ??= performance.now();
      end();
    },
  });
  if (at['begin'] === undefined || at['end'] === undefined) throw new Error(`${system} was not synthesized:\n${log}`);
  return (at['end'] - at['begin']) / 1000;
}
