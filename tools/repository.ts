import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Root folder of this repository, absolute. */
export const root = dirname(import.meta.dirname);

/** The actions that are built, documented and released. */
export const actions = ['preflight', 'deploy', 'promote'] as const;

/** Names of folders that hold nothing written by hand. */
export const generated: ReadonlySet<string> = new Set(['node_modules', 'dist', 'lib', 'release', 'cdk.out', '__pycache__', '.venv', '.tools', '.git', '.build', 'demo-output']);

/**
 * Gives the hand-written files in some folders of the repository, in order.
 *
 * Paths are relative to the root, with slashes. A start may be a file itself; one that is not there has none.
 */
export function listFiles(starts: readonly string[], wanted: (path: string) => boolean = () => true): readonly string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    if (!statSync(join(root, path)).isDirectory()) {
      if (wanted(path)) found.push(path);
      return;
    }
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      if ((entry.isDirectory() && !generated.has(entry.name)) || entry.isFile()) visit(`${path}/${entry.name}`);
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
