import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** One run of an action, as the runner would start it. */
export interface ActionRun {
  /** Entry of the action: `release/deploy/dist/index.js`. */
  readonly entry: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Credentials, region, endpoint: what earlier steps of a job would have set. */
  readonly env: Readonly<Record<string, string>>;
  /** The checkout; GITHUB_WORKSPACE. */
  readonly workspace: string;
  /** Default: a push to main. */
  readonly event?: { readonly name: string; readonly ref?: string; readonly baseRef?: string; readonly payload?: unknown };
  readonly onLine?: (line: string) => void;
  /** Receives the process as soon as it runs, so that a test can cancel it as the runner does. */
  readonly onStart?: (process: ChildProcess) => void;
  /** Node to run it with. */
  readonly node?: string;
}

/** What came of a run. */
export interface ActionResult {
  /** 0, or why the step failed; -1 when a signal ended it. */
  readonly code: number;
  readonly log: string;
  /** Workflow commands of the log, such as `error`: everything the runner would obey. */
  readonly commands: readonly { readonly name: string; readonly text: string }[];
  readonly outputs: Readonly<Record<string, string>>;
  /** GitHub Markdown. */
  readonly summary: string;
}

/**
 * Runs a built action under the runner's own contract: INPUT_ variables in, files and exit code out.
 *
 * Nothing of this process's own environment reaches it but the path and the home folder.
 *
 * @source GitHub's documents on default variables, on workflow commands and on metadata of actions
 */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const folder = mkdtempSync(join(tmpdir(), 'spaceport-runner-'));
  try {
    return await runIn(folder, run);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runIn(folder: string, run: ActionRun): Promise<ActionResult> {
  const files = {
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    GITHUB_ENV: join(folder, 'env'),
    GITHUB_STATE: join(folder, 'state'),
  };
  Object.values(files).forEach((file) => writeFileSync(file, ''));
  const temp = run.env['RUNNER_TEMP'] ?? join(folder, 'temp');
  mkdirSync(temp, { recursive: true });
  const child = spawn(run.node ?? process.execPath, [run.entry], {
    cwd: run.workspace,
    env: { PATH: process.env['PATH'], HOME: folder, ...toVariables(run, folder), RUNNER_TEMP: temp, ...files, ...run.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  run.onStart?.(child);
  const log = await collect(child, run.onLine);
  const code = child.exitCode ?? -1;
  return {
    code,
    log,
    commands: toCommands(log),
    outputs: parseOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8')),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
  };
}

function toVariables(
  { inputs, workspace, event = { name: 'push', ref: 'refs/heads/main' } }: ActionRun,
  folder: string,
): Record<string, string> {
  const payload = join(folder, 'event.json');
  writeFileSync(payload, JSON.stringify(event.payload ?? {}));
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: payload,
    GITHUB_REF: event.ref ?? 'refs/heads/main',
    GITHUB_REF_NAME: (event.ref ?? 'refs/heads/main').replace(/^refs\/(heads|tags)\//, ''),
    ...(event.baseRef ? { GITHUB_BASE_REF: event.baseRef } : {}),
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: '1001',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_ACTOR: 'octocat',
    GITHUB_SHA: '0'.repeat(40),
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase().replace(/ /g, '_')}`, value])),
  };
}

async function collect(child: ChildProcess, onLine: ActionRun['onLine']): Promise<string> {
  let log = '';
  let rest = '';
  const take = (chunk: Buffer): void => {
    const text = chunk.toString('utf8');
    log += text;
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (onLine) lines.forEach(onLine);
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  await new Promise((resolve) => child.once('close', resolve));
  if (rest) onLine?.(rest);
  return log;
}

const toCommands = (log: string) =>
  log.split('\n').flatMap((line) => {
    const [, name, text] = /^\s*::([\w-]+)(?:\s[^:]*(?:::?[^:]+)*?)?::(.*)$/.exec(line) ?? [];
    return name ? [{ name, text: text ?? '' }] : [];
  });

/** Gives the values of a GITHUB_OUTPUT file: `name=value` lines, and `name<<delimiter` blocks. */
export function parseOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const [, name, delimiter] = /^([^=<]+)<<(.+)$/.exec(lines[i] ?? '') ?? [];
    if (name && delimiter) {
      const end = lines.indexOf(delimiter, i + 1);
      outputs[name] = lines.slice(i + 1, end).join('\n');
      i = end;
    } else if (lines[i]?.includes('=')) {
      const at = (lines[i] ?? '').indexOf('=');
      outputs[(lines[i] ?? '').slice(0, at)] = (lines[i] ?? '').slice(at + 1);
    }
  }
  return outputs;
}

/** Makes a checkout of a consumer: a temporary folder with the files given, by path. */
export function createWorkspace(files: Readonly<Record<string, string>>): {
  readonly path: string;
  readonly write: (path: string, text: string) => void;
  readonly remove: () => void;
} {
  const path = mkdtempSync(join(tmpdir(), 'spaceport-workspace-'));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  };
  Object.entries(files).forEach(([name, text]) => write(name, text));
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) };
}
