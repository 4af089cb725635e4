// Builds, checks and tests; ends with the counts of tests. Arguments go to jest.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './repository.ts';

const counts = join(root, '.build/tests.json');

/** Runs Node in the root folder with its output shown; gives whether it succeeded. */
function succeeds(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}

const tool = (name: string): Promise<boolean> => succeeds(['--import', 'tsx', `tools/${name}.ts`]);

function runTests(): Promise<boolean> {
  rmSync(counts, { force: true });
  const jest = [join(root, 'node_modules/jest/bin/jest.js'), '--json', '--outputFile', counts, ...process.argv.slice(2)];
  const options = `${process.env['NODE_OPTIONS'] ?? ''} --experimental-vm-modules --no-warnings`.trim();
  return succeeds(['--experimental-vm-modules', '--no-warnings', ...jest], { NODE_OPTIONS: options });
}

/** A suite that cannot even be loaded has no tests, and is one failure all the same. */
function toCounts(): string {
  if (!existsSync(counts)) return '0 passed, 1 failed, 0 skipped';
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numPendingTests = 0,
    numTodoTests = 0,
    numRuntimeErrorTestSuites = 0,
  } = JSON.parse(readFileSync(counts, 'utf8')) as Record<string, number>;
  return `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed, ${numPendingTests + numTodoTests} skipped`;
}

const [built, checked] = await Promise.all([tool('build').then(async (ok) => ok && (await tool('release-tree'))), tool('check')]);
if (!built) rmSync(counts, { force: true });
const tested = built && (await runTests());
if (!built) console.error('❌ The build failed: nothing was tested.');
if (!checked) console.error('❌ A check failed; its report is above.');
console.log(toCounts());
process.exitCode = built && checked && tested ? 0 : 1;
