import { finding } from '../finding.ts';
import { toPlace, type Check } from './check.ts';

/**
 * Says which stacks lose their termination protection.
 *
 * A warning, and no destructive change that `allow-destructive` has to name: nothing is lost by it, and who wants to delete a stack has to
 * begin so. What goes later is asked for then.
 */
export const protection: Check = {
  name: 'termination protection',
  tier: 'read',
  judge: ({ stacks }) =>
    stacks.flatMap(({ stack, live }) =>
      live?.kind === 'known' && live.value?.terminationProtection && !stack.terminationProtection && live.value.status !== 'DELETE_COMPLETE'
        ? [finding('PF224', `${stack.name} is protected from deletion, and would not be any more.`, toPlace(stack))]
        : [],
    ),
};
