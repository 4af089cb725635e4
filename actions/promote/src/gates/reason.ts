import { finding, type Finding } from '../../../../engine/src/finding.ts';

/** Judges whether a reason is given: PM101 when it has no visible character. */
export function judgeReason(reason: string): readonly Finding[] {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(reason) ? [] : [finding('PM101', `\`reason\` is ${JSON.stringify(reason)}.`)];
}
