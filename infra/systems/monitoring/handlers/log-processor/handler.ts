import { S3Client } from '@aws-sdk/client-s3';
import { perform } from '../../../../handlers/perform.ts';
import { readVariables } from '../../../../handlers/variables.ts';
import { createWorld, eventsOf, servicesOf } from '../world.ts';
import { processLog, type ObjectCreated } from './process-log.ts';
import { createReader } from './read-lines.ts';

const { ANALYSIS_QUEUE_URL } = readVariables(process.env, ['ANALYSIS_QUEUE_URL']);
const world = createWorld(process.env, 120_000);
const services = servicesOf(process.env, 5000);
const logs = {
  breaker: world.breaker,
  events: eventsOf(world, process.env),
  lines: createReader(new S3Client({})),
  analyse: (request: object) => services.send(ANALYSIS_QUEUE_URL, request),
};

/** Lambda calls this for every log file that is put into the bucket. */
export const handler = perform((event: ObjectCreated) => processLog(event, logs), world.log);
