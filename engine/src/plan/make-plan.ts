import { toCanonicalJson, toSha256 } from '../canonical.ts';
import type { Facts, StackFacts } from '../facts.ts';
import { nameRules } from '../names.ts';
import { hidden, hideChanges, isHidden } from './hide.ts';
import type { Plan, PlannedStack } from './plan.ts';

/** Gives the plan of a deployment from its facts. */
export function makePlan(facts: Facts): Plan {
  const names = new Map(facts.stacks.map((s) => [s.stack.id, s.stack.name]));
  return {
    schema: 1,
    environment: facts.environment.name,
    decisions: facts.decisions,
    stacks: facts.stacks.map((s) => toPlanned(s, names)),
  };
}

function toPlanned(facts: StackFacts, names: ReadonlyMap<string, string>): PlannedStack {
  const { stack, at, change, parameters, tags } = facts;
  const unchanged = change.action === 'unchanged';
  return {
    name: stack.name,
    account: at.account,
    region: at.region,
    action: change.action,
    after: stack.dependencies.flatMap((id) => names.get(id) ?? []).sort(),
    template: toSha256(toCanonicalJson(stack.template)),
    resources: hideChanges(facts.changes, facts.liveTemplate, stack.template),
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
