import { join } from 'node:path';
import { systems } from '../infra/systems.ts';
import { sampleSettings } from '../infra/systems/sample.ts';
import { root } from '../tools/repository.ts';
import { createWorkspace, runAction } from '../tools/runner.ts';
import { toMedian } from './measure.ts';

/*
 * The bundled synth of every system, as the action makes it in a process of its own: from the line that names the environment, before
 * the CDK is loaded, to the line that begins the checks. Depth static, so nothing waits for AWS; the validator warms beside it.
 */
const rounds = Number(process.argv[2] ?? 5);
const wanted = process.argv[3] ?? '';
console.log('system        environment  stacks  seconds (median)   min   max');
for (const system of systems.filter((s) => s.name.includes(wanted))) {
  const environment = Object.keys(system.environments).at(-1) ?? '';
  const config = { regions: ['us-west-2'], settings: sampleSettings[system.name] ?? {} };
  const workspace = createWorkspace({ '.github/spaceport.yml': JSON.stringify({ environments: { [environment]: config } }) });
  try {
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round++) seconds.push(await measure(system.name, environment, workspace.path));
    const figures = [toMedian(seconds), Math.min(...seconds), Math.max(...seconds)].map((s) => s.toFixed(2));
    const stacks = String(system.stackNames(environment).length);
    console.log(
      `${system.name.padEnd(13)} ${environment.padEnd(12)} ${stacks.padStart(6)}  ${(figures[0] ?? '').padStart(16)}  ${(figures[1] ?? '').padStart(4)}  ${(figures[2] ?? '').padStart(4)}`,
    );
  } finally {
    workspace.remove();
  }
}

async function measure(system: string, environment: string, workspace: string): Promise<number> {
  const at: Record<string, number> = {};
  const { log } = await runAction({
    entry: join(root, 'release/preflight/dist/index.js'),
    inputs: { system, environment, depth: 'static' },
    env: { AWS_REGION: 'us-west-2' },
    workspace,
    onLine: (line) => {
      if (line.startsWith('🎯')) at['begin'] ??= performance.now();
      if (line.startsWith('🚀 Running')) at['end'] ??= performance.now();
    },
  });
  if (at['begin'] === undefined || at['end'] === undefined) throw new Error(`${system} was not synthesized:\n${log}`);
  return (at['end'] - at['begin']) / 1000;
}
