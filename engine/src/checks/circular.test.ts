import { expect, test } from '@jest/globals';
import type { SampleStack } from '../../../test/fakes/assembly.ts';
import { testCases } from '../../../test/fakes/check-cases.ts';
import { judgeSample } from '../../../test/fakes/facts.ts';
import { known } from '../answer.ts';
import { loadEngine } from '../host/cloudformation-validate.ts';
import { validate } from '../host/validator-worker.ts';

/** A queue that needs what its properties name, or what `more` says. */
const needing = (QueueName: unknown, more: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName }, ...more });
const ref = (id: string) => ({ Ref: id });
const shop = (resources: SampleStack['resources'], more: SampleStack = {}) => ({ Shop: { resources: { ...resources }, ...more } });
const knot = { A: needing(ref('B')), B: needing({ 'Fn::GetAtt': ['C', 'QueueName'] }), C: needing('c', { DependsOn: 'A' }) };
const conditions = { Conditions: { On: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } } };
const options = { static: true } as const;

testCases(
  ['PF194'],
  [
    {
      code: 'PF194',
      name: 'resources that need one another, by what the properties and DependsOn say',
      stacks: shop(knot),
      options,
      told: ['Shop/A: These resources need one another: Shop/A -> Shop/B -> Shop/C -> Shop/A.'],
    },
    {
      code: 'PF194',
      name: 'the shortest of two cycles',
      stacks: shop({ ...knot, D: needing({ 'Fn::Sub': '${E}-d' }), E: needing({ 'Fn::Sub': ['${X}', { X: ref('D') }] }) }),
      options,
      told: ['Shop/D: These resources need one another: Shop/D -> Shop/E -> Shop/D.'],
    },
    {
      code: 'PF194',
      name: 'a resource that needs itself',
      stacks: shop({ A: needing(ref('A')), B: needing(ref('A')) }),
      options,
      told: ['Shop/A: These resources need one another: Shop/A -> Shop/A.'],
    },
    {
      code: 'PF194',
      name: 'resources that need the same one',
      stacks: shop({ A: needing(ref('C')), B: needing({ 'Fn::Join': ['', [ref('C'), ref('A')]] }), C: needing('c') }),
      options,
    },
    {
      code: 'PF194',
      name: 'a reference of a branch that is not taken',
      stacks: shop({ A: needing({ 'Fn::If': ['On', ref('B'), 'a'] }), B: needing(ref('A')) }, { more: conditions }),
      options,
    },
    {
      code: 'PF194',
      name: 'a reference of a branch of which nobody knows whether it is taken',
      stacks: shop(
        { A: needing({ 'Fn::If': ['On', ref('B'), 'a'] }), B: needing(ref('A')) },
        { more: { Parameters: { P: { Type: 'String' } }, Conditions: { On: { 'Fn::Equals': [ref('P'), 'x'] } } } },
      ),
      options,
    },
    {
      code: 'PF194',
      name: 'text that only looks like a reference',
      stacks: shop({ A: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::Sub': '${!B}' } } }, B: needing(ref('A')) }),
      options,
    },
  ],
);

test('the validator sees the same cycle, once for each of its resources; it is told once', async () => {
  const template = JSON.stringify({ Resources: knot });
  const answer = validate(await loadEngine(), { stacks: [{ id: 'Shop', name: 'Shop', template }] });
  const violations = 'violations' in answer ? answer.violations.filter((v) => v.level === 'fatal') : [];
  expect(violations.map((v) => v.rule)).toEqual(['F3004', 'F3004', 'F3004']);
  const { findings } = await judgeSample(shop(knot), { static: true, violations: known(violations) });
  expect(findings.map((f) => f.code)).toEqual(['PF194']);
});

test('a thousand resources in a row are no cycle', async () => {
  const row = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`R${i}`, needing(ref(`R${i + 1}`))]));
  const { findings } = await judgeSample(shop({ ...row, R1000: needing('end') }), options);
  expect(findings).toEqual([]);
});
