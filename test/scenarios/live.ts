import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeStackResourcesCommand, SetStackPolicyCommand } from '@aws-sdk/client-cloudformation';
import { CreateNetworkInterfaceCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { bucket, queue, type SampleStack } from '../fakes/assembly.ts';
import type { Live, Scenario } from './scenario.ts';

const output = (Value: unknown) => ({ Vpc: { Value, Export: { Name: 'net-vpc' } } });
const exporting = (value: unknown, resources: SampleStack['resources'] = { Queue: queue() }): SampleStack => ({
  resources,
  outputs: output(value),
});
const without: SampleStack = { resources: { Queue: queue() } };
const importing = (Value: unknown = { 'Fn::ImportValue': 'net-vpc' }): SampleStack => ({
  resources: { Setting: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/shop/vpc', Type: 'String', Value } } },
});
const named = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });
const topic = (TopicName: unknown, more: object = {}) => ({ Type: 'AWS::SNS::Topic', Properties: { TopicName }, ...more });
const throughput = (units: number) => ({ ProvisionedThroughput: { ReadCapacityUnits: units, WriteCapacityUnits: units } });
const orders = (more: object = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'orders',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ...throughput(1),
    ...more,
  },
});
const keeping = (resource: object) => ({ ...(resource as ReturnType<typeof orders>), DeletionPolicy: 'Retain' });

const leaving = (resources: SampleStack['resources']) => ({ Shop: { resources: { Queue: queue(), ...resources } } });
const files = ({ account }: Live) => `files-${account}`;
const repository = (more: object = {}) => ({ Repo: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'app', ...more } } });
const group = { Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'a group', GroupName: 'workers' } } };
const database = (DeletionPolicy: string, properties: object) => ({
  Type: 'AWS::RDS::DBInstance',
  DeletionPolicy,
  Properties: {
    DBInstanceClass: 'db.t3.micro',
    Engine: 'mysql',
    AllocatedStorage: '20',
    MasterUsername: 'ada',
    ManageMasterUserPassword: true,
    ...properties,
  },
});
const guarded = (DeletionProtection: boolean) => ({ Db: database('Snapshot', { DeletionProtection }) });
const inSubnets = (DeletionPolicy: string) => ({
  Subnets: {
    Type: 'AWS::RDS::DBSubnetGroup',
    Properties: { DBSubnetGroupDescription: 'two subnets', SubnetIds: ['subnet-00000001', 'subnet-00000002'] },
  },
  Db: database(DeletionPolicy, { DBSubnetGroupName: { Ref: 'Subnets' } }),
});

/** What the CDK makes of a stack that hands values to another region; the handler answers and does no more. */
const handing = (...names: readonly string[]): SampleStack['resources'] => ({
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    },
  },
  Handler: {
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Code: { ZipFile: answering } },
  },
  Writer: {
    Type: 'Custom::CrossRegionExportWriter',
    Properties: {
      ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] },
      WriterProps: { region: 'eu-west-1', exports: Object.fromEntries(names.map((name) => [name, 'value'])) },
    },
  },
});
const answering = `exports.handler = ({ ResponseURL, ...event }) =>
  fetch(ResponseURL, { method: 'PUT', body: JSON.stringify({ ...event, Status: 'SUCCESS', PhysicalResourceId: 'writer' }) });`;

/** Makes a value that was handed to another region, with a tag for the stack that reads it there. */
const handOver = ({ client }: Live, Name: string, Tags: { readonly Key: string; readonly Value: string }[]) =>
  new SSMClient({ ...client, region: 'eu-west-1' }).send(new PutParameterCommand({ Name, Type: 'String', Value: 'value', Tags }));

/** Puts an image into the repository of `repository`. */
const pushImage = ({ client }: Live) =>
  new ECRClient(client).send(new PutImageCommand({ repositoryName: 'app', imageTag: '1', imageManifest: '{}' }));

/** Makes a network interface with the security group of the stack Shop; its description tells what it belongs to. */
async function useGroup({ client, stacks }: Live, Description: string): Promise<void> {
  const { StackResources: [found] = [] } = await stacks.client.send(
    new DescribeStackResourcesCommand({ StackName: 'Shop', LogicalResourceId: 'Group' }),
  );
  const Groups = [found?.PhysicalResourceId ?? ''];
  await new EC2Client(client).send(new CreateNetworkInterfaceCommand({ SubnetId: 'subnet-00000001', Groups, Description }));
}

/** What the last drift detection of the stack Shop found. */
const drifted = (logicalId: string) => ({
  'drifts {"stack":"Shop"}': [{ logicalId, status: 'MODIFIED', properties: ['/DelaySeconds'], day: '2026-11-20' }],
});

