// Installs into .tools what runs and lints workflows, act and actionlint by Go, zizmor and check-jsonschema by pip, and what
// lints templates, cfn-lint.
// Optional: where Go or Python is missing it says so, and the tests that need them are skipped.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const tools = join(dirname(import.meta.dirname), '.tools');
const windows = process.platform === 'win32';

const goTools = { act: 'github.com/nektos/act@v0.2.89', actionlint: 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12' };
/** By the folder of their virtual environment: cfn-lint brings so much that it has one of its own. */
const pipTools = { venv: ['zizmor==1.32.0', 'check-jsonschema==0.39.0'], 'cfn-lint': ['cfn-lint==1.58.0'] };

const works = (command, ...args) =>
  run(command, args).then(
    () => true,
    () => false,
  );

/** Installs when the result is not there, or its stamp names something else. */
async function keepCurrent(what, result, install) {
  const stamp = join(tools, `${result.replace('/', '-')}.stamp`);
  if (existsSync(join(tools, result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === what) return;
  const start = performance.now();
  console.log(`Installing ${what} ...`);
  await install();
  writeFileSync(stamp, what);
  console.log(`Installed ${what} in ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

/** One after the other: each uses all cores. */
async function installGoTools() {
  const go = (await works('go', 'version')) ? 'go' : '/usr/local/go/bin/go';
  for (const [name, module] of Object.entries(goTools)) {
    await keepCurrent(module, `bin/${name}${windows ? '.exe' : ''}`, async () => {
      if (!(await works(go, 'version')))
        throw new Error(`Go is not installed: ${name} is left out, and the tests that need it are skipped.`);
      await run(go, ['install', module], { env: { ...process.env, GOBIN: join(tools, 'bin'), GOFLAGS: '-trimpath' }, maxBuffer: 1 << 26 });
    });
  }
}

async function installPipTools() {
  for (const [folder, packages] of Object.entries(pipTools)) {
    await keepCurrent(packages.join(' '), folder, async () => {
      const venv = join(tools, folder);
      rmSync(venv, { recursive: true, force: true });
      await run(process.env.PYTHON ?? (windows ? 'python' : 'python3'), ['-m', 'venv', venv]);
      const pip = join(venv, windows ? 'Scripts/pip.exe' : 'bin/pip');
      await run(pip, ['install', '--quiet', '--disable-pip-version-check', ...packages], { maxBuffer: 1 << 26 });
    });
  }
}

mkdirSync(join(tools, 'bin'), { recursive: true });
for (const result of await Promise.allSettled([installGoTools(), installPipTools()])) {
  if (result.status === 'rejected') console.error(`⚠️ ${result.reason.message}`);
}
