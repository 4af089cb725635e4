import { bucket, queue } from '../../../test/fakes/assembly.ts';
import { both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/a.json' } };
const lost = { ...nested, Metadata: { 'aws:asset:path': 'lost.json', 'aws:asset:property': 'TemplateURL' } };
const shop: Stacks = { Shop: { resources: { Data: nested } } };
const within = (delay: number): Stacks => ({ Shop: { nested: { Inner: { resources: { Queue: queue(delay) } } } } });
const named = (name: string): Stacks => ({ Shop: { nested: { Inner: { resources: { Files: bucket(name) } } } } });
/** A nested stack that has a name and an export, and changes. */
const owning = (delay: number): Stacks => ({
  Shop: {
    nested: {
      Inner: {
        resources: { Files: bucket('files-prod'), Queue: queue(delay) },
        outputs: { Vpc: { Value: 'v', Export: { Name: 'net-vpc' } } },
        nested: { Deep: { resources: { Log: bucket('log-prod'), Queue: queue(delay) } } },
      },
    },
  },
});
const noLists = both(live(owning(0)), denies('cloudformation:ListStackResources'));
const forgotten: FactsOptions = {
  before: ({ aws }) => {
    const [key, stack] = [...aws.stacks].find(([k]) => k.endsWith('Shop-Inner-1X')) ?? [];
    if (key && stack) aws.stacks.delete(key);
  },
};
/** CloudFormation does not describe a stack by its ARN. */
const failsFor = (name: string): FactsOptions => ({ before: ({ aws }) => void aws.undescribed.add(name) });
const deleted: FactsOptions = {
  before: ({ aws }) => {
    const [key, stack] = [...aws.stacks].find(([k]) => k.endsWith('Shop-Inner-1X')) ?? [];
    if (key && stack) aws.stacks.set(key, { ...stack, status: 'DELETE_COMPLETE' });
  },
};

/** Two nested stacks of which there is one: what decides is a parameter that only SSM knows, or one that is given. */
const either = (wanted?: string): Stacks => {
  const inner = { resources: { Files: bucket('files-prod') }, outputs: { Vpc: { Value: 'v', Export: { Name: 'net-vpc' } } } };
  const Mode = wanted ? { Type: 'String', Default: wanted } : { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/mode' };
  const On = { 'Fn::Equals': [{ Ref: 'Mode' }, 'on'] };
  const two = { A: { ...inner, own: { Condition: 'On' } }, B: { nested: { Deep: inner }, own: { Condition: 'Off' } } };
  return { Shop: { more: { Parameters: { Mode }, Conditions: { On, Off: { 'Fn::Not': [On] } } }, nested: two } };
};
const taken: FactsOptions = { before: ({ aws }) => void aws.things.set('AWS::S3::Bucket files-prod', { kind: 'present', active: true }) };

testCases(
  ['PF120', 'PF121', 'PF123', 'PF191', 'PF201', 'PF203', 'PF220'],
  [
    {
      code: 'PF203',
      name: 'a stack within a stack, whose template is of somebody else',
      stacks: shop,
      told: ['Shop/Data: The nested stack Data of Shop was not looked into: its template is not of the assembly.'],
    },
    {
      code: 'PF203',
      name: 'one whose template is not where the assembly says',
      stacks: { Shop: { resources: { Data: lost } } },
      told: [
        'Shop/Data: The nested stack Data of Shop was not looked into: /cdk.out/lost.json is not there, or no template that can be read as JSON.',
      ],
    },
    {
      code: 'PF203',
      name: 'one within one that was looked into',
      stacks: { Shop: { nested: { Inner: { resources: { Data: nested } } } } },
      told: ['Shop/Inner/Data: The nested stack Data of Shop/Inner was not looked into: its template is not of the assembly.'],
    },
    { code: 'PF203', name: 'one of a stack that does not change', stacks: shop, options: live(shop) },
    { code: 'PF203', name: 'one whose template is of the assembly', stacks: within(1) },
    { code: 'PF203', name: 'a stack beside a stack', stacks: { Shop: { resources: { Queue: queue() } }, Data: {} } },
    {
      code: 'PF201',
      name: 'a nested stack that somebody deleted',
      stacks: within(1),
      options: both(live(within(0)), deleted),
      told: [/^Shop\/Inner: The AWS::CloudFormation::Stack Shop\/Inner \(arn:.*\) is not there any more, and would be updated\.$/],
    },
    {
      code: 'PF201',
      name: 'a nested stack that somebody deleted so long ago that AWS has forgotten it',
      stacks: within(1),
      options: both(live(within(0)), forgotten),
      told: [/^Shop\/Inner: The AWS::CloudFormation::Stack Shop\/Inner \(arn:.*\) is not there any more, and would be updated\.$/],
    },
    { code: 'PF201', name: 'a nested stack that is new', stacks: within(1), options: live({ Shop: { resources: { Queue: queue() } } }) },
    {
      code: 'PF201',
      name: 'one that somebody deleted, and the app drops',
      stacks: { Shop: { resources: { Queue: queue() } } },
      options: both(live(owning(0)), deleted),
    },
    {
      code: 'PF220',
      name: 'a nested stack with a bucket that the app drops',
      stacks: { Shop: { resources: { Queue: queue() } } },
      options: live(named('files-prod')),
      told: ['Shop/Inner/Files: The AWS::S3::Bucket Files is removed; the old one is deleted.'],
    },
    {
      code: 'PF220',
      name: 'one that somebody deleted, and the app drops',
      stacks: { Shop: { resources: { Queue: queue() } } },
      options: both(live(named('files-prod')), deleted),
    },
    {
      code: 'PF220',
      name: 'one that AWS has forgotten, and the app drops',
      stacks: { Shop: { resources: { Queue: queue() } } },
      options: both(live(named('files-prod')), forgotten),
    },
    { code: 'PF120', name: 'a name of nested stacks that there may be', stacks: either(), options: taken },
    {
      code: 'PF120',
      name: 'a name of the nested stack that there is',
      stacks: either('off'),
      options: taken,
      told: ['Shop/B/Deep/Files: The AWS::S3::Bucket files-prod exists, and no stack owns it.'],
    },
    { code: 'PF123', name: 'a name of two nested stacks of which there is one', stacks: either() },
    {
      code: 'PF123',
      name: 'a name of two nested stacks',
      stacks: {
        Shop: { nested: { A: { resources: { Files: bucket('files-prod') } }, B: { resources: { Files: bucket('files-prod') } } } },
      },
      told: [/files-prod/],
    },
    { code: 'PF191', name: 'an export of two nested stacks of which there is one', stacks: either() },
    {
      code: 'PF121',
      name: 'names of nested stacks that cannot be listed',
      stacks: owning(1),
      options: noLists,
    },
    {
      code: 'PF121',
      name: 'names of nested stacks that cannot be described',
      stacks: owning(1),
      options: both(live(owning(0)), failsFor('Shop-Inner-1X')),
    },
    {
      code: 'PF121',
      name: 'a name of another stack, of which that is known',
      stacks: owning(1),
      options: both(live({ Other: { resources: { Files: bucket('files-prod') } } }), live({ Shop: { resources: { Queue: queue() } } })),
      told: ['Shop/Inner/Files: The AWS::S3::Bucket files-prod is owned by the stack Other.'],
    },
    {
      code: 'PF121',
      name: 'a name that moves from a nested stack which cannot be listed',
      stacks: { Shop: { ...within(1)['Shop'], resources: { Files: bucket('files-prod') } } },
      options: both(live(named('files-prod')), denies('cloudformation:ListStackResources')),
    },
    { code: 'PF191', name: 'exports of nested stacks that cannot be listed', stacks: owning(1), options: noLists },
    {
      code: 'PF191',
      name: 'an export of another stack, of which that is known',
      stacks: { Shop: { nested: { Inner: { outputs: { Vpc: { Value: 'v', Export: { Name: 'net-vpc' } } } } } } },
      options: live({ Other: { outputs: { Vpc: { Value: 'v', Export: { Name: 'net-vpc' } } } } }),
      told: ['Shop/Inner/Vpc: Shop/Inner exports net-vpc; the stack Other has that export.'],
    },
    {
      code: 'PF001',
      name: 'what depends on nested stacks that cannot be listed',
      stacks: owning(1),
      options: noLists,
      told: [
        /^Shop\/Inner\/Deep\/Log: owner of AWS::S3::Bucket log-prod: .*ListStackResources/,
        /^Shop\/Inner\/Files: owner of AWS::S3::Bucket files-prod: .*ListStackResources/,
        /^Shop\/Inner\/Vpc: export net-vpc: .*ListStackResources/,
        /^Shop\/Inner: live nested stack Shop\/Inner: /,
      ],
    },
    { code: 'PF201', name: 'one that is there', stacks: within(1), options: live(within(0)) },
    {
      code: 'PF001',
      name: 'nested stacks that cannot be listed',
      stacks: within(1),
      options: both(live(within(0)), denies('cloudformation:ListStackResources')),
      told: [/^Shop\/Inner: live nested stack Shop\/Inner: .*ListStackResources/],
    },
    { code: 'PF001', name: 'nested stacks of a new stack', stacks: within(1), options: denies('cloudformation:ListStackResources') },
    {
      code: 'PF120',
      name: 'a name that a nested stack would take',
      stacks: named('files-prod'),
      options: { before: ({ aws }) => void aws.things.set('AWS::S3::Bucket files-prod', { kind: 'present', active: true }) },
      told: ['Shop/Inner/Files: The AWS::S3::Bucket files-prod exists, and no stack owns it.'],
    },
    {
      code: 'PF120',
      name: 'a name that the nested stack has',
      stacks: { Shop: { ...named('files-prod')['Shop'], tags: { a: 'b' } } },
      options: live(named('files-prod')),
    },
  ],
);
