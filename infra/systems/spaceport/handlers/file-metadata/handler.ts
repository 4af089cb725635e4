import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createLog } from '../../../../handlers/log.ts';
import { serve } from '../serve.ts';
import { readVariables } from '../../../../handlers/variables.ts';
import { createFiles } from './files.ts';
import { respond } from './respond.ts';

const variables = readVariables(process.env, ['FILES_TABLE', 'MAX_UPLOAD_BYTES', 'CONTENT_TYPES']);
const now = (): Date => new Date();
const world = {
  files: createFiles(DynamoDBDocumentClient.from(new DynamoDBClient()), variables.FILES_TABLE),
  limits: { maxUploadBytes: Number(variables.MAX_UPLOAD_BYTES), contentTypes: variables.CONTENT_TYPES.split(',') },
  now,
};

/** Lambda calls this for every route below `/files`. */
export const handler = serve(
  (request) => respond(request, world),
  createLog((line) => process.stdout.write(line), now),
);
