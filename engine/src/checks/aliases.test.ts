import { both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const type = 'AWS::CloudFront::Distribution';
const web = (Aliases: readonly string[], id = 'Web'): Stacks => ({
  Shop: { resources: { [id]: { Type: type, Properties: { DistributionConfig: { Aliases, Enabled: true } } } } },
});
const taken = (alias: string): FactsOptions => ({
  before: ({ aws }) => void aws.things.set(`${type} ${alias}`, { kind: 'present', active: true, physicalId: 'E1' }),
});

testCases(
  ['PF183', 'PF001'],
  [
    {
      code: 'PF183',
      name: 'an alias of a distribution made by hand',
      stacks: web(['Shop.example.com']),
      options: taken('shop.example.com'),
      told: ['Shop/Web: shop.example.com is an alias of the distribution E1.'],
    },
    {
      code: 'PF183',
      name: 'an alias that moves to another distribution of its stack',
      stacks: web(['shop.example.com'], 'New'),
      options: both(live(web(['shop.example.com']), 'CREATE_COMPLETE', { names: { Web: 'E1' } }), taken('shop.example.com')),
      told: ['Shop/New: shop.example.com is an alias of the distribution E1 of the stack Shop.'],
    },
    {
      code: 'PF183',
      name: 'an alias that the distribution got by hand',
      stacks: web(['shop.example.com', 'www.example.com']),
      options: both(live(web(['shop.example.com']), 'CREATE_COMPLETE', { names: { Web: 'E1' } }), taken('www.example.com')),
    },
    {
      code: 'PF183',
      name: 'what may be the own alias, of a stack that cannot be read',
      stacks: web(['shop.example.com']),
      options: both(
        live(web(['shop.example.com'])),
        taken('shop.example.com'),
        denies('cloudformation:GetTemplate', 'cloudformation:DescribeStackResources'),
      ),
    },
    {
      code: 'PF183',
      name: 'the own alias',
      stacks: { Shop: { ...web(['shop.example.com'])['Shop'], tags: { a: 'b' } } },
      options: both(live(web(['shop.example.com'])), taken('shop.example.com')),
    },
    {
      code: 'PF183',
      name: 'an alias that another stack gives up in time',
      stacks: { Old: { ...web([])['Shop'] }, Shop: { ...web(['shop.example.com'])['Shop'], dependencies: ['Old'] } },
      options: both(
        live({ Old: { ...web(['shop.example.com'])['Shop'] } }, 'CREATE_COMPLETE', { names: { Web: 'E1' } }),
        taken('shop.example.com'),
      ),
    },
    {
      code: 'PF183',
      name: 'an alias that another stack keeps',
      stacks: {
        Old: { ...web(['shop.example.com'])['Shop'], tags: { a: 'b' } },
        Shop: { ...web(['shop.example.com'])['Shop'], dependencies: ['Old'] },
      },
      options: both(
        live({ Old: { ...web(['shop.example.com'])['Shop'] } }, 'CREATE_COMPLETE', { names: { Web: 'E1' } }),
        taken('shop.example.com'),
      ),
      told: ['Shop/Web: shop.example.com is an alias of the distribution E1 of the stack Old.'],
    },
    { code: 'PF183', name: 'an alias that a wildcard is beside', stacks: web(['shop.example.com']), options: taken('*.example.com') },
    {
      code: 'PF001',
      name: 'distributions that may not be listed',
      stacks: web(['shop.example.com']),
      options: denies(`look:${type}`),
      told: [`Shop/Web: alias shop.example.com: needs the permission look:${type} on shop.example.com.`],
    },
    { code: 'PF001', name: 'a distribution without aliases', stacks: web([]), options: denies(`look:${type}`) },
  ],
);
