import { toPlace } from '../../../../engine/src/checks/check.ts';
import type { Stack } from '../../../../engine/src/assembly/assembly.ts';
import type { Code } from '../../../../engine/src/codes.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { StackOutcome } from '../../../../engine/src/report/report.ts';
import type { Progress } from '../../../../engine/src/stack-changes.ts';
import type { Cause, LiveStack } from '../../../../engine/src/world.ts';

/** What is known when CloudFormation is done with the deletion of a stack. */
export interface Ending {
  /** What was refused, or could not be asked. */
  readonly error?: string;
  /** What happened to the resources, in time. */
  readonly progress: readonly Progress[];
  /** The stack as it is now; undefined when AWS does not know it any more. */
  readonly live: LiveStack | undefined;
}

/**
 * Gives what became of a stack that was to go; undefined when it is gone.
 *
 * The state that AWS gives decides: an order that CloudFormation took is no deletion.
 */
export function judgeEnding({ error, progress, live }: Ending): StackOutcome | undefined {
  if (!live || live.status === 'DELETE_COMPLETE') return undefined;
  if (live.status === 'DELETE_IN_PROGRESS') return { kind: 'still-running', status: live.status };
  return { kind: 'failed', cause: toCause(progress, error ?? (live.statusReason || `the stack is in ${live.status}`)) };
}

/** Gives the first failure of a resource that is not the consequence of another; other words when there is none. */
function toCause(progress: readonly Progress[], otherwise: string): Cause {
  const first = progress.find(
    (p) => p.status === 'DELETE_FAILED' && p.type !== 'AWS::CloudFormation::Stack' && !/cancell?ed/i.test(p.reason),
  );
  return first ? { logicalId: first.logicalId, type: first.type, message: first.reason } : { logicalId: '', type: '', message: otherwise };
}

/** What AWS says of the causes that have a remedy of their own; the first that fits. */
const causes: readonly (readonly [RegExp, Code])[] = [
  [/not empty|still contains images/i, 'DS121'],
  [/export .* in use by|is imported by/i, 'DS122'],
  [/network interface|has a dependent object|has dependencies|DependencyViolation/i, 'DS123'],
  [/deletion protection|protected against deletion|TerminationProtection/i, 'DS124'],
  [/role .*(is invalid|cannot be assumed|not authorized to perform: sts:AssumeRole)/i, 'DS126'],
];

/** Gives the code of what stopped a deletion: the one whose remedy helps. */
export const toCode = ({ message }: Cause): Code => causes.find(([words]) => words.test(message))?.[1] ?? 'DS120';

/** Gives the finding of an outcome; none for a good one. */
export function toFindings(stack: Stack, outcome: StackOutcome): readonly Finding[] {
  switch (outcome.kind) {
    case 'failed': {
      const { logicalId, type, message } = outcome.cause;
      const what = logicalId ? `${logicalId} (${type}): ${message}` : message;
      return [finding(toCode(outcome.cause), `${stack.name}: ${what}`, toPlace(stack, logicalId || undefined))];
    }
    case 'not-started':
      return [finding('DS125', `${stack.name}: ${outcome.because}.`, toPlace(stack))];
    case 'still-running':
      return [finding('DS140', `${stack.name} is in ${outcome.status}.`, toPlace(stack))];
    default:
      return [];
  }
}
