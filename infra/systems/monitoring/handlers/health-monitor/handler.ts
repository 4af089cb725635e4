import { perform } from '../../../../handlers/perform.ts';
import { readWords } from '../../../../handlers/variables.ts';
import { createWorld, eventsOf } from '../world.ts';
import { checkHealth } from './check-health.ts';

const timeoutMs = 5000;
const world = createWorld(process.env, 2 * timeoutMs);
const health = {
  ...world,
  endpoints: readWords(process.env, 'HEALTH_ENDPOINTS'),
  events: eventsOf(world, process.env),
  ask: async (endpoint: string): Promise<number> => {
    const answer = await fetch(endpoint, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    await answer.body?.cancel();
    return answer.status;
  },
};

/** Lambda calls this as often as the schedule says. */
export const handler = perform(() => checkHealth(health), world.log);
