import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A failure or a delay scripted for the next matching operations on a resource of a CloudFormation stack. */
export interface ResourceFault {
  /** What is done to the resource; `rollback` is an update being sent back after a failure. */
  readonly operation: 'create' | 'update' | 'delete' | 'rollback';
  /** Resource type, such as `AWS::DynamoDB::Table`; any when left out. */
  readonly type?: string;
  /** Logical id in the template. */
  readonly logicalId?: string;
  /** Physical name: the explicit name in the template, or the physical id. */
  readonly name?: string;
  /** Name of the stack. */
  readonly stack?: string;
  /** Why the resource fails; without it the fault only delays. */
  readonly error?: string;
  /** How long the operation takes, at least. */
  readonly delayMs?: number;
  /** How often it happens, 1 when left out; -1 is always. */
  readonly times?: number;
}

/** A failure or a delay scripted for the next matching API calls. */
export interface CallFault {
  /** Service and operation as the recorder names them, such as `s3:CopyObject`; `*` is any call. */
  readonly call: string;
  /** Only calls about this name: S3 key, or the value of any parameter (stack name, function name). */
  readonly key?: string;
  /** Happens on each n-th call that fits alone: 5 is 20 % of them. */
  readonly every?: number;
  /** HTTP status of the answer; 400 when only a code is given, 500 when neither is. */
  readonly status?: number;
  /** AWS error code, such as `ThrottlingException`. Without status and code the fault only delays. */
  readonly code?: string;
  readonly message?: string;
  /** The answer ends in its middle. */
  readonly cut?: boolean;
  readonly delayMs?: number;
  /** How often it happens, 1 when left out; -1 is always. */
  readonly times?: number;
}

/** What can be scripted; see `Emulator.setFaults`. */
export type Fault = ResourceFault | CallFault;

/** One API call that the emulator has received, named as IAM names actions but after the operation: `s3:HeadBucket`. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  /** Account of the credentials that the call was made with. */
  readonly account: string;
  readonly region: string;
  /** Whether the operation can change anything (everything but Get, List, Describe, Head and the like). */
  readonly write: boolean;
}

