// Says where a file imports what it may not; tools/zones.ts has the rules.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeBoundaries } from './judge-boundaries.ts';
import { listFiles, root } from './repository.ts';

const paths = listFiles(['.'], (path) => /\.([cm]?[jt]s)$/.test(path));
const breaches = judgeBoundaries(new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')])));
breaches.forEach((breach) => console.error(breach));
if (breaches.length) process.exitCode = 1;
else console.log(`${paths.length} files keep within their boundaries`);
