import { finding } from '../finding.ts';
import { toPlace, type Check } from './check.ts';

/**
 * Whether every logical id that stays keeps its type: CloudFormation refuses an update that changes one.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/resources-section-structure.html
 */
export const resourceTypes: Check = {
  name: 'types of resources',
  tier: 'read',
  judge: ({ templates }) =>
    templates
      .filter((s) => s.change.action === 'update')
      .flatMap(({ stack, changes, liveTemplate }) =>
        changes.flatMap(({ logicalId }) => {
          const before = liveTemplate?.Resources?.[logicalId]?.Type;
          const after = stack.template.Resources?.[logicalId]?.Type;
          if (!before || !after || before === after) return [];
          return [
            finding('PF193', `${logicalId} is a ${before} in the live stack, and a ${after} in the template.`, toPlace(stack, logicalId)),
          ];
        }),
      ),
};
