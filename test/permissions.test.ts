import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../tools/repository.ts';
import { readAllowed } from './permissions.ts';

/**
 * What Cloud Control asks of the services, in the name of the caller, to read a type that checks read with it.
 *
 * Written by hand: no call of the emulator shows it. On AWS the schema of a type decides (`handlers.read` and `handlers.list`).
 */
const handlers: Readonly<Record<string, readonly string[]>> = {
  'AWS::AutoScaling::AutoScalingGroup': ['autoscaling:DescribeAutoScalingGroups'],
  'AWS::EC2::EIP': ['ec2:DescribeAddresses'],
  'AWS::EC2::InternetGateway': ['ec2:DescribeInternetGateways'],
  'AWS::EC2::SecurityGroup': ['ec2:DescribeSecurityGroups'],
  'AWS::EC2::Subnet': ['ec2:DescribeSubnets', 'ec2:DescribeNetworkAcls'],
  'AWS::EC2::VPC': ['ec2:DescribeVpcs', 'ec2:DescribeSecurityGroups', 'ec2:DescribeNetworkAcls', 'ec2:DescribeVpcAttribute'],
  'AWS::ECR::PullThroughCacheRule': ['ecr:DescribePullThroughCacheRules'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['elasticloadbalancing:DescribeLoadBalancers'],
  'AWS::IAM::Role': ['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies', 'iam:GetRolePolicy'],
  'AWS::IAM::User': [
    'iam:GetUser',
    'iam:GetLoginProfile',
    'iam:GetUserPolicy',
    'iam:ListAttachedUserPolicies',
    'iam:ListGroupsForUser',
    'iam:ListUserPolicies',
  ],
  'AWS::KMS::Key': ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags'],
  'AWS::RDS::DBCluster': ['rds:DescribeDBClusters'],
  'AWS::RDS::DBInstance': ['rds:DescribeDBInstances'],
  'AWS::Route53::HostedZone': ['route53:GetHostedZone', 'route53:ListTagsForResource', 'route53:ListQueryLoggingConfigs'],
};

/** Ports that write, or belong to promotions: preflight has no use for them. */
const others = new Set(['artifacts.ts', 'data-remover.ts', 'deployer.ts', 'destroyer.ts']);

const readSources = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !others.has(file))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));

/** A permission, as the ports name it in what they answer when they lack it. */
const permission = /'([a-z0-9-]+:[A-Z][A-Za-z]+)'/g;

describe('the policy of preflight', () => {
  const checks = readSources('engine/src/checks').join('\n');

  test('grants nothing that nobody asks', () => {
    const asked = readSources('engine/src/aws').flatMap((text) => [...text.matchAll(permission)].map(([, name = '']) => name));
    const needed = new Set(['sts:GetCallerIdentity', ...asked, ...Object.values(handlers).flat()]);
    expect([...readAllowed()].filter((name) => !needed.has(name))).toEqual([]);
  });

  test.each(Object.keys(handlers))('has the rights to %s for a check that reads it', (type) => expect(checks).toContain(`'${type}'`));

  test.each(Object.entries(handlers))('grants what reading %s takes', (_type, names) =>
    expect(names.filter((name) => !readAllowed().has(name))).toEqual([]),
  );

  test('is in order, and names nothing twice', () => {
    const document = readFileSync(join(root, 'docs/permissions.md'), 'utf8');
    const [, json = ''] = /```json\n([^]*?)```/.exec(document) ?? [];
    const [{ Action: names }] = (JSON.parse(json) as { Statement: [{ Action: string[] }] }).Statement;
    expect(names).toEqual([...new Set(names)].sort());
  });
});
