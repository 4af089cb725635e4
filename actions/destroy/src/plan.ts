import { toCanonicalJson, toSha256 } from '../../../engine/src/canonical.ts';
import { toShortDigest } from '../../../engine/src/plan/essential.ts';
import { isAccess, type Plan, type PlannedStack, type ResourceChange } from '../../../engine/src/plan/plan.ts';
import type { DoomedStack, Facts, OwnedResource } from './facts.ts';

/** What becomes of a resource: it goes with its stack, it stays, a snapshot of it stays, or it is deleted after its stack. */
export type Fate = 'delete' | 'keep' | 'snapshot' | 'remove';

/** Says whether `delete-data` names a resource, by its type or its construct path. */
export const isNamed = ({ type, path }: OwnedResource, deleteData: readonly string[]): boolean =>
  deleteData.includes(type) || deleteData.includes(path);

/** Gives what becomes of a resource. Only what its stack would leave behind and `delete-data` names is deleted after it. */
export function toFate(resource: OwnedResource, deleteData: readonly string[]): Fate {
  switch (resource.policy) {
    case 'Delete':
      return 'delete';
    case 'Snapshot':
      return 'snapshot';
    case 'Retain':
      return isNamed(resource, deleteData) ? 'remove' : 'keep';
  }
}

const actions = { delete: 'delete', keep: 'orphan', snapshot: 'snapshot', remove: 'delete' } as const satisfies Record<
  Fate,
  ResourceChange['action']
>;

/** Gives the plan of a destruction from its facts, in the order of deletion. */
export function makePlan(facts: Facts, deleteData: readonly string[]): Plan {
  const names = new Map(facts.stacks.map(({ stack }) => [stack.id, stack.name]));
  return {
    schema: 1,
    environment: facts.environment.name,
    decisions: [],
    stacks: facts.stacks.map((doomed) => toPlanned(doomed, names, deleteData)),
  };
}

function toPlanned(doomed: DoomedStack, names: ReadonlyMap<string, string>, deleteData: readonly string[]): PlannedStack {
  const { stack, at, live, template, dependencies } = doomed;
  const resources = doomed.resources
    .map((resource) => ({ ...resource, action: actions[toFate(resource, deleteData)] }))
    .filter(({ action }) => live || action === 'delete')
    .map(({ logicalId, path, type, action }): ResourceChange => ({
      logicalId,
      path,
      type,
      action,
      access: isAccess(type),
      widens: false,
      properties: [],
    }));
  return {
    name: stack.name,
    account: at.account,
    region: at.region,
    action: live || resources.length ? 'delete' : 'unchanged',
    touched: Boolean(live) || resources.length > 0,
    after: dependencies.flatMap((id) => names.get(id) ?? []).sort(),
    template: toSha256(toCanonicalJson(template)),
    delta: Object.fromEntries(resources.map((r) => [`Resources/${r.logicalId}`, toShortDigest([r.type, r.action])])),
    protected: stack.terminationProtection,
    resources: resources.sort((a, b) => Number(b.access) - Number(a.access) || (a.path < b.path ? -1 : 1)),
    assets: [],
    parameters: {},
    tags: {},
  };
}
