import type { SampleStack } from '../../../test/fakes/assembly.ts';
import { testCases } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const addresses = (count: number): SampleStack => ({
  resources: Object.fromEntries(Array.from({ length: count }, (_, i) => [`Ip${i}`, { Type: 'AWS::EC2::EIP' }])),
});
const balancer = (Type?: string): SampleStack => ({
  resources: { B: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: Type ? { Type } : {} } },
});
const role: SampleStack = { resources: { R: { Type: 'AWS::IAM::Role', Properties: {} } } };
const has = (answers: Readonly<Record<string, unknown>>): FactsOptions => ({
  before: ({ aws }) => Object.entries(answers).forEach(([key, value]) => aws.answers.set(key, value)),
});
const list = (type: string, identifiers: readonly string[]) => ({
  [`resources {"type":"${type}"}`]: identifiers.map((identifier) => ({ identifier, properties: {} })),
});
const of = (type: string, all: readonly object[]) => ({
  [`resources {"type":"${type}"}`]: all.map((properties, i) => ({ identifier: `${i}`, properties })),
});
const quota = (service: string, code: string, name: string, value: number) => ({
  [`quota {"code":"${code}","service":"${service}"}`]: { name, value },
});
const five = (there: number) =>
  has({ ...quota('ec2', 'L-0263D0A3', 'EC2-VPC Elastic IPs', 5), ...list('AWS::EC2::EIP', Array(there).fill('ip')) });
const arn = (kind: string) => `arn:aws:elasticloadbalancing:us-west-2:111111111111:loadbalancer/${kind}/x/1`;
const balancers = (kind: string) =>
  has({
    ...quota('elasticloadbalancing', 'L-53DA6B97', 'Application Load Balancers per Region', 1),
    ...quota('elasticloadbalancing', 'L-69A177A2', 'Network Load Balancers per Region', 50),
    ...list('AWS::ElasticLoadBalancingV2::LoadBalancer', [arn(kind)]),
  });
const nearly = [/^Shop\/Ip0: EC2-VPC Elastic IPs: 111111111111\/us-west-2 has 3 AWS::EC2::EIP and gets 2 more; it may have 5\.$/];

testCases(
  ['PF001', 'PF250', 'PF251'],
  [
    {
      code: 'PF250',
      name: 'an address too many',
      stacks: { Shop: addresses(2) },
      options: five(4),
      told: ['Shop/Ip0: EC2-VPC Elastic IPs: 111111111111/us-west-2 has 4 AWS::EC2::EIP and gets 2 more; it may have 5.'],
    },
    {
      code: 'PF250',
      name: 'addresses that somebody brought along, beside those that are there',
      stacks: { Shop: { resources: { Ip: { Type: 'AWS::EC2::EIP', Properties: { PublicIpv4Pool: 'ipv4pool-ec2-1' } } } } },
      options: five(5),
    },
    {
      code: 'PF250',
      name: 'an address beside five that somebody brought along',
      stacks: { Shop: addresses(1) },
      options: has({
        ...quota('ec2', 'L-0263D0A3', 'EC2-VPC Elastic IPs', 5),
        ...of('AWS::EC2::EIP', Array(5).fill({ PublicIpv4Pool: 'ipv4pool-ec2-1' })),
      }),
    },
    {
      code: 'PF250',
      name: 'an address beside five of Amazon',
      stacks: { Shop: addresses(1) },
      options: has({
        ...quota('ec2', 'L-0263D0A3', 'EC2-VPC Elastic IPs', 5),
        ...of('AWS::EC2::EIP', Array(5).fill({ PublicIpv4Pool: 'amazon' })),
      }),
      told: [/has 5 AWS::EC2::EIP and gets 1 more; it may have 5\.$/],
    },
    {
      code: 'PF250',
      name: 'a database beside those of Neptune',
      stacks: { Shop: { resources: { Db: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres' } } } } },
      options: has({
        ...quota('rds', 'L-7B6409FD', 'DB instances', 2),
        ...of('AWS::RDS::DBInstance', [{ Engine: 'neptune' }, { Engine: 'docdb' }]),
      }),
    },
    {
      code: 'PF250',
      name: 'addresses of two stacks',
      stacks: { A: addresses(3), B: addresses(3) },
      options: five(0),
      told: ['A/Ip0: EC2-VPC Elastic IPs: 111111111111/us-west-2 has 0 AWS::EC2::EIP and gets 6 more; it may have 5.'],
    },
    {
      code: 'PF250',
      name: 'a role too many',
      stacks: { Shop: role },
      options: has({ 'iamSummary {}': { Roles: 1000, RolesQuota: 1000 } }),
      told: ['Shop/R: IAM Roles: 111111111111/us-west-2 has 1000 AWS::IAM::Role and gets 1 more; it may have 1000.'],
    },
    {
      code: 'PF250',
      name: 'a load balancer of a kind that is used up',
      stacks: { Shop: balancer() },
      options: balancers('app'),
      told: [/^Shop\/B: Application Load Balancers per Region: .+ has 1 .+ it may have 1\.$/],
    },
    { code: 'PF250', name: 'a load balancer of another kind', stacks: { Shop: balancer('network') }, options: balancers('app') },
    { code: 'PF250', name: 'a quota that Service Quotas does not know', stacks: { Shop: addresses(9) } },
    { code: 'PF250', name: 'addresses that fit', stacks: { Shop: addresses(2) }, options: five(2) },
    { code: 'PF251', name: 'a quota that is used up to the last', stacks: { Shop: addresses(2) }, options: five(3), told: nearly },
    { code: 'PF251', name: 'a quota of which some is left', stacks: { Shop: addresses(2) }, options: five(2) },
    {
      code: 'PF001',
      name: 'quotas that may not be read',
      stacks: { Shop: addresses(1) },
      options: { before: ({ aws }) => void aws.denied.add('servicequotas:GetServiceQuota') },
      told: ['Shop/Ip0: quota of AWS::EC2::EIP: needs the permission servicequotas:GetServiceQuota on ec2 L-0263D0A3.'],
    },
    {
      code: 'PF001',
      name: 'quotas of what is not made',
      stacks: { Shop: {} },
      options: { before: ({ aws }) => void aws.denied.add('servicequotas:GetServiceQuota') },
    },
  ],
);
