import { queue } from '../../../test/fakes/assembly.ts';
import { live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/a.json' } };
const shop: Stacks = { Shop: { resources: { Data: nested } } };

testCases(
  ['PF203'],
  [
    {
      code: 'PF203',
      name: 'a stack within a stack',
      stacks: shop,
      told: ['Shop/Data: The nested stack Data of Shop was not looked into.'],
    },
    { code: 'PF203', name: 'one of a stack that does not change', stacks: shop, options: live(shop) },
    { code: 'PF203', name: 'a stack beside a stack', stacks: { Shop: { resources: { Queue: queue() } }, Data: {} } },
  ],
);
