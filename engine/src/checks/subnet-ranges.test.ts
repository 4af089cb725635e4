import { answers, both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const subnet = (CidrBlock: unknown, more: object = {}, VpcId: unknown = 'vpc-1'): Stacks => ({
  Shop: { resources: { Net: { Type: 'AWS::EC2::Subnet', Properties: { VpcId, CidrBlock, ...more } } } },
});
const there = (...ranges: string[]) =>
  answers(
    'subnets',
    { vpc: 'vpc-1' },
    ranges.map((range, i) => ({ id: `subnet-${i + 1}`, range })),
  );
const zone = (name: string) => ({ AvailabilityZone: `us-west-2${name}` });

testCases(
  ['PF289'],
  [
    {
      code: 'PF289',
      name: 'a range within one that is taken',
      stacks: subnet('10.0.1.128/25'),
      options: there('10.0.0.0/24', '10.0.1.0/24'),
      told: ['Shop/Net: 10.0.1.128/25 overlaps 10.0.1.0/24 of subnet-2 in vpc-1.'],
    },
    {
      code: 'PF289',
      name: 'a subnet that moves to another zone with its range',
      stacks: subnet('10.0.1.0/24', zone('b')),
      options: both(live(subnet('10.0.1.0/24', zone('a'))), there('10.0.1.0/24')),
      told: ['Shop/Net: 10.0.1.0/24 overlaps 10.0.1.0/24 of subnet-1 in vpc-1.'],
    },
    {
      code: 'PF289',
      name: 'a range beside those that are taken',
      stacks: subnet('10.0.2.0/24'),
      options: there('10.0.1.0/24', '10.0.3.0/24'),
    },
    {
      code: 'PF289',
      name: 'a subnet that stays',
      stacks: subnet('10.0.1.0/24', { Tags: [] }),
      options: both(live(subnet('10.0.1.0/24')), there('10.0.1.0/24')),
    },
    {
      code: 'PF289',
      name: 'a subnet of a VPC that this deployment makes',
      stacks: subnet('10.0.1.0/24', {}, { Ref: 'Vpc' }),
      options: there('10.0.1.0/24'),
    },
    {
      code: 'PF289',
      name: 'a range that the deployment works out',
      stacks: subnet({ 'Fn::Select': [0, { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }] }),
      options: there('10.0.0.0/16'),
    },
    {
      code: 'PF001',
      name: 'subnets that may not be read',
      stacks: subnet('10.0.1.0/24'),
      options: denies('ec2:DescribeSubnets'),
      told: ['Shop/Net: subnets of vpc-1: needs the permission ec2:DescribeSubnets on vpc-1.'],
    },
  ],
);
