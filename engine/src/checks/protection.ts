import { finding } from '../finding.ts';
import { toPlace, type Check } from './check.ts';

/**
 * Says which stacks lose their termination protection.
 *
 * A warning, and no destructive change that `allow-destructive` has to name: nothing is lost by it, and who wants to delete a stack has to
 * begin so. What goes later is asked for then. That of a stack that never was created guards nothing.
 */
export const protection: Check = {
  name: 'termination protection',
  tier: 'read',
  judge: ({ stacks }) =>
    stacks.flatMap(({ stack, live, change }) =>
      change.action === 'update' && live?.kind === 'known' && live.value?.terminationProtection && !stack.terminationProtection
        ? [finding('PF224', `${stack.name} is protected from deletion, and would not be any more.`, toPlace(stack))]
        : [],
    ),
};
