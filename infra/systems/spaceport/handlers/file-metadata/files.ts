import { DeleteCommand, GetCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { happened } from '../happened.ts';

/** What is known of one file; times are ISO 8601, `sha256` is in base64. */
export interface FileRecord {
  readonly userId: string;
  readonly fileId: string;
  readonly key: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256?: string;
  readonly projectId?: string;
  readonly createdAt: string;
}

/** Some of a user's files, and the id to go on after when there may be more. */
export interface FilePage {
  readonly files: readonly FileRecord[];
  readonly last?: string;
}

/** The files of all users; nobody's call reaches another user's files. */
export interface Files {
  /** False when the user has a file of this id already, which stays as it is. */
  create(file: FileRecord): Promise<boolean>;
  get(userId: string, fileId: string): Promise<FileRecord | undefined>;
  list(userId: string, limit: number, after: string | undefined): Promise<FilePage>;
  /** False when there was no such file. */
  remove(userId: string, fileId: string): Promise<boolean>;
}

/** Makes the files of a table with the keys `userId` and `fileId`. */
export function createFiles(client: DynamoDBDocumentClient, table: string): Files {
  return {
    create: (file) =>
      happened(client.send(new PutCommand({ TableName: table, Item: file, ConditionExpression: 'attribute_not_exists(fileId)' }))),
    get: async (userId, fileId) =>
      (await client.send(new GetCommand({ TableName: table, Key: { userId, fileId } }))).Item as FileRecord | undefined,
    list: async (userId, limit, after) => {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'userId = :user',
          ExpressionAttributeValues: { ':user': userId },
          Limit: limit,
          ...(after ? { ExclusiveStartKey: { userId, fileId: after } } : {}),
        }),
      );
      const last: unknown = LastEvaluatedKey?.['fileId'];
      return { files: Items as FileRecord[], ...(typeof last === 'string' ? { last } : {}) };
    },
    remove: (userId, fileId) =>
      happened(
        client.send(new DeleteCommand({ TableName: table, Key: { userId, fileId }, ConditionExpression: 'attribute_exists(fileId)' })),
      ),
  };
}
