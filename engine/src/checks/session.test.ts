import { queue, readSampleStack } from '../../../test/fakes/assembly.ts';
import { testCases } from '../../../test/fakes/check-cases.ts';

const minutes = (count: number) => ({ sessionMs: count * 60_000 });
const database = { Shop: { resources: { Db: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql' } } } } };
const job = 'arn:aws:iam::111111111111:role/job';

testCases(
  ['PF107'],
  [
    {
      code: 'PF107',
      name: 'a session that ends before a database is made',
      stacks: database,
      options: minutes(13.9),
      told: [`: The session of ${job} ends in 13 minutes; this deployment usually takes about 14.`],
    },
    { code: 'PF107', name: 'a session that is long enough for a database', stacks: database, options: minutes(14) },
    { code: 'PF107', name: 'a session whose end nobody knows', stacks: database },
    {
      code: 'PF107',
      name: 'three stacks one after the other',
      stacks: { A: {}, B: {}, C: {} },
      options: minutes(5),
      told: [`: The session of ${job} ends in 5 minutes; this deployment usually takes about 6.`],
    },
    {
      code: 'PF107',
      name: 'stacks that do not change',
      stacks: { Shop: { resources: { Queue: queue() } } },
      options: { ...minutes(1), before: ({ aws }) => aws.put(readSampleStack({ resources: { Queue: queue() } })) },
    },
  ],
);
