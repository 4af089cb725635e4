import { RemovalPolicy } from 'aws-cdk-lib/core';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption, type Attribute, type ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Decision } from '../../engine/src/decision.ts';

/** The keys of a table, all texts, its indexes, and the key that encrypts it. */
export interface EncryptedTableProps {
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly indexes?: readonly { readonly name: string; readonly partitionKey: string; readonly sortKey: string }[];
  /** The attribute with the time, in seconds, after which an item goes by itself. */
  readonly expires?: string;
  readonly key: IKey;
  readonly deletionProtection: boolean;
}

/**
 * Gives the table that was decided on: a reference to one that stays outside of the stack, or its definition.
 *
 * A defined table is encrypted with the given key, can be set back to any moment of the last 35 days, is paid by request, and
 * stays when its stack goes.
 */
export function encryptedTable(scope: Construct, id: string, decision: Decision, props: EncryptedTableProps): ITable {
  const { indexes = [] } = props;
  if (decision.kind === 'reference')
    return Table.fromTableAttributes(scope, id, { tableName: decision.name, globalIndexes: indexes.map(({ name }) => name) });
  const table = new Table(scope, id, {
    tableName: decision.name,
    removalPolicy: RemovalPolicy.RETAIN,
    partitionKey: text(props.partitionKey),
    ...(props.sortKey ? { sortKey: text(props.sortKey) } : {}),
    ...(props.expires ? { timeToLiveAttribute: props.expires } : {}),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: props.key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: props.deletionProtection,
  });
  for (const { name, partitionKey, sortKey } of indexes)
    table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: text(partitionKey),
      sortKey: text(sortKey),
      projectionType: ProjectionType.ALL,
    });
  return table;
}

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });
