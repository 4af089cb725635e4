import type { StackFacts } from '../../../../engine/src/facts.ts';
import type { Progress } from '../../../../engine/src/stack-changes.ts';

const isEnd = /_(COMPLETE|FAILED)$/;
const isDone = /^(CREATE|UPDATE|IMPORT)_COMPLETE$/;

/**
 * Gives the log lines of the resources of a stack as they come to their ends, with how many of those that change are done.
 *
 * Resources of nested stacks have lines and are not counted, as little as in the plan; on the way back nothing is counted.
 */
export function createProgressLines(facts: Pick<StackFacts, 'stack' | 'changes' | 'resources'>): (p: Progress) => readonly string[] {
  const { name } = facts.stack;
  const expected = countExpected(facts);
  const done = new Set<string>();
  let own: string | undefined;
  let isGoingBack = false;
  return (p) => {
    own ??= p.stackId;
    const isOwn = p.stackId === own;
    if (isOwn && p.logicalId === name) {
      isGoingBack ||= p.status.includes('ROLLBACK');
      return [];
    }
    if (!isEnd.test(p.status)) return [];
    if (isOwn && isDone.test(p.status)) done.add(p.logicalId);
    const hasFailed = p.status.endsWith('FAILED');
    const sign = hasFailed ? '❌' : isGoingBack ? '↩️' : '  ';
    const count = isGoingBack || expected < done.size ? '' : ` ${done.size}/${expected}`;
    return [`${sign} ${name}${count} ${p.status} ${p.type} ${p.logicalId}${hasFailed ? `: ${p.reason}` : ''}`];
  };
}

const lasting: ReadonlySet<string> = new Set(['create', 'update', 'replace', 'maybe-replace', 'import']);

/** What goes is cleaned up after the stack is complete; what no condition lets in never comes. */
function countExpected({ changes, resources }: Pick<StackFacts, 'changes' | 'resources'>): number {
  const there = new Set(resources.map((r) => r.logicalId));
  return changes.filter((c) => lasting.has(c.action) && there.has(c.logicalId)).length;
}
