import { finding, Stop, type Finding } from '../../../../engine/src/finding.ts';
import type { RecoverySettings } from '../../../../engine/src/recovery.ts';

/**
 * Gives the settings of recovery from the inputs `recover` and `on-failure`.
 *
 * @throws Stop with RT010, all problems at once.
 */
export function parseRecovery(recover: readonly string[], onFailure: 'rollback' | 'keep' | 'stop'): RecoverySettings {
  const skips = recover.filter((line) => line !== 'auto' && line !== 'never');
  const isOn = !recover.includes('never');
  const problems: Finding[] = [
    ...skips.filter((line) => !resource.test(line)).map((line) => toProblem(line, 'allowed are auto, never and <stack>/<logical id>')),
    ...(isOn || recover.length === 1 ? [] : [toProblem(recover.join(', '), 'never stands alone')]),
  ];
  if (problems.length) throw new Stop(problems);
  const skip: Record<string, readonly string[]> = {};
  for (const [stack = '', logicalId = ''] of skips.map((line) => line.split('/'))) skip[stack] = [...(skip[stack] ?? []), logicalId];
  return { isOn, goesOn: onFailure === 'keep', skip };
}

/** A logical id of a nested stack's resource has the name of that stack in CloudFormation before it, with a dot. */
const resource = /^[A-Za-z][A-Za-z0-9-]*\/[A-Za-z0-9.-]+$/;

const toProblem = (value: string, problem: string): Finding => finding('RT010', `\`recover\` is ${JSON.stringify(value)}: ${problem}.`);

/** Gives the resources of `recover` whose stack is none of those that are deployed: RT014. */
export function judgeSkips({ skip }: RecoverySettings, stacks: readonly string[]): readonly Finding[] {
  return Object.keys(skip)
    .filter((stack) => !stacks.includes(stack))
    .map((stack) => finding('RT014', `\`recover\` names resources of ${stack}, which is none of the chosen stacks.`));
}
