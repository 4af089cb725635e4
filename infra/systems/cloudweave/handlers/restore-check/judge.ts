/** A restore as AWS Backup describes it. */
export interface RestoreJob {
  readonly status: string;
  readonly createdAt: Date;
  readonly completedAt?: Date;
  /** When the backup was made that was restored. */
  readonly pointAt?: Date;
  /** What was made of it. */
  readonly madeArn?: string;
}

/** What was promised: how long a restore may take, and how old the newest backup may be; in hours. */
export interface Recovery {
  readonly timeHours: number;
  readonly pointHours: number;
}

/** Whether a restore keeps what was promised, and what came of it in minutes. */
export interface Verdict {
  readonly kept: boolean;
  /** Says why not, in one sentence; or that it did. */
  readonly message: string;
  readonly tookMinutes?: number;
  readonly oldMinutes?: number;
}

const minutesBetween = (from: Date, to: Date): number => Math.round((to.getTime() - from.getTime()) / 60_000);

/**
 * Judges a restore by what was promised.
 *
 * A backup begins within an hour after its time and takes a while, so the newest one may be older than the promise by that hour.
 */
export function judgeRestore(
  { status, createdAt, completedAt, pointAt, madeArn }: RestoreJob,
  { timeHours, pointHours }: Recovery,
): Verdict {
  if (status !== 'COMPLETED') return { kept: false, message: `The restore ended as ${status}.` };
  if (!completedAt || !pointAt || !madeArn) return { kept: false, message: 'The restore does not say what was made, of what, and when.' };
  const tookMinutes = minutesBetween(createdAt, completedAt);
  const oldMinutes = minutesBetween(pointAt, createdAt);
  const problems = [
    ...(tookMinutes > timeHours * 60 ? [`it took ${tookMinutes} minutes, and ${timeHours} hours are promised`] : []),
    ...(oldMinutes > (pointHours + 1) * 60 ? [`its backup was ${oldMinutes} minutes old, and ${pointHours} hours are promised`] : []),
  ];
  const message =
    problems.length > 0 ? `The restore does not keep what was promised: ${problems.join('; ')}.` : `Restored in ${tookMinutes} minutes.`;
  return { kept: problems.length === 0, message, tookMinutes, oldMinutes };
}
