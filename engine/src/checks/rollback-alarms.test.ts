import { queue } from '../../../test/fakes/assembly.ts';
import { answers, both, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const before: Stacks = { Shop: { resources: { Queue: queue() } } };
const updated: Stacks = { Shop: { resources: { Queue: queue(9) } } };
const arn = (name: string) => `arn:aws:cloudwatch:us-west-2:111111111111:alarm:${name}`;

/** A stack that was last deployed with alarms, an environment with others, and those that are there. */
const watched = (had: readonly string[], alarms?: readonly string[], there = alarms ?? []): FactsOptions => ({
  ...both(
    answers(
      'alarms',
      { names: alarms ?? [] },
      there.map((name) => ({ name, state: 'OK', sinceMs: 0 })),
    ),
    live(before, 'CREATE_COMPLETE', had.length ? { rollback: { alarms: had.map(arn), monitoringMinutes: 0 } } : {}),
  ),
  environment: { place: { file: 'c.yml' }, ...(alarms ? { rollback: { alarms, monitoringMinutes: 0 } } : {}) },
});

testCases(
  ['PF312', 'PF313'],
  [
    {
      code: 'PF312',
      name: 'an alarm that is not there',
      stacks: updated,
      options: watched([], ['errors'], []),
      told: ['c.yml: There is no alarm errors in 111111111111/us-west-2, where Shop goes.'],
    },
    { code: 'PF312', name: 'an alarm that is there', stacks: updated, options: watched([], ['errors']) },
    { code: 'PF312', name: 'a stack that nothing is deployed to', stacks: before, options: watched([], ['errors'], []) },
    {
      code: 'PF313',
      name: 'an alarm that the last deployment was rolled back on, and this one is not',
      stacks: updated,
      options: watched(['latency', 'errors'], ['errors']),
      told: ['c.yml: Shop was rolled back on latency, and is not any more.'],
    },
    {
      code: 'PF313',
      name: 'all alarms, which the environment wants to be gone',
      stacks: updated,
      options: watched(['latency', 'errors'], []),
      told: ['c.yml: Shop was rolled back on errors, latency, and is not any more.'],
    },
    {
      code: 'PF313',
      name: 'the same alarms in another order',
      stacks: updated,
      options: watched(['latency', 'errors'], ['errors', 'latency']),
    },
    { code: 'PF313', name: 'an environment that says nothing: the stack keeps its alarms', stacks: updated, options: watched(['errors']) },
    { code: 'PF313', name: 'a stack that nothing is deployed to', stacks: before, options: watched(['latency'], ['errors']) },
  ],
);
