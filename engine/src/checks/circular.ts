import { toMentions } from '../assembly/mentions.ts';
import { finding, toWhere } from '../finding.ts';
import { toPlace, type Check } from './check.ts';
import type { TemplateFacts } from '../template-facts.ts';

/** Whether the resources of each template can be put in an order: none may need itself, through others or not. */
export const circular: Check = {
  name: 'order of resources',
  tier: 'static',
  judge: ({ templates }) =>
    templates.flatMap((facts) => {
      const cycle = findCycle(facts);
      const [first] = cycle;
      if (first === undefined) return [];
      const places = [...cycle, first].map((id) => toWhere(toPlace(facts.stack, id)));
      return [finding('PF194', `These resources need one another: ${places.join(' -> ')}.`, toPlace(facts.stack, first))];
    }),
};

/**
 * Gives the logical ids of the shortest cycle of references and DependsOn in a template, each before what it needs; empty where
 * there is none.
 *
 * Cost: linear where there is none; otherwise quadratic in what is in cycles or between them.
 */
export function findCycle({ resources }: TemplateFacts): readonly string[] {
  const there = new Set(resources.map((r) => r.logicalId));
  const needs = new Map(
    resources.map(({ logicalId, properties, resource }) => {
      const named = [...toMentions(properties).map((m) => m.logicalId), ...[resource.DependsOn ?? []].flat()];
      return [logicalId, new Set(named.filter((id) => there.has(id)))] as const;
    }),
  );
  const knotted = toKnotted(needs);
  return [...knotted.keys()].sort().reduce<readonly string[]>((shortest, id) => {
    const cycle = toWayBack(id, knotted);
    return cycle.length && (!shortest.length || cycle.length < shortest.length) ? cycle : shortest;
  }, []);
}

type Needs = ReadonlyMap<string, ReadonlySet<string>>;

/** Leaves out, again and again, what needs nothing that is left: what stays is in a cycle or leads to one. */
function toKnotted(needs: Needs): Needs {
  const waiting = new Map([...needs].map(([id, of]) => [id, of.size]));
  const neededBy = new Map<string, string[]>();
  for (const [id, of] of needs) for (const other of of) neededBy.set(other, [...(neededBy.get(other) ?? []), id]);
  const free = [...needs.keys()].filter((id) => waiting.get(id) === 0);
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    waiting.delete(id);
    for (const by of neededBy.get(id) ?? []) {
      const left = (waiting.get(by) ?? 0) - 1;
      waiting.set(by, left);
      if (left === 0) free.push(by);
    }
  }
  return new Map([...needs].filter(([id]) => waiting.has(id)));
}

/** Gives the shortest way from an id back to itself. */
function toWayBack(start: string, needs: Needs): readonly string[] {
  const ways: (readonly string[])[] = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const next of [...(needs.get(way.at(-1) ?? '') ?? [])].sort()) {
      if (next === start) return way;
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return [];
}
