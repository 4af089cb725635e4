import type { Template } from './assembly.ts';

/** The transform that makes loops of a template into what they stand for. */
export const languageExtensions = 'AWS::LanguageExtensions';

/** Gives the names of the transforms of a whole template. */
export const toTransforms = (template: Template): readonly string[] =>
  [template['Transform'] ?? []].flat().map((t: unknown) => (typeof t === 'string' ? t : String((t as { Name?: unknown } | null)?.Name)));

/**
 * Gives a template with its loops as CloudFormation writes them out. A loop over a list that the template does not have stays as it is.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export const withoutLoops = (template: Template): Template =>
  toTransforms(template).includes(languageExtensions) ? (writeOut(template) as Template) : template;

function writeOut(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writeOut);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
      const bodies = key.startsWith('Fn::ForEach::') ? toBodies(inner) : undefined;
      return bodies ? bodies.flatMap((body) => Object.entries(writeOut(body) as object)) : [[key, writeOut(inner)]];
    }),
  );
}

/** Gives the body of a loop for each item of its list; undefined when not all of them are texts of the template. */
function toBodies(loop: unknown): readonly object[] | undefined {
  const [name, list, body] = Array.isArray(loop) ? (loop as unknown[]) : [];
  if (typeof name !== 'string' || !Array.isArray(list) || body === null || typeof body !== 'object') return undefined;
  const items = list.filter((item) => typeof item === 'string' || typeof item === 'number').map(String);
  return items.length === list.length ? items.map((item) => put(body, name, item) as object) : undefined;
}

/** Puts an item in the place of the name of its loop; `&{name}` is the item without what no logical id may have. */
function put(value: unknown, name: string, item: string): unknown {
  const fill = (text: string) => text.replaceAll(`\${${name}}`, item).replaceAll(`&{${name}}`, item.replace(/[^A-Za-z0-9]/g, ''));
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((each) => put(each, name, item));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === 'Ref' && entries[0][1] === name) return item;
  return Object.fromEntries(entries.map(([key, inner]) => [fill(key), put(inner, name, item)]));
}
