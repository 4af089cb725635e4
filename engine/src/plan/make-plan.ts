import { toResources } from '../assembly/resolve.ts';
import { toCanonicalJson, toSha256 } from '../canonical.ts';
import type { Facts, StackFacts } from '../facts.ts';
import { nameRules } from '../names.ts';
import { hidden, hideChanges, isHidden } from './hide.ts';
import { isAccess, type Plan, type PlannedStack, type ResourceChange } from './plan.ts';

/** Gives the resource changes between two templates of one stack; in any order. */
export type DiffTemplates = (before: object, after: object) => readonly Omit<ResourceChange, 'path' | 'access'>[];

/** Gives the plan of a deployment from its facts. `diff` is only used for stacks that are updated. */
export function makePlan(facts: Facts, diff: DiffTemplates): Plan {
  const names = new Map(facts.stacks.map((s) => [s.stack.id, s.stack.name]));
  return {
    schema: 1,
    environment: facts.environment.name,
    decisions: facts.decisions,
    stacks: facts.stacks.map((s) => toPlanned(s, names, diff)),
  };
}

/** Says whether a plan needs `diff`: whether any stack is updated from a template that is known. */
export const needsDiff = (facts: Facts): boolean => facts.stacks.some((s) => s.change.action === 'update' && s.liveTemplate);

function toPlanned(facts: StackFacts, names: ReadonlyMap<string, string>, diff: DiffTemplates): PlannedStack {
  const { stack, at, change, parameters, tags } = facts;
  const unchanged = change.action === 'unchanged';
  return {
    name: stack.name,
    account: at.account,
    region: at.region,
    action: change.action,
    after: stack.dependencies.flatMap((id) => names.get(id) ?? []).sort(),
    template: toSha256(toCanonicalJson(stack.template)),
    resources: unchanged ? [] : hideChanges(toChanges(facts, diff), facts.liveTemplate, stack.template),
    assets: unchanged ? [] : stack.assets.map((a) => a.id).sort(),
    parameters: hideParameters(facts, parameters),
    tags,
  };
}

function hideParameters({ stack }: StackFacts, parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, isHidden(stack.template.Parameters, name) ? hidden : value]),
  );
}

function toChanges({ stack, change, liveTemplate }: StackFacts, diff: DiffTemplates): readonly ResourceChange[] {
  if (change.action === 'update' && !liveTemplate) return [];
  const changes: readonly Omit<ResourceChange, 'path' | 'access'>[] =
    change.action === 'update' && liveTemplate
      ? diff(liveTemplate, stack.template)
      : toResources(stack.template).map(([logicalId, { Type }]) => ({ logicalId, type: Type, action: 'create', properties: [] }));
  return changes
    .map((c) => ({ ...c, path: stack.paths.get(c.logicalId) ?? `${stack.displayName}/${c.logicalId}`, access: isAccess(c.type) }))
    .sort((a, b) => Number(b.access) - Number(a.access) || (a.logicalId < b.logicalId ? -1 : 1));
}

/**
 * Gives the resources with a name of their own that a plan creates anew, as type and name, in order.
 *
 * Of a stack that is there, those that its template lacks. Names that live inside of another resource, such as that of an inline
 * policy, do not count.
 */
export function toCreatedNames(facts: Facts): readonly { readonly type: string; readonly name: string }[] {
  return facts.stacks
    .filter((s) => s.change.action !== 'unchanged')
    .flatMap((s) =>
      s.named.filter(({ logicalId }) => s.change.action !== 'update' || (s.liveTemplate && !s.liveTemplate.Resources?.[logicalId])),
    )
    .filter(({ type }) => nameRules[type]?.scope)
    .map(({ type, name }) => ({ type, name }))
    .sort((a, b) => (`${a.type}${a.name}` < `${b.type}${b.name}` ? -1 : 1));
}
