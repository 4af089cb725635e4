import { toPlace } from '../../../../engine/src/checks/check.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { Facts } from '../facts.ts';

/** Judges whether something else is changing a stack: PF111. A deletion that goes on already is joined, and a shell has nothing to wait for. */
export function judgeStates({ stacks }: Facts): readonly Finding[] {
  return stacks.flatMap(({ stack, live }) => {
    const status = live?.status ?? '';
    if (!status.endsWith('_IN_PROGRESS') || status === 'DELETE_IN_PROGRESS' || status === 'REVIEW_IN_PROGRESS') return [];
    return [finding('PF111', `${stack.name} is in ${status}.`, toPlace(stack))];
  });
}
