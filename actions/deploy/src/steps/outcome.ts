import { toClass } from '../../../../engine/src/cause/classes.ts';
import { codes, type Code } from '../../../../engine/src/codes.ts';
import { finding, type Finding, type Place } from '../../../../engine/src/finding.ts';
import type { StackFacts } from '../../../../engine/src/facts.ts';
import { toPlace } from '../../../../engine/src/checks/check.ts';
import type { StackOutcome } from '../../../../engine/src/report/report.ts';
import type { Progress } from '../../../../engine/src/stack-changes.ts';
import type { Cause, LiveStack } from '../../../../engine/src/world.ts';
import { findFailure } from './explain.ts';

/** What is known when CloudFormation is done with a stack. */
export interface Ending {
  /** The toolkit's own error, if it had one. */
  readonly error?: string;
  /** Whether the error says nothing of the stack: the session ended, or AWS gave no answer. */
  readonly isLost?: boolean;
  /** The change set that this run made: what a stack that was last changed by it came to is this run's doing. */
  readonly changeSetName?: string;
  /** What happened to the resources, in time. */
  readonly progress: readonly Progress[];
  /** The stack as it is now; undefined when it is not there. */
  readonly live: LiveStack | undefined;
  /** Whether the toolkit found nothing to do. */
  readonly noOp?: boolean;
}

/**
 * Gives what became of a stack. Deployed is only what ended in a final state without an error.
 *
 * The state that AWS gives decides, not the toolkit's word: a toolkit that reports no error does not make a rollback a success.
 */
export function judgeEnding({ noOp, progress, live, ...ending }: Ending): StackOutcome {
  const status = live?.status ?? '';
  const wasLost = ending.isLost === true && ending.changeSetName !== undefined && live?.changeSet === ending.changeSetName;
  const error = wasLost ? undefined : ending.error;
  const cause = toCause(progress, error ?? `the stack is in ${status || 'no state: it is not there'}`);
  if (/_IN_PROGRESS$/.test(status) && status !== 'REVIEW_IN_PROGRESS') return { kind: 'still-running', status };
  // An update that changes nothing leaves a stack in the state that an earlier rollback gave it.
  if (noOp && error === undefined && /^(CREATE|UPDATE|IMPORT)(_ROLLBACK)?_COMPLETE$/.test(status)) return { kind: 'unchanged' };
  if (/ROLLBACK_COMPLETE$/.test(status) && (progress.length > 0 || wasLost)) {
    return { kind: 'rolled-back', of: status === 'ROLLBACK_COMPLETE' ? 'creation' : 'update', cause };
  }
  if (error !== undefined || !/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return { kind: 'failed', cause };
  return { kind: 'deployed' };
}

/** Gives the first failure of a resource that is not the consequence of another; the toolkit's words when there is none. */
function toCause(progress: readonly Progress[], otherwise: string): Cause {
  const first = findFailure(progress);
  return first ? { logicalId: first.logicalId, type: first.type, message: first.reason } : { logicalId: '', type: '', message: otherwise };
}

/** Gives the finding of an outcome; none for a good one. */
export function toFindings({ stack }: StackFacts, outcome: StackOutcome): readonly Finding[] {
  const at = (cause: Cause) => toPlace(stack, cause.within?.[0] ?? (cause.logicalId || undefined));
  switch (outcome.kind) {
    case 'deployed':
    case 'destroyed':
    case 'unchanged':
      return [];
    case 'rolled-back':
      return [toFinding(outcome.of === 'creation' ? 'DP123' : 'DP120', stack.name, outcome.cause, at(outcome.cause))];
    case 'failed':
      return [toFinding('DP121', stack.name, outcome.cause, at(outcome.cause))];
    case 'not-started':
      return [finding('DP122', `${stack.name}: ${outcome.because}.`, toPlace(stack))];
    case 'still-running':
      return [finding('DP140', `${stack.name} is in ${outcome.status}.`, toPlace(stack))];
  }
}

/** A failure that preflight knows brings the remedy of that finding along. */
function toFinding(code: Code, stack: string, cause: Cause, place: Place): Finding {
  const told = finding(code, `${stack}: ${toSaid(cause)}`, place);
  const known = toClass(cause);
  if (!known) return told;
  const { title, remedy } = codes[known];
  return { ...told, message: `${told.message} (${known}: ${title})`, remedy: `${remedy} ${told.remedy}` };
}

/** Gives a cause in words: the resource with the nested stacks around it, what AWS says, and what else is known, line by line. */
export function toSaid({ logicalId, type, message, within = [], details = [] }: Cause): string {
  const what = logicalId ? `${[...within, logicalId].join('/')} (${type}): ${message}` : message;
  return [what, ...details].join('\n');
}
