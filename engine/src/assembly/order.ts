import { finding, Stop } from '../finding.ts';

/** What has prerequisites: a stack of an assembly, or anything of that shape. */
export interface Ordered {
  readonly id: string;
  readonly dependencies: readonly string[];
}

/**
 * Gives the items in an order in which each comes after what it depends on; equal input gives equal order.
 *
 * Prerequisites outside of `items` count as already there. Cost: linear in items plus dependencies, plus sorting.
 *
 * @throws Stop with PF131 when the dependencies form a cycle; the message names its members.
 */
export function orderByDependencies<T extends Ordered>(items: readonly T[]): readonly T[] {
  const ordered: T[] = [];
  const done = new Set<string>();
  let rest = [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
  while (rest.length) {
    const ready = toReady(rest, done);
    if (ready.length === 0) {
      throw new Stop(finding('PF131', `These stacks depend on one another: ${toCycle(rest).join(' -> ')}.`));
    }
    for (const item of ready) done.add(item.id);
    ordered.push(...ready);
    rest = rest.filter((item) => !done.has(item.id));
  }
  return ordered;
}

/** Gives the items that may start now: all whose prerequisites among `items` are in `done`, and that are not done themselves. */
export function toReady<T extends Ordered>(items: readonly T[], done: ReadonlySet<string>): readonly T[] {
  const waiting = new Set(items.filter((i) => !done.has(i.id)).map((i) => i.id));
  return items.filter((i) => waiting.has(i.id) && i.dependencies.every((d) => !waiting.has(d)));
}

/** Gives everything that `ids` need, directly or through others, `ids` included. */
export function toPrerequisites<T extends Ordered>(items: readonly T[], ids: readonly string[]): ReadonlySet<string> {
  const byId = new Map(items.map((i) => [i.id, i]));
  const found = new Set<string>();
  const add = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    byId.get(id)?.dependencies.forEach(add);
  };
  ids.forEach(add);
  return found;
}

/** Gives the items with their dependencies turned round: each depends on those that needed it. What has to go in reverse order goes in order. */
export function reverse<T extends Ordered>(items: readonly T[]): readonly T[] {
  return items.map((item) => ({
    ...item,
    dependencies: items.filter((other) => other.dependencies.includes(item.id)).map(({ id }) => id),
  }));
}

function toCycle(items: readonly Ordered[]): readonly string[] {
  const byId = new Map(items.map((i) => [i.id, i]));
  const path: string[] = [];
  let at = items[0];
  while (at && !path.includes(at.id)) {
    path.push(at.id);
    at = at.dependencies.map((d) => byId.get(d)).find((d) => d !== undefined);
  }
  return at ? [...path.slice(path.indexOf(at.id)), at.id] : path;
}
