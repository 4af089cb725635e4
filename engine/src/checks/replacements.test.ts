import { table } from '../../../test/fakes/assembly.ts';
import { denies, both, live, testCases, type CheckCase, type Stacks } from '../../../test/fakes/check-cases.ts';

const of = (Type: string, Properties: object): Stacks => ({ Shop: { resources: { X: { Type, Properties: { ...Properties } } } } });
const keyed = (AttributeName: string, name: object) => ({ ...name, KeySchema: [{ AttributeName, KeyType: 'HASH' }] });
const byId = (name: object) => of('AWS::DynamoDB::Table', keyed('id', name));
const byDate = (name: object) => of('AWS::DynamoDB::Table', keyed('date', name));
const files = { TableName: 'files' };
const parameter = (Default: string) => ({
  Shop: { ...byDate({ TableName: { Ref: 'Name' } })['Shop'], more: { Parameters: { Name: { Type: 'String', Default } } } },
});
const told = ['Shop/X: The AWS::DynamoDB::Table files would be replaced under its name: KeySchema cannot be changed in place.'];

const cases: readonly CheckCase[] = [
  { code: 'PF125', name: 'a table with a name and another key', stacks: byDate(files), options: live(byId(files)), told },
  { code: 'PF125', name: 'the same name as a parameter', stacks: parameter('files'), options: live(byId(files)), told: [/files would be/] },
  {
    code: 'PF125',
    name: 'a target group in another network',
    stacks: of('AWS::ElasticLoadBalancingV2::TargetGroup', { Name: 'web', VpcId: 'vpc-2' }),
    options: live(of('AWS::ElasticLoadBalancingV2::TargetGroup', { Name: 'web', VpcId: 'vpc-1' })),
    told: ['Shop/X: The AWS::ElasticLoadBalancingV2::TargetGroup web would be replaced under its name: VpcId cannot be changed in place.'],
  },
  {
    code: 'PF125',
    name: 'a service that counts in its cluster',
    stacks: of('AWS::ECS::Service', { ServiceName: 'web', Cluster: 'b' }),
    options: live(of('AWS::ECS::Service', { ServiceName: 'web', Cluster: 'a' })),
    told: ['Shop/X: The AWS::ECS::Service web would be replaced under its name: Cluster cannot be changed in place.'],
  },
  {
    code: 'PF125',
    name: 'a target group whose network is written in other words',
    stacks: of('AWS::ElasticLoadBalancingV2::TargetGroup', { Name: 'web', VpcId: { 'Fn::Join': ['-', ['vpc', '1']] } }),
    options: live(of('AWS::ElasticLoadBalancingV2::TargetGroup', { Name: 'web', VpcId: 'vpc-1' })),
  },
  { code: 'PF125', name: 'a table that gets another name with it', stacks: byDate({ TableName: 'files-2' }), options: live(byId(files)) },
  { code: 'PF125', name: 'a table that had no name', stacks: byDate(files), options: live(byId({})) },
  { code: 'PF125', name: 'a table whose name AWS makes', stacks: byDate({}), options: live(byId({})) },
  {
    code: 'PF125',
    name: 'a task definition, of which each change makes another',
    stacks: of('AWS::ECS::TaskDefinition', { Family: 'web', Cpu: '512' }),
    options: live(of('AWS::ECS::TaskDefinition', { Family: 'web', Cpu: '256' })),
  },
  {
    code: 'PF125',
    name: 'what may be replaced or not',
    stacks: of('AWS::RDS::DBInstance', { DBInstanceIdentifier: 'db', DBSnapshotIdentifier: 'b' }),
    options: live(of('AWS::RDS::DBInstance', { DBInstanceIdentifier: 'db', DBSnapshotIdentifier: 'a' })),
  },
  {
    code: 'PF125',
    name: 'a change in place',
    stacks: of('AWS::DynamoDB::Table', { ...keyed('id', files), BillingMode: 'PROVISIONED' }),
    options: live(byId(files)),
  },
  {
    code: 'PF001',
    name: 'a live template that may not be read',
    stacks: byDate(files),
    options: both(live(byId(files)), denies('cloudformation:GetTemplate')),
    told: ['Shop: live stack Shop: needs the permission cloudformation:GetTemplate on Shop.'],
  },
  { code: 'PF001', name: 'one that may be read', stacks: { Shop: { resources: { X: table('files') } } } },
];

// What would be lost is another check's matter.
testCases(
  ['PF125', 'PF001'],
  cases.map((c) => ({ ...c, options: { ...c.options, allowDestructive: ['**'] } })),
);
