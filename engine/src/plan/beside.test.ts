import { expect, test } from '@jest/globals';
import { queue, readSampleStack, type SampleStack } from '../../../test/fakes/assembly.ts';
import { gatherSample, type FactsOptions } from '../../../test/fakes/facts.ts';
import type { FakeWorld } from '../../../test/fakes/world.ts';
import { makePlan } from './make-plan.ts';
import { toPlanDigest } from './plan-tree.ts';

const Parameters = {
  Size: { Type: 'String', Default: 'small' },
  DbPassword: { Type: 'String', Default: 'hunter1' },
  Key: { Type: 'String', NoEcho: true, Default: 'hunter2' },
};
const shop: SampleStack = { resources: { Queue: queue() }, tags: { Owner: 'ada', Cost: '1' }, protected: true, more: { Parameters } };
const plan = async (after: SampleStack, options: FactsOptions = {}) => {
  const before = ({ aws }: FakeWorld) => aws.put(readSampleStack(shop));
  return makePlan(await gatherSample({ Shop: after }, { before, ...options }));
};
const besideOf = async (after: SampleStack, options: FactsOptions = {}) => (await plan(after, options)).stacks[0]?.beside;

test('a plan says which tags and parameters become what, and that the protection goes', async () => {
  const after = { ...shop, tags: { Owner: 'bob', Team: 'x' }, protected: false };
  const made = await plan(after, { parameters: { Size: 'large', DbPassword: 'hunter3' } });
  expect(made.stacks[0]?.because).toBe('tags, termination protection, parameters changed');
  expect(made.stacks[0]?.beside).toEqual([
    { path: 'termination protection', before: 'on', after: 'off', replaces: 'no' },
    { path: 'tag Cost', before: '1', replaces: 'no' },
    { path: 'tag Owner', before: 'ada', after: 'bob', replaces: 'no' },
    { path: 'tag Team', after: 'x', replaces: 'no' },
    { path: 'parameter DbPassword', before: expect.stringMatching(/^sha256:/), after: expect.stringMatching(/^sha256:/), replaces: 'no' },
    { path: 'parameter Size', before: 'small', after: 'large', replaces: 'no' },
  ]);
  expect(JSON.stringify(made)).not.toContain('hunter');
});

test('of a parameter without echo it says that one is given, and no value', async () =>
  expect(await besideOf(shop, { parameters: { Key: 'hunter9' } })).toEqual([{ path: 'parameter Key', replaces: 'no' }]));

test.each<[string, SampleStack, FactsOptions]>([
  ['of a stack whose template alone changes', { ...shop, resources: { Queue: queue(9) } }, {}],
  ['of a new stack', shop, { before: () => {} }],
])('it says nothing beside the template %s', async (_name, after, options) => expect(await besideOf(after, options)).toBeUndefined());

test('the digest tells protection that goes, a tag and a parameter from one another', async () => {
  const digests = await Promise.all([
    plan({ ...shop, protected: false }),
    plan({ ...shop, tags: { Owner: 'ada' } }),
    plan(shop, { parameters: { Size: 'large' } }),
    plan(shop, { parameters: { Size: 'huge' } }),
  ]);
  expect(new Set(digests.map(toPlanDigest)).size).toBe(4);
});
