import { readdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(import.meta.dirname);

/** One Lambda handler: its system, its name, and the source file that exports `handler`. */
interface Entry {
  readonly system: string;
  readonly name: string;
  readonly source: string;
}

/**
 * Bundles every Lambda handler of infra into `<outdir>/<system>/<handler>/index.js` and gives the folders, sorted.
 *
 * A handler is a folder `infra/systems/<system>/handlers/<handler>` with a `handler.ts`; all else there is shared code or
 * tests. The AWS SDK stays outside, because Lambda's runtime brings it. The same sources give the same bytes.
 *
 * @throws Error of esbuild when a source does not build.
 */
export async function buildHandlers(outdir: string): Promise<readonly string[]> {
  const entries = await findEntries();
  await build({
    absWorkingDir: root,
    entryPoints: entries.map(({ system, name, source }) => ({ in: source, out: join(system, name, 'index') })),
    outdir,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    external: ['@aws-sdk/*', '@smithy/*'],
    logLevel: 'error',
  });
  return entries.map(({ system, name }) => join(outdir, system, name));
}

async function findEntries(): Promise<readonly Entry[]> {
  const files = await readdir(join(root, 'infra/systems'), { recursive: true });
  return files.sort().flatMap((file) => {
    const [system, handlers, name, last, ...deeper] = file.split(sep);
    const isEntry = system && name && handlers === 'handlers' && last === 'handler.ts' && deeper.length === 0;
    return isEntry ? [{ system, name, source: join(root, 'infra/systems', file) }] : [];
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const folder of await buildHandlers(join(root, 'dist/handlers'))) console.log(folder);
