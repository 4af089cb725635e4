import { DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { happened } from '../happened.ts';

/** One project of a user; times are ISO 8601. What the pipeline made of it stands in the fields after `updatedAt`. */
export interface ProjectRecord {
  readonly userId: string;
  readonly projectId: string;
  readonly name: string;
  readonly description?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Absent until its first job starts. */
  readonly status?: 'processing' | 'succeeded' | 'failed';
  readonly jobId?: string;
  readonly resultUri?: string;
  readonly problem?: string;
}

/** What a user may change of a project. */
export type ProjectChange = Readonly<Pick<ProjectRecord, 'updatedAt'> & Partial<Pick<ProjectRecord, 'name' | 'description'>>>;

/** Some of a user's projects, and the id to go on after when there may be more. */
export interface ProjectPage {
  readonly projects: readonly ProjectRecord[];
  readonly last?: string;
}

/** The projects of all users; nobody's call reaches another user's projects. */
export interface Projects {
  /** False when the user has a project of this id already, which stays as it is. */
  create(project: ProjectRecord): Promise<boolean>;
  get(userId: string, projectId: string): Promise<ProjectRecord | undefined>;
  list(userId: string, limit: number, after: string | undefined): Promise<ProjectPage>;
  /** Gives the project as it is now, or undefined when there was none. */
  change(userId: string, projectId: string, change: ProjectChange): Promise<ProjectRecord | undefined>;
  /** False when there was no such project. */
  remove(userId: string, projectId: string): Promise<boolean>;
}

/** Makes the projects of a table with the keys `userId` and `projectId`. */
export function createProjects(client: DynamoDBDocumentClient, table: string): Projects {
  const exists = 'attribute_exists(projectId)';
  return {
    create: (project) =>
      happened(client.send(new PutCommand({ TableName: table, Item: project, ConditionExpression: 'attribute_not_exists(projectId)' }))),
    get: async (userId, projectId) =>
      (await client.send(new GetCommand({ TableName: table, Key: { userId, projectId } }))).Item as ProjectRecord | undefined,
    list: async (userId, limit, after) => {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'userId = :user',
          ExpressionAttributeValues: { ':user': userId },
          Limit: limit,
          ...(after ? { ExclusiveStartKey: { userId, projectId: after } } : {}),
        }),
      );
      const last: unknown = LastEvaluatedKey?.['projectId'];
      return { projects: Items as ProjectRecord[], ...(typeof last === 'string' ? { last } : {}) };
    },
    change: async (userId, projectId, change) => {
      const command = new UpdateCommand({
        TableName: table,
        Key: { userId, projectId },
        ...toUpdate(change),
        ConditionExpression: exists,
        ReturnValues: 'ALL_NEW',
      });
      let changed: ProjectRecord | undefined;
      const made = await happened(client.send(command).then(({ Attributes }) => (changed = Attributes as ProjectRecord)));
      return made ? changed : undefined;
    },
    remove: (userId, projectId) =>
      happened(client.send(new DeleteCommand({ TableName: table, Key: { userId, projectId }, ConditionExpression: exists }))),
  };
}

/** Renders a change as DynamoDB takes it; names are replaced, because some of them are words of its language. */
function toUpdate(change: ProjectChange) {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return {
    UpdateExpression: `SET ${given.map(([key]) => `#${key} = :${key}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(given.map(([key]) => [`#${key}`, key])),
    ExpressionAttributeValues: Object.fromEntries(given.map(([key, value]) => [`:${key}`, value])),
  };
}
