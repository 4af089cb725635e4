import { toNodes, toStackId, type PartName, type StackNode } from './plan-tree.ts';
import type { Plan, PropertyChange, ResourceChange, StackAction } from './plan.ts';

/** How something stands in the plan of now: new in it, gone from it, or another. */
export type Difference = 'added' | 'gone' | 'different';

/** One thing of a template that the two plans do not change alike. */
export interface EntryDifference {
  /** Construct path of a resource; section and name of anything else, such as `Outputs/Url`. */
  readonly path: string;
  readonly type?: string;
  readonly difference: Difference;
  readonly widens: boolean;
  /** What the reviewed plan does to the properties that differ, and what the plan of now does; a side that is not known is not there. */
  readonly properties: readonly {
    readonly path: string;
    readonly reviewed?: PropertyChange;
    readonly now?: PropertyChange;
  }[];
}

/** One stack that the two plans do not change alike. */
export interface StackDifference {
  readonly name: string;
  /** Account, region and name. */
  readonly id: string;
  readonly difference: Difference;
  readonly reviewed?: StackAction;
  readonly now?: StackAction;
  readonly parts: readonly (PartName | 'order')[];
  readonly entries: readonly EntryDifference[];
  /** Whether the reviewed plan was kept as digests of whole stacks, so that nobody can say what differs. */
  readonly isCoarse: boolean;
}

/** A reviewed plan as far as it was kept: its stacks as digests, and the whole of it where there was room. */
export interface ReviewedPlan {
  readonly nodes: readonly ReviewedNode[];
  readonly plan?: Plan;
}

/** A touched stack of a reviewed plan; without `leaves` it was kept as one digest. */
export type ReviewedNode = Pick<StackNode, 'id' | 'name' | 'action' | 'digest' | 'target'> &
  Partial<Pick<StackNode, 'after' | 'parts' | 'leaves'>>;

/**
 * Gives what a plan does otherwise than the reviewed one; nothing when it does what was reviewed, or the part of it that is left.
 *
 * Of a stack a part is left when what still happens was reviewed and it comes to the same in the end: an equal deployment ran already.
 * `elsewhere` are ids of stacks that the app has and this run does not choose: what was reviewed of them is not of this run.
 */
export function comparePlans(reviewed: ReviewedPlan, now: Plan, elsewhere: ReadonlySet<string>): readonly StackDifference[] {
  const nodes = toNodes(now);
  const touched = nodes.filter((n) => n.touched);
  const common = new Set(touched.map((n) => n.name).filter((name) => reviewed.nodes.some((r) => r.name === name)));
  const compared = touched.flatMap((node) => {
    const before = reviewed.nodes.find((r) => r.id === node.id);
    return before && isSame(before, node, common) ? [] : [toDifference(before, node, reviewed, now, common)];
  });
  const gone = reviewed.nodes
    .filter((r) => !touched.some((n) => n.id === r.id) && !elsewhere.has(r.id))
    .filter((r) => nodes.find((n) => n.id === r.id)?.target !== r.target)
    .map((r) => toDifference(r, undefined, reviewed, now, common));
  return [...compared, ...gone];
}

function isSame(reviewed: ReviewedNode, now: StackNode, common: ReadonlySet<string>): boolean {
  if (reviewed.digest === now.digest) return true;
  const { leaves } = reviewed;
  if (!leaves) return false;
  const entries = toEntries(leaves, now.leaves);
  if (entries.length === 0) return toParts(reviewed, now, common).length === 0 && reviewed.action === now.action;
  const isWatched = reviewed.parts?.alarms === now.parts.alarms; // how it is deployed, and not what it comes to
  return reviewed.target === now.target && isWatched && entries.every(([, difference]) => difference === 'gone');
}

function toParts(reviewed: ReviewedNode, now: StackNode, common: ReadonlySet<string>): readonly (PartName | 'order')[] {
  const { parts, after = [] } = reviewed;
  if (!parts) return [];
  const names = ([...new Set([...Object.keys(now.parts), ...Object.keys(parts)])] as PartName[]).filter(
    (name) => parts[name] !== now.parts[name],
  );
  const of = (list: readonly string[]): string => list.filter((name) => common.has(name)).join('\n');
  return [...names, ...(of(after) === of(now.after) ? [] : (['order'] as const))];
}

type Leaves = StackNode['leaves'];

function toEntries(reviewed: Leaves, now: Leaves): readonly (readonly [string, Difference])[] {
  const all = [...new Set([...Object.keys(reviewed), ...Object.keys(now)])].sort();
  return all
    .filter((at) => reviewed[at] !== now[at])
    .map((at) => [at, reviewed[at] === undefined ? 'added' : now[at] === undefined ? 'gone' : 'different']);
}

function toDifference(
  before: ReviewedNode | undefined,
  node: StackNode | undefined,
  reviewed: ReviewedPlan,
  now: Plan,
  common: ReadonlySet<string>,
): StackDifference {
  const { id = '', name = '' } = node ?? before ?? {};
  const isCoarse = before !== undefined && before.leaves === undefined;
  const resources = { reviewed: toResources(reviewed.plan, id), now: toResources(now, id) };
  const entries = isCoarse ? [] : toEntries(before?.leaves ?? {}, node?.leaves ?? {});
  return {
    name,
    id,
    difference: !before ? 'added' : !node ? 'gone' : 'different',
    ...(before ? { reviewed: before.action } : {}),
    ...(node ? { now: node.action } : {}),
    parts: before && node ? toParts(before, node, common) : [],
    entries: entries
      .map(([at, difference]) => toEntry(at, difference, resources.reviewed.get(at), resources.now.get(at)))
      .sort((a, b) => Number(b.widens) - Number(a.widens)),
    isCoarse,
  };
}

function toResources(plan: Plan | undefined, id: string): ReadonlyMap<string, ResourceChange> {
  const stack = plan?.stacks.find((s) => toStackId(s) === id);
  return new Map(stack?.resources.map((r) => [`Resources/${r.logicalId}`, r]));
}

function toEntry(
  at: string,
  difference: Difference,
  reviewed: ResourceChange | undefined,
  now: ResourceChange | undefined,
): EntryDifference {
  const { path = at, type } = now ?? reviewed ?? {};
  const paths = [...new Set([reviewed, now].flatMap((r) => r?.properties.map((p) => p.path) ?? []))].sort();
  const properties = paths.map((name) => {
    const [was, is] = [reviewed, now].map((r) => r?.properties.find((p) => p.path === name));
    return { path: name, ...(was ? { reviewed: was } : {}), ...(is ? { now: is } : {}) };
  });
  return {
    path,
    ...(type ? { type } : {}),
    difference,
    widens: now?.widens ?? false,
    properties: properties.filter((p) => JSON.stringify(p.reviewed) !== JSON.stringify(p.now)),
  };
}
