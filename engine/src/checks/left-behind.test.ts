import { bucket, queue, type SampleStack } from '../../../test/fakes/assembly.ts';
import { answers, both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const shop = (resources: SampleStack['resources']): Stacks => ({ Shop: { resources: { Queue: queue(), ...resources } } });
const without = shop({});

/** A live stack whose losses are allowed: what is told is told of the deletion alone. */
const losing = (resources: SampleStack['resources'], ...more: FactsOptions[]): FactsOptions => ({
  ...both(live(shop(resources)), ...more),
  allowDestructive: ['**'],
});
const filled = (type: string, name: string) => answers('isEmpty', { type, name }, false);
const repository = (more: object = {}) => ({ Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'app', ...more } });
const uploads = { Uploads: bucket('uploads') };
const emptier = { Type: 'Custom::S3AutoDeleteObjects', Properties: { BucketName: { Ref: 'Uploads' } } };
const group = { Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'g' } } };
const fn = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'own' } };
const used = (description: string, more: object = {}) =>
  answers('networkInterfaces', { of: 'Shop-Group' }, [{ id: 'eni-1', description, ...more }]);
const ofFunction = (name: string) => `AWS Lambda VPC ENI-${name}-0f5e3a2b-6c1d-4e8f-9a7b-1c2d3e4f5a6b`;
const balancer = (value: string) => ({
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: { LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: value }] },
});
const database = (policy: string) => ({
  Subnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { DBSubnetGroupDescription: 'd', SubnetIds: ['a', 'b'] } },
  Db: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: policy, Properties: { DBSubnetGroupName: { Ref: 'Subnets' } } },
});
const table = (identifier: string, properties: object | undefined) =>
  answers('resource', { type: 'AWS::DynamoDB::Table', identifier }, properties);
const orders = { Orders: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } } };

testCases(
  ['PF210'],
  [
    {
      code: 'PF210',
      name: 'a bucket with objects',
      stacks: without,
      options: losing(uploads, filled('AWS::S3::Bucket', 'uploads')),
      told: ['Shop/Uploads: The AWS::S3::Bucket Uploads (uploads) is removed and cannot be deleted: it holds objects.'],
    },
    {
      code: 'PF210',
      name: 'a bucket with objects that is replaced',
      stacks: shop({ Uploads: bucket('others') }),
      options: losing(uploads, filled('AWS::S3::Bucket', 'uploads')),
      told: ['Shop/Uploads: The AWS::S3::Bucket Uploads (uploads) is replaced and cannot be deleted: it holds objects.'],
    },
    { code: 'PF210', name: 'an empty bucket', stacks: without, options: losing(uploads) },
    {
      code: 'PF210',
      name: 'a bucket that its stack empties',
      stacks: without,
      options: losing({ ...uploads, Emptier: emptier }, filled('AWS::S3::Bucket', 'uploads')),
    },
    {
      code: 'PF210',
      name: 'a bucket that stays anyway',
      stacks: without,
      options: losing({ Uploads: { ...bucket('uploads'), DeletionPolicy: 'Retain' } }, filled('AWS::S3::Bucket', 'uploads')),
    },
    {
      code: 'PF001',
      name: 'a bucket whose objects may not be listed',
      stacks: without,
      options: losing(uploads, denies('empty:AWS::S3::Bucket')),
      told: ['Shop/Uploads: deletion of AWS::S3::Bucket uploads: needs the permission empty:AWS::S3::Bucket on uploads.'],
    },
    {
      code: 'PF001',
      name: 'a stack whose resources may not be listed',
      stacks: without,
      options: losing(uploads, denies('cloudformation:ListStackResources')),
      told: ['Shop: resources that Shop removes: needs the permission cloudformation:ListStackResources on Shop.'],
    },
    {
      code: 'PF210',
      name: 'a repository with images',
      stacks: without,
      options: losing({ App: repository() }, filled('AWS::ECR::Repository', 'app')),
      told: ['Shop/App: The AWS::ECR::Repository App (app) is removed and cannot be deleted: it holds images.'],
    },
    {
      code: 'PF210',
      name: 'a repository that is emptied with its deletion',
      stacks: without,
      options: losing({ App: repository({ EmptyOnDelete: true }) }, filled('AWS::ECR::Repository', 'app')),
    },
    {
      code: 'PF210',
      name: 'a table that is protected, by hand even',
      stacks: without,
      options: losing(orders, table('orders', { DeletionProtectionEnabled: true })),
      told: ['Shop/Orders: The AWS::DynamoDB::Table Orders (orders) is removed and cannot be deleted: it is protected from deletion.'],
    },
    {
      code: 'PF210',
      name: 'a table whose protection was lifted',
      stacks: without,
      options: losing(orders, table('orders', { DeletionProtectionEnabled: false })),
    },
    { code: 'PF210', name: 'a table that is gone', stacks: without, options: losing(orders, table('orders', undefined)) },
    {
      code: 'PF210',
      name: 'a balancer that is protected',
      stacks: without,
      options: losing(
        { Web: balancer('true') },
        answers('resource', { type: balancer('true').Type, identifier: 'Shop-Web' }, balancer('true').Properties),
      ),
      told: [/^Shop\/Web: .* \(Shop-Web\) is removed and cannot be deleted: it is protected from deletion\.$/],
    },
    {
      code: 'PF210',
      name: 'a security group that a function beside the stack uses',
      stacks: without,
      options: losing(group, used(ofFunction('other-fn'))),
      told: ['Shop/Group: The AWS::EC2::SecurityGroup Group (Shop-Group) is removed and cannot be deleted: the function other-fn uses it.'],
    },
    {
      code: 'PF210',
      name: 'one that an instance beside the stack uses',
      stacks: without,
      options: losing(group, used('', { instance: 'i-1' })),
      told: [/: the instance i-1 uses it\.$/],
    },
    {
      code: 'PF210',
      name: 'one that a function of the stack uses',
      stacks: shop({ Fn: fn }),
      options: losing({ ...group, Fn: fn }, used(ofFunction('own'))),
    },
    { code: 'PF210', name: 'one that a service uses for the stack', stacks: without, options: losing(group, used('ELB app/web/1')) },
    {
      code: 'PF210',
      name: 'a subnet group that a database which is kept uses',
      stacks: without,
      options: losing(database('Retain')),
      told: ['Shop/Subnets: The AWS::RDS::DBSubnetGroup Subnets is removed and cannot be deleted: Db, which is kept, uses it.'],
    },
    { code: 'PF210', name: 'a subnet group that goes with its database', stacks: without, options: losing(database('Delete')) },
    {
      code: 'PF210',
      name: 'a subnet group that goes with its database, of which a snapshot stays',
      stacks: without,
      options: losing(database('Snapshot')),
    },
    {
      code: 'PF210',
      name: 'a database that is protected, of which a snapshot would stay',
      stacks: without,
      options: losing(
        { Db: database('Snapshot').Db },
        answers('resource', { type: 'AWS::RDS::DBInstance', identifier: 'Shop-Db' }, { DeletionProtection: true }),
      ),
      told: [/^Shop\/Db: .* is removed and cannot be deleted: it is protected from deletion\.$/],
    },
  ],
);
