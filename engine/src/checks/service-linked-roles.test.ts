import { expect, test } from '@jest/globals';
import { denies, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import { judgeSample } from '../../../test/fakes/facts.ts';
import type { FakeWorld } from '../../../test/fakes/world.ts';

const domain = (properties: object, more: object = {}): Stacks => ({
  Shop: { resources: { Search: { Type: 'AWS::OpenSearchService::Domain', Properties: { ...properties } }, ...more } },
});
const vpc = { VPCOptions: { SubnetIds: ['subnet-1'] } };
const role = (AWSServiceName: string) => ({ Slr: { Type: 'AWS::IAM::ServiceLinkedRole', Properties: { AWSServiceName } } });
const cluster: Stacks = { Shop: { resources: { Cluster: { Type: 'AWS::ECS::Cluster', Properties: {} } } } };
const has = (name: string) => ({
  before: ({ aws }: FakeWorld) => void aws.things.set(`AWS::IAM::Role ${name}`, { kind: 'present', active: true }),
});

testCases(
  ['PF292'],
  [
    {
      code: 'PF292',
      name: 'a domain in a VPC in a fresh account',
      stacks: domain(vpc),
      told: [
        'Shop/Search: The account has no AWSServiceRoleForAmazonOpenSearchService. The command is: aws iam create-service-linked-role --aws-service-name opensearchservice.amazonaws.com',
      ],
    },
    {
      code: 'PF292',
      name: 'a domain in a VPC where the role has its old name',
      stacks: domain(vpc),
      options: has('AWSServiceRoleForAmazonElasticsearchService'),
    },
    {
      code: 'PF292',
      name: 'a domain in a VPC with the role in the template',
      stacks: domain(vpc, role('opensearchservice.amazonaws.com')),
    },
    { code: 'PF292', name: 'a domain without a VPC', stacks: domain({}) },
    { code: 'PF292', name: 'a cluster where the role is', stacks: cluster, options: has('AWSServiceRoleForECS') },
    {
      code: 'PF001',
      name: 'a role that may not be read',
      stacks: domain(vpc),
      options: denies('look:AWS::IAM::Role'),
      told: [/^Shop\/Search: service-linked role AWSServiceRoleForAmazonOpenSearchService: needs the permission look:AWS::IAM::Role/],
    },
  ],
);

test('the role that ECS makes itself is a notice', async () => {
  const { findings } = await judgeSample(cluster, { before: ({ aws }) => void aws.things.delete('AWS::IAM::Role AWSServiceRoleForECS') });
  expect(findings.map((f) => [f.code, f.severity])).toEqual([['PF292', 'notice']]);
});
