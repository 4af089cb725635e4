import { notRun, toPlace } from '../../../../engine/src/checks/check.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { DoomedStack, Facts } from '../facts.ts';

/**
 * Judges whether a stack that stays needs one that goes: DS104, by an import or by a dependency in the assembly.
 *
 * Who imports an export may be unreadable: PF001, and CloudFormation refuses the deletion by itself if anybody does.
 */
export function judgeOutside({ stacks, outside }: Facts): readonly Finding[] {
  return [
    ...stacks.flatMap((doomed) => judgeImporters(doomed, stacks)),
    ...outside.map(({ stack, needs }) =>
      finding('DS104', `${stack.name} needs ${needs} and is not among the chosen stacks.`, toPlace(stack)),
    ),
  ];
}

function judgeImporters({ stack, at, importers }: DoomedStack, all: readonly DoomedStack[]): readonly Finding[] {
  const chosen = new Set(all.filter((other) => other.at.region === at.region).map((other) => other.stack.name));
  return importers.flatMap(({ exportName, stacks }) => {
    if (stacks.kind === 'unknown') return [notRun(`importers of ${exportName}`, stacks.because, toPlace(stack))];
    return stacks.value
      .filter((name) => !chosen.has(name))
      .map((name) =>
        finding('DS104', `${name} imports ${exportName} of ${stack.name} and is not among the chosen stacks.`, toPlace(stack)),
      );
  });
}
