import { spawn, type SpawnOptions } from 'node:child_process';
import type { CommandEnd, Commands } from '../reach.ts';

/** How many of the last lines of a command are kept, and how much of its last text. */
const keptLines = 20;
const keptText = 16 * 1024;

/** How long a command that was told to end may take, in milliseconds, before it is ended. */
const graceMs = 2_000;

/** Variables of the runner that belong to this step alone: its inputs and what tokens are made with. */
const withheld = /^(INPUT_|ACTIONS_ID_TOKEN_REQUEST_|ACTIONS_RUNTIME_|GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$)/;

/** Node throws for what the system refuses at once, such as variables that are too long, and tells the rest as an event. */
function begin(command: string, options: Pick<SpawnOptions, 'cwd' | 'env' | 'detached'>): ReturnType<typeof spawnShell> | Error {
  try {
    return spawnShell(command, options);
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
  }
}

const spawnShell = (command: string, options: Pick<SpawnOptions, 'cwd' | 'env' | 'detached'>) =>
  spawn(command, { ...options, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });

/** Makes the port that runs shell commands with the variables of the job; `onLine` is told what they write, as they write it. */
export function createCommands(env: NodeJS.ProcessEnv, onLine: (line: string) => void): Commands {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !withheld.test(name)));
  return {
    run: ({ command, directory, variables, timeoutMs, signal }) =>
      new Promise((done) => {
        if (signal.aborted) return done({ lines: [] });
        const isWindows = process.platform === 'win32';
        // A group of its own, so that what the command has started ends with it.
        const child = begin(command, { cwd: directory, env: { ...own, ...variables }, detached: !isWindows });
        if (child instanceof Error) return done({ unstarted: child.message, lines: [] });
        let text = '';
        let rest = '';
        const take = (chunk: Buffer): void => {
          text = (text + chunk.toString('utf8')).slice(-keptText);
          const lines = (rest + chunk.toString('utf8')).split('\n');
          rest = lines.pop() ?? '';
          lines.forEach(onLine);
        };
        child.stdout.on('data', take);
        child.stderr.on('data', take);
        let wasStopped = false;
        let killer: NodeJS.Timeout | undefined;
        const send = (name: NodeJS.Signals): void => {
          try {
            if (child.pid !== undefined && !isWindows) process.kill(-child.pid, name);
            else child.kill(name);
          } catch {
            // it came to its end meanwhile
          }
        };
        const stop = (): void => {
          wasStopped = true;
          send('SIGTERM');
          killer = setTimeout(() => send('SIGKILL'), graceMs);
        };
        const timer = setTimeout(stop, timeoutMs);
        signal.addEventListener('abort', stop, { once: true });
        const end = (how: CommandEnd): void => {
          clearTimeout(timer);
          clearTimeout(killer);
          signal.removeEventListener('abort', stop);
          if (rest) onLine(rest);
          done(how);
        };
        const kept = () =>
          text
            .split('\n')
            .filter((line) => line.trim() !== '')
            .slice(-keptLines);
        child.once('error', (error) => end({ unstarted: error.message, lines: kept() }));
        child.once('close', (code) => end({ ...(wasStopped || code === null ? {} : { code }), lines: kept() }));
      }),
  };
}
