import type { Ask } from './checks/ask.ts';
import { toNewlyNamed } from './checks/newly-named.ts';
import { toWanted } from './checks/look-up.ts';
import { dataTypes, type Adoption } from './decision.ts';
import { withStacks, type Facts, type StackFacts } from './facts.ts';
import { toPolicy, type TemplateResource } from './template-facts.ts';

/** Gives what of the chosen stacks is adopted, or would be if nothing stood in the way. */
export function findAdoptions(stacks: readonly StackFacts[], ask: Ask): readonly Adoption[] {
  return stacks
    .filter((s) => s.live && s.change.action !== 'unchanged')
    .flatMap((facts) => toNewlyNamed(facts).flatMap((resource) => findAdoption(resource, facts, ask)));
}

const isData = (type: string): boolean => dataTypes.some((t) => t === type);

function findAdoption(found: TemplateResource, facts: StackFacts, ask: Ask): readonly Adoption[] {
  const { stack, at } = facts;
  const { type, logicalId, properties } = found;
  const wanted = isData(type) ? toWanted(type, properties, at) : undefined;
  if (wanted === undefined || wanted === 'open') return [];
  const { name } = wanted;
  const presence = ask(at, 'presence', { type, name });
  if (presence?.kind !== 'known' || presence.value.kind !== 'present') return [];
  const owner = ask(at, 'owner', { type, physicalId: name });
  if (owner?.kind !== 'known' || owner.value) return [];
  const obstacle = toObstacle(found, facts);
  return [{ stack: stack.id, logicalId, type, name, ...(obstacle ? { obstacle } : {}) }];
}

/** @source https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html, ImportExistingResources */
function toObstacle({ resource, type }: TemplateResource, { scope }: StackFacts): string | undefined {
  const { DeletionPolicy, Properties = {} } = resource;
  const policy = toPolicy(DeletionPolicy, scope);
  if (!/^Retain(ExceptOnCreate)?$/.test(policy)) return `its DeletionPolicy is ${policy}, and only what is retained is imported`;
  const named = Object.entries(Properties).some(([key, value]) => /^(Bucket|Table|Repository)Name$/.test(key) && typeof value === 'string');
  return named ? undefined : `its name is an expression in the template, and ${type} is only imported by a literal one`;
}

/** Gives a stack whose resources of these logical ids are imported, not created. */
export const withImports = (facts: StackFacts, adopts: readonly string[]): StackFacts => ({
  ...facts,
  adopts,
  changes: facts.changes.map((c) => (c.action === 'create' && adopts.includes(c.logicalId) ? { ...c, action: 'import' } : c)),
});

/** Gives facts with what is adopted: those resources are imported, not created. */
export function withAdoptions(facts: Facts, adoptions: readonly Adoption[]): Facts {
  const stacks = facts.stacks.map((s): StackFacts => {
    const adopts = adoptions.filter((a) => a.stack === s.stack.id && a.obstacle === undefined).map((a) => a.logicalId);
    return withImports(s, adopts);
  });
  return { ...withStacks(facts, stacks), adoptions };
}
