import { toCanonicalJson, toSha256 } from '../canonical.ts';
import { toWatch } from '../alarms.ts';
import type { Environment } from '../config/environment.ts';
import type { Stack, TemplateStack } from '../assembly/assembly.ts';
import type { Facts, StackFacts } from '../facts.ts';
import { nameRules } from '../names.ts';
import type { TemplateFacts } from '../template-facts.ts';
import { toBeside } from './beside.ts';
import { judgeChange } from './change.ts';
import { byRank } from './changes.ts';
import { toDelta, toEssential } from './essential.ts';
import { redactPlan } from './free-text.ts';
import { hideChanges, hideValues } from './hide.ts';
import type { Plan, PlannedStack, ResourceChange } from './plan.ts';

/** Gives the plan of a deployment from its facts; `secrets` are texts that stand in none of its values. */
export function makePlan(facts: Facts, secrets: readonly string[] = []): Plan {
  const names = new Map(facts.stacks.map((s) => [s.stack.id, s.stack.name]));
  const plan: Plan = {
    schema: 1,
    environment: facts.environment.name,
    decisions: facts.decisions,
    stacks: facts.stacks.map((s) => toPlanned(s, names, secrets, facts.environment.rollback)),
  };
  return redactPlan(plan, secrets);
}

function toPlanned(
  facts: StackFacts,
  names: ReadonlyMap<string, string>,
  secrets: readonly string[],
  rollback: Environment['rollback'],
): PlannedStack {
  const { stack, at, change, parameters, tags } = facts;
  const unchanged = change.action === 'unchanged';
  const beside = toBeside(facts);
  const templates = [facts, ...facts.nested];
  const delta = Object.assign({}, ...templates.map((t) => toOwnDelta(t, facts, secrets))) as PlannedStack['delta'];
  return {
    name: stack.name,
    account: at.account,
    region: at.region,
    action: change.action,
    touched: !unchanged && (Object.keys(delta).length > 0 || !isTemplateAlone(facts)),
    after: stack.dependencies.flatMap((id) => names.get(id) ?? []).sort(),
    template: toSha256(toCanonicalJson(toTarget(stack, secrets))),
    ...(change.action === 'update' ? { because: change.because } : {}),
    ...(beside.length ? { beside } : {}),
    delta,
    protected: stack.terminationProtection,
    ...(unchanged ? {} : toWatch(facts, rollback)),
    ...(stack.notificationArns ? { notificationArns: stack.notificationArns } : {}),
    ...(stack.roles.execution ? { role: stack.roles.execution } : {}),
    resources: templates.flatMap((t) => toOwnChanges(t, facts)).sort(byRank),
    assets: unchanged ? [] : toAssets(stack),
    parameters: hideValues(parameters, stack.template.Parameters),
    tags: hideValues(tags),
  };
}

/** Gives the logical ids that lead from a stack to one nested in it: `Inner/Deep`. */
const toWithin = ({ stack }: TemplateFacts, root: StackFacts): string => stack.id.slice(root.stack.id.length + 1);

/** Gives what a template changes; the addresses of templates only where what is behind them cannot be compared. */
function toOwnDelta(facts: TemplateFacts, root: StackFacts, secrets: readonly string[]): PlannedStack['delta'] {
  const { stack, change, liveTemplate } = facts;
  if (change.action === 'unchanged') return {};
  const seen = new Set(
    root.nested.filter((n) => n.parent?.stack.id === stack.id && isCompared(n)).map((n) => n.stack.id.split('/').at(-1) ?? ''),
  );
  const before = change.action === 'update' && liveTemplate ? toEssential(liveTemplate, secrets, seen) : undefined;
  return toDelta(before, toEssential(stack.template, secrets, seen), toWithin(facts, root));
}

const isCompared = ({ change, liveTemplate }: TemplateFacts): boolean => change.action !== 'update' || liveTemplate !== undefined;

function toOwnChanges(facts: TemplateFacts, root: StackFacts): readonly ResourceChange[] {
  const within = toWithin(facts, root);
  const changes = hideChanges(facts.changes, facts.liveTemplate, facts.stack.template);
  return within ? changes.map((c) => ({ ...c, logicalId: `${within}/${c.logicalId}` })) : changes;
}

/** Gives what counts of a template and of those nested in it, whatever their addresses are. */
function toTarget(stack: TemplateStack, secrets: readonly string[]): object {
  const own = toEssential(stack.template, secrets, new Set(stack.nested.map((n) => n.logicalId)));
  return stack.nested.length ? { own, nested: Object.fromEntries(stack.nested.map((n) => [n.logicalId, toTarget(n, secrets)])) } : own;
}

/** Gives the assets but for the templates, whose content counts. */
function toAssets(stack: Stack): readonly string[] {
  const files = new Set(toFiles(stack));
  return stack.assets.flatMap((a) => (a.path !== undefined && files.has(a.path) ? [] : [a.id])).sort();
}

const toFiles = ({ templateFile, nested }: TemplateStack): readonly string[] => [templateFile, ...nested.flatMap(toFiles)];

/** Says whether nothing but the template makes a stack one that is updated. */
export function isTemplateAlone({ stack, live, liveTemplate, change, tags, parameters }: StackFacts): boolean {
  if (change.action !== 'update' || live?.kind !== 'known' || !liveTemplate) return false;
  const same = { ...stack, template: liveTemplate };
  return judgeChange({ stack: same, live: live.value, liveTemplate, tags, parameters }).action === 'unchanged';
}

/**
 * Gives the resources with a name of their own that a plan creates anew, as type and name, in order.
 *
 * Of a stack that is there, those that its template lacks. Names that live inside of another resource, such as that of an inline
 * policy, do not count.
 */
export function toCreatedNames(facts: Facts): readonly { readonly type: string; readonly name: string }[] {
  return facts.templates
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
