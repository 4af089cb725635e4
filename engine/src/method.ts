import type { Environment } from './config/environment.ts';
import { finding, type Finding } from './finding.ts';
import type { StackAction } from './plan/plan.ts';

/** The ways to deploy a stack, as users name them. */
export const methods = ['change-set', 'express', 'direct', 'revert-drift', 'hotswap'] as const;

/**
 * How a stack is deployed.
 *
 * - `change-set`: a change set is made, then executed.
 * - `express`: the same, and CloudFormation is done when the resources are configured, not when they are steady.
 * - `direct`: one call creates or updates the stack; there is no change set to look at.
 * - `revert-drift`: a change set that also brings back what was changed outside of the stack.
 * - `hotswap`: functions and services of a stack whose code alone changes get it without the stack; everything else goes by change set.
 */
export type Method = (typeof methods)[number];

/** Says whether a method also looks at stacks whose template is the live one: what drifted, or was swapped, does not show in it. */
export const looksAtUnchanged = (method: Method): boolean => method === 'revert-drift' || method === 'hotswap';

/**
 * Gives how CloudFormation deploys one stack: a stack that is made anew has nothing that could have drifted, and only a change set gives a
 * stack other rollback alarms, or takes away those that it has.
 */
export function toStackMethod(method: Method, action: StackAction, hasTriggers: boolean): Method {
  if (method === 'hotswap' || (method === 'direct' && hasTriggers)) return 'change-set';
  return method === 'revert-drift' && (action === 'create' || action === 'recover') ? 'change-set' : method;
}

/** Judges whether an environment takes a method; asks nothing of AWS. */
export function judgeMethod(method: Method, { name, rollback, place, ...environment }: Environment): readonly Finding[] {
  const problems: Finding[] = [];
  if (method === 'hotswap' && environment.protected)
    problems.push(
      finding('RT015', `The environment ${name} is protected: \`method: hotswap\` would leave its stacks behind what runs.`, place),
    );
  if (rollback?.alarms.length && (method === 'direct' || method === 'hotswap'))
    problems.push(
      finding(
        'RT014',
        `\`method: ${method}\` has no change set, and only change sets have the \`rollback-alarms\` of the environment.`,
        place,
      ),
    );
  return problems;
}
