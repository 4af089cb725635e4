import { spawn } from 'node:child_process';

/** One command to time, as a whole process. */
export interface Contender {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What its output must say, so that it is known to have done what is timed. */
  readonly says: RegExp;
}

/** Wall time of the runs of one contender, in seconds. */
export interface Timing {
  readonly name: string;
  readonly seconds: readonly number[];
}

/** Gives the middle value; of an even count the lower one of the two in the middle. */
export function toMedian(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

/**
 * Times contenders in turn, A B C A B C, so that a machine that gets slower slows all of them; after one run that is not counted.
 *
 * @throws Error with the output of a run that fails or does something else than what is timed.
 */
export async function measure(contenders: readonly Contender[], rounds: number): Promise<readonly Timing[]> {
  const timings = contenders.map((c) => ({ name: c.name, seconds: [] as number[] }));
  for (let round = 0; round <= rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const seconds = await time(contender);
      if (round > 0) timings[i]?.seconds.push(seconds);
    }
  }
  return timings;
}

/** Gives the wall time of one run of a contender, in seconds. @throws Error as `measure` does. */
export async function time({ name, command: [program, ...args], cwd, env, says }: Contender): Promise<number> {
  const started = performance.now();
  const child = spawn(program, args, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0 || !says.test(said)) throw new Error(`${name} exited with ${code} and did not do what is timed:\n${said}`);
  return (performance.now() - started) / 1000;
}

/** Prints minimum, median and maximum of each, and how many times as long as the first the medians are. */
export function print(timings: readonly Timing[]): void {
  const base = toMedian(timings[0]?.seconds ?? []);
  const width = Math.max(...timings.map((t) => t.name.length));
  console.log(`${''.padEnd(width)}      min   median      max    ratio`);
  for (const { name, seconds } of timings) {
    const figures = [Math.min(...seconds), toMedian(seconds), Math.max(...seconds)].map((s) => s.toFixed(2).padStart(8));
    console.log(`${name.padEnd(width)} ${figures.join(' ')} ${(toMedian(seconds) / base).toFixed(2).padStart(8)}`);
  }
}
