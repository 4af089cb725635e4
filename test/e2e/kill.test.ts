import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { createStacks, type EmulatedStacks } from '../../emulator/stacks.ts';
import { queue, toAssemblyFiles, type SampleStack } from '../fakes/assembly.ts';
import type { ActionResult } from '../../tools/runner.ts';
import { createStage, region, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({}, []);
  // Lets every resource take a while.
  await stage.emulator.setFaults((['create', 'update'] as const).map((operation) => ({ operation, delayMs: 100, times: -1 })));
});
afterAll(() => stage?.end());

const names = ['Web', 'Api', 'Net'];

/** Three small stacks, two of which need the first; what they come to depends on `delay`. */
const app = (delay: number): Readonly<Record<string, SampleStack>> => ({
  Net: { resources: { Queue: queue(delay) }, ...giving('net', delay) },
  Api: { resources: { Queue: queue(delay), Rest: queue(delay) }, ...giving('api', delay), dependencies: ['Net'] },
  Web: { resources: { Queue: queue(delay) }, ...giving('web', delay), dependencies: ['Net'] },
});

const giving = (name: string, delay: number): SampleStack => ({
  outputs: { Delay: { Value: String(delay), Export: { Name: `${name}-delay` } } },
  bootstrap: false,
});

/** Gives numbers from 0 to 1 that look like chance and are the same each time (mulberry32). */
function createChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One account with runs that are killed: nothing of it meets the others. */
interface Lane {
  readonly seed: number;
  readonly account: string;
  readonly stacks: EmulatedStacks;
  /** Runs a deployment of `app(delay)`. */
  readonly run: (attempt: number, delay: number, onStart?: (process: ChildProcess) => void) => Promise<ActionResult>;
}

function createLane(seed: number): Lane {
  const account = String(seed).repeat(12);
  const folder = `cdk.out-${seed}`;
  return {
    seed,
    account,
    stacks: createStacks(stage.emulator, account, region),
    run: (attempt, delay, onStart) => {
      for (const [path, text] of Object.entries(toAssemblyFiles(folder, app(delay)))) stage.workspace.write(path, text);
      const env = { GITHUB_RUN_ATTEMPT: String(attempt) };
      return stage.run('deploy', { 'cdk-out': folder, environment: 'staging' }, { account, env, ...(onStart ? { onStart } : {}) });
    },
  };
}

/** Kills a run a while after it began, at a moment that no program chooses. */
async function runAndKill({ run }: Lane, attempt: number, delay: number, afterMs: number): Promise<void> {
  let child: ChildProcess | undefined;
  const running = run(attempt, delay, (process) => (child = process));
  await Promise.race([running, wait(afterMs)]);
  child?.kill('SIGKILL');
  await running;
}

/** What each stack gives now, and whether it is done. */
const described = ({ stacks }: Lane) =>
  Promise.all(
    names.map(async (StackName) => {
      const { status } = await stacks.settled(StackName);
      const { Stacks: [stack] = [] } = await stacks.client.send(new DescribeStacksCommand({ StackName }));
      return `${StackName} ${/^(CREATE|UPDATE)_COMPLETE$/.test(status) ? 'done' : status} ${stack?.Outputs?.[0]?.OutputValue}`;
    }),
  );

/** Kills five runs, each followed by one that is let be; gives what is wrong after those. */
async function killFive(lane: Lane): Promise<readonly string[]> {
  const chance = createChance(lane.seed);
  const startMs = Date.now();
  await lane.run(0, 0);
  const wholeMs = Date.now() - startMs;
  const wrong: string[] = [];
  for (let kill = 1; kill <= 5; kill++) {
    const delay = 5 * lane.seed + kill;
    // Every other time there is nothing yet, otherwise the stacks of the time before.
    if (kill % 2) for (const name of names) await lane.stacks.remove(name);
    const afterMs = Math.round(wholeMs * (0.1 + 0.9 * chance()));
    await runAndKill(lane, 2 * kill - 1, delay, afterMs);
    const { outputs, log } = await lane.run(2 * kill, delay);
    const isFine = ['deployed', 'unchanged'].includes(outputs['verdict'] ?? '') && outputs['errors'] === '0';
    const found = await described(lane);
    const wanted = names.map((name) => `${name} done ${delay}`);
    if (!isFine || found.join() !== wanted.join()) wrong.push(`seed ${lane.seed}, killed after ${afterMs} ms: ${found.join(', ')}\n${log}`);
  }
  return wrong;
}

test('a run that is killed at twenty random moments is finished each time by the next one', async () => {
  const lanes = [1, 2, 3, 4].map((seed) => killFive(createLane(seed)));
  expect((await Promise.all(lanes)).flat()).toEqual([]);
}, 600_000);
