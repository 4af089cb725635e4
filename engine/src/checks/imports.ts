import { toExports, toImports } from '../assembly/resolve.ts';
import { finding, type Finding } from '../finding.ts';
import { notRun, toPlace, type Check } from './check.ts';

/** Whether every export that a stack imports is provided: by a stack of this run, or by one that is there. */
export const imports: Check = {
  name: 'imports',
  tier: 'read',
  judge: ({ stacks, exports }) => {
    const provided = new Set(stacks.flatMap((s) => [...toExports(s.stack, s.at).keys()]));
    const open = stacks.filter((s) => s.change.action !== 'unchanged').flatMap((s) => toImports(s.stack, s.at).filter((name) => !provided.has(name)).map((name) => ({ name, stack: s.stack })));
    return open.flatMap(({ name, stack }): Finding[] => {
      if (!exports) return [];
      if (exports.kind === 'unknown') return [notRun(`import of ${name}`, exports.because, toPlace(stack))];
      return exports.value.has(name) ? [] : [finding('PF132', `${stack.name} imports ${name}; no stack exports it.`, toPlace(stack))];
    });
  },
};
