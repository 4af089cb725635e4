import type { Source, Stack, Template } from './assembly.ts';
import { toConstructPath } from './resolve.ts';

/** What an assembly says of its constructs, by their paths with a slash before them. */
export type Metadata = Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown; readonly trace?: unknown }[]>>;

/**
 * Gives the construct path and the source of each logical id of a template; `displayName` is the construct path of its stack.
 *
 * The metadata of a stack has the resources of its nested stacks, too, whose logical ids may be the same: what the template itself says of
 * a path holds.
 */
export function toPlaces(
  metadata: readonly (readonly [string, Metadata[string]])[],
  displayName: string,
  template: Template,
): Pick<Stack, 'paths' | 'sources'> {
  const paths = new Map<string, string>();
  const sources = new Map<string, Source>();
  const inner = metadata.flatMap(([path, entries]) => (isStack(entries) && path.startsWith(`/${displayName}/`) ? [`${path}/`] : []));
  for (const [path, entries] of metadata) {
    if (inner.some((nested) => path.startsWith(nested))) continue;
    const logicalId = entries.find((e) => e.type === 'aws:cdk:logicalId')?.data;
    const trace = entries.find((e) => e.type === 'aws:cdk:creationStack')?.data ?? entries.find((e) => e.trace)?.trace;
    const source = Array.isArray(trace) ? toSource(trace.map(String)) : undefined;
    const id = typeof logicalId === 'string' ? logicalId : path === `/${displayName}` ? '' : undefined;
    if (id === undefined) continue;
    const constructPath = path.replace(/^\//, '').replace(/\/Resource$/, '');
    if (id && (toConstructPath(template.Resources?.[id]) ?? constructPath) !== constructPath) continue;
    if (id) paths.set(id, constructPath);
    if (source) sources.set(id, source);
  }
  return { paths, sources };
}

/** A stack has a template; so has one that is nested in it. */
const isStack = (entries: Metadata[string]): boolean => entries.some((e) => e.type === 'aws:cdk:templateFile');

/**
 * Gives the first frame of the app's own code: not of a library, not of Node.
 *
 * CDK writes `name (file:line:column)`, without a column for Python, and `file:line (:)` for the top level of a module.
 */
function toSource(frames: readonly string[]): Source | undefined {
  for (const frame of frames) {
    const [, file, line, column] =
      /\((.+?):(\d+)(?::(\d+))?\)$/.exec(frame) ?? /^\s*(?:at )?(\S.*?):(\d+)(?::(\d+))?(?: \(:\))?$/.exec(frame) ?? [];
    if (!file || file.includes('node_modules') || file.startsWith('node:')) continue;
    return { file: toPath(file), line: Number(line), ...(column ? { column: Number(column) } : {}) };
  }
  return undefined;
}

function toPath(file: string): string {
  if (!file.startsWith('file://')) return file;
  try {
    return decodeURIComponent(file.slice('file://'.length));
  } catch {
    return file;
  }
}
