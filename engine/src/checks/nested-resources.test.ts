import { describe, expect, test } from '@jest/globals';
import { bucket, queue, table, type SampleNested, type SampleStack } from '../../../test/fakes/assembly.ts';
import { answers, both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import { gatherSample, judgeSample, type FactsOptions } from '../../../test/fakes/facts.ts';
import { putFunction } from '../../../test/fakes/code.ts';
import { account } from '../../../test/fakes/world.ts';
import { known } from '../answer.ts';
import { noteTag, toFunctionNote } from '../code.ts';
import type { Violation } from '../world.ts';

const shop = (inner: SampleNested, more: SampleStack = {}): Stacks => ({ Shop: { ...more, nested: { Inner: inner, ...more.nested } } });
const orders = shop({ resources: { Orders: table('orders') } });
const none: Stacks = { Shop: { resources: { Queue: queue() } } };
const keyed = (name: string, key: string) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { TableName: name, KeySchema: [{ AttributeName: key, KeyType: 'HASH' }] },
});
const given = (name: string) =>
  shop({
    resources: { Orders: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { Ref: 'Name' } } } },
    more: { Parameters: { Name: { Type: 'String' } } },
    given: { Name: name },
  });
const deep = (inner: SampleNested): Stacks => shop({ resources: { Log: { Type: 'AWS::SNS::Topic' } }, nested: { Deep: inner } });
const pool = (EnabledMfas: readonly string[]) => ({ Type: 'AWS::Cognito::UserPool', Properties: { MfaConfiguration: 'ON', EnabledMfas } });
const prefixed = (prefix: unknown) =>
  shop(
    {
      resources: { Orders: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { 'Fn::Sub': '${Prefix}-orders' } } } },
      more: { Parameters: { Prefix: { Type: 'String' } } },
      given: { Prefix: prefix },
    },
    { resources: { Queue: queue() } },
  );
const taken = (name: string): FactsOptions => ({
  before: ({ aws }) => void aws.things.set(`AWS::DynamoDB::Table ${name}`, { kind: 'present', active: true }),
});
const resizing = shop({ resources: { Resize: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'resize' } } } });
const running = (sha256: string): FactsOptions => ({
  before: ({ aws }) => {
    putFunction(aws, 'resize', { sha256 });
    const note = toFunctionNote(Date.parse('2026-11-19T10:00:00Z'), 'abc', 's3://builds/two.zip', 'mode: code');
    aws.code.tags.set(`arn:aws:lambda:us-west-2:${account}:function:resize`, { [noteTag]: note });
  },
});
const exporting: SampleNested = { resources: { Queue: queue() }, outputs: { Url: { Value: 'a', Export: { Name: 'shop-url' } } } };
const importing: SampleNested = {
  resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'shop-url' } } } },
};
const variables = (length: number) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Environment: { Variables: { LONG: 'x'.repeat(length) } } },
});

