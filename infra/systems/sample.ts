import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SynthRequest, System } from '../../engine/src/system.ts';
import type { InventoryTemplate } from './inventory.ts';

/** A template of an assembly, as far as tests look into it. */
export interface SampleTemplate extends InventoryTemplate {
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

/** What a synth of a made-up account wrote. */
export interface Sample {
  /** By stack name. */
  readonly templates: Readonly<Record<string, SampleTemplate>>;
  /** The text of every file by its path in the assembly. */
  readonly files: Readonly<Record<string, string>>;
}

/** The settings that a system does not do without, for those that have some; for tests. */
export const sampleSettings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  balancer: { domainName: 'balancer.example.com' },
};

/** Gives a request for an environment of a system in a made-up account, with handlers that do nothing; for tests. */
export function sampleRequest(system: System, environment: string, folder: string, more: Partial<SynthRequest> = {}): SynthRequest {
  return {
    environment,
    account: '111111111111',
    region: 'us-west-2',
    firstRegion: 'us-west-2',
    protected: system.environments[environment]?.protected ?? false,
    settings: sampleSettings[system.name] ?? {},
    decisions: [],
    handlers: join(folder, 'handlers'),
    outdir: join(folder, 'assembly'),
    ...more,
  };
}

/**
 * Synthesizes a sample request in a folder of its own, which is gone afterwards, and gives what was written.
 *
 * @throws what the system throws; the folder is gone then, too.
 */
export async function synthesizeSample(system: System, environment: string, more: Partial<SynthRequest> = {}): Promise<Sample> {
  const folder = await mkdtemp(join(tmpdir(), 'sample-'));
  try {
    const request = sampleRequest(system, environment, folder, more);
    await writeHandlers(system.name, request.handlers);
    await system.synthesize(request);
    const paths = (await readdir(request.outdir, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    const files = await Promise.all(
      paths.sort().map(async (path): Promise<[string, string]> => [path.slice(request.outdir.length + 1), await readFile(path, 'utf8')]),
    );
    const templates = files.flatMap(([path, text]) =>
      path.endsWith('.template.json') ? [[path.slice(0, -'.template.json'.length), JSON.parse(text) as SampleTemplate]] : [],
    );
    return { templates: Object.fromEntries(templates) as Record<string, SampleTemplate>, files: Object.fromEntries(files) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeHandlers(system: string, handlers: string): Promise<void> {
  const sources = await readdir(join(import.meta.dirname, system, 'handlers'), { recursive: true });
  for (const source of sources.filter((path) => path.endsWith('handler.ts'))) {
    const folder = join(handlers, system, dirname(source));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'index.js'), 'exports.handler = async () => {};\n');
  }
}
