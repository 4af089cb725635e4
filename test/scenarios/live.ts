import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SetStackPolicyCommand } from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
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
    name: 'a bucket with objects leaves its stack',
    class: 'bucket-not-empty',
    why: 'an update that cannot delete what it removed succeeds, and leaves it behind: a warning',
    app: { Shop: without },
    before: async (live) => {
      await live.deploy({ Shop: { resources: { Queue: queue(), Files: bucket(`files-${live.account}`) } } });
      const s3 = new S3Client({ ...live.client, forcePathStyle: true });
      await s3.send(new PutObjectCommand({ Bucket: `files-${live.account}`, Key: 'a', Body: 'a' }));
    },
    inputs: { 'allow-destructive': 'AWS::S3::Bucket' },
    ends: 'deployed',
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
