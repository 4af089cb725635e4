import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { finding, Stop } from '../finding.ts';
import type { Files } from '../world.ts';

/** Makes the port of the real file system; relative paths are below `root`. Temporary folders go when the process ends. */
export function createFiles(root: string): Files {
  const temporaries: string[] = [];
  process.once('exit', () => temporaries.forEach((dir) => rmSync(dir, { recursive: true, force: true })));
  return {
    read: (path) => readWhole(resolve(root, path))?.toString('utf8'),
    content: (path) => readWhole(resolve(root, path)),
    bytes: (path) => countBytes(resolve(root, path)),
    write: (path, text) => writeWhole(resolve(root, path), text),
    temporary: (name) => {
      const dir = mkdtempSync(join(process.env['RUNNER_TEMP'] ?? tmpdir(), `spaceport-${name}-`));
      temporaries.push(dir);
      return dir;
    },
    forJob: (name) => join(process.env['RUNNER_TEMP'] ?? tmpdir(), name),
    resolve: (...parts) => resolve(root, ...parts),
  };
}

function readWhole(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (e) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((e as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw e;
  }
}

function countBytes(path: string): number {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.isFile() ? found.size : 0;
  return readdirSync(path).reduce((sum, name) => sum + countBytes(join(path, name)), 0);
}

/** A reader never sees half a file: it is written beside and renamed. */
function writeWhole(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (e) {
    rmSync(beside, { force: true });
    throw new Stop(finding('RT060', `${path}: ${(e as Error).message}`, { file: path }), { cause: e });
  }
}
