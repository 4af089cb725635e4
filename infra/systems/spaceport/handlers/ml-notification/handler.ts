import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createLog } from '../../../../handlers/log.ts';
import { perform } from '../perform.ts';
import { readVariables } from '../../../../handlers/variables.ts';
import { notify, parseOutcome } from './notify.ts';
import { createNotificationWorld } from './world.ts';

const variables = readVariables(process.env, ['PROJECTS_TABLE', 'RESULTS_TOPIC']);
const now = (): Date => new Date();
const world = createNotificationWorld(DynamoDBDocumentClient.from(new DynamoDBClient()), new SNSClient(), {
  projectsTable: variables.PROJECTS_TABLE,
  topicArn: variables.RESULTS_TOPIC,
});

/** The pipeline calls this at the end of every job. */
export const handler = perform(
  async (event) => {
    const outcome = parseOutcome(event);
    const { updated } = await notify(outcome, { ...world, now });
    return { jobId: outcome.jobId, outcome: outcome.result.kind, updated };
  },
  createLog((line) => process.stdout.write(line), now),
);
