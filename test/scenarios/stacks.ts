import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CfnParameter, CfnResource, Fn, NestedStack, Stack, type App } from 'aws-cdk-lib/core';
import { nestedStackType, type Template } from '../../engine/src/assembly/assembly.ts';
import { queue } from '../fakes/assembly.ts';
import type { Live, Scenario } from './scenario.ts';

const exporting = (value: string) => ({ outputs: { Vpc: { Value: value, Export: { Name: 'net-vpc' } } }, resources: { Queue: queue() } });
const importing = { resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'net-vpc' } } } } };

const named = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });

const orders = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  },
};

/** What the CDK calls the resource of a nested stack `Inner`. */
const innerId = 'InnerNestedStackInnerNestedStackResource745E041B';

const after = (...dependencies: string[]) => ({ resources: { Queue: queue() }, dependencies });

/** Gives an assembly another version of its schema. */
const ofSchema = (version: string) => (folder: string) => {
  const path = join(folder, 'manifest.json');
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), version }));
};

/** Stacks beside and inside of one another, and the assembly that holds them. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'a stack imports what nobody exports',
    class: 'export-missing',
    why: 'neither the assembly nor the account has the export',
    app: { Shop: importing },
    ends: { stoppedBy: ['PF132'] },
  },
  {
    name: 'a stack imports what a live stack exports',
    class: 'export-missing',
    why: 'the exporting stack is not of the assembly',
    app: { Shop: importing },
    before: (live) => live.deploy({ Net: exporting('vpc-1') }),
    ends: 'deployed',
  },
  {
    name: 'a stack imports what a stack before it exports',
    class: 'export-missing',
    why: 'the export is not there yet, and will be in time',
    app: { Net: exporting('vpc-1'), Shop: { ...importing, dependencies: ['Net'] } },
    ends: 'deployed',
  },
  {
    name: 'two stacks depend on one another',
    class: 'circular-stacks',
    why: 'no order deploys them',
    app: { Net: after('Shop'), Shop: after('Net') },
    ends: { stoppedBy: ['PF131'] },
  },
  {
    name: 'three stacks depend on the same ones',
    class: 'circular-stacks',
    why: 'the same dependencies without the one that closes the cycle',
    app: { Net: after(), Shop: after('Net'), Web: after('Net', 'Shop') },
    ends: 'deployed',
  },
  {
    name: 'an assembly of a CDK to come',
    class: 'schema-mismatch',
    why: 'what its schema means nobody can know yet',
    app: { Shop: after() },
    edit: ofSchema('999.0.0'),
    ends: { stoppedBy: ['PF108'] },
  },
  {
    name: 'an assembly of the newest CDK',
    class: 'schema-mismatch',
    why: 'the last schema that is known',
    app: { Shop: after() },
    edit: ofSchema('55.0.0'),
    ends: 'deployed',
  },
  {
    name: 'a stack inside of a stack',
    class: 'nested-failed',
    why: 'all of it is looked into, so that nothing is left to tell',
    app: nesting(),
    ends: 'deployed',
    tells: [],
  },
  {
    name: 'a stack inside of a stack wants a name that another stack has',
    class: 'nested-failed',
    why: 'the name stands in the nested template alone, and comes from the stack around it',
    app: nesting('shop-jobs-of-nested'),
    before: (live) => live.deploy({ Other: { resources: { Queue: named('shop-jobs-of-nested') } } }),
    ends: { stoppedBy: ['PF121'] },
  },
  {
    name: 'a stack inside of a stack that is there gets another queue',
    class: 'nested-failed',
    why: 'the name that its queue has is its own',
    app: nesting('shop-jobs-of-nested-update'),
    before: (live) =>
      holding(live, innerId, {
        Parameters: { Name: { Type: 'String', Default: 'shop-jobs-of-nested-update' } },
        Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Name' }, DelaySeconds: 5 } } },
      }),
    ends: 'deployed',
    tells: [],
  },
  {
    name: 'a stack inside of a stack goes, with a table in it',
    class: 'nested-failed',
    why: 'what is lost is known from the live template of the nested stack alone',
    app: { Shop: after() },
    before: (live) => holding(live, 'Inner', { Resources: { Orders: orders } }),
    ends: { stoppedBy: ['PF220'] },
    policy: true,
  },
  {
    name: 'a stack inside of a stack goes, and its table stays',
    class: 'nested-failed',
    why: 'the nested template keeps it',
    app: { Shop: after() },
    before: (live) => holding(live, 'Inner', { Resources: { Orders: { ...orders, DeletionPolicy: 'Retain' } } }),
    ends: 'deployed',
  },
  {
    name: 'a stack beside a stack',
    class: 'nested-failed',
    why: 'the same resources, and everything was looked into',
    app: { Shop: after(), Inner: after() },
    ends: 'deployed',
    tells: [],
  },
];

/** An app with a queue in a nested stack, which gets its name, if any, as a parameter. */
function nesting(name?: string): (app: App) => void {
  return (app) => {
    const inner = new NestedStack(new Stack(app, 'Shop'), 'Inner', name === undefined ? {} : { parameters: { Name: name } });
    if (name !== undefined) new CfnParameter(inner, 'Name');
    new CfnResource(inner, 'Queue', { type: 'AWS::SQS::Queue', properties: name === undefined ? {} : { QueueName: Fn.ref('Name') } });
  };
}

/** Deploys a stack with one of a template in it. */
async function holding(live: Live, logicalId: string, template: Template): Promise<void> {
  const Bucket = `templates-${live.account}`;
  const s3 = new S3Client({ ...live.client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'inner.json', Body: JSON.stringify(template) }));
  const TemplateURL = `${live.emulator.endpoint}/${Bucket}/inner.json`;
  await live.deploy({ Shop: { resources: { [logicalId]: { Type: nestedStackType, Properties: { TemplateURL } } } } });
}
