import { testCases } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const elsewhere = (region: string) => ({ Shop: { region, bootstrap: false as const } });
const found = (...regions: [string, boolean][]): FactsOptions => ({
  before: ({ aws }) => void aws.answers.set('regions {}', new Map(regions)),
});

testCases(
  ['PF001', 'PF105'],
  [
    {
      code: 'PF105',
      name: 'a region that the account has not enabled',
      stacks: elsewhere('ap-east-1'),
      options: found(['ap-east-1', false]),
      told: ['Shop: Shop goes to ap-east-1: ap-east-1 is not enabled in account 111111111111.'],
    },
    {
      code: 'PF105',
      name: 'a region that nobody has',
      stacks: elsewhere('us-west-9'),
      options: found(['ap-east-1', false]),
      told: ['Shop: Shop goes to us-west-9: there is no region us-west-9.'],
    },
    { code: 'PF105', name: 'a region that is enabled', stacks: elsewhere('ap-east-1'), options: found(['ap-east-1', true]) },
    { code: 'PF105', name: 'the region of the run, which answered', stacks: elsewhere('us-west-2'), options: found() },
    {
      code: 'PF001',
      name: 'regions that may not be listed',
      stacks: elsewhere('ap-east-1'),
      options: { before: ({ aws }) => void aws.denied.add('ec2:DescribeRegions') },
      told: ['Shop: regions: needs the permission ec2:DescribeRegions on *.'],
    },
    {
      code: 'PF001',
      name: 'regions that nobody needs to know',
      stacks: { Shop: {} },
      options: { before: ({ aws }) => void aws.denied.add('ec2:DescribeRegions') },
    },
  ],
);
