import { basename, dirname, join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import { toCanonicalJson, toSha256 } from '../canonical.ts';
import type { Stack } from './assembly.ts';
import type { Artifact, ReadText } from './parse-assembly.ts';

/**
 * Gives the text of a template as JSON, in which nothing of it is lost; undefined for YAML that a parser may take for something else.
 *
 * That is YAML with short forms (`!Ref`), or with words that mean something else in YAML 1.1, which CloudFormation reads, than in 1.2.
 */
export function toJsonText(template: string): string | undefined {
  try {
    return typeof JSON.parse(template) === 'object' ? template : undefined;
  } catch {
    const document = parseDocument(template, { logLevel: 'silent' });
    if (document.errors.length || document.warnings.length) return undefined;
    const value = document.toJS() as unknown;
    if (value === null || typeof value !== 'object') return undefined;
    const asRead = parse(template, {
      version: '1.1',
      logLevel: 'silent',
      customTags: (tags) => tags.filter((tag) => !isTime(tag)),
    }) as unknown;
    return toCanonicalJson(value) === toCanonicalJson(asRead) ? JSON.stringify(value, null, 1) : undefined;
  }
}

/** CloudFormation takes `2012-10-17` for a text. */
const isTime = (tag: string | { readonly tag?: string }): boolean =>
  typeof tag === 'string' ? tag === 'timestamp' : tag.tag === 'tag:yaml.org,2002:timestamp';

interface AssetManifest {
  readonly version: string;
  readonly files?: Readonly<Record<string, { readonly destinations?: Readonly<Record<string, Readonly<Record<string, unknown>>>> }>>;
}

const names = { manifest: 'manifest.json', template: 'previous.template.json', assets: 'previous.assets.json' } as const;

/**
 * Gives the files of an assembly of one stack alone, with another template: its roles, name and protection are those of `stack`.
 *
 * The template goes where the stack's own one goes: into the call, or to S3. Its code is where an earlier deployment put it.
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
  const published = typeof url === 'string' ? toPublished(url, template, assets, read) : undefined;
  const artifact: Artifact = {
    type,
    ...(environment ? { environment } : {}),
    ...(displayName ? { displayName } : {}),
    ...(published ? { dependencies: ['previous.assets'] } : {}),
    properties: {
      ...rest,
      stackName: stack.name,
      terminationProtection: stack.terminationProtection,
      ...(stack.notificationArns ? { notificationArns: stack.notificationArns } : {}),
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
