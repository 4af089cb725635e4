import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Root folder of this repository, absolute. */
export const root = dirname(import.meta.dirname);

/** The actions that are built, documented and released. */
export const actions = ['preflight', 'deploy', 'promote', 'destroy'] as const;

/** Names of folders that hold nothing written by hand, wherever they are, and paths of those that are at the root. */
const generated = new Set([
  'node_modules',
  'dist',
  'cdk.out',
  '__pycache__',
  '.venv',
  '.tools',
  '.git',
  '.build',
  './lib',
  './release',
  './demo-output',
]);

/**
 * Gives the hand-written files in some folders of the repository, `.` for all, in order.
 *
 * Paths are relative to the root, with slashes. A start may be a file itself; one that is not there has none.
 */
export function listFiles(starts: readonly string[], wanted: (path: string) => boolean = () => true): readonly string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    if (!statSync(join(root, path)).isDirectory()) {
      const plain = path.replace(/^\.\//, '');
      if (wanted(plain)) found.push(plain);
      return;
    }
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const below = `${path}/${entry.name}`;
      if ((entry.isDirectory() && !generated.has(entry.name) && !generated.has(below)) || entry.isFile()) visit(below);
    }
  };
  starts.filter((start) => existsSync(join(root, start))).forEach(visit);
  return found.sort();
}

/** Gives one digest of the names and contents of files: equal exactly when no file was changed, added or removed. */
export function digestFiles(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
