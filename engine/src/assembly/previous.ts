import { basename, dirname, join } from 'node:path';
import { toSha256 } from '../canonical.ts';
import type { Stack } from './assembly.ts';
import type { ReadText } from './parse-assembly.ts';

/** The longest template that CloudFormation takes in a call, in bytes; a longer one has to be in S3. */
const longestBody = 51_200;

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
}
interface AssetManifest {
  readonly version: string;
  readonly files?: Readonly<Record<string, { readonly destinations?: Readonly<Record<string, Readonly<Record<string, unknown>>>> }>>;
}

const names = { manifest: 'manifest.json', template: 'previous.template.json', assets: 'previous.assets.json' } as const;

/**
 * Gives the files of an assembly of one stack alone, with another template: its roles and its name are those that it has.
 *
 * A template that is too long for a call goes where the stack's own template went; its code is where an earlier deployment put it.
 * Parameters and tags are none: who deploys it gives them.
 *
 * @source cloud assembly schema, manifest.json and asset manifest
 */
export function toPreviousAssembly(stack: Stack, template: string, read: ReadText): Readonly<Record<string, string>> {
  const dir = dirname(stack.templateFile);
  const manifest = JSON.parse(read(join(dir, names.manifest)) ?? '{}') as {
    readonly version?: string;
    readonly artifacts?: Readonly<Record<string, Artifact>>;
  };
  const {
    type = 'aws:cloudformation:stack',
    environment,
    displayName,
    dependencies = [],
    properties = {},
  } = manifest.artifacts?.[stack.id] ?? {};
  const { stackTemplateAssetObjectUrl: url, parameters: _parameters, tags: _tags, ...rest } = properties;
  const assets = dependencies.flatMap((id) => {
    const found = manifest.artifacts?.[id];
    return found?.type === 'cdk:asset-manifest' ? [join(dir, String(found.properties?.['file']))] : [];
  });
  const isLong = new TextEncoder().encode(template).length > longestBody;
  const published = isLong && typeof url === 'string' ? toPublished(url, template, assets, read) : undefined;
  const artifact: Artifact = {
    type,
    ...(environment ? { environment } : {}),
    ...(displayName ? { displayName } : {}),
    ...(published ? { dependencies: ['previous.assets'] } : {}),
    properties: {
      ...rest,
      stackName: stack.name,
      templateFile: names.template,
      ...(published ? { stackTemplateAssetObjectUrl: published.url } : {}),
    },
  };
  const artifacts = {
    [stack.id]: artifact,
    ...(published ? { 'previous.assets': { type: 'cdk:asset-manifest', properties: { file: names.assets } } } : {}),
  };
  return {
    [names.manifest]: JSON.stringify({ version: manifest.version ?? '0', artifacts }),
    [names.template]: template,
    ...(published ? { [names.assets]: JSON.stringify(published.manifest) } : {}),
  };
}

/** Gives the asset of a template beside that of the stack's own one, which `url` names; undefined when the stack has none. */
function toPublished(
  url: string,
  template: string,
  assets: readonly string[],
  read: ReadText,
): { readonly url: string; readonly manifest: AssetManifest } | undefined {
  const own = basename(url);
  const id = toSha256(template);
  for (const path of assets) {
    const manifest = JSON.parse(read(path) ?? '{}') as AssetManifest;
    const isOwn = (d: Readonly<Record<string, unknown>>) => basename(String(d['objectKey'])) === own;
    const entry = Object.values(manifest.files ?? {}).find((f) => Object.values(f.destinations ?? {}).some(isOwn));
    if (!entry) continue;
    const destinations = Object.entries(entry.destinations ?? {}).map(([name, d]) => [
      name,
      { ...d, objectKey: String(d['objectKey']).replace(own, `${id}.json`) },
    ]);
    const file = {
      displayName: 'Previous template',
      source: { path: names.template, packaging: 'file' },
      destinations: Object.fromEntries(destinations),
    };
    return { url: `${url.slice(0, -own.length)}${id}.json`, manifest: { version: manifest.version, files: { [id]: file } } };
  }
  return undefined;
}
