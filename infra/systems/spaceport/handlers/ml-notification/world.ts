import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { happened } from '../happened.ts';
import type { NotificationWorld } from './notify.ts';

/** Makes what a notification depends on, all but the clock. */
export function createNotificationWorld(
  tables: DynamoDBDocumentClient,
  topics: SNSClient,
  { projectsTable, topicArn }: { readonly projectsTable: string; readonly topicArn: string },
): Omit<NotificationWorld, 'now'> {
  return {
    update: ({ jobId, userId, projectId, result }, at) => {
      const command = new UpdateCommand({
        TableName: projectsTable,
        Key: { userId, projectId },
        UpdateExpression: 'SET #status = :status, jobId = :job, updatedAt = :at, #told = :told REMOVE #other',
        // The project may have gone on to a later job.
        ConditionExpression: 'attribute_exists(projectId) AND (attribute_not_exists(jobId) OR jobId = :job)',
        ExpressionAttributeNames: {
          '#status': 'status',
          ...(result.kind === 'succeeded' ? { '#told': 'resultUri', '#other': 'problem' } : { '#told': 'problem', '#other': 'resultUri' }),
        },
        ExpressionAttributeValues: {
          ':status': result.kind,
          ':job': jobId,
          ':at': at,
          ':told': result.kind === 'succeeded' ? result.uri : result.cause,
        },
      });
      return happened(tables.send(command));
    },
    publish: async (subject, message) => {
      await topics.send(new PublishCommand({ TopicArn: topicArn, Subject: subject.slice(0, 99), Message: message }));
    },
  };
}
