import { finding } from '../finding.ts';
import { toPlace, type Check } from './check.ts';

/** Says which nested stacks were not looked into: their templates are assets, and of what is in them nothing is known. */
export const nestedStacks: Check = {
  name: 'nested stacks',
  tier: 'static',
  judge: ({ stacks }) =>
    stacks
      .filter((s) => s.change.action !== 'unchanged')
      .flatMap(({ stack, resources }) =>
        resources
          .filter((r) => r.type === 'AWS::CloudFormation::Stack')
          .map(({ logicalId }) =>
            finding('PF203', `The nested stack ${logicalId} of ${stack.name} was not looked into.`, toPlace(stack, logicalId)),
          ),
      ),
};
