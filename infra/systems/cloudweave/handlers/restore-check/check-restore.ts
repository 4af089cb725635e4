import type { Metrics } from '../../../../handlers/metrics.ts';
import { judgeRestore, type Recovery, type Verdict } from './judge.ts';
import type { Restores } from './restores.ts';

/** What EventBridge says of a restore that came to its end. */
export interface RestoreEvent {
  readonly detail: { readonly restoreJobId?: string; readonly restoreTestingPlanArn?: string };
}

/** What the check depends on. */
export interface CheckWorld {
  readonly restores: Restores;
  readonly metrics: Metrics;
  readonly promised: Recovery;
}

/** What came of an event: a verdict, or that the restore was no test. */
export type CheckResult = Verdict | { readonly ignored: string };

/**
 * Judges a restore that was a test, tells AWS Backup, and counts it: `RestoreFailed` is what the alarm looks at.
 *
 * A restore that somebody asked for is left alone.
 *
 * @throws Error when the event names no restore, or AWS Backup cannot be asked.
 */
export async function checkRestore({ detail }: RestoreEvent, { restores, metrics, promised }: CheckWorld): Promise<CheckResult> {
  const { restoreJobId: id, restoreTestingPlanArn } = detail;
  if (!id) throw new Error('The event lacks restoreJobId');
  if (!restoreTestingPlanArn) return { ignored: `${id} is no test` };
  const verdict = judgeRestore(await restores.describe(id), promised);
  metrics.count('RestoreFailed', verdict.kept ? 0 : 1, { id, message: verdict.message });
  if (verdict.tookMinutes !== undefined) metrics.count('RestoreMinutes', verdict.tookMinutes, { id });
  await restores.conclude(id, verdict);
  return verdict;
}
