import type { Breaker } from '../breaker.ts';
import type { Log } from '../../../../handlers/log.ts';
import type { Metrics } from '../../../../handlers/metrics.ts';
import type { Backup, Backups } from './backups.ts';

/** What the function is asked: to back up all tables, as every day, or to restore one backup to a new table. */
export type BackupTask = { readonly task: 'backup' } | { readonly task: 'restore'; readonly backupArn: string };

/** What the tasks depend on. */
export interface BackupWorld {
  readonly tables: readonly string[];
  readonly keepDays: number;
  readonly backups: Backups;
  readonly breaker: Breaker;
  readonly metrics: Metrics;
  readonly log: Log;
  now(): Date;
}

/** What came of a task. */
export type BackupResult =
  | { readonly made: readonly string[]; readonly removed: readonly string[] }
  | { readonly restoring: string; readonly from: string };

const circuit = 'backup:dynamodb';
const dayMs = 86_400_000;

/**
 * Performs a task.
 *
 * @throws Error when a table could not be backed up, after all the others were; or when there is nothing to restore from.
 */
export function performTask(task: BackupTask, world: BackupWorld): Promise<BackupResult> {
  switch (task.task) {
    case 'backup':
      return backUp(world);
    case 'restore':
      return restore(task.backupArn, world);
    default:
      throw new Error(`There is no task ${JSON.stringify((task as { task?: unknown }).task)}; there is: backup, restore`);
  }
}

/** Gives the backups that are older than `keepDays`; the latest that can be restored always stays, however old. */
export function tooOld(backups: readonly Backup[], keepDays: number, now: Date): readonly Backup[] {
  const latest = Math.max(...backups.filter(({ available }) => available).map(({ madeAt }) => madeAt.getTime()));
  return backups.filter(
    ({ madeAt, available }) => available && madeAt.getTime() < now.getTime() - keepDays * dayMs && madeAt.getTime() !== latest,
  );
}

async function backUp({ tables, keepDays, backups, breaker, metrics, log, now }: BackupWorld): Promise<BackupResult> {
  const made: string[] = [];
  const removed: string[] = [];
  const failed: unknown[] = [];
  for (const table of tables) {
    try {
      made.push(await breaker(circuit, () => backups.make(table, toName(table, now()))));
      for (const { arn } of tooOld(await breaker(circuit, () => backups.list(table)), keepDays, now())) {
        await breaker(circuit, () => backups.remove(arn));
        removed.push(arn);
      }
    } catch (cause) {
      log.error('not backed up', { table }, cause);
      failed.push(cause);
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} of ${tables.length} tables were not backed up`);
  metrics.count('BackupMade', 1, { made });
  return { made, removed };
}

async function restore(arn: string, { tables, backups, breaker, now }: BackupWorld): Promise<BackupResult> {
  const backup = await breaker(circuit, () => backups.find(arn));
  if (!backup) throw new Error(`There is no backup ${arn}`);
  if (!tables.includes(backup.table))
    throw new Error(`The backup is of ${backup.table}, and this function looks after ${tables.join(', ')}`);
  if (!backup.available) throw new Error(`The backup ${arn} is not available yet`);
  const restoring = `${backup.table}-restored-${toStamp(now())}`;
  await breaker(circuit, () => backups.restore(arn, restoring));
  return { restoring, from: arn };
}

const toStamp = (time: Date): string => time.toISOString().replace(/[-:]|\.\d+/g, '');
const toName = (table: string, time: Date): string => `${table}-${toStamp(time)}`;
