import { randomUUID } from 'node:crypto';
import { listCircuits } from '../circuits.ts';
import { readVariables, readWords } from '../../../../handlers/variables.ts';
import { createWorld, eventsOf, servicesOf } from '../world.ts';
import { respond } from './respond.ts';
import { serve } from './serve.ts';

const variables = readVariables(process.env, ['CIRCUITS_TABLE', 'ANALYSIS_QUEUE_URL']);
const world = createWorld(process.env, 10_000);
const services = servicesOf(process.env, 5000);
const api = {
  breaker: world.breaker,
  now: world.now,
  newId: randomUUID,
  events: eventsOf(world, process.env),
  circuits: () => listCircuits(world.database, variables.CIRCUITS_TABLE),
  analyse: (request: object) => services.send(variables.ANALYSIS_QUEUE_URL, request),
};

/** Lambda calls this for every route of the API. */
export const handler = serve((request) => respond(request, api), readWords(process.env, 'ALLOWED_ORIGINS'), world.log);
