import { finding, type Finding } from '../../../../engine/src/finding.ts';

/** Judges whether what was typed is the name of the target: PM100 for anything else, be it only a capital letter. */
export function judgeConfirmation(confirm: string, target: string): readonly Finding[] {
  return confirm === target
    ? []
    : [finding('PM100', `\`confirm\` is ${JSON.stringify(confirm)}; the target is ${JSON.stringify(target)}.`)];
}
