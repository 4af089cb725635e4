import { S3Client } from '@aws-sdk/client-s3';
import { createFunctionLog } from '../../../../handlers/log.ts';
import { readVariables } from '../../../../handlers/variables.ts';
import { forward, type LogsEvent } from './forward.ts';
import { createKeeper } from './keep.ts';

const { LOGS_BUCKET, PREFIX } = readVariables(process.env, ['LOGS_BUCKET', 'PREFIX']);
const log = createFunctionLog();
const keep = createKeeper(new S3Client({}), LOGS_BUCKET);

/** CloudWatch Logs calls this with what the services log, some seconds after they did. */
export async function handler(event: LogsEvent): Promise<void> {
  try {
    const forwarded = await forward(event, PREFIX, keep);
    log.info('forwarded', { ...forwarded });
  } catch (error) {
    log.error('not forwarded', {}, error);
    // Lambda tries again, and hands it to the queue for what failed in the end.
    throw error;
  }
}
