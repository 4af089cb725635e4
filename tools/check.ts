// Checks everything that can be checked without running the code, side by side; one line for each part, and all that it found.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, root } from './repository.ts';
import { runNode } from './steps.ts';
import { findSkips } from './skips.ts';

const bin = (path: string): string => join(root, 'node_modules', path);
const tool = (name: string, ...args: string[]): readonly string[] => ['--import', 'tsx', `tools/${name}.ts`, ...args];

/** Each part throws an error that lists what it found, or prints nothing that matters. */
const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  types: () => runNode([bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']),
  lint: () => runNode([bin('oxlint/bin/oxlint'), '--type-aware', '--format=unix']),
  format: () => runNode([bin('oxfmt/bin/oxfmt'), '--list-different']),
  boundaries: () => runNode(tool('boundaries')),
  generated: () => runNode(tool('generate', '--check')),
  'skipped tests': async () => {
    const found = listFiles(['.'], (path) => path.endsWith('.test.ts')).flatMap((path) =>
      findSkips(path, readFileSync(join(root, path), 'utf8')),
    );
    if (found.length) throw new Error(found.join('\n'));
  },
};

async function perform(name: string, part: () => Promise<unknown>): Promise<boolean> {
  const start = performance.now();
  const problem = await part().then(
    () => undefined,
    (e: Error) => e.message,
  );
  const took = `${String(Math.round(performance.now() - start)).padStart(7)} ms`;
  console.log(problem === undefined ? `${took}  ✅ ${name}` : `${took}  ❌ ${name}\n${problem}`);
  return problem === undefined;
}

const results = await Promise.all(Object.entries(parts).map(([name, part]) => perform(name, part)));
if (results.includes(false)) process.exitCode = 1;
