import { toConstructPath } from '../assembly/resolve.ts';
import type { StackFacts } from '../facts.ts';
import { isAccess, type ResourceChange } from './plan.ts';

/** Gives the resource changes between two templates of one stack; in any order. */
export type DiffTemplates = (before: object, after: object) => readonly Omit<ResourceChange, 'path' | 'access'>[];

type Compared = Pick<StackFacts, 'stack' | 'change' | 'liveTemplate'>;

/** Says whether the changes of a stack need `diff`: whether it is updated from a template that is known. */
export const needsDiff = ({ change, liveTemplate }: Compared): boolean => change.action === 'update' && liveTemplate !== undefined;

/**
 * Gives the resource changes of a stack: what changes access first, then by logical id.
 *
 * `diff` is only used where it is needed; of what differs in its expressions alone, `isSame` says so.
 */
export function toChanges(
  { stack, change, liveTemplate }: Compared,
  diff: DiffTemplates,
  isSame: (before: unknown, after: unknown) => boolean,
): readonly ResourceChange[] {
  if (change.action === 'unchanged' || (change.action === 'update' && !liveTemplate)) return [];
  const changes: readonly Omit<ResourceChange, 'path' | 'access'>[] =
    change.action === 'update' && liveTemplate
      ? diff(liveTemplate, stack.template).map((c) => withoutSame(c, isSame))
      : Object.entries(stack.template.Resources ?? {}).map(([logicalId, { Type }]) => ({
          logicalId,
          type: Type,
          action: 'create',
          properties: [],
        }));
  return changes
    .map((c) => ({
      ...c,
      path:
        stack.paths.get(c.logicalId) ?? toConstructPath(liveTemplate?.Resources?.[c.logicalId]) ?? `${stack.displayName}/${c.logicalId}`,
      access: isAccess(c.type),
    }))
    .sort((a, b) => Number(b.access) - Number(a.access) || (a.logicalId < b.logicalId ? -1 : 1));
}

/** CloudFormation compares what expressions come to: only what that changes can replace a resource. */
function withoutSame<C extends Pick<ResourceChange, 'action' | 'properties'>>(
  change: C,
  isSame: (before: unknown, after: unknown) => boolean,
): C {
  const properties = change.properties.filter((p) => !isSame(p.before, p.after));
  if (properties.length === change.properties.length || !/replace$/.test(change.action)) return { ...change, properties };
  const { yes, maybe } = { yes: properties.some((p) => p.replaces === 'yes'), maybe: properties.some((p) => p.replaces === 'maybe') };
  return { ...change, properties, action: yes ? 'replace' : maybe ? 'maybe-replace' : 'update' };
}
