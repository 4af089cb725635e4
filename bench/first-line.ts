import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../tools/repository.ts';
import { toMedian } from './measure.ts';

/* How long each action takes to its first line, beside a Node that does nothing: medians of processes started in turn. */
const rounds = Number(process.argv[2] ?? 15);
const nothing: number[] = [];
const actions = { preflight: [] as number[], deploy: [] as number[], promote: [] as number[] };
for (let round = 0; round < rounds; round++) {
  nothing.push(await untilEnd(['-e', '0']));
  for (const [action, times] of Object.entries(actions)) times.push(await untilFirstLine([join(root, 'release', action, 'dist/index.js')]));
}
console.log(`node -e 0    ${toMedian(nothing).toFixed(0)} ms`);
for (const [action, times] of Object.entries(actions))
  console.log(`${action.padEnd(12)} ${toMedian(times).toFixed(0)} ms   ${(toMedian(times) / toMedian(nothing)).toFixed(2)} times`);

async function untilEnd(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  await new Promise((resolve) => child.once('close', resolve));
  return performance.now() - started;
}

async function untilFirstLine(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'], AWS_EC2_METADATA_DISABLED: 'true' },
  });
  const ms = await new Promise<number>((resolve) => child.stdout.once('data', () => resolve(performance.now() - started)));
  child.kill();
  await new Promise((resolve) => child.once('close', resolve));
  return ms;
}
