import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { loader, loaderName, part } from './lazy-modules.ts';
import { leaveOut } from './leave-out.ts';
import { root } from './repository.ts';
import { runNode, step } from './steps.ts';

const modules = join(root, 'node_modules');
const lib = join(root, 'lib');

/**
 * Makes the one bundle of all actions in the folder `out`, with all that it reads at run time beside it.
 *
 * A chunk is loaded when its import() is reached. Equal sources and packages give equal bytes; about 17 s of two cores.
 */
export async function bundle(out: string): Promise<void> {
  await rm(out, { recursive: true, force: true });
  await step('emit lib/', emit);
  await Promise.all([step('bundle', () => pack(out)), step('data', () => copyData(out)), step('handlers', () => addHandlers(out))]);
  await step('leave out', () => shorten(out));
  await step('minify', () => minify(out));
  await step('part', () => partAll(out));
  await writeFile(join(out, 'package.json'), await toManifest());
}

/** JavaScript of all sources in lib/; types are for the check. Through the link, relative imports of packages resolve there too. */
async function emit(): Promise<void> {
  await rm(lib, { recursive: true, force: true });
  await runNode([join(modules, 'typescript/bin/tsc'), '-p', 'tsconfig.build.json']);
  await symlink('../node_modules', join(lib, 'node_modules'), 'junction');
}

/** Much is allocated and soon dropped: a larger nursery saves two of fifteen seconds. */
async function pack(out: string): Promise<void> {
  const ncc = ['--max-semi-space-size=128', join(modules, '@vercel/ncc/dist/ncc/cli.js'), 'build', join(lib, 'actions/entry.js')];
  await runNode([...ncc, '-o', out, '--license', 'licenses.txt', '--target', 'es2023', '--no-cache', '--quiet']);
  await rm(join(out, 'layer.zip'), { force: true });
}

/** What the CDK's packages read at run time, where their bundled code looks for it. */
async function copyData(out: string): Promise<void> {
  const template = 'lib/api/bootstrap/bootstrap-template.yaml';
  await mkdir(join(out, dirname(template)), { recursive: true });
  await cp(join(modules, '@aws-cdk/toolkit-lib', template), join(out, template));
  await cp(join(modules, '@aws-cdk/aws-service-spec/db.json.gz'), join(out, 'db.json.gz'));
}

/** The name is no literal, so that the tools can be checked and run as long as the file is not there. */
async function addHandlers(out: string): Promise<void> {
  const module = './build-handlers.ts';
  const { buildHandlers } = (await import(module)) as { buildHandlers(outdir: string): Promise<unknown> };
  await buildHandlers(join(out, 'handlers'));
}

/** The CDK's chunks lose what nothing here calls. */
async function shorten(out: string): Promise<void> {
  for (const file of await toChunks(out)) {
    const text = await readFile(file, 'utf8');
    const shorter = leaveOut(text);
    if (shorter !== text) await writeFile(file, shorter);
  }
}

const toChunks = async (out: string): Promise<readonly string[]> =>
  (await readdir(out)).filter((file) => file.endsWith('.js')).map((file) => join(out, file));

/**
 * The bundler's own minifying covers its first file only. Names stay, because the CDK shows and compares those of classes.
 * Shortening syntax as well would take five times as long for one percent.
 */
async function minify(out: string): Promise<void> {
  await build({
    entryPoints: [...(await toChunks(out))],
    outdir: out,
    allowOverwrite: true,
    format: 'esm',
    target: 'node20',
    minifyWhitespace: true,
    minifyIdentifiers: true,
    keepNames: true,
    legalComments: 'none',
    logLevel: 'error',
  });
}

/** Large chunks have their modules in a file beside them, of which each is compiled when it is needed. */
async function partAll(out: string): Promise<void> {
  for (const file of (await toChunks(out)).filter((f) => /\d+\.index\.js$/.test(f))) {
    const beside = file.replace(/index\.js$/, 'modules.js');
    const parted = part(await readFile(file, 'utf8'), basename(beside));
    if (!parted) continue;
    await writeFile(file, parted.chunk);
    await writeFile(beside, parted.modules);
  }
  await writeFile(join(out, loaderName), loader);
}

/** The toolkit asks the nearest package.json for its own version. */
async function toManifest(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(modules, '@aws-cdk/toolkit-lib/package.json'), 'utf8')) as { version: string };
  return `${JSON.stringify({ type: 'module', version }, null, 2)}\n`;
}
