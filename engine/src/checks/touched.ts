import type { Place } from '../finding.ts';
import { nameProperty } from '../names.ts';
import type { ResourceChange } from '../plan/plan.ts';
import { toPlace } from './check.ts';
import { isSure, type TemplateFacts, type TemplateResource } from '../template-facts.ts';

/** A resource that the deployment makes or changes: what AWS will look at anew. */
export interface Touched extends TemplateResource {
  readonly facts: TemplateFacts;
  readonly change: ResourceChange;
  readonly place: Place;
}

const touching: ReadonlySet<ResourceChange['action']> = new Set(['create', 'update', 'replace', 'maybe-replace', 'import']);

/**
 * Gives the resources of some types that the stacks make or change.
 *
 * Not those whose condition is open: nobody knows whether they are there at all.
 */
export function toTouched(templates: readonly TemplateFacts[], isIt: (type: string) => boolean): readonly Touched[] {
  return templates.flatMap((facts) => {
    const changes = new Map(facts.changes.map((c) => [c.logicalId, c]));
    return facts.resources.flatMap((r): Touched[] => {
      const change = changes.get(r.logicalId);
      if (!change || !touching.has(change.action) || !isIt(r.type)) return [];
      if (!isSure(r.resource, facts)) return [];
      return [{ ...r, facts, change, place: toPlace(facts.stack, r.logicalId) }];
    });
  });
}

/** Says whether a template of the run has a resource of a name, be it under a condition. */
export const isOfRun = (templates: readonly TemplateFacts[], type: string, name: string): boolean =>
  templates.some((s) => s.resources.some((r) => r.type === type && r.properties[nameProperty(type) ?? ''] === name));

/** Gives the stacks, or templates, that AWS was asked about and that change. */
export const toAsked = <T extends TemplateFacts>(templates: readonly T[]): readonly T[] =>
  templates.filter((s) => s.live && s.change.action !== 'unchanged');

/** Says whether the deployment makes a resource anew, beside one that it may replace. */
export const isMade = ({ change }: Touched): boolean => change.action === 'create' || change.action === 'replace';

/** Says whether a property is other than in the live stack; every one of a resource that is made is. */
export const isPropertyTouched = (touched: Touched, name: string): boolean =>
  isMade(touched) || touched.change.properties.some(({ path }) => path === name || path.startsWith(`${name}.`));