/** Gives the stack Shop a policy: what updates may do, and what they may not. */
const setPolicy = (live: Live, Statement: readonly object[]) =>
  live.stacks.client.send(new SetStackPolicyCommand({ StackName: 'Shop', StackPolicyBody: JSON.stringify({ Statement }) }));
const everything = { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' };
const noUpdate = { Effect: 'Deny', Action: 'Update:Modify', Principal: '*', Resource: 'LogicalResourceId/Queue' };

/** What is live before, across stacks and across time. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'an export goes while a stack that is not deployed imports it',
    class: 'export-in-use',
    why: 'the importer is known to CloudFormation alone',
    app: { Net: without },
    before: (live) => live.deploy({ Net: exporting('vpc-1'), Shop: importing() }),
    ends: { stoppedBy: ['PF190'] },
  },
  {
    name: 'an export and its import go in one deployment, side by side',
    class: 'export-in-use',
    why: 'the importer gives it up too late: nothing makes it the first',
    app: { Net: without, Shop: importing('vpc-9') },
    before: (live) => live.deploy({ Net: exporting('vpc-1'), Shop: importing() }),
    ends: { stoppedBy: ['PF190'] },
  },
  {
    name: 'the value of an export that is imported comes from a resource that is replaced',
    class: 'export-in-use',
    why: 'the new value is known only at the deployment; that it is another is known before',
    app: { Net: exporting({ 'Fn::GetAtt': ['Queue', 'Arn'] }, { Queue: named('jobs-2') }) },
    before: (live) => live.deploy({ Net: exporting({ 'Fn::GetAtt': ['Queue', 'Arn'] }, { Queue: named('jobs-1') }), Shop: importing() }),
    inputs: { 'allow-destructive': 'Net/Queue' },
    ends: { stoppedBy: ['PF190'] },
  },
  {
    name: 'an export goes that nobody imports',
    class: 'export-in-use',
    why: 'a removed export is fine by itself',
    app: { Net: without },
    before: (live) => live.deploy({ Net: exporting('vpc-1') }),
    ends: 'deployed',
  },
  {
    name: 'an export goes after its import, which is deployed before',
    class: 'export-in-use',
    why: 'the order of the deployment frees it in time',
    app: { Net: { ...without, dependencies: ['Shop'] }, Shop: importing('vpc-9') },
    before: (live) => live.deploy({ Net: exporting('vpc-1'), Shop: importing() }),
    ends: 'deployed',
  },
  {
    name: 'a stack exports the name that a live stack exports',
    class: 'export-duplicate',
    why: 'the other stack is not of the assembly',
    app: { Vpc: exporting('vpc-2') },
    before: (live) => live.deploy({ Net: exporting('vpc-1') }),
    ends: { stoppedBy: ['PF191'] },
  },
  {
    name: 'two stacks of an app export one name',
    class: 'export-duplicate',
    why: 'the assembly alone shows it',
    app: { Net: exporting('vpc-1'), Vpc: exporting('vpc-2') },
    ends: { stoppedBy: ['PF191'] },
  },
  {
    name: 'a stack goes on exporting its own name',
    class: 'export-duplicate',
    why: 'the name is taken, by the stack itself',
    app: { Net: exporting('vpc-1', { Queue: queue(9) }) },
    before: (live) => live.deploy({ Net: exporting('vpc-1') }),
    ends: 'deployed',
  },
  {
    name: 'three resources need one another',
    class: 'circular-in-template',
    why: 'a cycle by a reference, a substitution and DependsOn',
    app: {
      Shop: { resources: { A: topic({ Ref: 'B' }), B: topic({ 'Fn::Sub': '${C.TopicName}-b' }), C: topic('c', { DependsOn: 'A' }) } },
    },
    ends: { stoppedBy: ['PF194'] },
  },
  {
    name: 'three resources need one another in a row',
    class: 'circular-in-template',
    why: 'the same references without the one that closes the cycle',
    app: { Shop: { resources: { A: topic({ 'Fn::Sub': '${C.TopicName}-a' }, { DependsOn: 'B' }), B: queue(), C: topic('c') } } },
    ends: 'deployed',
  },
  {
    name: 'the policy of a stack denies the update of a resource that changes',
    class: 'stack-policy',
    why: 'the policy is no part of any template',
    app: { Shop: { resources: { Queue: queue(9) } } },
    before: async (live) => {
      await live.deploy({ Shop: without });
      await setPolicy(live, [everything, noUpdate]);
    },
    ends: { stoppedBy: ['PF200'] },
    plainSucceeds: 'stack policies are kept there and not enforced',
  },
  {
    name: 'the policy of a stack denies the update of a resource that stays as it is',
    class: 'stack-policy',
    why: 'the denied resource is not touched',
    app: { Shop: { resources: { Queue: queue(), More: queue() } } },
    before: async (live) => {
      await live.deploy({ Shop: without });
      await setPolicy(live, [everything, noUpdate]);
    },
    ends: 'deployed',
  },
  {
    name: 'a table that was deleted by hand is to be updated',
    class: 'drift-deleted',
    why: 'the template has not been told',
    app: { Shop: { resources: { Orders: orders(throughput(2)) } } },
    before: async (live) => {
      await live.deploy({ Shop: { resources: { Orders: orders() } } });
      await new DynamoDBClient(live.client).send(new DeleteTableCommand({ TableName: 'orders' }));
    },
    ends: { stoppedBy: ['PF201'] },
  },
  {
    name: 'a table that is there is updated',
    class: 'drift-deleted',
    why: 'the same update, of a table that nobody deleted',
    app: { Shop: { resources: { Orders: orders(throughput(2)) } } },
    before: (live) => live.deploy({ Shop: { resources: { Orders: orders() } } }),
    ends: 'deployed',
  },
  {
    name: 'a queue that somebody changed by hand is updated',
    class: 'drift-modified',
    why: 'the update writes over the change: told by the last drift detection',
    app: { Shop: { resources: { Queue: queue(9), More: queue() } } },
    before: (live) => live.deploy({ Shop: { resources: { Queue: queue(), More: queue() } } }),
    answers: drifted('Queue'),
    ends: 'deployed',
    tells: ['PF202'],
  },
  {
    name: 'a queue is updated beside one that somebody changed by hand',
    class: 'drift-modified',
    why: 'what is not touched keeps its change',
    app: { Shop: { resources: { Queue: queue(9), More: queue() } } },
    before: (live) => live.deploy({ Shop: { resources: { Queue: queue(), More: queue() } } }),
    answers: drifted('More'),
    ends: 'deployed',
    tells: [],
  },
  {
    name: 'a value for another region goes while a stack reads it there',
    class: 'cross-region-export-in-use',
    why: 'whether it fails is up to the version of the handler: a warning',
    app: leaving(handing('/cdk/exports/Edge/a')),
    before: async (live) => {
      await live.deploy(leaving(handing('/cdk/exports/Edge/a', '/cdk/exports/Edge/b')));
      await handOver(live, '/cdk/exports/Edge/b', [{ Key: 'aws-cdk:strong-ref:Edge', Value: 'true' }]);
    },
    ends: 'deployed',
    tells: ['PF192'],
  },
  {
    name: 'a value for another region goes that no stack reads',
    class: 'cross-region-export-in-use',
    why: 'the parameter is there, and has no tag of a reader',
    app: leaving(handing('/cdk/exports/Edge/a')),
    before: async (live) => {
      await live.deploy(leaving(handing('/cdk/exports/Edge/a', '/cdk/exports/Edge/b')));
      await handOver(live, '/cdk/exports/Edge/b', [{ Key: 'team', Value: 'edge' }]);
    },
    ends: 'deployed',
    tells: [],
  },
  {
    name: 'a bucket with objects leaves its stack',
    class: 'bucket-not-empty',
    why: 'an update that cannot delete what it removed succeeds, and leaves it behind: a warning',
    app: { Shop: without },
    before: async (live) => {
      await live.deploy(leaving({ Files: bucket(files(live)) }));
      const s3 = new S3Client({ ...live.client, forcePathStyle: true });
      await s3.send(new PutObjectCommand({ Bucket: files(live), Key: 'a', Body: 'a' }));
    },
    inputs: { 'allow-destructive': 'AWS::S3::Bucket' },
    ends: 'deployed',
    tells: ['PF210'],
  },
  {
    name: 'an empty bucket leaves its stack',
    class: 'bucket-not-empty',
    why: 'nothing keeps it',
    app: { Shop: without },
    before: (live) => live.deploy(leaving({ Files: bucket(files(live)) })),
    inputs: { 'allow-destructive': 'AWS::S3::Bucket' },
    ends: 'deployed',
    tells: [],
  },
  {
    name: 'a repository with an image leaves its stack',
    class: 'ecr-not-empty',
    why: 'it stays behind as a bucket does',
    app: { Shop: without },
    before: async (live) => {
      await live.deploy(leaving(repository()));
      await pushImage(live);
    },
    inputs: { 'allow-destructive': 'AWS::ECR::Repository' },
    ends: 'deployed',
    tells: ['PF210'],
  },
  {
    name: 'a repository with an image leaves its stack and is emptied with it',
    class: 'ecr-not-empty',
    why: 'ECR deletes the images where the template said so',
    app: { Shop: without },
    before: async (live) => {
      await live.deploy(leaving(repository({ EmptyOnDelete: true })));
      await pushImage(live);
    },
    inputs: { 'allow-destructive': 'AWS::ECR::Repository' },
    ends: 'deployed',
    tells: [],
  },
  {
    name: 'a security group leaves its stack while a function of no stack uses it',
    class: 'eni-stuck',
    why: 'the network interface of the function holds it',
    app: { Shop: without },
    before: async (live) => {
      await live.deploy(leaving(group));
      await useGroup(live, 'AWS Lambda VPC ENI-nightly-0f5e3a2b-6c1d-4e8f-9a7b-1c2d3e4f5a6b');
    },
    ends: 'deployed',
    tells: ['PF210'],
  },
  {
    name: 'a security group leaves its stack while a balancer uses it',
    class: 'eni-stuck',
    why: 'what services make for a stack they take away with it',
    app: { Shop: without },
    before: async (live) => {
      await live.deploy(leaving(group));
      await useGroup(live, 'ELB app/web/50dc6c495c0c9188');
    },
    ends: 'deployed',
    tells: [],
  },
  {
    name: 'a database leaves its stack while it is protected from deletion',
    class: 'rds-deletion-protection',
    why: 'RDS refuses it, with a snapshot or without',
    app: { Shop: without },
    before: (live) => live.deploy(leaving(guarded(true))),
    inputs: { 'allow-destructive': 'AWS::RDS::DBInstance' },
    ends: 'deployed',
    tells: ['PF210'],
  },
  {
    name: 'a database leaves its stack and is not protected from deletion',
    class: 'rds-deletion-protection',
    why: 'the same database with its protection lifted',
    app: { Shop: without },
    before: (live) => live.deploy(leaving(guarded(false))),
    inputs: { 'allow-destructive': 'AWS::RDS::DBInstance' },
    ends: 'deployed',
    tells: [],
  },
  {
    name: 'a subnet group leaves its stack while its database is kept',
    class: 'retained-dependent',
    why: 'the templates alone show it: what is kept needs what is deleted',
    app: { Shop: without },
    before: (live) => live.deploy(leaving(inSubnets('Retain'))),
    ends: 'deployed',
    tells: ['PF210'],
  },
  {
    name: 'a subnet group leaves its stack with its database',
    class: 'retained-dependent',
    why: 'a snapshot of the database is kept, and needs no subnets',
    app: { Shop: without },
    before: (live) => live.deploy(leaving(inSubnets('Snapshot'))),
    inputs: { 'allow-destructive': 'AWS::RDS::DBInstance' },
    ends: 'deployed',
    tells: [],
  },
  {
    name: 'a table leaves its stack and nobody has allowed it',
    class: 'destructive',
    why: 'what it holds would be lost',
    app: { Shop: without },
    before: (live) => live.deploy({ Shop: { resources: { Queue: queue(), Orders: orders() } } }),
    ends: { stoppedBy: ['PF220'] },
    policy: true,
  },
  {
    name: 'a table leaves its stack, which the input allows',
    class: 'destructive',
    why: 'the loss is meant',
    app: { Shop: without },
    before: (live) => live.deploy({ Shop: { resources: { Queue: queue(), Orders: orders() } } }),
    inputs: { 'allow-destructive': 'Shop/Orders' },
    ends: 'deployed',
  },
  {
    name: 'a table leaves its stack and stays in AWS',
    class: 'destructive',
    why: 'its deletion policy keeps it',
    app: { Shop: without },
    before: (live) => live.deploy({ Shop: { resources: { Queue: queue(), Orders: keeping(orders()) } } }),
    ends: 'deployed',
  },
  {
    name: 'a queue gets another name',
    class: 'destructive',
    why: 'a replacement: the messages of the old one are lost',
    app: { Shop: { resources: { Queue: named('jobs-2') } } },
    before: (live) => live.deploy({ Shop: { resources: { Queue: named('jobs-1') } } }),
    ends: { stoppedBy: ['PF220'] },
    policy: true,
  },
  {
    name: 'a logical id becomes a resource of another type',
    class: 'type-changed',
    why: 'CloudFormation updates no resource to another type',
    app: { Shop: { resources: { Jobs: { Type: 'AWS::SNS::Topic' } } } },
    before: (live) => live.deploy({ Shop: { resources: { Jobs: queue() } } }),
    ends: { stoppedBy: ['PF193'] },
    plainSucceeds: 'a change of type is a replacement there',
  },
  {
    name: 'a logical id goes, and another type comes under a new one',
    class: 'type-changed',
    why: 'the way that CloudFormation goes',
    app: { Shop: { resources: { Topic: { Type: 'AWS::SNS::Topic' } } } },
    before: (live) => live.deploy({ Shop: { resources: { Jobs: queue() } } }),
    inputs: { 'allow-destructive': 'AWS::SQS::Queue' },
    ends: 'deployed',
  },
];
