import { toCanonicalJson, toSha256 } from '../canonical.ts';
import type { Facts, StackFacts } from '../facts.ts';
import { nameRules } from '../names.ts';
import { redact } from '../report/redact.ts';
import { judgeChange } from './change.ts';
import { toDelta, toEssential } from './essential.ts';
import { hidden, hideChanges, isHidden } from './hide.ts';
import type { Plan, PlannedStack } from './plan.ts';

/** Gives the plan of a deployment from its facts; `secrets` are texts that stand nowhere in it. */
export function makePlan(facts: Facts, secrets: readonly string[] = []): Plan {
  const names = new Map(facts.stacks.map((s) => [s.stack.id, s.stack.name]));
  const plan: Plan = {
    schema: 1,
    environment: facts.environment.name,
    decisions: facts.decisions,
    stacks: facts.stacks.map((s) => toPlanned(s, names, secrets)),
  };
  return redact(plan, secrets);
}

function toPlanned(facts: StackFacts, names: ReadonlyMap<string, string>, secrets: readonly string[]): PlannedStack {
  const { stack, at, change, parameters, tags } = facts;
  const unchanged = change.action === 'unchanged';
  const wanted = toEssential(stack.template, secrets);
  const isThere = change.action === 'update' && facts.liveTemplate;
  const delta = unchanged ? {} : toDelta(isThere ? toEssential(isThere, secrets) : undefined, wanted);
  return {
    name: stack.name,
    account: at.account,
    region: at.region,
    action: change.action,
    touched: !unchanged && (Object.keys(delta).length > 0 || !isTemplateAlone(facts)),
    after: stack.dependencies.flatMap((id) => names.get(id) ?? []).sort(),
    template: toSha256(toCanonicalJson(wanted)),
    delta,
    protected: stack.terminationProtection,
    ...(stack.notificationArns ? { notificationArns: stack.notificationArns } : {}),
    ...(stack.roles.execution ? { role: stack.roles.execution } : {}),
    resources: hideChanges(facts.changes, facts.liveTemplate, stack.template),
    assets: unchanged ? [] : stack.assets.flatMap((a) => (a.path === stack.templateFile ? [] : [a.id])).sort(),
    parameters: hideParameters(facts, parameters),
    tags,
  };
}

/** Says whether nothing but the template makes a stack one that is updated. */
function isTemplateAlone({ stack, live, liveTemplate, change, tags, parameters }: StackFacts): boolean {
  if (change.action !== 'update' || live?.kind !== 'known' || !liveTemplate) return false;
  const same = { ...stack, template: liveTemplate };
  return judgeChange({ stack: same, live: live.value, liveTemplate, tags, parameters }).action === 'unchanged';
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
      s.named
        .filter(({ logicalId }) => !s.adopts.includes(logicalId))
        .filter(({ logicalId }) => s.change.action !== 'update' || (s.liveTemplate && !s.liveTemplate.Resources?.[logicalId])),
    )
    .filter(({ type }) => nameRules[type]?.scope)
    .map(({ type, name }) => ({ type, name }))
    .sort((a, b) => (`${a.type}${a.name}` < `${b.type}${b.name}` ? -1 : 1));
}
