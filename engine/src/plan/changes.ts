import type { Resource } from '../assembly/assembly.ts';
import { toConstructPath } from '../assembly/resolve.ts';
import { isAccess, type ResourceChange } from './plan.ts';
import { judgeWidening } from './widening.ts';
import type { TemplateFacts } from '../template-facts.ts';

/** Gives the resource changes between two templates of one stack; in any order. */
export type DiffTemplates = (before: object, after: object) => readonly Omit<ResourceChange, 'path' | 'access' | 'widens'>[];

type Compared = Pick<TemplateFacts, 'stack' | 'change' | 'liveTemplate'>;

/** Says whether the changes of a stack need `diff`: whether it is updated from a template that is known. */
export const needsDiff = ({ change, liveTemplate }: Compared): boolean => change.action === 'update' && liveTemplate !== undefined;

/**
 * Gives the resource changes of a stack: what widens access first, then what else changes it, then by logical id.
 *
 * `diff` is only used where it is needed; of what differs in its expressions alone, `isSame` says so.
 */
export function toChanges(
  { stack, change, liveTemplate }: Compared,
  diff: DiffTemplates,
  isSame: (before: unknown, after: unknown) => boolean,
): readonly ResourceChange[] {
  if (change.action === 'unchanged' || (change.action === 'update' && !liveTemplate)) return [];
  const changes: readonly Omit<ResourceChange, 'path' | 'access' | 'widens'>[] =
    change.action === 'update' && liveTemplate
      ? diff(liveTemplate, stack.template)
          .filter(isResource)
          .map((c) => withoutSame(c, isSame))
      : Object.entries(stack.template.Resources ?? {})
          .map(([logicalId, { Type: type }]) => ({ logicalId, type, action: 'create' as const, properties: [] }))
          .filter(isResource);
  return changes
    .map((c) => ({
      ...c,
      path:
        stack.paths.get(c.logicalId) ?? toConstructPath(liveTemplate?.Resources?.[c.logicalId]) ?? `${stack.displayName}/${c.logicalId}`,
      access: isAccess(c.type),
      widens: isWidening(c, liveTemplate?.Resources?.[c.logicalId], stack.template.Resources?.[c.logicalId]),
    }))
    .sort(byRank);
}

/** The order of a plan: what widens access first, then what else changes it, then by logical id. */
export const byRank = (a: ResourceChange, b: ResourceChange): number => toRank(a) - toRank(b) || (a.logicalId < b.logicalId ? -1 : 1);
/** A macro that stands for resources is none itself. */
const isResource = ({ logicalId }: Pick<ResourceChange, 'logicalId'>): boolean => !logicalId.startsWith('Fn::');

const toRank = ({ access, widens }: Pick<ResourceChange, 'access' | 'widens'>): number => (widens ? 0 : access ? 1 : 2);

/** What leaves its stack and stays in AWS goes on as it was; of another type, one goes and one is new. */
function isWidening({ action, type }: Pick<ResourceChange, 'action' | 'type'>, before: Resource | undefined, after: Resource | undefined) {
  if (action === 'orphan') return false;
  const isOther = before && after && before.Type !== after.Type;
  return isOther
    ? judgeWidening(before.Type, before, undefined) || judgeWidening(type, undefined, after)
    : judgeWidening(type, before, after);
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
