import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systems } from '../infra/systems.ts';
import { startDelay, type Delay } from './delay.ts';
import { print, time, type Contender, type Timing } from './measure.ts';
import { createBenchStage, type Timed } from './stage.ts';

/*
 * A fresh deployment of balancer, twelve stacks: every call takes 50 ms longer, and one resource of each stack takes 2 to 10 s (the
 * emulator makes the resources of a stack one after another, AWS side by side). This project's deploy action, `npx cdk deploy --all`,
 * and that with as much concurrency as there are stacks. Each deploys into an empty account. The critical path is the longest way
 * through the graph of the stacks, by the seconds that each took in our run.
 */
const of: Timed = { system: 'balancer', environment: 'development' };
const rounds = Number(process.argv[2] ?? 1);
const stacks = systems.find((s) => s.name === of.system)?.stackNames(of.environment) ?? [];

/** What is read of the report. */
interface FreshReport {
  readonly stacks: readonly { readonly name: string; readonly startSeconds: number; readonly seconds: number }[];
  readonly plan?: { readonly stacks: readonly { readonly name: string; readonly after: readonly string[] }[] };
  readonly seconds?: number;
}

let delay: Delay | undefined;
const stage = await createBenchStage(async (emulator) => (delay = await startDelay(emulator.endpoint, 50)).endpoint);
const account = '111111111111';
try {
  for (let round = 0; round < rounds; round++) print(await once());
} finally {
  delay?.stop();
  await stage.end();
}

async function once(): Promise<readonly Timing[]> {
  const report = join(stage.temp, 'report.json');
  const open = async (): Promise<string> => {
    await stage.emulator.reset(); // names of buckets are everybody's
    await stage.open(account);
    await slowDown();
    return account;
  };
  const cdk = ['deploy', '--all', '--require-approval', 'never'];
  const contenders: (() => Promise<Contender>)[] = [
    async () => ({
      name: 'deploy action',
      says: /deploy: deployed/,
      ...stage.ours(of, await open(), { INPUT_SYSTEM: of.system, INPUT_REPORT: report, INPUT_CONCURRENCY: '12' }),
    }),
    async () => ({ name: 'cdk deploy --all', says: /Deployment time/, ...stage.theirs(of, await open(), cdk) }),
    async () => ({
      name: 'cdk deploy --all --concurrency 12',
      says: /Deployment time/,
      ...stage.theirs(of, await open(), [...cdk, '--concurrency', '12']),
    }),
  ];
  const timings: Timing[] = [];
  for (const make of contenders) {
    const contender = await make();
    timings.push({ name: contender.name, seconds: [await time(contender)] });
  }
  tellPath(JSON.parse(readFileSync(report, 'utf8')) as FreshReport);
  return timings;
}

/** One resource of each stack takes its time: the first that the emulator makes of it. */
async function slowDown(): Promise<void> {
  await stage.emulator.setFaults(
    stacks.map((stack, i) => ({ operation: 'create' as const, stack, delayMs: 2_000 + ((i * 3_700) % 8_001), times: 1 })),
  );
}

function tellPath({ stacks: results, plan, seconds = 0 }: FreshReport): void {
  const took = new Map(results.map((r) => [r.name, r.seconds]));
  const before = new Map(plan?.stacks.map((s) => [s.name, s.after]) ?? []);
  const path = (name: string): number => (took.get(name) ?? 0) + Math.max(0, ...(before.get(name) ?? []).map(path));
  const critical = Math.max(...results.map((r) => path(r.name)));
  const began = Math.min(...results.map((r) => r.startSeconds));
  console.log(
    `critical path ${critical.toFixed(1)} s; from the first start to the end ${(seconds - began).toFixed(1)} s, ${((seconds - began) / critical).toFixed(2)} times; all stacks one after another ${results.reduce((sum, r) => sum + r.seconds, 0).toFixed(1)} s`,
  );
}
