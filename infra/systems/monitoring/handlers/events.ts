import { GetCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** How bad an event is. */
export type Level = 'info' | 'warning' | 'error';

/** Something that happened: at its source, at a time (ISO 8601, with a suffix where two may fall together). */
export interface MonitoringEvent {
  readonly source: string;
  readonly at: string;
  readonly kind: string;
  readonly level: Level;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Which events: of one source or of one kind, latest first, those before a time. */
export interface EventQuery {
  readonly by: 'source' | 'kind';
  readonly value: string;
  readonly limit: number;
  readonly before?: string;
}

/** The events that are kept; they go by themselves after some days. */
export interface Events {
  /** False when there is one of this source and time already, which stays as it is. */
  put(event: MonitoringEvent): Promise<boolean>;
  has(source: string, at: string): Promise<boolean>;
  list(query: EventQuery): Promise<readonly MonitoringEvent[]>;
}

/** Makes the events of a table with the keys `source` and `at` and the index `by-kind`; each is kept for `days` from `now`. */
export function createEvents(client: DynamoDBDocumentClient, table: string, days: number, now: () => Date): Events {
  return {
    put: async (event) => {
      const expiresAt = Math.floor(now().getTime() / 1000) + days * 86_400;
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: { ...event, expiresAt },
            ConditionExpression: 'attribute_not_exists(#source)',
            ExpressionAttributeNames: { '#source': 'source' },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
        throw error;
      }
    },
    has: async (source, at) => (await client.send(new GetCommand({ TableName: table, Key: { source, at } }))).Item !== undefined,
    list: async ({ by, value, limit, before }) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          ...(by === 'kind' ? { IndexName: 'by-kind' } : {}),
          KeyConditionExpression: before ? '#by = :value AND #at < :before' : '#by = :value',
          ExpressionAttributeNames: { '#by': by, ...(before ? { '#at': 'at' } : {}) },
          ExpressionAttributeValues: { ':value': value, ...(before ? { ':before': before } : {}) },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return Items.map(toEvent);
    },
  };
}

const toEvent = (item: Record<string, unknown>): MonitoringEvent =>
  Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'expiresAt')) as unknown as MonitoringEvent;
