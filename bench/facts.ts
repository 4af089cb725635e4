import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bootstrap } from '../emulator/bootstrap.ts';
import { startEmulator } from '../emulator/emulator.ts';
import { toAssemblyFiles, type SampleStack } from '../test/fakes/assembly.ts';
import { root } from '../tools/repository.ts';
import { startDelay } from './delay.ts';

/*
 * Preflight of large assemblies that are all new, a hundred resources a stack: calls, seconds and memory over 1, 10 and 40 stacks.
 * Every call takes 50 ms longer than the emulator does. Whole processes.
 */
const account = '111111111111';
const region = 'us-west-2';
const latencyMs = 50;
const resourcesPerStack = 100;
/** How many resources of a stack have a name of their own. */
const namedPerStack = 20;

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const emulator = await startEmulator();
const temp = mkdtempSync(join(tmpdir(), 'spaceport-facts-'));
const delay = await startDelay(emulator.endpoint, latencyMs);
try {
  await bootstrap(emulator, account, region);
  console.log('stacks  resources  names  calls  allowed  seconds   MB');
  for (const stacks of [1, 3, 10, 40]) await measure(stacks);
} finally {
  delay.stop();
  rmSync(temp, { recursive: true, force: true });
  await emulator.stop();
}

async function measure(count: number): Promise<void> {
  const folder = join(temp, String(count));
  const stacks = Object.fromEntries(Array.from({ length: count }, (_, i) => [`Stack${i}`, toStack(i)]));
  for (const [path, text] of Object.entries(toAssemblyFiles(join(folder, 'cdk.out'), stacks))) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  delay.reset();
  const started = performance.now();
  const { code, log, maxRssKb } = await preflight(folder);
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`preflight of ${count} stacks exited with ${code}:\n${log}`);
  const names = count * namedPerStack;
  const allowed = count * 6 + names + 50;
  const row = [count, count * resourcesPerStack, names, delay.calls(), allowed, seconds.toFixed(1), Math.round(maxRssKb / 1024)];
  const widths = [6, 9, 5, 5, 7, 7, 4];
  console.log(row.map((v, i) => String(v).padStart(widths[i] ?? 0)).join('  '));
}

/** A stack as they are: most resources without a name, some with one, and policies that refer to them. */
function toStack(index: number): SampleStack {
  const named = Array.from({ length: namedPerStack / 4 }, (_, i) => [
    [`Table${i}`, { Type: 'AWS::DynamoDB::Table', Properties: toTable(`table-${index}-${i}`) }],
    [`Bucket${i}`, { Type: 'AWS::S3::Bucket', Properties: { BucketName: `bucket-of-the-bench-${index}-${i}` } }],
    [`Role${i}`, { Type: 'AWS::IAM::Role', Properties: { RoleName: `role-${index}-${i}`, AssumeRolePolicyDocument: trust } }],
    [`Queue${i}`, { Type: 'AWS::SQS::Queue', Properties: { QueueName: `queue-${index}-${i}` } }],
  ]).flat();
  const unnamed = Array.from({ length: resourcesPerStack - namedPerStack }, (_, i) => [
    `Topic${i}`,
    { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::Sub': `\${AWS::StackName} ${i}` } } },
  ]);
  return { resources: Object.fromEntries([...named, ...unnamed]) as SampleStack['resources'] };
}

function toTable(TableName: string): object {
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  };
}

/** Runs preflight as the runner does, with a hook that leaves the memory it took at most. */
async function preflight(folder: string): Promise<{ code: number | null; log: string; maxRssKb: number }> {
  const rss = join(folder, 'rss');
  const hook = join(folder, 'hook.cjs');
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(rss)}, String(process.resourceUsage().maxRSS)));`,
  );
  const env = {
    ...process.env,
    ...emulator.env(account, region),
    AWS_ENDPOINT_URL: delay.endpoint,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: join(folder, 'temp'),
    'INPUT_CDK-OUT': 'cdk.out',
  };
  const child = spawn(process.execPath, ['--require', hook, join(root, 'release/preflight/dist/index.js')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, log, maxRssKb: Number(readFileSync(rss, 'utf8')) };
}
