import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createCloud } from '../aws/cloud.ts';
import { toEvent } from '../config/event.ts';
import { getIdToken } from '../github/publish.ts';
import { createRepository } from '../github/repository.ts';
import { createReviews } from '../github/reviews.ts';
import type { System } from '../system.ts';
import type { Clock, Log, World } from '../world.ts';
import { createApps } from '../aws/apps.ts';
import { createCommands } from './commands.ts';
import { createFiles } from './files.ts';
import { createSites } from './sites.ts';
import type { Synthesis } from './synthesis.ts';
import { createValidator } from './validator.ts';

/** What an action brings to its world: the systems it can deploy, and where the bundle lies. */
export interface Surrounding {
  readonly systems: readonly System[];
  /** Folder of the bundle: handlers and the entry of its threads are below it. */
  readonly bundle: string;
  readonly synthesis: Synthesis;
}

/** Makes the world of a real run from the variables that the runner sets. */
export function createWorld(
  inputs: { readonly workingDirectory: string; readonly githubToken?: string | undefined },
  surrounding: Surrounding,
  log: Log,
  hide: World['hide'],
): World {
  const { env } = process;
  const systems = surrounding.systems.map(surrounding.synthesis.of);
  const checkout = env['GITHUB_WORKSPACE'] ?? process.cwd();
  const root = resolve(checkout, inputs.workingDirectory || '.');
  const ambientRegion = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
  return {
    clock,
    log,
    hide,
    files: createFiles(root),
    event: toEvent(env, readPayload(env['GITHUB_EVENT_PATH'])),
    hasCredentials: Boolean(
      env['AWS_ACCESS_KEY_ID'] || env['AWS_PROFILE'] || env['AWS_WEB_IDENTITY_TOKEN_FILE'] || env['AWS_CONTAINER_CREDENTIALS_FULL_URI'],
    ),
    ...(ambientRegion ? { ambientRegion } : {}),
    run: toRun(env),
    repository: createRepository(inputs.githubToken, env['GITHUB_REPOSITORY'] ?? '', createFiles(checkout).read),
    reviews: createReviews(inputs.githubToken, env['GITHUB_REPOSITORY'] ?? ''),
    systems: { names: systems.map((s) => s.name), find: (name) => systems.find((s) => s.name === name) },
    handlers: resolve(surrounding.bundle, 'handlers'),
    apps: createApps(getIdToken),
    sites: createSites(),
    commands: createCommands(env, (line) => log.line(`   ${line}`)),
    ...toSessionEnd(env['AWS_CREDENTIAL_EXPIRATION']),
    canBuildImages: () => findDocker(env['CDK_DOCKER'] || 'docker'),
    validator: createValidator(surrounding.bundle),
    connect: (connection) => createCloud(connection, getIdToken),
    cancelled: untilCancelled(),
  };
}

const clock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
  },
};

/** The runner cancels with SIGINT, and with SIGTERM 7.5 s later. */
function untilCancelled(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}

function toSessionEnd(text: string | undefined): Pick<World, 'sessionEnds'> {
  const sessionEnds = Date.parse(text ?? '');
  return Number.isNaN(sessionEnds) ? {} : { sessionEnds };
}

/** The client answers without a daemon; its `info` does not. */
const findDocker = (command: string): Promise<boolean> =>
  new Promise((done) => {
    execFile(command, ['info'], { timeout: 20_000 }, (error) => done(error === null));
  });

function readPayload(path: string | undefined): unknown {
  try {
    return path ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  } catch {
    return undefined; // act and plain shells have none; the variables then say what is needed
  }
}

function toRun(env: NodeJS.ProcessEnv): World['run'] {
  const {
    GITHUB_RUN_ID: id = 'local',
    GITHUB_RUN_ATTEMPT: attempt = '1',
    GITHUB_ACTOR: actor = env['USER'] ?? 'unknown',
    GITHUB_SHA: sha = '',
  } = env;
  const url = env['GITHUB_REPOSITORY']
    ? `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${env['GITHUB_REPOSITORY']}/actions/runs/${id}`
    : '';
  return { id, attempt, url, actor, sha };
}
