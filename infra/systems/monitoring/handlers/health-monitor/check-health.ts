import { CircuitOpen, type Breaker } from '../breaker.ts';
import type { Events } from '../events.ts';
import type { Log } from '../../../../handlers/log.ts';
import type { Metrics } from '../../../../handlers/metrics.ts';

/** What the checks depend on. */
export interface HealthWorld {
  readonly endpoints: readonly string[];
  readonly events: Events;
  readonly breaker: Breaker;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Gives the HTTP status of an endpoint; throws when it does not answer in time. */
  ask(endpoint: string): Promise<number>;
  now(): Date;
}

/** What one check came to. */
export interface Health {
  readonly endpoint: string;
  readonly healthy: boolean;
  readonly says: string;
  readonly milliseconds: number;
}

/** An answer that is none of health: the status is 400 or above. */
class Unhealthy extends Error {
  override readonly name = 'Unhealthy';
}

/**
 * Asks all endpoints at once and keeps each answer as an event; one that fails holds up no other.
 *
 * An endpoint that failed often is left alone for a while and counts as unhealthy all the same.
 */
export async function checkHealth(world: HealthWorld): Promise<{ readonly checked: number; readonly unhealthy: number }> {
  const { endpoints, metrics } = world;
  const checked = await Promise.all(endpoints.map((endpoint) => check(endpoint, world)));
  const kept = await Promise.allSettled(checked.map((health) => keep(health, world)));
  const unhealthy = checked.filter(({ healthy }) => !healthy).length;
  // Counted when nothing is wrong as well: an alarm must see that the checks run.
  metrics.count('EndpointUnhealthy', unhealthy, { endpoints: checked });
  const failed = kept.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown);
  if (failed.length > 0)
    throw new AggregateError(failed, `${failed.length} of ${checked.length} checks could not be kept: ${String(failed[0])}`);
  return { checked: checked.length, unhealthy };
}

async function check(endpoint: string, { breaker, ask, log, now }: HealthWorld): Promise<Health> {
  const start = now().getTime();
  const done = (healthy: boolean, says: string): Health => ({ endpoint, healthy, says, milliseconds: now().getTime() - start });
  try {
    const status = await breaker(`health-monitor:${endpoint}`, async () => {
      const answered = await ask(endpoint);
      if (answered >= 400) throw new Unhealthy(`it answers ${answered}`);
      return answered;
    });
    return done(true, `it answers ${status}`);
  } catch (error) {
    if (!(error instanceof Unhealthy) && !(error instanceof CircuitOpen)) log.error('not reached', { endpoint }, error);
    if (error instanceof CircuitOpen) return done(false, `it is left alone until ${error.until.toISOString()}`);
    return done(false, error instanceof Error ? error.message : String(error));
  }
}

const keep = async ({ endpoint, healthy, says, milliseconds }: Health, { events, breaker, now }: HealthWorld): Promise<unknown> =>
  breaker('health-monitor:events', () =>
    events.put({
      source: `health#${endpoint}`,
      at: now().toISOString(),
      kind: 'health',
      level: healthy ? 'info' : 'error',
      message: says,
      details: { milliseconds },
    }),
  );
