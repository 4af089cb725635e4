import type { StackAction } from './plan/plan.ts';

/** The ways to deploy a stack, as users name them. */
export const methods = ['change-set', 'express', 'direct', 'revert-drift'] as const;

/**
 * How a stack is deployed.
 *
 * - `change-set`: a change set is made, then executed.
 * - `express`: the same, and CloudFormation is done when the resources are configured, not when they are steady.
 * - `direct`: one call creates or updates the stack; there is no change set to look at.
 * - `revert-drift`: a change set that also brings back what was changed outside of the stack.
 */
export type Method = (typeof methods)[number];

/** Says whether a method also looks at stacks whose template is the live one: what drifted does not show in it. */
export const looksAtUnchanged = (method: Method): boolean => method === 'revert-drift';

/** Gives how one stack is deployed: a stack that is made anew has nothing that could have drifted. */
export const toStackMethod = (method: Method, action: StackAction): Method =>
  method === 'revert-drift' && (action === 'create' || action === 'recover') ? 'change-set' : method;
