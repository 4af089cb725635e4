import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { Facts } from '../facts.ts';

/**
 * Judges whether the destruction is confirmed: DS100 for a name that is not that of the environment, be it only a capital letter, and for
 * none where the environment is protected or one of its stacks is.
 *
 * Also where it is not needed, what was typed has to be right: it says which environment somebody means.
 */
export function judgeConfirmation({ environment, stacks }: Facts, confirm: string | undefined): readonly Finding[] {
  if (confirm !== undefined) {
    if (confirm === environment.name) return [];
    return [finding('DS100', `\`confirm\` is ${JSON.stringify(confirm)}; the environment is ${JSON.stringify(environment.name)}.`)];
  }
  if (environment.protected) return [finding('DS100', `The environment ${environment.name} is protected, and \`confirm\` is not given.`)];
  const guarded = stacks.filter(({ live }) => live?.terminationProtection).map(({ stack }) => stack.name);
  return guarded.length
    ? [finding('DS100', `These stacks have termination protection, and \`confirm\` is not given: ${guarded.join(', ')}.`)]
    : [];
}

/** Gives a notice of every stack whose termination protection is turned off right before it is deleted. */
export const tellProtection = ({ stacks }: Facts): readonly Finding[] =>
  stacks
    .filter(({ live }) => live?.terminationProtection)
    .map(({ stack }) =>
      finding('DS111', `The termination protection of ${stack.name} is turned off right before it is deleted.`, { stack: stack.name }),
    );
