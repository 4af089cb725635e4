import { testCases } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const group = (VpcId: string) => ({ Shop: { resources: { G: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId } } } } });
const record = {
  Shop: { resources: { R: { Type: 'AWS::Route53::RecordSet', Properties: { HostedZoneId: 'Z1', Name: 'a.example.com' } } } },
};
const there = (type: string, identifier: string): FactsOptions => ({
  before: ({ aws }) => void aws.answers.set(`resource {"identifier":"${identifier}","type":"${type}"}`, {}),
});

testCases(
  ['PF001', 'PF243'],
  [
    {
      code: 'PF243',
      name: 'a VPC that is gone',
      stacks: group('vpc-0a1b2c3d'),
      told: ['Shop/G: The AWS::EC2::VPC vpc-0a1b2c3d is not there in 111111111111/us-west-2.'],
    },
    {
      code: 'PF243',
      name: 'a zone that is gone',
      stacks: record,
      told: ['Shop/R: The AWS::Route53::HostedZone Z1 is not there in 111111111111/us-west-2.'],
    },
    {
      code: 'PF243',
      name: 'an id in the environment variables of a function',
      stacks: {
        Shop: {
          resources: { F: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { VpcId: 'vpc-0a1b2c3d' } } } } },
        },
      },
    },
    {
      code: 'PF243',
      name: 'one of two subnets of a function',
      stacks: {
        Shop: {
          resources: {
            F: { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { SubnetIds: ['subnet-0a1b2c3d', 'subnet-1a1b2c3d'] } } },
          },
        },
      },
      options: there('AWS::EC2::Subnet', 'subnet-0a1b2c3d'),
      told: ['Shop/F: The AWS::EC2::Subnet subnet-1a1b2c3d is not there in 111111111111/us-west-2.'],
    },
    { code: 'PF243', name: 'a VPC that is there', stacks: group('vpc-0a1b2c3d'), options: there('AWS::EC2::VPC', 'vpc-0a1b2c3d') },
    { code: 'PF243', name: 'a zone that is there', stacks: record, options: there('AWS::Route53::HostedZone', 'Z1') },
    {
      code: 'PF243',
      name: 'the zone of an alias, which is of AWS',
      stacks: {
        Shop: {
          resources: {
            R: {
              Type: 'AWS::Route53::RecordSet',
              Properties: { AliasTarget: { HostedZoneId: 'Z2FDTNDATAQYW2', DNSName: 'x.cloudfront.net' } },
            },
          },
        },
      },
    },
    {
      code: 'PF243',
      name: 'the VPC of a peer, which is elsewhere',
      stacks: { Shop: { resources: { P: { Type: 'AWS::EC2::VPCPeeringConnection', Properties: { PeerVpcId: 'vpc-0a1b2c3d' } } } } },
    },
    {
      code: 'PF243',
      name: 'an id that a custom resource is given',
      stacks: { Shop: { resources: { C: { Type: 'Custom::Thing', Properties: { VpcId: 'vpc-0a1b2c3d' } } } } },
    },
    {
      code: 'PF001',
      name: 'a VPC that may not be read',
      stacks: group('vpc-0a1b2c3d'),
      options: { before: ({ aws }) => void aws.denied.add('cloudformation:GetResource') },
      told: ['Shop/G: AWS::EC2::VPC vpc-0a1b2c3d: needs the permission cloudformation:GetResource on AWS::EC2::VPC vpc-0a1b2c3d.'],
    },
    { code: 'PF001', name: 'a VPC that may be read', stacks: group('vpc-0a1b2c3d'), options: there('AWS::EC2::VPC', 'vpc-0a1b2c3d') },
  ],
);
