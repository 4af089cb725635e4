import { fullDiff, isPropertyDifference, ResourceImpact, type ResourceDifference } from '@aws-cdk/cloudformation-diff';
import { toMangled } from './change.ts';
import type { DiffTemplates } from './changes.ts';
import type { PropertyChange, ResourceChange } from './plan.ts';

/**
 * Gives the resource changes between two templates, with what replaces a resource by CloudFormation's own schemas.
 *
 * Loading this module reads the database of resource types: a few hundred milliseconds.
 */
export const diffTemplates: DiffTemplates = (before, after) => {
  const changes: Omit<ResourceChange, 'path' | 'access' | 'widens'>[] = [];
  fullDiff(toComparable(before), toComparable(after)).resources.forEachDifference((logicalId, difference) => {
    changes.push({
      logicalId,
      type: difference.newResourceType ?? difference.oldResourceType ?? '',
      action: toAction(difference),
      properties: toProperties(difference),
    });
  });
  return changes;
};

/** A copy, because the differ writes into what it is given; in the characters that CloudFormation gives back. */
const toComparable = (template: object): Record<string, unknown> =>
  JSON.parse(toMangled(JSON.stringify(template))) as Record<string, unknown>;

function toAction(difference: ResourceDifference): ResourceChange['action'] {
  if (difference.isAddition) return 'create';
  switch (difference.changeImpact) {
    case ResourceImpact.WILL_REPLACE:
      return 'replace';
    case ResourceImpact.MAY_REPLACE:
      return 'maybe-replace';
    case ResourceImpact.WILL_DESTROY:
      return 'delete';
    case ResourceImpact.WILL_ORPHAN:
      return 'orphan';
    case ResourceImpact.WILL_IMPORT:
      return 'import';
    default:
      return 'update';
  }
}

function toProperties(difference: ResourceDifference): readonly PropertyChange[] {
  if (difference.isAddition || difference.isRemoval) return [];
  const changes: PropertyChange[] = [];
  difference.forEachDifference((_, path, values) => {
    if (!isPropertyDifference(values) || !values.isDifferent) return;
    const impact = values.changeImpact;
    const replaces = impact === ResourceImpact.WILL_REPLACE ? 'yes' : impact === ResourceImpact.MAY_REPLACE ? 'maybe' : 'no';
    changes.push({ path, before: values.oldValue, after: values.newValue, replaces });
  });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}
