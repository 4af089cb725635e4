import { bucket, queue } from '../../../test/fakes/assembly.ts';
import { both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/a.json' } };
const lost = { ...nested, Metadata: { 'aws:asset:path': 'lost.json', 'aws:asset:property': 'TemplateURL' } };
const shop: Stacks = { Shop: { resources: { Data: nested } } };
const within = (delay: number): Stacks => ({ Shop: { nested: { Inner: { resources: { Queue: queue(delay) } } } } });
const named = (name: string): Stacks => ({ Shop: { nested: { Inner: { resources: { Files: bucket(name) } } } } });
const deleted: FactsOptions = {
  before: ({ aws }) => {
    const [key, stack] = [...aws.stacks].find(([k]) => k.endsWith('Shop-Inner-1X')) ?? [];
    if (key && stack) aws.stacks.set(key, { ...stack, status: 'DELETE_COMPLETE' });
  },
};

testCases(
  ['PF201', 'PF203'],
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
