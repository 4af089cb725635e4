import { describe, expect, test } from '@jest/globals';
import { bucket, queue, type SampleNested, type SampleStack } from '../../../test/fakes/assembly.ts';
import { live } from '../../../test/fakes/check-cases.ts';
import { gatherSample, type FactsOptions } from '../../../test/fakes/facts.ts';
import { comparePlans } from './compare.ts';
import { makePlan, toCreatedNames } from './make-plan.ts';
import { toNodes, toPlanDigest } from './plan-tree.ts';
import type { Plan, PlannedStack } from './plan.ts';
import { planSchema } from './schema.ts';

type Stacks = Readonly<Record<string, SampleStack>>;
const plan = async (stacks: Stacks, options: FactsOptions = {}): Promise<Plan> => makePlan(await gatherSample(stacks, options));
const shop = (inner: SampleNested, more: SampleStack = {}): Stacks => ({ Shop: { ...more, nested: { Inner: inner } } });
const stackOf = (made: Plan): PlannedStack | undefined => made.stacks[0];
const toLines = (made: Plan) => stackOf(made)?.resources.map((r) => `${r.logicalId} ${r.path} ${r.action}${r.widens ? ', widens' : ''}`);
const role = (Action: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }] },
    Policies: [{ PolicyName: 'a', PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } }],
  },
});
const before = shop({ resources: { Files: bucket('files'), Queue: queue() } });

describe('the plan of a stack with nested ones', () => {
  test('has what changes in them under their ids and paths, and is valid', async () => {
    const made = await plan(shop({ resources: { Files: bucket('files'), Queue: queue(1), More: queue() } }), live(before));
    expect(toLines(made)).toEqual([
      'Inner Shop/Inner.NestedStack/Inner.NestedStackResource update',
      'Inner/More Shop/Inner/More create',
      'Inner/Queue Shop/Inner/Queue update',
    ]);
    expect(Object.keys(stackOf(made)?.delta ?? {})).toEqual(['Resources/Inner/More', 'Resources/Inner/Queue']);
    expect(planSchema.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
  });

  test('has what a nested stack loses that goes', async () => {
    const made = await plan({ Shop: { resources: { Queue: queue() } } }, live(before));
    expect(toLines(made)).toContain('Inner/Files Shop/Inner/Files delete');
    expect(Object.keys(stackOf(made)?.delta ?? {})).toContain('Resources/Inner/Files');
  });

  test('tells first what widens access, in nested stacks, too', async () => {
    const made = await plan(shop({ resources: { Api: role('s3:*') } }), live(shop({ resources: { Api: role('s3:GetObject') } })));
    expect(toLines(made)?.[0]).toBe('Inner/Api Shop/Inner/Api update, widens');
  });

  test('has the names that they create', async () => {
    expect(toCreatedNames(await gatherSample(before))).toEqual([{ type: 'AWS::S3::Bucket', name: 'files' }]);
  });

  test('has no secrets of theirs', async () => {
    const secret = (password: string) =>
      shop({ resources: { Db: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: password } } } });
    const made = await plan(secret('new-secret'), live(secret('old-secret')));
    expect(toLines(made)).toContain('Inner/Db Shop/Inner/Db update');
    expect(JSON.stringify(made)).not.toContain('secret"');
  });
});

describe('the digest of a plan', () => {
  const changed = (inner: SampleNested) => plan(shop(inner), live(before));
  const resources = { Files: bucket('files'), Queue: queue(1) };

  test('is the same whatever the address of a nested template is, when what counts of it is the same', async () => {
    const queueOf = (Metadata: Readonly<Record<string, unknown>>) => ({ ...queue(1), Metadata });
    const [one, two] = await Promise.all(
      ['a.ts', 'b.ts'].map((path) => changed({ resources: { ...resources, Queue: queueOf({ 'aws:asset:path': path }) } })),
    );
    expect(one && two && toPlanDigest(one)).toBe(two && toPlanDigest(two));
  });

  test('is another one when a nested template does something else', async () => {
    const [one, two] = await Promise.all([1, 2].map((delay) => changed({ resources: { ...resources, Queue: queue(delay) } })));
    expect(one && two && toPlanDigest(one) === toPlanDigest(two)).toBe(false);
    const difference = one && two ? comparePlans({ nodes: toNodes(one).filter((n) => n.touched), plan: one }, two, new Set()) : [];
    expect(difference.flatMap((d) => d.entries.map((e) => `${e.path} ${e.difference}`))).toEqual(['Shop/Inner/Queue different']);
  });

  test('knows what is left of a reviewed plan of which a part ran', async () => {
    const both = shop({ resources, nested: { Deep: { resources: { Queue: queue(1) } } } });
    const reviewed = await plan(both, live(before));
    const now = await plan(both, live(shop({ resources, nested: { Deep: { resources: { Queue: queue() } } } })));
    const left = await plan(both, live(both));
    const nodes = toNodes(reviewed).filter((n) => n.touched);
    expect(comparePlans({ nodes, plan: reviewed }, left, new Set())).toEqual([]);
    expect(comparePlans({ nodes, plan: reviewed }, now, new Set()).flatMap((d) => d.entries.map((e) => e.difference))).toContain(
      'different',
    );
  });

  test('has the assets of a stack but for nested templates, whose content counts', async () => {
    const assetManifest = { files: { h1: { source: { path: 'ShopInner.nested.template.json' } }, h2: { source: { path: 'code' } } } };
    expect(stackOf(await plan(shop({ resources }, { assetManifest }), live(before)))?.assets).toEqual(['h2']);
  });

  test('has a stack untouched whose nested templates differ in what the CDK writes about itself alone', async () => {
    const noted = { resources: { Files: bucket('files'), Queue: { ...queue(), Metadata: { 'aws:cdk:path': 'Shop/Inner/Queue' } } } };
    const made = await changed(noted);
    expect([stackOf(made)?.action, stackOf(made)?.touched]).toEqual(['update', false]);
  });

  test('has the address of a template that is not of the assembly', async () => {
    const other = (TemplateURL: string): Stacks => ({
      Shop: { resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } } } },
    });
    const made = await plan(other('https://example.com/b.json'), live(other('https://example.com/a.json')));
    expect(Object.keys(stackOf(made)?.delta ?? {})).toEqual(['Resources/Inner']);
  });
});
