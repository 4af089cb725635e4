import { toOpenImports } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import { notRun, toPlace, type Check } from './check.ts';

/** Whether every export that a stack imports is provided: by a stack of this run, or by one that is there. */
export const imports: Check = {
  name: 'imports',
  tier: 'read',
  judge: ({ stacks, exports }) =>
    toOpenImports(stacks).flatMap(({ facts: { stack, at }, name }): Finding[] => {
      const answer = exports.get(at.region);
      if (!answer) return [];
      if (answer.kind === 'unknown') return [notRun(`import of ${name}`, answer.because, toPlace(stack))];
      return answer.value.has(name) ? [] : [finding('PF132', `${stack.name} imports ${name}; no stack exports it.`, toPlace(stack))];
    }),
};
