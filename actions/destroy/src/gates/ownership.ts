import { toPlace } from '../../../../engine/src/checks/check.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { Facts } from '../facts.ts';
import { isNamed } from '../plan.ts';
import type { DataQuestion } from './data.ts';

/**
 * Judges whether the stacks in AWS are those of the environment: DS101 for one whose tag `environment` names another one. So are those
 * that are gone, when data that they left behind was named.
 *
 * The tag that the app itself gives its stack is fine, whatever the environment is called in the config.
 */
export function judgeOwnership({ environment, stacks }: Facts, { deleteData }: DataQuestion): readonly Finding[] {
  return stacks.flatMap(({ stack, live, tags, resources }) => {
    const tag = tags['environment'];
    if (!live && !resources.some((resource) => isNamed(resource, deleteData))) return [];
    if (tag === undefined || tag === environment.name || tag === stack.tags['environment']) return [];
    return [finding('DS101', `${stack.name} belongs to the environment ${tag}, not to ${environment.name}.`, toPlace(stack))];
  });
}
