import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { archiveBucket, type Replica } from '../../lib/archive-bucket.ts';
import { encryptedTable } from '../../lib/encrypted-table.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';
import { dataResources } from './data-resources.ts';
import type { SecurityStack } from './security-stack.ts';

/** What is kept: log files, events with the results of checks and analyses, and the states of the circuits. */
export class StorageStack extends Stack {
  readonly logs: IBucket;
  readonly events: ITable;
  readonly circuits: ITable;

  constructor(scope: Construct, id: string, blueprint: Blueprint, { dataKey }: SecurityStack) {
    super(scope, id, toStackProps(blueprint.request, 'Monitoring: log files and tables'));
    Tags.of(this).add('stack', id);
    const { data, decisions, request } = blueprint;
    const replica = toReplica(blueprint);
    const guard = { key: dataKey, deletionProtection: request.protected };
    this.logs = archiveBucket(this, 'Logs', decisions.logs, { ...data.storage, key: dataKey, ...(replica ? { replica } : {}) });
    this.events = encryptedTable(this, 'Events', decisions.events, {
      ...guard,
      partitionKey: 'source',
      sortKey: 'at',
      indexes: [{ name: 'by-kind', partitionKey: 'kind', sortKey: 'at' }],
      expires: 'expiresAt',
    });
    this.circuits = encryptedTable(this, 'Circuits', decisions.circuits, { ...guard, partitionKey: 'circuit' });
    // Always here: a stack needs a resource, also where all that holds data stays outside of it.
    new StringParameter(this, 'LogsBucket', {
      parameterName: blueprint.names.logsParameter,
      description: 'Bucket that log files are put into',
      stringValue: this.logs.bucketName,
    });
    new CfnOutput(this, 'LogsBucketName', { value: this.logs.bucketName, description: 'Bucket that log files are put into' });
    new CfnOutput(this, 'EventsTableName', { value: this.events.tableName, description: 'Table of the events' });
    new CfnOutput(this, 'CircuitsTableName', { value: this.circuits.tableName, description: 'Table of the states of the circuits' });
  }
}

/** The bucket of this environment's foundation in the other region; its name is known before it is looked at. */
function toReplica({ request, settings, names }: Blueprint): Replica | undefined {
  const region = settings.replicaRegion;
  if (!region) return undefined;
  const { logs } = dataResources({ ...request, region });
  return { region, bucketName: logs.preferred, roleName: names.replicationRole, keyAlias: names.dataKey };
}