testCases(
  ['PF004', 'PF120', 'PF121', 'PF123', 'PF124', 'PF125', 'PF126', 'PF130', 'PF132', 'PF190', 'PF204', 'PF210', 'PF220', 'PF235', 'PF270'],
  [
    {
      code: 'PF220',
      name: 'a nested stack that goes with a table',
      stacks: none,
      options: live(orders),
      told: ['Shop/Inner/Orders: The AWS::DynamoDB::Table Orders is removed; the old one is deleted.'],
    },
    {
      code: 'PF220',
      name: 'one that goes with one that has a table',
      stacks: none,
      options: live(deep({ resources: { Orders: table('orders') } })),
      told: ['Shop/Inner/Deep/Orders: The AWS::DynamoDB::Table Orders is removed; the old one is deleted.'],
    },
    {
      code: 'PF220',
      name: 'one that goes with a table that is kept',
      stacks: none,
      options: live(shop({ resources: { Orders: { ...table('orders'), DeletionPolicy: 'Retain' } } })),
    },
    {
      code: 'PF220',
      name: 'one that goes and is kept',
      stacks: none,
      options: live(shop({ resources: { Orders: table('orders') }, own: { DeletionPolicy: 'Retain' } })),
    },
    {
      code: 'PF220',
      name: 'one that goes, and nobody can say with what',
      stacks: none,
      options: both(live(orders), denies('cloudformation:ListStackResources')),
      told: [
        /^Shop\/Inner.NestedStack\/Inner.NestedStackResource: The AWS::CloudFormation::Stack Inner is removed; the old one is deleted\.$/,
      ],
    },
    { code: 'PF220', name: 'one that goes as is allowed', stacks: none, options: { ...live(orders), allowDestructive: ['Shop/Inner/**'] } },
    {
      code: 'PF220',
      name: 'a table of a nested stack that is replaced, because its stack gives it another name',
      stacks: given('orders-2'),
      options: live(given('orders')),
      told: ['Shop/Inner/Orders: The AWS::DynamoDB::Table Orders is replaced, because of its TableName; the old one is deleted.'],
    },
    {
      code: 'PF125',
      name: 'a table that would be replaced under its name',
      stacks: shop({ resources: { Orders: keyed('orders', 'b') } }),
      options: live(shop({ resources: { Orders: keyed('orders', 'a') } })),
      told: [/^Shop\/Inner\/Orders: The AWS::DynamoDB::Table orders would be replaced under its name/],
    },
    {
      code: 'PF125',
      name: 'one that is replaced under another name',
      stacks: shop({ resources: { Orders: keyed('orders-2', 'b') } }),
      options: live(shop({ resources: { Orders: keyed('orders', 'a') } })),
    },
    {
      code: 'PF210',
      name: 'a bucket of a nested stack that goes, and holds something',
      stacks: none,
      options: both(
        live(shop({ resources: { Files: bucket('files') } })),
        answers('isEmpty', { type: 'AWS::S3::Bucket', name: 'files' }, false),
      ),
      told: [/^Shop\/Inner\/Files: The AWS::S3::Bucket Files \(files\) is removed and cannot be deleted: it holds objects\.$/],
    },
    {
      code: 'PF210',
      name: 'one that is empty',
      stacks: none,
      options: live(shop({ resources: { Files: bucket('files') } })),
    },
    {
      code: 'PF121',
      name: 'a name that another stack has',
      stacks: orders,
      options: live({ Legacy: { resources: { Orders: table('orders') } } }),
      told: ['Shop/Inner/Orders: The AWS::DynamoDB::Table orders is owned by the stack Legacy.'],
    },
    {
      code: 'PF121',
      name: 'a name that it has itself',
      stacks: shop({ resources: { Orders: table('orders'), More: queue() } }),
      options: live(orders),
    },
    {
      code: 'PF124',
      name: 'a name that it has under another logical id',
      stacks: shop({ resources: { Others: table('orders') } }),
      options: live(orders),
      told: [/^Shop\/Inner\/Others: The AWS::DynamoDB::Table orders is Orders in the live stack Shop-Inner-1X/],
    },
    { code: 'PF124', name: 'a new name', stacks: shop({ resources: { Others: table('others') } }), options: live(orders) },
    {
      code: 'PF126',
      name: 'a resource that moves from a stack into one that is nested in it',
      stacks: orders,
      options: live({ Shop: { resources: { Orders: table('orders') } } }),
      told: [/^Shop\/Inner\/Orders: The AWS::DynamoDB::Table orders moves from the stack Shop to Shop\/Inner, which does not wait/],
    },
    {
      code: 'PF126',
      name: 'one that moves into one nested in a stack that waits',
      stacks: { Old: { resources: { Queue: queue() } }, Shop: { ...orders['Shop'], dependencies: ['Old'] } },
      options: live({ Old: { resources: { Queue: queue(), Orders: table('orders') } } }),
    },
    {
      code: 'PF120',
      name: 'a name that is made of what the stack around it has',
      stacks: prefixed({ Ref: 'Queue' }),
      options: both(live({ Shop: { resources: { Queue: queue() } } }), taken('Shop-Queue-orders')),
      told: ['Shop/Inner/Orders: The AWS::DynamoDB::Table Shop-Queue-orders exists, and no stack owns it.'],
    },
    { code: 'PF120', name: 'one that is made of what it makes', stacks: prefixed({ Ref: 'Queue' }), options: taken('Shop-Queue-orders') },
    {
      code: 'PF004',
      name: 'a name that nobody knows',
      stacks: prefixed({ 'Fn::Cidr': ['10.0.0.0/16', 1, 8] }),
      told: ['Shop/Inner/Orders: names that exist: 1 not judged, at Shop/Inner/Orders.'],
    },
    { code: 'PF004', name: 'one that is made up with what the stack around it makes', stacks: prefixed({ Ref: 'Queue' }) },
    {
      code: 'PF204',
      name: 'a function of a nested stack that runs other code',
      stacks: resizing,
      options: both(live(resizing), running('abc')),
      told: [/^Shop\/Inner\/Resize: Shop-Inner-1X\/Resize runs s3:\/\/builds\/two.zip since 2026-11-19 by mode: code; its stack has/],
    },
    { code: 'PF204', name: 'one that runs something else again', stacks: resizing, options: both(live(resizing), running('def')) },
    {
      code: 'PF123',
      name: 'one name in a stack and in one nested in it',
      stacks: shop({ resources: { Orders: table('orders') } }, { resources: { Orders: table('orders') } }),
      told: ['Shop/Inner/Orders: The AWS::DynamoDB::Table name orders is used by Shop/Orders too.'],
    },
    {
      code: 'PF123',
      name: 'two names',
      stacks: shop({ resources: { Orders: table('orders') } }, { resources: { Orders: table('others') } }),
    },
    {
      code: 'PF130',
      name: 'a name that is not allowed',
      stacks: shop({ resources: { Files: bucket('Not Allowed') } }),
      told: [/^Shop\/Inner\/Files: The AWS::S3::Bucket name "Not Allowed": /],
    },
    { code: 'PF130', name: 'a name that is', stacks: shop({ resources: { Files: bucket('allowed') } }) },
    {
      code: 'PF132',
      name: 'an import of what nobody exports',
      stacks: shop(importing),
      told: ['Shop/Inner: Shop/Inner imports shop-url; no stack exports it.'],
    },
    { code: 'PF132', name: 'an import of what a nested stack exports', stacks: shop(importing, { nested: { Other: exporting } }) },
    {
      code: 'PF190',
      name: 'a nested stack that goes with an export in use',
      stacks: none,
      options: both(live(shop(exporting)), answers('importers', { name: 'shop-url' }, ['Web'])),
      told: ['Shop/Inner: Shop-Inner-1X removes the export shop-url, which Web imports.'],
    },
    { code: 'PF190', name: 'one that goes with an export that nobody uses', stacks: none, options: live(shop(exporting)) },
    {
      code: 'PF235',
      name: 'variables of a function of a nested stack that are too long',
      stacks: shop({ resources: { Resize: variables(4_096) } }),
      told: [/^Shop\/Inner\/Resize: The environment variables of Resize have 4100 bytes/],
    },
    { code: 'PF235', name: 'some that are not', stacks: shop({ resources: { Resize: variables(4_000) } }) },
    {
      code: 'PF270',
      name: 'a user pool of a nested stack of a nested one',
      stacks: deep({ resources: { Users: pool(['SMS_MFA']) } }),
      told: [/^Shop\/Inner\/Deep\/Users: MFA is ON by SMS/],
    },
    { code: 'PF270', name: 'one that asks for a token', stacks: deep({ resources: { Users: pool(['SOFTWARE_TOKEN_MFA']) } }) },
  ],
);

