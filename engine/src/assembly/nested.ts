import { dirname, join } from 'node:path';
import { nestedStackType, type Asset, type NestedStack, type Resource, type Template, type TemplateStack } from './assembly.ts';
import type { ReadText } from './parse-assembly.ts';
import { toJsonText } from './previous.ts';
import { toConstructPath } from './resolve.ts';
import { toPlaces, type Metadata } from './sources.ts';

/** What nested stacks share with the stack of the assembly that they belong to. */
interface Around {
  /** Its name. */
  readonly within: string;
  readonly assets: readonly Asset[];
  readonly metadata: readonly (readonly [string, Metadata[string]])[];
  readonly read: ReadText;
}

type Parent = Pick<TemplateStack, 'id' | 'displayName' | 'templateFile' | 'template' | 'paths' | 'sources'>;

/**
 * Gives the stacks that are nested in one, and those nested in them, as far as their templates are files of the assembly.
 *
 * A template that is nested in itself is left out, as is one that nobody can read as JSON.
 */
export function readNested(parent: Parent, around: Around, outer: readonly string[] = []): readonly NestedStack[] {
  const files = [...outer, parent.templateFile];
  return Object.entries(parent.template.Resources ?? {}).flatMap(([logicalId, resource]) => {
    const templateFile = resource.Type === nestedStackType ? findTemplateFile(resource, parent, around.assets) : undefined;
    if (templateFile === undefined || files.includes(templateFile)) return [];
    const text = around.read(templateFile);
    const template = text === undefined ? undefined : toTemplate(text);
    if (text === undefined || !template) return [];
    const displayName = toNestedPath(logicalId, resource, parent);
    const own = toOwn(displayName, around.metadata);
    const { paths, sources } = toPlaces(own, displayName, template);
    const source = parent.sources.get(logicalId);
    const nested = {
      id: `${parent.id}/${logicalId}`,
      name: displayName,
      displayName,
      templateFile,
      templateBytes: new TextEncoder().encode(text).length,
      template,
      paths,
      sources: source ? new Map([...sources, ['', source]]) : sources,
    };
    return [{ ...nested, logicalId, within: around.within, nested: readNested(nested, around, files) }];
  });
}

/**
 * Gives the path of the file that a nested stack's template is published from; undefined when it is none of the assembly.
 *
 * CDK writes it into the metadata of the resource, which an app may leave out; the key of the asset is in the address all the same.
 */
export function findTemplateFile(
  { Metadata, Properties }: Resource,
  { templateFile }: Pick<TemplateStack, 'templateFile'>,
  assets: readonly Asset[],
): string | undefined {
  const { 'aws:asset:path': path, 'aws:asset:property': property } = Metadata ?? {};
  if (typeof path === 'string' && property === 'TemplateURL') return join(dirname(templateFile), path);
  const address = JSON.stringify(Properties?.['TemplateURL'] ?? '');
  return assets.find((a) => a.kind === 'file' && a.destinations.some(({ name }) => name && address.includes(`/${name}`)))?.path;
}

function toTemplate(text: string): Template | undefined {
  const json = toJsonText(text);
  return json === undefined ? undefined : (JSON.parse(json) as Template);
}

/**
 * Gives the construct path of a nested stack, whose resource the CDK makes below a scope beside it:
 * `Shop/Inner.NestedStack/Inner.NestedStackResource`.
 */
export function toNestedPath(
  logicalId: string,
  resource: Resource | undefined,
  { displayName, paths }: Pick<Parent, 'displayName' | 'paths'>,
): string {
  const path = paths.get(logicalId) ?? toConstructPath(resource) ?? `${displayName}/${logicalId}`;
  return path.replace(/([^/]+)\.NestedStack\/\1\.NestedStackResource$/, '$1');
}

/** Gives the metadata of what is nested alone: logical ids are unique within one template. */
const toOwn = (displayName: string, metadata: Around['metadata']): Around['metadata'] =>
  metadata.filter(([path]) => path.startsWith(`/${displayName}/`));
