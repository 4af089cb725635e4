import { readSampleStack, type SampleStack } from '../../../test/fakes/assembly.ts';
import { testCases } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const reserving = (count?: unknown): SampleStack => ({
  resources: { F: { Type: 'AWS::Lambda::Function', Properties: { ReservedConcurrentExecutions: count, Handler: 'a' } } },
});
const unreserved = (count: number, live?: SampleStack): FactsOptions => ({
  before: ({ aws }) => {
    aws.answers.set('unreservedConcurrency {}', count);
    if (live) aws.put(readSampleStack(live));
  },
});

testCases(
  ['PF001', 'PF252'],
  [
    {
      code: 'PF252',
      name: 'a reservation that leaves one too few',
      stacks: { Shop: reserving(901) },
      options: unreserved(1_000),
      told: ['Shop/F: 111111111111/us-west-2 has 1000 unreserved executions; F 901 would leave 99.'],
    },
    {
      code: 'PF252',
      name: 'reservations of two stacks together',
      stacks: { A: reserving(500), B: reserving(500) },
      options: unreserved(1_000),
      told: ['A/F: 111111111111/us-west-2 has 1000 unreserved executions; F 500, F 500 would leave 0.'],
    },
    {
      code: 'PF252',
      name: 'any reservation in a new account',
      stacks: { Shop: reserving(1) },
      options: unreserved(10),
      told: ['Shop/F: 111111111111/us-west-2 has 10 unreserved executions; F 1 would leave 9.'],
    },
    { code: 'PF252', name: 'a reservation that leaves just enough', stacks: { Shop: reserving(900) }, options: unreserved(1_000) },
    { code: 'PF252', name: 'a function that reserves nothing', stacks: { Shop: reserving() }, options: unreserved(10) },
    { code: 'PF252', name: 'a reservation that is open', stacks: { Shop: reserving({ Ref: 'X' }) }, options: unreserved(10) },
    {
      code: 'PF252',
      name: 'a reservation that is raised by what is left',
      stacks: { Shop: reserving(500) },
      options: unreserved(200, reserving(400)),
    },
    {
      code: 'PF001',
      name: 'settings of Lambda that may not be read',
      stacks: { Shop: reserving(1) },
      options: { before: ({ aws }) => void aws.denied.add('lambda:GetAccountSettings') },
      told: ['Shop/F: reserved concurrency: needs the permission lambda:GetAccountSettings on *.'],
    },
    {
      code: 'PF001',
      name: 'settings of Lambda that nobody needs',
      stacks: { Shop: reserving(0) },
      options: { before: ({ aws }) => void aws.denied.add('lambda:GetAccountSettings') },
    },
  ],
);
