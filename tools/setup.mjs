// Installs what the project needs: the npm packages and, in .venv, the emulated AWS. Plain Node, because it runs before
// anything is installed. Does nothing, in a tenth of a second, when nothing is to do.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = dirname(import.meta.dirname);
const windows = process.platform === 'win32';

/** Runs a command in the root folder; what it printed is shown only when it fails. */
async function execute(command, args) {
  try {
    return (await run(command, args, { cwd: root, maxBuffer: 1 << 26, shell: windows })).stdout;
  } catch (e) {
    const said = `${e.stdout ?? ''}${e.stderr ?? ''}`.trim().split('\n').slice(0, 12).join('\n');
    throw new Error(`${command} ${args.join(' ')} failed\n${said || e.message}`, { cause: e });
  }
}

/**
 * Installs when `source` is not what was installed last; a stamp beside the result says what that was. Where there is no
 * stamp, a `result` younger than its source counts as current: somebody installed by hand.
 */
async function keepCurrent(what, source, result, stamp, install) {
  const digest = createHash('sha256')
    .update(readFileSync(join(root, source)))
    .digest('hex');
  const path = join(root, stamp);
  if (existsSync(path) ? readFileSync(path, 'utf8') === digest : isYounger(result, source)) return;
  console.log(`Installing ${what} ...`);
  const start = performance.now();
  await install();
  writeFileSync(path, digest);
  console.log(`Installed ${what} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

const isYounger = (result, source) =>
  existsSync(join(root, result)) && statSync(join(root, result)).mtimeMs >= statSync(join(root, source)).mtimeMs;

async function findPython() {
  for (const python of [process.env.PYTHON, 'python3', 'python'].filter(Boolean)) {
    const version = await run(python, ['-c', 'import sys; print(*sys.version_info[:2])']).then(
      ({ stdout }) => stdout.trim().split(' ').map(Number),
      () => undefined,
    );
    if (version && (version[0] > 3 || (version[0] === 3 && version[1] >= 10))) return python;
  }
  throw new Error('The emulated AWS needs Python 3.10 or newer as python3 (or named by PYTHON); none was found.');
}

async function installPython() {
  const pip = join('.venv', windows ? 'Scripts/python.exe' : 'bin/python');
  const works =
    existsSync(join(root, pip)) &&
    (await run(join(root, pip), ['-m', 'pip', '--version']).then(
      () => true,
      () => false,
    ));
  if (!works) {
    rmSync(join(root, '.venv'), { recursive: true, force: true });
    await execute(await findPython(), ['-m', 'venv', '.venv']);
  }
  await execute(join(root, pip), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', 'emulator/requirements.txt']);
}

try {
  if (Number(process.versions.node.split('.')[0]) < 20) throw new Error(`Node 20 or newer is needed; this is ${process.version}.`);
  const results = await Promise.allSettled([
    keepCurrent('npm packages', 'package-lock.json', 'node_modules/.package-lock.json', 'node_modules/.spaceport-lock', () =>
      execute('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']),
    ),
    keepCurrent('the emulated AWS', 'emulator/requirements.txt', '.venv/.spaceport-none', '.venv/.spaceport-requirements', installPython),
  ]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
} catch (e) {
  console.error(`❌ ${e.message}`);
  process.exitCode = 1;
}
