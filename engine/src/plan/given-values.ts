import type { Resource, Template } from '../assembly/assembly.ts';
import { isOpen } from '../assembly/evaluate.ts';
import { isEqual } from '../canonical.ts';
import { toLiveResources, type ReadTemplate, type TemplateResource } from '../template-facts.ts';

/**
 * Gives a nested stack with the values in its two templates that are other ones although their words are the same: its parent gives it
 * another parameter.
 */
export function withGivenValues(read: ReadTemplate): ReadTemplate {
  if (read.change.action !== 'update' || !read.liveTemplate) return read;
  const [before, after] = [toLiveResources(read), read.resources].map((all) => new Map(all.map((r) => [r.logicalId, r])));
  const differing = new Map(
    [...(after ?? [])].map(([id, is]) => [id, toDiffering(before?.get(id), is)] as const).filter(([, names]) => names.length > 0),
  );
  if (differing.size === 0) return read;
  const put = (template: Template, values: ReadonlyMap<string, TemplateResource> | undefined): Template => ({
    ...template,
    Resources: Object.fromEntries(
      Object.entries(template.Resources ?? {}).map(([id, r]) => [id, withValues(r, values?.get(id), differing.get(id) ?? [])]),
    ),
  });
  return { ...read, liveTemplate: put(read.liveTemplate, before), stack: { ...read.stack, template: put(read.stack.template, after) } };
}

/** Gives the properties whose expressions are the same, and surely come to something else. */
function toDiffering(was: TemplateResource | undefined, is: TemplateResource): readonly string[] {
  if (!was || was.type !== is.type) return [];
  return Object.entries(is.resource.Properties ?? {}).flatMap(([name, value]) => {
    const [one, two] = [was.properties[name], is.properties[name]];
    const isOther = isEqual(was.resource.Properties?.[name], value) && !isOpen(one) && !isOpen(two) && !isEqual(one, two);
    return isOther ? [name] : [];
  });
}

function withValues(resource: Resource, values: TemplateResource | undefined, names: readonly string[]): Resource {
  if (!values || names.length === 0) return resource;
  return { ...resource, Properties: { ...resource.Properties, ...Object.fromEntries(names.map((n) => [n, values.properties[n]])) } };
}
