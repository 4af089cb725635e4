import { GetCommand, PutCommand, ScanCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unused, type Circuit } from './circuit.ts';

/** Where the circuits are kept, for all functions at once. */
export interface Circuits {
  /** An unused circuit when there is none of this name. */
  read(name: string): Promise<Circuit>;
  /** Keeps the next state of a circuit; false when another one was kept in between, which stays. */
  replace(name: string, next: Circuit): Promise<boolean>;
}

/** A circuit with its name. */
export interface NamedCircuit extends Circuit {
  readonly circuit: string;
}

/** Makes the circuits of a table with the key `circuit`. */
export function createCircuits(client: DynamoDBDocumentClient, table: string): Circuits {
  return {
    read: async (name) => {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: { circuit: name }, ConsistentRead: true }));
      return (Item as NamedCircuit | undefined) ?? unused;
    },
    replace: async (name, next) => {
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: { ...next, circuit: name },
            ConditionExpression: 'attribute_not_exists(circuit) OR version = :before',
            ExpressionAttributeValues: { ':before': next.version - 1 },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
        throw error;
      }
    },
  };
}

/** Gives all circuits of a table, in order of name; there are few, one for each thing that is called. */
export async function listCircuits(client: DynamoDBDocumentClient, table: string): Promise<readonly NamedCircuit[]> {
  const found: NamedCircuit[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ...(start ? { ExclusiveStartKey: start } : {}) }));
    found.push(...((page.Items ?? []) as NamedCircuit[]));
    start = page.LastEvaluatedKey;
  } while (start);
  return found.sort((a, b) => (a.circuit < b.circuit ? -1 : 1));
}
