import { holds } from '../assembly/evaluate.ts';
import type { StackFacts, TemplateResource } from '../facts.ts';
import type { Place } from '../finding.ts';
import type { ResourceChange } from '../plan/plan.ts';
import { toPlace } from './check.ts';

/** A resource that the deployment makes or changes: what AWS will look at anew. */
export interface Touched extends TemplateResource {
  readonly facts: StackFacts;
  readonly change: ResourceChange;
  readonly place: Place;
}

const touching: ReadonlySet<ResourceChange['action']> = new Set(['create', 'update', 'replace', 'maybe-replace', 'import']);

/**
 * Gives the resources of some types that the stacks make or change.
 *
 * Not those whose condition is open: nobody knows whether they are there at all.
 */
export function toTouched(stacks: readonly StackFacts[], isIt: (type: string) => boolean): readonly Touched[] {
  return stacks.flatMap((facts) => {
    const changes = new Map(facts.changes.map((c) => [c.logicalId, c]));
    return facts.resources.flatMap((r): Touched[] => {
      const change = changes.get(r.logicalId);
      if (!change || !touching.has(change.action) || !isIt(r.type)) return [];
      if (r.resource.Condition && !holds(r.resource.Condition, facts.scope)) return [];
      return [{ ...r, facts, change, place: toPlace(facts.stack, r.logicalId) }];
    });
  });
}

/** Gives the stacks that AWS was asked about and that change. */
export const toAsked = (stacks: readonly StackFacts[]): readonly StackFacts[] =>
  stacks.filter((s) => s.live && s.change.action !== 'unchanged');

/** Says whether the deployment makes a resource anew, beside one that it may replace. */
export const isMade = ({ change }: Touched): boolean => change.action === 'create' || change.action === 'replace';

/** Says whether a property is other than in the live stack; every one of a resource that is made is. */
export const isPropertyTouched = (touched: Touched, name: string): boolean =>
  isMade(touched) || touched.change.properties.some(({ path }) => path === name || path.startsWith(`${name}.`));
