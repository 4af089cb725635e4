import {
  CreateBackupCommand,
  DeleteBackupCommand,
  DescribeBackupCommand,
  ListBackupsCommand,
  RestoreTableFromBackupCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';

/** One backup of a table. */
export interface Backup {
  readonly arn: string;
  readonly table: string;
  readonly madeAt: Date;
  readonly available: boolean;
}

/** The backups of tables. */
export interface Backups {
  /** Gives the ARN; the backup is available some time later. */
  make(table: string, name: string): Promise<string>;
  list(table: string): Promise<readonly Backup[]>;
  /** Undefined when there is none. */
  find(arn: string): Promise<Backup | undefined>;
  remove(arn: string): Promise<void>;
  /** Starts to make a new table of a backup. */
  restore(arn: string, table: string): Promise<void>;
}

/** Makes the backups of DynamoDB. */
export function createBackups(client: DynamoDBClient): Backups {
  return {
    make: async (table, name) => {
      const { BackupDetails } = await client.send(new CreateBackupCommand({ TableName: table, BackupName: name }));
      if (!BackupDetails?.BackupArn) throw new Error(`DynamoDB gave no backup of ${table}`);
      return BackupDetails.BackupArn;
    },
    list: (table) => listAll(client, table),
    find: async (arn) => {
      try {
        const { BackupDescription } = await client.send(new DescribeBackupCommand({ BackupArn: arn }));
        return toBackup({ ...BackupDescription?.BackupDetails, TableName: BackupDescription?.SourceTableDetails?.TableName });
      } catch (error) {
        if (error instanceof Error && error.name === 'BackupNotFoundException') return undefined;
        throw error;
      }
    },
    remove: async (arn) => void (await client.send(new DeleteBackupCommand({ BackupArn: arn }))),
    restore: async (arn, table) => void (await client.send(new RestoreTableFromBackupCommand({ BackupArn: arn, TargetTableName: table }))),
  };
}

async function listAll(client: DynamoDBClient, table: string): Promise<readonly Backup[]> {
  const found: Backup[] = [];
  let start: string | undefined;
  do {
    const page = await client.send(
      new ListBackupsCommand({ TableName: table, BackupType: 'USER', ...(start ? { ExclusiveStartBackupArn: start } : {}) }),
    );
    found.push(...(page.BackupSummaries ?? []).flatMap((summary) => toBackup(summary) ?? []));
    start = page.LastEvaluatedBackupArn;
  } while (start);
  return found;
}

interface Described {
  readonly BackupArn?: string | undefined;
  readonly TableName?: string | undefined;
  readonly BackupCreationDateTime?: Date | undefined;
  readonly BackupStatus?: string | undefined;
}

function toBackup({ BackupArn, TableName, BackupCreationDateTime, BackupStatus }: Described): Backup | undefined {
  if (!BackupArn || !TableName || !BackupCreationDateTime) return undefined;
  return { arn: BackupArn, table: TableName, madeAt: BackupCreationDateTime, available: BackupStatus === 'AVAILABLE' };
}
