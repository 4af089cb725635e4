import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { root } from '../../tools/repository.ts';
import { startFakeGithub, type FakeGithub } from '../fakes/github.ts';
import { account, createStage, region, type Stage } from './stage.ts';

/* The consumer's three workflows as GitHub would run them, by act. `npm run setup:act` installs it where Go is; nothing here runs without. */
const act = join(root, '.tools/bin/act');
const onlyWithAct = existsSync(act) ? describe : describe.skip;

/** One line of act's JSON log. */
interface Line {
  readonly jobResult?: string;
  readonly stepResult?: string;
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly msg: string;
}

const environment = `account: "${account}", regions: [${region}]`;
const config = `system: spaceport
environments:
  prod: { branches: [main], ${environment}, github-environment: production, protected: true }
  staging: { branches: [development], ${environment}, github-environment: staging }
  dev: { ${environment} }
  sandbox: { ${environment} }
promotions:
  lambda: { from: dev, to: [sandbox], bucket: "artifacts-{environment}", prefix: lambda/ }
`;
const workflow = (name: string) => readFileSync(join(root, `.github/workflows/${name}.yml`), 'utf8');

/** Stands in for a third-party action whose step is skipped: act wants to have its metadata all the same. */
const idle = 'name: Stand-in\ndescription: Does nothing\nruns: { using: composite, steps: [] }\n';

onlyWithAct('workflows under act (npm run setup:act installs it)', () => {
  let stage: Stage;
  let github: FakeGithub;
  let standIn: string;
  beforeAll(async () => {
    stage = await createStage({
      '.github/spaceport.yml': config,
      '.github/workflows/deploy.yml': workflow('deploy'),
      '.github/workflows/preflight.yml': workflow('preflight'),
      '.github/workflows/promote.yml': workflow('promote'),
    });
    standIn = mkdtempSync(join(tmpdir(), 'spaceport-stand-in-'));
    writeFileSync(join(standIn, 'action.yml'), idle);
    const base = config.replace('prod: {', 'prod: { role: "arn:aws:iam::111111111111:role/absent",');
    github = await startFakeGithub({ files: { '.github/spaceport.yml': base } });
    toRepository(stage.workspace.path);
  });
  afterAll(async () => {
    rmSync(standIn, { recursive: true, force: true });
    await github.stop();
    await stage.end();
  });
  const run = (args: readonly string[]) => runAct(stage, standIn, github, args);

  test('a pull request to development is checked against staging, with the config of its base branch', async () => {
    const event = {
      pull_request: { number: 7, base: { ref: 'development', sha: 'b'.repeat(40) }, head: { ref: 'feature', repo: { fork: false } } },
    };
    writeFileSync(join(standIn, 'event.json'), JSON.stringify(event));
    const lines = await run(['pull_request', '-W', '.github/workflows/preflight.yml', '-e', join(standIn, 'event.json')]);
    expect(toOutputs(lines)).toMatchObject({ verdict: 'ready', environment: 'staging', warnings: '0' });
    expect(lines.filter((l) => l.jobResult)).toMatchObject([{ jobResult: 'success' }]);
    expect(github.comments.get(7)?.map((c) => c.body)).toEqual([expect.stringContaining('preflight: ready · staging')]);
  });

  test('a push to development maps the branch in one job and deploys in the next', async () => {
    const lines = await run(['push', '-W', '.github/workflows/deploy.yml']);
    expect(lines.filter((l) => l.stepResult === 'failure').map((l) => l.msg)).toEqual([]);
    expect(lines.filter((l) => l.jobResult).map((l) => l.jobResult)).toEqual(['success', 'success']);
    expect(toOutputs(lines)).toMatchObject({ verdict: 'deployed', 'github-environment': 'staging' });
    expect(lines.some((l) => l.command === 'summary' && l.msg.includes('deploy: deployed'))).toBe(true);
  });

  test('a dispatch promotes, after the name of the target was typed', async () => {
    const s3 = new S3Client({
      region,
      endpoint: stage.emulator.endpoint,
      forcePathStyle: true,
      credentials: { accessKeyId: account, secretAccessKey: 'test' },
    });
    for (const Bucket of ['artifacts-dev', 'artifacts-sandbox'])
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
    await s3.send(new PutObjectCommand({ Bucket: 'artifacts-dev', Key: 'lambda/a.zip', Body: 'zip a', ChecksumAlgorithm: 'SHA256' }));
    const inputs = (confirm: string) => ['--input', 'to=sandbox', '--input', 'reason=Release 1.4', '--input', `confirm=${confirm}`];
    const refused = await run(['workflow_dispatch', '-W', '.github/workflows/promote.yml', ...inputs('sandbax')]);
    expect(toOutputs(refused)).toMatchObject({ verdict: 'blocked', 'failure-reason': 'refused' });
    const promoted = await run(['workflow_dispatch', '-W', '.github/workflows/promote.yml', ...inputs('sandbox')]);
    expect(toOutputs(promoted)).toMatchObject({
      verdict: 'promoted',
      promoted: expect.stringMatching(/^\["lambda\/sets\/[0-9a-f]{64}\/a\.zip"\]$/),
    });
  });
});

/** Gives the outputs that the steps set, the last one of each name. */
const toOutputs = (lines: readonly Line[]) =>
  Object.fromEntries(lines.flatMap((l) => (l.command === 'set-output' && l.name ? [[l.name, l.arg ?? '']] : [])));

function toRepository(path: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com', ...args], { cwd: path, stdio: 'ignore' });
  git('init', '--initial-branch', 'development');
  git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
  git('add', '-A');
  git('commit', '-m', 'The workflows');
}

async function runAct(stage: Stage, standIn: string, github: FakeGithub, args: readonly string[]): Promise<readonly Line[]> {
  const cache = join(standIn, 'cache');
  mkdirSync(cache, { recursive: true });
  const env = Object.entries({ ...stage.emulator.env(account, region), GITHUB_API_URL: github.url }).flatMap(([name, value]) => [
    '--env',
    `${name}=${value}`,
  ]);
  const local = [`org/spaceport-actions@v1=${join(root, 'release')}`, ...toRemoteActions().map((name) => `${name}=${standIn}`)].flatMap(
    (l) => ['--local-repository', l],
  );
  const always = [
    '-P',
    'ubuntu-latest=-self-hosted',
    '--no-cache-server',
    '--json',
    '--actor',
    'octocat',
    '-s',
    `GITHUB_TOKEN=${'g'.repeat(40)}`,
  ];
  const child = spawn(act, [...args, ...always, ...env, ...local], {
    cwd: stage.workspace.path,
    env: { PATH: process.env['PATH'], HOME: cache, XDG_CACHE_HOME: cache },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  return out.split('\n').flatMap((line): Line[] => (line.startsWith('{') ? [JSON.parse(line) as Line] : line ? [{ msg: line }] : []));
}

/** Gives the third-party actions of the workflows, with the commits they are pinned to; act has a checkout of its own. */
function toRemoteActions(): readonly string[] {
  const all = ['deploy', 'preflight', 'promote'].flatMap((name) =>
    [...workflow(name).matchAll(/uses: (\S+@\S+)/g)].map(([, uses]) => uses ?? ''),
  );
  return [...new Set(all)].filter((uses) => !uses.startsWith('org/') && !uses.startsWith('actions/checkout'));
}
