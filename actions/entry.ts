import { join } from 'node:path';
import { isMainThread, workerData } from 'node:worker_threads';
import { createSynthesis, type Synthesis } from '../engine/src/host/synthesis.ts';
import type { Role, ThreadData } from '../engine/src/host/thread.ts';
import { toInertLog } from '../engine/src/report/inert.ts';
import { version } from '../engine/src/version.ts';

/** The actions that the bundle holds. */
export type ActionName = 'preflight' | 'deploy' | 'promote' | 'destroy';

/**
 * Starts an action; `bundle` is the folder that this file was bundled into, absolute.
 *
 * The first line is out before anything heavy is loaded. Resolves when the action is done; its exit code is set by then.
 */
export async function start(name: ActionName, bundle: string): Promise<void> {
  process.stdout.write(`🚀 spaceport-actions ${name} ${version}\n`);
  prepare(bundle);
  const synthesis = createSynthesis(bundle);
  if (process.env['INPUT_SYSTEM']) synthesis.ahead(process.env['INPUT_SYSTEM']);
  try {
    const { main } = await load(name);
    await main(bundle, synthesis);
  } catch (e) {
    report(e);
    process.exitCode = 1;
  }
}

/** Left to itself Node prints the line that threw, which in a bundle is hundreds of kilobytes long. */
function report(thrown: unknown): void {
  const { message, stack = message } = thrown instanceof Error ? thrown : { message: String(thrown) };
  const escaped = toInertLog(message).replaceAll('%', '%25').replaceAll('\n', '%0A');
  process.stdout.write(`${toInertLog(stack)}\n::error title=RT001 Unexpected error::${escaped}\n`);
}

/** The CommonJS parts of the CDK find their data files from `__dirname`, which an ES module has not. */
function prepare(bundle: string): void {
  Object.assign(globalThis, { __dirname: join(bundle, 'lib') });
}

/** One literal import for each, so that the bundler makes a chunk of each. */
function load(name: ActionName): Promise<{ main(bundle: string, synthesis: Synthesis): Promise<void> }> {
  switch (name) {
    case 'preflight':
      return import('./preflight/src/main.ts');
    case 'deploy':
      return import('./deploy/src/main.ts');
    case 'promote':
      return import('./promote/src/main.ts');
    case 'destroy':
      return import('./destroy/src/main.ts');
  }
}

/** What the threads of the bundle do. They are started on this same file, so that the bundle has one entry. */
const roles: Readonly<Record<Role, (data: ThreadData) => Promise<void>>> = {
  validation: async () => (await import('../engine/src/host/validator-worker.ts')).serveValidation(),
  synthesis: async ({ bundle, ahead }) => {
    prepare(bundle);
    const [{ serveSynthesis }, { systems }] = await Promise.all([
      import('../engine/src/host/synthesis-worker.ts'),
      import('../infra/systems.ts'),
    ]);
    serveSynthesis(systems, ahead);
  },
};

if (!isMainThread) {
  const data = workerData as ThreadData;
  await roles[data.role](data);
}
