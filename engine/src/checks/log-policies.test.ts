import { testCases } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const policy = (name: string, document = '{}') => ({
  Type: 'AWS::Logs::ResourcePolicy',
  Properties: { PolicyName: name, PolicyDocument: document },
});
const names = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`);
const there = (count: number): FactsOptions => ({ before: ({ aws }) => void aws.answers.set('logPolicies {}', names(count)) });
const shop = { Shop: { resources: { P: policy('mine') } } };

testCases(
  ['PF001', 'PF236'],
  [
    {
      code: 'PF236',
      name: 'an eleventh policy',
      stacks: shop,
      options: there(10),
      told: [`Shop/P: P would be one of 11 policies in 111111111111/us-west-2, which has room for 10; it has ${names(10).join(', ')}.`],
    },
    {
      code: 'PF236',
      name: 'a tenth and an eleventh in two stacks',
      stacks: { A: { resources: { P: policy('a') } }, B: { resources: { P: policy('b') } } },
      options: there(9),
      told: [/^A\/P: P would be one of 11 /, /^B\/P: P would be one of 11 /],
    },
    {
      code: 'PF236',
      name: 'a policy that is too long',
      stacks: { Shop: { resources: { P: policy('mine', 'x'.repeat(5_121)) } } },
      told: ['Shop/P: The policy P has 5121 characters; CloudWatch Logs takes 5120.'],
    },
    { code: 'PF236', name: 'a tenth policy', stacks: shop, options: there(9) },
    { code: 'PF236', name: 'one that is there under its name', stacks: { Shop: { resources: { P: policy('p3') } } }, options: there(10) },
    {
      code: 'PF236',
      name: 'a policy that is just short enough',
      stacks: { Shop: { resources: { P: policy('mine', 'x'.repeat(5_120)) } } },
    },
    {
      code: 'PF001',
      name: 'policies that may not be listed',
      stacks: shop,
      options: { before: ({ aws }) => void aws.denied.add('logs:DescribeResourcePolicies') },
      told: ['Shop/P: resource policies of logs: needs the permission logs:DescribeResourcePolicies on *.'],
    },
    { code: 'PF001', name: 'policies that may be listed', stacks: shop },
  ],
);
