// Makes release/, the tree that a release tag points at: `uses: org/spaceport-actions/deploy@v1` finds deploy/ at its top.
// Does nothing when nothing changed since the last time.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { toEntry } from './entries.ts';
import { actions, digestFiles, listFiles, root } from './repository.ts';
import { exclusively, step } from './steps.ts';

const release = join(root, 'release');
const fresh = join(root, '.build/release');
const stamp = join(root, '.build/release.sha256');
const bundleStamp = join(root, '.build/dist.sha256');
const home = 'https://github.com/org/spaceport-actions/blob/main';

/** What comes along as it is. The workflows too: a workflow that others call is read from the tag that they name. */
const copied = ['LICENSE', 'SECURITY.md', 'docs', 'schema', '.github/workflows'];
const documents = actions.flatMap((name) => [`actions/${name}/action.yml`, `actions/${name}/README.md`]);

const digestParts = (): string =>
  `${readFileSync(bundleStamp, 'utf8')} ${digestFiles(listFiles(['README.md', 'package.json', 'tools/release-tree.ts', 'tools/entries.ts', ...copied, ...documents]))}`;

function makeTree(): void {
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  cpSync(join(root, 'dist'), join(fresh, 'dist'), { recursive: true });
  for (const path of copied) cpSync(join(root, path), join(fresh, path), { recursive: true });
  for (const name of actions) {
    mkdirSync(join(fresh, name, 'dist'), { recursive: true });
    for (const file of ['action.yml', 'README.md']) cpSync(join(root, 'actions', name, file), join(fresh, name, file));
    writeFileSync(join(fresh, name, 'dist/index.js'), toEntry(name, '../../dist'));
  }
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  writeFileSync(join(fresh, 'package.json'), `${JSON.stringify({ name, version, private: true, license, type: 'module' }, null, 2)}\n`);
  writeFileSync(join(fresh, 'README.md'), toReadme(readFileSync(join(root, 'README.md'), 'utf8')));
}

/** The links of the README lead to the tree where it has the file, and to the sources where it has not. */
function toReadme(text: string): string {
  return text.replace(/\]\((?!https?:|#)([^)\s]+)\)/g, (_, link: string) => {
    const here = posix.normalize(link.replace(/^actions\//, ''));
    return existsSync(join(fresh, here.replace(/#.*/, ''))) ? `](${here})` : `](${home}/${link})`;
  });
}

function replaceTree(): void {
  const old = join(root, '.build/old-release');
  rmSync(old, { recursive: true, force: true });
  if (existsSync(release)) renameSync(release, old);
  renameSync(fresh, release);
  rmSync(old, { recursive: true, force: true });
}

function sizeOf(dir: string): number {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .reduce((sum, e) => sum + statSync(join(e.parentPath, e.name)).size, 0);
}

await exclusively(join(root, '.build/lock'), async () => {
  if (!existsSync(bundleStamp)) throw new Error('There is no bundle: run npm run build first.');
  const digest = digestParts();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest && existsSync(join(release, 'package.json'))) {
    console.log('release/ is up to date');
    return;
  }
  rmSync(stamp, { force: true });
  await step('release/', () => {
    makeTree();
    replaceTree();
  });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
  console.log(
    `${String(Math.ceil(sizeOf(release) / 1024)).padStart(7)} KB  release/, of which ${Math.ceil(sizeOf(join(release, 'dist')) / 1024)} KB are the bundle`,
  );
});
