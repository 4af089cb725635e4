import { answers, both, denies, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const instance = (properties: object, resources: object = {}): Stacks => ({
  Shop: { resources: { Host: { Type: 'AWS::EC2::Instance', Properties: { InstanceType: 'm9.large', ...properties } }, ...resources } },
});
const offered = (...zones: string[]) => answers('instanceZones', { instanceType: 'm9.large' }, zones);
const subnet = (zone: unknown) => ({ Net: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'X' }, AvailabilityZone: zone } } });
const live = (zone: string) => answers('resource', { type: 'AWS::EC2::Subnet', identifier: 'subnet-1' }, { AvailabilityZone: zone });

testCases(
  ['PF277'],
  [
    {
      code: 'PF277',
      name: 'a type that the region lacks',
      stacks: instance({}),
      options: offered(),
      told: ['Shop/Host: m9.large is not offered in us-west-2.'],
    },
    {
      code: 'PF277',
      name: 'a type that the zone of a subnet of the template lacks',
      stacks: instance({ SubnetId: { Ref: 'Net' } }, subnet('us-west-2d')),
      options: offered('us-west-2a'),
      told: ['Shop/Host: m9.large is not offered in us-west-2d, only in us-west-2a.'],
    },
    {
      code: 'PF277',
      name: 'a type that the zone of a subnet that is there lacks',
      stacks: instance({ SubnetId: 'subnet-1' }),
      options: both(offered('us-west-2a'), live('us-west-2d')),
      told: ['Shop/Host: m9.large is not offered in us-west-2d, only in us-west-2a.'],
    },
    {
      code: 'PF277',
      name: 'a type that the zone has',
      stacks: instance({ AvailabilityZone: 'us-west-2a' }),
      options: offered('us-west-2a'),
    },
    {
      code: 'PF277',
      name: 'a zone that the deployment chooses',
      stacks: instance({ SubnetId: { Ref: 'Net' } }, subnet({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] })),
      options: offered('us-west-2a'),
    },
    { code: 'PF277', name: 'a type that the region has', stacks: instance({}), options: offered('us-west-2a') },
    {
      code: 'PF001',
      name: 'offers that may not be read',
      stacks: instance({}),
      options: denies('ec2:DescribeInstanceTypeOfferings'),
      told: ['Shop/Host: offers of m9.large: needs the permission ec2:DescribeInstanceTypeOfferings on m9.large.'],
    },
  ],
);
