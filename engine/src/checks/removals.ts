import type { Place } from '../finding.ts';
import type { ResourceChange } from '../plan/plan.ts';
import { toPlace } from './check.ts';
import { toLiveResources, toLiveScope, toPolicy, type TemplateFacts } from '../template-facts.ts';

/** One resource that a deployment takes out of a live stack, or puts another one in the place of. */
export interface Removal {
  readonly logicalId: string;
  readonly type: string;
  readonly how: 'removed' | 'replaced' | 'perhaps replaced';
  /** What becomes of the old one: CloudFormation's own word, such as `Retain`. */
  readonly policy: string;
  readonly place: Place;
  readonly change: ResourceChange;
  /** Its live properties, as far as the live template has them. */
  readonly properties: Readonly<Record<string, unknown>>;
}

const ways: Readonly<Partial<Record<ResourceChange['action'], Removal['how']>>> = {
  delete: 'removed',
  orphan: 'removed',
  replace: 'replaced',
  'maybe-replace': 'perhaps replaced',
};

/**
 * Gives what the update of a stack removes or replaces. What it cannot do is left out: another type under the same logical id.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
export function toRemovals(facts: TemplateFacts): readonly Removal[] {
  const { stack, liveTemplate, change, changes } = facts;
  if (change.action !== 'update' || !liveTemplate) return [];
  const live = new Map(toLiveResources(facts).map((r) => [r.logicalId, r.properties]));
  return changes.flatMap((c): Removal[] => {
    const how = ways[c.action];
    const old = liveTemplate.Resources?.[c.logicalId];
    const properties = live.get(c.logicalId);
    const wanted = stack.template.Resources?.[c.logicalId];
    if (!how || !old || !properties || (wanted && wanted.Type !== old.Type)) return [];
    const policy = wanted ? toPolicy(wanted.UpdateReplacePolicy, facts.scope) : toPolicy(old.DeletionPolicy, toLiveScope(facts));
    const place = wanted ? toPlace(stack, c.logicalId) : { stack: stack.within ?? stack.name, constructPath: c.path };
    return [{ logicalId: c.logicalId, type: old.Type, how, policy, place, change: c, properties }];
  });
}
