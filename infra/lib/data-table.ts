import { AttributeType, BillingMode, Table, TableEncryption, type ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Decision } from '../../engine/src/decision.ts';
import { toRetention } from './retention.ts';

/** The keys of a table, both texts, and whether it is guarded by backups of every moment and against deletion. */
export interface DataTableProps {
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly guarded: boolean;
}

/**
 * Gives the table that was decided on: a reference to one that stays outside of the stack, or its definition.
 *
 * A defined table is encrypted, paid by request, and stays when its stack goes; a guarded one also when its own creation is
 * rolled back.
 */
export function dataTable(scope: Construct, id: string, decision: Decision, { partitionKey, sortKey, guarded }: DataTableProps): ITable {
  if (decision.kind === 'reference') return Table.fromTableName(scope, id, decision.name);
  return new Table(scope, id, {
    tableName: decision.name,
    removalPolicy: toRetention({ guarded }),
    partitionKey: { name: partitionKey, type: AttributeType.STRING },
    sortKey: { name: sortKey, type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.AWS_MANAGED,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: guarded },
    deletionProtection: guarded,
  });
}
