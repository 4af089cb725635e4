import { isSamePlace } from '../assembly/surroundings.ts';
import { finding, type Finding } from '../finding.ts';
import type { Owner } from '../stack-readings.ts';
import { toPlace } from './check.ts';
import { toNaming, toWanted } from './look-up.ts';
import { toLiveResources, toLiveScope, toPolicy, type TemplateFacts, type TemplateResource } from '../template-facts.ts';

/** A resource of a stack that wants a name. */
interface Named {
  readonly facts: TemplateFacts;
  readonly resource: TemplateResource;
  readonly name: string;
}

/**
 * Judges a name that another stack owns: whether it keeps it, or gives it away in this very deployment and early enough.
 *
 * Early enough is what a stack removes that this one depends on; stacks that do not wait for one another deploy side by side.
 */
export function judgeMove({ facts, resource, name }: Named, owner: Owner, templates: readonly TemplateFacts[]): readonly Finding[] {
  const { type, logicalId } = resource;
  const place = toPlace(facts.stack, logicalId);
  const source = templates.find((s) => s.stack.name === owner.stack && isSamePlace(s.at, facts.at));
  if (!source || source.change.action !== 'update' || has(source, owner.logicalId, type, name))
    return [finding('PF121', `The ${type} ${name} is owned by the stack ${owner.stack}.`, place)];
  const policy = toFate(source, owner.logicalId);
  const moves = `The ${type} ${name} moves from the stack ${owner.stack} to ${facts.stack.name}`;
  if (policy.startsWith('Retain')) return [finding('PF126', `${moves}, and the old one leaves it behind (${policy}).`, place)];
  if (waitsFor(facts, source, templates)) return [];
  return [finding('PF126', `${moves}, which does not wait until the old one has removed it.`, place)];
}

function has({ resources, at }: TemplateFacts, logicalId: string, type: string, name: string): boolean {
  const found = resources.find((r) => r.logicalId === logicalId && r.type === type);
  const wanted = found && toWanted(type, found.properties, at);
  return wanted === 'open' || wanted?.name === name;
}

/** What happens to the resource when its stack lets go of it: removed from the template, or given another name. */
function toFate(source: TemplateFacts, logicalId: string): string {
  const kept = source.resources.find((r) => r.logicalId === logicalId);
  const live = toLiveResources(source).find((r) => r.logicalId === logicalId);
  return kept && kept.properties[toNaming(kept.type) ?? ''] !== undefined
    ? toPolicy(kept.resource.UpdateReplacePolicy, source.scope)
    : toPolicy(live?.resource.DeletionPolicy, toLiveScope(source));
}

/** Says whether a stack deploys only when another one of the run is done. */
export function waitsFor(facts: TemplateFacts, source: TemplateFacts, templates: readonly TemplateFacts[]): boolean {
  const before = new Set<string>();
  const visit = (ids: readonly string[]): void => {
    for (const id of ids.filter((i) => !before.has(i))) {
      before.add(id);
      visit(templates.find((s) => s.stack.id === id)?.root.dependencies ?? []);
    }
  };
  visit(facts.root.dependencies);
  return before.has(source.root.id);
}
