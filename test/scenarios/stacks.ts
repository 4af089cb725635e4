import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, NestedStack, Stack, type App } from 'aws-cdk-lib/core';
import { queue } from '../fakes/assembly.ts';
import type { Scenario } from './scenario.ts';

const exporting = (value: string) => ({ outputs: { Vpc: { Value: value, Export: { Name: 'net-vpc' } } }, resources: { Queue: queue() } });
const importing = { resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'net-vpc' } } } } };

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
    why: 'it deploys, and what was not looked into is told',
    app: nesting,
    ends: 'deployed',
    tells: ['PF203'],
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

function nesting(app: App): void {
  const inner = new NestedStack(new Stack(app, 'Shop'), 'Inner');
  new CfnResource(inner, 'Queue', { type: 'AWS::SQS::Queue' });
}
