import { finding } from '../finding.ts';
import { hasNoResources } from '../plan/change.ts';
import { toPlace, type Check } from './check.ts';

/**
 * Says which stacks have a template without resources: a new one is not deployed, one that is there is not deleted without being asked.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
 */
export const emptyStacks: Check = {
  name: 'stacks without resources',
  tier: 'static',
  judge: ({ stacks }) =>
    stacks
      .filter((s) => hasNoResources(s.stack.template))
      .map(({ stack, live }) => {
        const there = live?.kind === 'known' && live.value?.status !== 'DELETE_COMPLETE' ? live.value : undefined;
        return there
          ? finding('PF321', `${stack.name} is there, in ${there.status}, and its template has no resources any more.`, toPlace(stack))
          : finding('PF320', `The template of ${stack.name} has no resources.`, toPlace(stack));
      }),
};
