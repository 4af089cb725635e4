import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { root } from './repository.ts';

const execute = promisify(execFile);

/** Runs Node in the root folder and gives what it printed. @throws Error with all that it printed. */
export async function runNode(args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await execute(process.execPath, [...args], { cwd: root, maxBuffer: 1 << 28 });
    return stdout;
  } catch (thrown) {
    const { stdout, stderr, message } = thrown as Error & { stdout?: string; stderr?: string };
    throw new Error(`${stdout ?? ''}${stderr ?? ''}`.trim() || message, { cause: thrown });
  }
}

/** How long a step may take before it is said what is being waited for. */
const patienceMs = 2_000;

/** Performs one step and prints its name with the milliseconds it took; of a long one also that it goes on. */
export async function step<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const waiting = setTimeout(() => console.log(`        … ${name}`), patienceMs);
  try {
    const result = await work();
    console.log(`${String(Math.round(performance.now() - start)).padStart(7)} ms  ${name}`);
    return result;
  } finally {
    clearTimeout(waiting);
  }
}

/**
 * Performs work while no other process performs work under the same lock file; waits for its turn.
 *
 * A lock whose process is gone counts for nothing.
 */
export async function exclusively<T>(lock: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(lock), { recursive: true });
  while (!take(lock)) await wait(200);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  if (existsSync(lock) && !isAlive(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true });
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}
