import { toPlace } from '../../../../engine/src/checks/check.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { Facts } from '../facts.ts';

/**
 * Judges whether the stacks in AWS are those of the environment: DS101 for one whose tag `environment` names another one.
 *
 * The tag that the app itself gives its stack is fine, whatever the environment is called in the config.
 */
export function judgeOwnership({ environment, stacks }: Facts): readonly Finding[] {
  return stacks.flatMap(({ stack, live }) => {
    const tag = live?.tags['environment'];
    if (tag === undefined || tag === environment.name || tag === stack.tags['environment']) return [];
    return [finding('DS101', `${stack.name} belongs to the environment ${tag}, not to ${environment.name}.`, toPlace(stack))];
  });
}
