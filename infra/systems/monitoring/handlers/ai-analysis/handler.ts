import { perform } from '../../../../handlers/perform.ts';
import { readVariables } from '../../../../handlers/variables.ts';
import { createWorld, eventsOf, servicesOf } from '../world.ts';
import { analyseBatch, type QueueEvent } from './analyse.ts';

const { ANALYSIS_MODEL, ALERTS_TOPIC_ARN } = readVariables(process.env, ['ANALYSIS_MODEL', 'ALERTS_TOPIC_ARN']);
const modelMs = 60_000;
const world = createWorld(process.env, modelMs);
const services = servicesOf(process.env, modelMs);
const analysis = {
  ...world,
  events: eventsOf(world, process.env),
  ask: (instructions: string, question: string) => services.converse(ANALYSIS_MODEL, instructions, question),
  alert: (subject: string, message: string) => services.publish(ALERTS_TOPIC_ARN, subject, message),
};

/** Lambda calls this with batches of the queue. */
export const handler = perform((event: QueueEvent) => analyseBatch(event, analysis), world.log);
