// Builds dist/, the one bundle of all actions, and the entry of each action. Does nothing when nothing changed since the
// last build; `--force` builds anyway.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundle } from './bundle.ts';
import { toEntry } from './entries.ts';
import { actions, digestFiles, listFiles, root } from './repository.ts';
import { exclusively, step } from './steps.ts';

const dist = join(root, 'dist');
const fresh = join(root, '.build/dist');
const stamp = join(root, '.build/dist.sha256');

/** Everything that the bundle is made from. */
const sources = [
  'actions',
  'engine',
  'infra',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  ...['build', 'bundle', 'build-handlers', 'entries', 'lazy-modules', 'leave-out'].map((n) => `tools/${n}.ts`),
];

const digestSources = (): string => digestFiles(listFiles(sources, (path) => !/\.test\.ts$|\.md$|\/golden\//.test(path)));

const entryOf = (name: string): string => join(root, 'actions', name, 'dist/index.js');

function isFresh(digest: string): boolean {
  const outputs = [stamp, join(dist, 'index.js'), ...actions.map(entryOf)];
  return outputs.every((file) => existsSync(file)) && readFileSync(stamp, 'utf8') === digest;
}

/** A run that reads dist/ at the same time sees the old one or the new one. */
async function replaceDist(): Promise<void> {
  const old = join(root, '.build/old');
  await rm(old, { recursive: true, force: true });
  if (existsSync(dist)) await rename(dist, old);
  await rename(fresh, dist);
  await rm(old, { recursive: true, force: true });
  for (const name of actions) {
    await mkdir(dirname(entryOf(name)), { recursive: true });
    await writeFile(entryOf(name), toEntry(name, '../../../dist'));
  }
}

async function printSizes(): Promise<void> {
  const entries = (await readdir(dist, { recursive: true, withFileTypes: true })).filter((e) => e.isFile());
  const sizes = await Promise.all(
    entries.map(async (e) => ({
      path: join(e.parentPath, e.name).slice(dist.length + 1),
      sizeBytes: (await stat(join(e.parentPath, e.name))).size,
    })),
  );
  const line = (sizeBytes: number, text: string) => console.log(`${String(Math.ceil(sizeBytes / 1024)).padStart(7)} KB  ${text}`);
  for (const { path, sizeBytes } of sizes.sort((a, b) => b.sizeBytes - a.sizeBytes).slice(0, 12)) line(sizeBytes, `dist/${path}`);
  line(
    sizes.reduce((sum, s) => sum + s.sizeBytes, 0),
    `in all, ${sizes.length} files`,
  );
}

await exclusively(join(root, '.build/lock'), async () => {
  const digest = digestSources();
  if (isFresh(digest) && !process.argv.includes('--force')) {
    console.log('dist/ is up to date');
    return;
  }
  await rm(stamp, { force: true });
  await step('build', async () => {
    await bundle(fresh);
    await replaceDist();
  });
  await writeFile(stamp, digest);
  await printSizes();
});
