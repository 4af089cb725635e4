import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { perform } from '../../../../handlers/perform.ts';
import { readVariables, readWords } from '../../../../handlers/variables.ts';
import { createWorld } from '../world.ts';
import { performTask, type BackupTask } from './back-up.ts';
import { createBackups } from './backups.ts';

const { KEEP_DAYS } = readVariables(process.env, ['KEEP_DAYS']);
const world = createWorld(process.env, 60_000);
const backups = {
  ...world,
  tables: readWords(process.env, 'TABLES'),
  keepDays: Number(KEEP_DAYS),
  backups: createBackups(new DynamoDBClient({})),
};

/** Lambda calls this every day, and an operator does to restore a backup. */
export const handler = perform((task: BackupTask) => performTask(task, backups), world.log);
