import { toSentence } from '../../../../engine/src/answer.ts';
import { isSamePlace } from '../../../../engine/src/assembly/surroundings.ts';
import { notRun, toPlace } from '../../../../engine/src/checks/check.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { DoomedStack, Facts } from '../facts.ts';
import { isNamed } from '../plan.ts';
import type { DataQuestion } from './data.ts';

/**
 * Judges whether a stack that stays needs one that goes: DS104, by an import or by a dependency in the assembly.
 *
 * Who imports an export may be unreadable: PF001, and CloudFormation refuses the deletion by itself if anybody does. Where data is
 * named it is DS105: that would be emptied before CloudFormation refuses.
 */
export function judgeOutside({ stacks, outside }: Facts, { deleteData }: DataQuestion): readonly Finding[] {
  return [
    ...stacks.flatMap((doomed) => judgeImporters(doomed, stacks, deleteData)),
    ...outside.map(({ stack, needs }) =>
      finding('DS104', `${stack.name} needs ${needs} and is not among the chosen stacks.`, toPlace(stack)),
    ),
  ];
}

function judgeImporters(
  { stack, at, importers, resources }: DoomedStack,
  all: readonly DoomedStack[],
  deleteData: DataQuestion['deleteData'],
): readonly Finding[] {
  const isEmptied = resources.some((resource) => isNamed(resource, deleteData));
  const chosen = new Set(all.filter((other) => isSamePlace(other.at, at)).map((other) => other.stack.name));
  return importers.flatMap(({ exportName, stacks }) => {
    if (stacks.kind === 'unknown') {
      const check = `importers of ${exportName}`;
      return [
        isEmptied
          ? finding('DS105', `${check}: ${toSentence(stacks.because)}.`, toPlace(stack))
          : notRun(check, stacks.because, toPlace(stack)),
      ];
    }
    return stacks.value
      .filter((name) => !chosen.has(name))
      .map((name) =>
        finding('DS104', `${name} imports ${exportName} of ${stack.name} and is not among the chosen stacks.`, toPlace(stack)),
      );
  });
}
