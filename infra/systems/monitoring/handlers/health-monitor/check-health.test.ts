import { fakeBreaker, fakeEvents, recorder } from '../../../../../test/fakes/monitoring.ts';
import { checkHealth, type HealthWorld } from './check-health.ts';

const answers: Readonly<Record<string, () => Promise<number>>> = {
  'https://good.example': async () => 200,
  'https://moved.example': async () => 301,
  'https://bad.example': async () => 503,
  'https://gone.example': () => Promise.reject(new Error('no such host')),
};

function stage(endpoints: readonly string[] = Object.keys(answers)) {
  const recorded = recorder();
  const clock = { now: Date.parse('2026-01-01T00:00:00Z') };
  const events = fakeEvents();
  const asked: string[] = [];
  const world: HealthWorld = {
    endpoints,
    events,
    breaker: fakeBreaker(recorded, clock),
    metrics: recorded.metrics,
    log: recorded.log,
    now: () => new Date(clock.now),
    ask: (endpoint) => {
      asked.push(endpoint);
      return answers[endpoint]?.() ?? Promise.reject(new Error('unknown'));
    },
  };
  return { recorded, clock, events, asked, world };
}

test('keeps what each endpoint answers; one that fails holds up no other', async () => {
  const { world, events, recorded } = stage();
  expect(await checkHealth(world)).toEqual({ checked: 4, unhealthy: 2 });
  expect(events.kept.map(({ source, level, message }) => [source, level, message])).toEqual([
    ['health#https://good.example', 'info', 'it answers 200'],
    ['health#https://moved.example', 'info', 'it answers 301'],
    ['health#https://bad.example', 'error', 'it answers 503'],
    ['health#https://gone.example', 'error', 'no such host'],
  ]);
  expect(recorded.counted).toEqual([['EndpointUnhealthy', 2]]);
});

test('an endpoint that failed often is left alone for a while and counts as unhealthy', async () => {
  const { world, clock, asked, events } = stage(['https://bad.example']);
  for (const _ of [1, 2, 3]) {
    clock.now += 1000;
    expect(await checkHealth(world)).toEqual({ checked: 1, unhealthy: 1 });
  }
  expect(asked.length).toBe(2);
  expect(events.kept.at(-1)?.message).toBe('it is left alone until 2026-01-01T00:01:02.000Z');
});

test('nothing to check is counted as well, so that the alarm sees the checks run', async () => {
  const { world, recorded } = stage([]);
  expect(await checkHealth(world)).toEqual({ checked: 0, unhealthy: 0 });
  expect(recorded.counted).toEqual([['EndpointUnhealthy', 0]]);
});

test('when the answers cannot be kept it fails after counting', async () => {
  const { world, recorded } = stage(['https://good.example']);
  const broken = { ...world, events: { ...world.events, put: () => Promise.reject(new Error('no table')) } };
  await expect(checkHealth(broken)).rejects.toThrow('1 of 1 checks could not be kept: Error: no table');
  expect(recorded.counted).toEqual([['EndpointUnhealthy', 0]]);
});