describe('the validator', () => {
  const violating = (stackId: string, level: Violation['level'] = 'error'): FactsOptions => ({
    violations: known([{ stackId, rule: 'E3002', level, message: 'is not allowed', logicalId: 'Orders', property: 'Properties.Nmae' }]),
  });

  test('is given the templates that change, under names as CloudFormation makes them', async () => {
    expect(await toGiven(deep({ resources: { Queue: queue(1) } }))).toEqual([
      'Shop Shop',
      'Shop/Inner Shop-Inner',
      'Shop/Inner/Deep Shop-Deep',
    ]);
  });

  test('is given nothing of a nested stack that goes', async () => expect(await toGiven(none, live(orders))).toEqual(['Shop Shop']));

  async function toGiven(stacks: Stacks, options: FactsOptions = {}): Promise<readonly string[]> {
    const seen: string[] = [];
    const validate = async (all: readonly { readonly id: string; readonly name: string }[]) => {
      seen.push(...all.map(({ id, name }) => `${id} ${name}`));
      return known([]);
    };
    const record: FactsOptions = { before: ({ world }) => void Object.assign(world.validator, { validate }) };
    await gatherSample(stacks, both(options, record));
    return seen;
  }

  test('is heard on a nested template, at its construct', async () => {
    const { findings } = await judgeSample(orders, violating('Shop/Inner'));
    expect(findings.filter((f) => f.code === 'PF170').map((f) => f.place)).toEqual([{ stack: 'Shop', constructPath: 'Shop/Inner/Orders' }]);
  });
});

test('a suppression fits a finding in a nested stack by its path', async () => {
  const suppressions = [{ code: 'PF220' as const, where: 'Shop/Inner/Orders', reason: 'moved', until: '2027-01-01' }];
  const { findings } = await judgeSample(none, { ...live(orders), suppressions });
  expect(findings.filter((f) => f.code === 'PF220' && f.severity === 'error')).toEqual([]);
});
