import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../tools/repository.ts';
import { account, region, type Stage } from './stage.ts';

/* Workflows as GitHub would run them, by act. `npm run setup:act` installs it where Go is; nothing here runs without. */
const act = join(root, '.tools/bin/act');

/** Whether act is there. */
export const hasAct = existsSync(act);

/** One line of act's JSON log. */
export interface ActLine {
  readonly jobID?: string;
  readonly jobResult?: string;
  readonly matrix?: Readonly<Record<string, string>>;
  readonly stepResult?: string;
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly msg: string;
}

/** Gives the text of one of the workflows that consumers copy or call. */
export const readWorkflow = (name: string): string => readFileSync(join(root, `.github/workflows/${name}.yml`), 'utf8');

/** Gives the outputs that the steps set, the last one of each name. */
export const toStepOutputs = (lines: readonly ActLine[]): Readonly<Record<string, string>> =>
  Object.fromEntries(lines.flatMap((l) => (l.command === 'set-output' && l.name ? [[l.name, l.arg ?? '']] : [])));

/** Stands in for a third-party action whose step is skipped: act wants to have its metadata all the same. */
const idle = 'name: Stand-in\ndescription: Does nothing\nruns: { using: node20, main: index.js }\n';

/** One consumer's repository, in the workspace of a stage, and act to run its workflows. */
export interface Runner {
  /** A folder of the runner's own, for events. */
  readonly folder: string;
  /** Runs act and gives its log; `env` is laid over the stage's own. */
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<readonly ActLine[]>;
  readonly end: () => void;
}

/** Makes the workspace of a stage a repository on `branch`; the workflows named are those whose actions of others are stood in for. */
export function createRunner(stage: Stage, branch: string, workflows: readonly string[]): Runner {
  const folder = mkdtempSync(join(tmpdir(), 'spaceport-stand-in-'));
  writeFileSync(join(folder, 'action.yml'), idle);
  writeFileSync(join(folder, 'index.js'), '');
  toRepository(stage.workspace.path, branch);
  return {
    folder,
    run: (args, env = {}) => runAct(stage, folder, workflows, args, env),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function toRepository(path: string, branch: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com', ...args], { cwd: path, stdio: 'ignore' });
  git('init', '--initial-branch', branch);
  git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
  git('add', '-A');
  git('commit', '-m', 'The workflows');
}

async function runAct(
  stage: Stage,
  folder: string,
  workflows: readonly string[],
  args: readonly string[],
  more: Readonly<Record<string, string>>,
): Promise<readonly ActLine[]> {
  const cache = join(folder, 'cache');
  mkdirSync(cache, { recursive: true });
  const env = Object.entries({ ...stage.emulator.env(account, region), ...more }).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const local = [`org/spaceport-actions@v1=${join(root, 'release')}`, ...toRemoteActions(workflows).map((name) => `${name}=${folder}`)];
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
  const child = spawn(act, [...args, ...always, ...env, ...local.flatMap((l) => ['--local-repository', l])], {
    cwd: stage.workspace.path,
    env: { PATH: process.env['PATH'], HOME: cache, XDG_CACHE_HOME: cache },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  return out.split('\n').flatMap((line): ActLine[] => (line.startsWith('{') ? [JSON.parse(line) as ActLine] : line ? [{ msg: line }] : []));
}

/** Gives the third-party actions of the workflows, with the commits they are pinned to; act has a checkout of its own. */
function toRemoteActions(workflows: readonly string[]): readonly string[] {
  const all = workflows.flatMap((name) => [...readWorkflow(name).matchAll(/uses: (\S+@\S+)/g)].map(([, uses]) => uses ?? ''));
  return [...new Set(all)].filter((uses) => !uses.startsWith('org/') && !uses.startsWith('actions/checkout'));
}
