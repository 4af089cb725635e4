import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createLog } from '../../../../handlers/log.ts';
import { serve } from '../serve.ts';
import { readVariables } from '../../../../handlers/variables.ts';
import { respond } from './respond.ts';
import { createJobsWorld } from './world.ts';

const variables = readVariables(process.env, ['PROJECTS_TABLE', 'UPLOADS_BUCKET', 'PIPELINE_ARN']);
const now = (): Date => new Date();
const world = createJobsWorld({
  tables: DynamoDBDocumentClient.from(new DynamoDBClient()),
  objects: new S3Client(),
  executions: new SFNClient(),
  projectsTable: variables.PROJECTS_TABLE,
  uploadsBucket: variables.UPLOADS_BUCKET,
  pipelineArn: variables.PIPELINE_ARN,
});

/** Lambda calls this for `POST /ml-jobs`. */
export const handler = serve(
  (request) => respond(request, { ...world, now }),
  createLog((line) => process.stdout.write(line), now),
);
