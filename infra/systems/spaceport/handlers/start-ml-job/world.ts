import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { GetCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { happened } from '../happened.ts';
import type { JobsWorld } from './respond.ts';

/** The services that a job is started with, and the names of what is used there. */
export interface JobServices {
  readonly tables: DynamoDBDocumentClient;
  readonly objects: S3Client;
  readonly executions: SFNClient;
  readonly projectsTable: string;
  readonly uploadsBucket: string;
  readonly pipelineArn: string;
}

/** Makes what starting a job depends on, all but the clock. */
export function createJobsWorld(services: JobServices): Omit<JobsWorld, 'now'> {
  const { tables, objects, executions, projectsTable, uploadsBucket, pipelineArn } = services;
  return {
    hasProject: async (userId, projectId) =>
      Boolean(
        (await tables.send(new GetCommand({ TableName: projectsTable, Key: { userId, projectId }, ProjectionExpression: 'projectId' })))
          .Item,
      ),
    // Who may not list a bucket is told 403 where there is nothing.
    hasUpload: (key) =>
      unless(['NotFound', 'Forbidden', '403', 'AccessDenied'], objects.send(new HeadObjectCommand({ Bucket: uploadsBucket, Key: key }))),
    start: async (job) => {
      const command = new StartExecutionCommand({ stateMachineArn: pipelineArn, name: job.jobId, input: JSON.stringify(job) });
      return (await unless(['ExecutionAlreadyExists'], executions.send(command))) ? 'running' : 'ended';
    },
    note: async ({ jobId, userId, projectId }, at) => {
      const command = new UpdateCommand({
        TableName: projectsTable,
        Key: { userId, projectId },
        UpdateExpression: 'SET #status = :status, jobId = :job, updatedAt = :at',
        // A job that has ended already, or that the user's next one overtook, is not running.
        ConditionExpression: 'attribute_exists(projectId) AND (attribute_not_exists(jobId) OR jobId <> :job)',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': 'processing', ':job': jobId, ':at': at },
      });
      await happened(tables.send(command));
    },
  };
}

/** Gives false when a call failed with an error of one of the names. */
async function unless(names: readonly string[], call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return false;
    throw error;
  }
}
