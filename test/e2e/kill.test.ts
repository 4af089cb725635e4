import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { createStacks, type EmulatedStacks } from '../../emulator/stacks.ts';
import { queue, toAssemblyFiles, type SampleStack } from '../fakes/assembly.ts';
import { account, createStage, region, type Stage } from './stage.ts';

let stage: Stage;
let stacks: EmulatedStacks;
/** How long a whole run takes on this machine, in milliseconds. */
let wholeMs: number;
beforeAll(async () => {
  stage = await createStage({});
  stacks = createStacks(stage.emulator, account, region);
  write(0);
  await slowDown();
  const startMs = Date.now();
  await run(0);
  wholeMs = Date.now() - startMs;
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
});

function write(delay: number): void {
  for (const [path, text] of Object.entries(toAssemblyFiles('cdk.out', app(delay)))) stage.workspace.write(path, text);
}

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

const run = (attempt: number, onStart?: (process: ChildProcess) => void) =>
  stage.run(
    'deploy',
    { 'cdk-out': 'cdk.out', environment: 'staging' },
    { env: { GITHUB_RUN_ATTEMPT: String(attempt) }, ...(onStart ? { onStart } : {}) },
  );

/** Lets every resource take a while. */
const slowDown = () =>
  stage.emulator.setFaults((['create', 'update'] as const).map((operation) => ({ operation, delayMs: 100, times: -1 })));

/** Kills a run a while after it began to deploy, at a moment that no program chooses. */
async function runAndKill(attempt: number, afterMs: number): Promise<void> {
  await slowDown();
  let child: ChildProcess | undefined;
  const running = run(attempt, (process) => (child = process));
  await Promise.race([running, wait(afterMs)]);
  child?.kill('SIGKILL');
  await running;
  await stage.emulator.setFaults([]);
}

/** What each stack gives now, and whether it is done. */
const described = () =>
  Promise.all(
    names.map(async (StackName) => {
      const { status } = await stacks.settled(StackName);
      const { Stacks: [stack] = [] } = await stacks.client.send(new DescribeStacksCommand({ StackName }));
      return `${StackName} ${/^(CREATE|UPDATE)_COMPLETE$/.test(status) ? 'done' : status} ${stack?.Outputs?.[0]?.OutputValue}`;
    }),
  );

describe('a run that is killed', () => {
  test.each([1, 2, 3, 4])('at five random moments (seed %i) is finished each time by the next one', async (seed) => {
    const chance = createChance(seed);
    for (let kill = 1; kill <= 5; kill++) {
      const delay = 5 * seed + kill;
      // Every other time there is nothing yet, otherwise the stacks of the time before.
      if (kill % 2) for (const name of names) await stacks.remove(name);
      write(delay);
      const afterMs = Math.round(wholeMs * (0.1 + 0.9 * chance()));
      await runAndKill(2 * kill - 1, afterMs);
      const { outputs, log } = await run(2 * kill);
      const isFine = ['deployed', 'unchanged'].includes(outputs['verdict'] ?? '') && outputs['errors'] === '0';
      expect(isFine ? '' : `killed after ${afterMs} ms:\n${log}`).toBe('');
      expect(await described()).toEqual(names.map((name) => `${name} done ${delay}`));
    }
  });
});
