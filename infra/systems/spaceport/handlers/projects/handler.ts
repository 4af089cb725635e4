import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createLog } from '../../../../handlers/log.ts';
import { serve } from '../serve.ts';
import { readVariables } from '../../../../handlers/variables.ts';
import { createProjects } from './projects.ts';
import { respond } from './respond.ts';

const variables = readVariables(process.env, ['PROJECTS_TABLE']);
const now = (): Date => new Date();
const world = { projects: createProjects(DynamoDBDocumentClient.from(new DynamoDBClient()), variables.PROJECTS_TABLE), now };

/** Lambda calls this for every route below `/projects`. */
export const handler = serve(
  (request) => respond(request, world),
  createLog((line) => process.stdout.write(line), now),
);