/** A running emulated AWS. */
export interface Emulator {
  /** Base URL, `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  readonly pid: number;
  /**
   * Gives the environment variables that make any AWS SDK, CLI or the CDK use the emulator as this account (12 digits; it need not
   * exist before). To be laid over an existing environment. The user's own AWS files and profile are not read.
   */
  env(account: string, region?: string): Record<string, string>;
  /** Empties all accounts and clears faults and recorded calls. Some milliseconds. */
  reset(): Promise<void>;
  /** Replaces the scripted faults. The first match in the list's order is taken. */
  setFaults(faults: readonly Fault[]): Promise<void>;
  /** Gives the faults that have not happened as often as they may. */
  faults(): Promise<readonly Fault[]>;
  /** Gives all API calls since the start, the last reset or the last `clearCalls`, in order of arrival. */
  calls(): Promise<readonly Call[]>;
  clearCalls(): Promise<void>;
  /** Stops it and removes all it wrote. Resolves once it is gone; harmless when repeated. */
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..');
const startupMs = 20_000;
const stopMs = 5_000;

/**
 * Starts an emulated AWS of its own, empty, on 127.0.0.1. About half a second.
 *
 * It ends with this process at the latest, and does not keep this process alive.
 *
 * @param options port: 0 or nothing takes a free one. log: a file that its messages go to, and that stays.
 * @throws Error when the Python environment is missing, the port is taken, or it does not serve in 20 s; with the end of its log
 */
export async function startEmulator(options: { port?: number; log?: string } = {}): Promise<Emulator> {
  const python = findPython();
  const directory = mkdtempSync(join(tmpdir(), 'spaceport-emulator-'));
  const log = options.log ?? join(directory, 'server.log');
  const server = launch(python, directory, log, options.port ?? 0);
  try {
    const { port, pid } = await announcement(server, log);
    return createEmulator(`http://127.0.0.1:${port}`, pid, server, directory);
  } catch (error) {
    server.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

function findPython(): string {
  const python = process.platform === 'win32' ? join(root, '.venv/Scripts/python.exe') : join(root, '.venv/bin/python');
  if (!existsSync(python)) throw new Error(`The emulator's Python environment is missing (${python}): run \`npm run setup\`.`);
  return python;
}

function launch(python: string, directory: string, log: string, port: number): ChildProcess {
  const logFile = openSync(log, 'a');
  const server = spawn(python, [join(root, 'emulator/server.py'), '--directory', directory, '--stop-with-stdin'], {
    cwd: directory,
    env: serverEnv(port),
    stdio: ['pipe', 'pipe', logFile],
  });
  closeSync(logFile);
  return server;
}

/** Only what Python and the Lambda functions that it runs need: an AWS profile or NODE_OPTIONS of the caller must not reach them. */
function serverEnv(port: number): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'SystemRoot', 'LOG_LEVEL'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const modules = [join(root, 'node_modules'), join(root, 'engine/node_modules')].join(delimiter);
  return { ...Object.fromEntries(kept), GATEWAY_PORT: String(port), NODE_PATH: modules };
}

/** Waits for the line that the server writes once it serves requests. */
async function announcement(server: ChildProcess, log: string): Promise<{ port: number; pid: number }> {
  const { stdout } = server;
  if (!stdout) throw new Error('the emulator has no stdout');
  const aborted = AbortSignal.timeout(startupMs);
  const line = new Promise<string>((resolve, reject) => {
    createInterface({ input: stdout }).once('line', resolve);
    server.once('error', reject);
    server.once('exit', (code, signal) => reject(new Error(`it ended with ${signal ?? code}`)));
    aborted.addEventListener('abort', () => reject(new Error(`it did not serve requests within ${startupMs / 1000} s`)));
  });
  try {
    return JSON.parse(await line) as { port: number; pid: number };
  } catch (error) {
    throw new Error(`The emulator did not start: ${error instanceof Error ? error.message : String(error)}\n${tail(log)}`, {
      cause: error,
    });
  } finally {
    stdout.destroy();
    // From here on it must not keep this process alive; it ends with its stdin.
    server.unref();
    (server.stdin as Socket | null)?.unref();
  }
}

function tail(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
}

function createEmulator(endpoint: string, pid: number, server: ChildProcess, directory: string): Emulator {
  const userFiles = createUserFiles(directory);
  const request = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${endpoint}/_emulator/${path}`, init);
    const answer = (await response.json()) as { message?: string };
    if (!response.ok) throw new Error(`The emulator refuses ${method} ${path}: ${answer.message ?? response.status}`);
    return answer;
  };
  return {
    endpoint,
    pid,
    env: (account, region = 'us-west-2') => clientEnv(endpoint, account, region, userFiles),
    reset: async () => void (await request('POST', 'reset')),
    setFaults: async (faults) => void (await request('POST', 'faults', faults)),
    faults: async () => (await request('GET', 'faults')) as readonly Fault[],
    calls: async () => (await request('GET', 'calls')) as readonly Call[],
    clearCalls: async () => void (await request('DELETE', 'calls')),
    stop: () => stop(server, directory),
  };
}

/** An empty AWS configuration and a CDK home, which caches the account of an access key, in place of the user's own. */
function createUserFiles(directory: string): { config: string; cdkHome: string } {
  const config = join(directory, 'aws-config');
  const cdkHome = join(directory, 'cdk-home');
  writeFileSync(config, '');
  mkdirSync(cdkHome, { recursive: true });
  return { config, cdkHome };
}

function clientEnv(endpoint: string, account: string, region: string, files: { config: string; cdkHome: string }): Record<string, string> {
  if (!/^\d{12}$/.test(account)) throw new Error(`An account has 12 digits: ${account}`);
  // Emptied only where the caller has them: botocore takes an empty profile for one named ''.
  const inherited = ['AWS_PROFILE', 'AWS_SESSION_TOKEN'].filter((name) => process.env[name]).map((name) => [name, '']);
  return {
    ...(Object.fromEntries(inherited) as Record<string, string>),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: files.config,
    AWS_SHARED_CREDENTIALS_FILE: files.config,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_HOME: files.cdkHome,
  };
}

async function stop(server: ChildProcess, directory: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    server.ref();
    const ended = once(server, 'exit');
    const late = setTimeout(() => server.kill('SIGKILL'), stopMs);
    server.kill('SIGTERM');
    await ended;
    clearTimeout(late);
  }
  rmSync(directory, { recursive: true, force: true });
}
