import type { Stack } from 'aws-cdk-lib/core';
import type { MonitoringFunction } from '../../environments/monitoring.ts';
import type { Permission } from '../../lib/attach-policy.ts';
import { keyUse } from '../../lib/service-key.ts';
import type { Blueprint } from './blueprint.ts';
import type { Foundation } from './compute-stack.ts';

/** Gives what each function may do with the data of the other stacks; what it may do in its own stack stands there. */
export function toPermissions(
  { partition, region, account }: Stack,
  { settings }: Blueprint,
  { security, storage, messaging }: Foundation,
): Readonly<Record<MonitoringFunction, readonly Permission[]>> {
  const { events, circuits, logs } = storage;
  const messageKey: Permission = { actions: keyUse, resources: [security.messageKey.keyArn] };
  const shared: readonly Permission[] = [
    { actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: [circuits.tableArn] },
    { actions: keyUse, resources: [security.dataKey.keyArn] },
  ];
  const putEvents: Permission = { actions: ['dynamodb:PutItem'], resources: [events.tableArn] };
  const seeEvents: Permission = { actions: ['dynamodb:GetItem'], resources: [events.tableArn] };
  const askAnalysis: Permission = { actions: ['sqs:SendMessage'], resources: [messaging.analysis.queue.queueArn] };
  const backups = [events, circuits].map(({ tableArn }) => `${tableArn}/backup/*`);
  return {
    api: [
      ...shared,
      putEvents,
      { actions: ['dynamodb:Query'], resources: [events.tableArn, `${events.tableArn}/index/by-kind`] },
      { actions: ['dynamodb:Scan'], resources: [circuits.tableArn] },
      askAnalysis,
      messageKey,
    ],
    'log-processor': [
      ...shared,
      putEvents,
      seeEvents,
      { actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [logs.arnForObjects('*')] },
      askAnalysis,
      messageKey,
    ],
    'health-monitor': [...shared, putEvents],
    'ai-analysis': [
      ...shared,
      putEvents,
      seeEvents,
      {
        actions: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        resources: [messaging.analysis.queue.queueArn],
      },
      { actions: ['sns:Publish'], resources: [messaging.alerts.topicArn] },
      messageKey,
      { actions: ['bedrock:InvokeModel'], resources: [`arn:${partition}:bedrock:${region}::foundation-model/${settings.analysisModel}`] },
    ],
    backup: [
      ...shared,
      { actions: ['dynamodb:CreateBackup'], resources: [events.tableArn, circuits.tableArn] },
      // A list of backups is of the account: this action knows no resources.
      { actions: ['dynamodb:ListBackups'], resources: ['*'] },
      { actions: ['dynamodb:DeleteBackup', 'dynamodb:DescribeBackup', 'dynamodb:RestoreTableFromBackup'], resources: backups },
      {
        // A restore writes a table that is not there yet, next to the one that it comes from.
        actions: [
          'dynamodb:BatchWriteItem',
          'dynamodb:DeleteItem',
          'dynamodb:DescribeTable',
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:Query',
          'dynamodb:RestoreTableFromBackup',
          'dynamodb:Scan',
          'dynamodb:UpdateItem',
        ],
        resources: [events, circuits].map(
          ({ tableName }) => `arn:${partition}:dynamodb:${region}:${account}:table/${tableName}-restored-*`,
        ),
      },
      // DynamoDB keeps a grant on the key for a table that it makes.
      {
        actions: ['kms:CreateGrant'],
        resources: [security.dataKey.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` } },
      },
    ],
  };
}
