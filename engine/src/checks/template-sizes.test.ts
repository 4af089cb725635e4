import { queue, readSampleStack, type SampleStack } from '../../../test/fakes/assembly.ts';
import { testCases } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const asset = { stackTemplateAssetObjectUrl: 's3://assets/template.json' };

/** A template that comes to a number of bytes in its file. */
function ofBytes(bytes: number): SampleStack {
  const of = (note: string) => ({ properties: asset, more: { Metadata: { Note: note } } });
  return of('x'.repeat(bytes - readSampleStack(of('')).templateBytes));
}

const ofQueues = (count: number): SampleStack => ({
  resources: Object.fromEntries(Array.from({ length: count }, (_, i) => [`Queue${i}`, queue()])),
  properties: asset,
});
const inline = (characters: number): SampleStack => ({ bootstrap: false, more: { Metadata: { Note: 'x'.repeat(characters) } } });
const toolkit: FactsOptions = { before: ({ aws }) => aws.put(readSampleStack({}, 'CDKToolkit')) };

testCases(
  ['PF001', 'PF230', 'PF231'],
  [
    {
      code: 'PF230',
      name: 'a template of a byte too many',
      stacks: { Shop: ofBytes(1_000_001) },
      told: ['Shop: /cdk.out/Shop.template.json has 1000001 bytes; CloudFormation takes 1000000.'],
    },
    {
      code: 'PF230',
      name: 'a large template that has no bucket',
      stacks: { Shop: inline(51_200) },
      told: ['Shop: Shop has a template beyond 51200 bytes, and 111111111111/us-west-2 no stack CDKToolkit with a bucket for it.'],
    },
    { code: 'PF230', name: 'a large template that has a bucket', stacks: { Shop: inline(51_200) }, options: toolkit },
    { code: 'PF230', name: 'a large template that is an asset', stacks: { Shop: { ...inline(51_200), properties: asset } } },
    { code: 'PF230', name: 'a small template that has no bucket', stacks: { Shop: inline(51_000) } },
    {
      code: 'PF001',
      name: 'a stack of the toolkit that may not be read',
      stacks: { Shop: inline(51_200) },
      options: { before: ({ aws }) => void aws.denied.add('cloudformation:ListStackResources') },
      told: ['Shop: stack CDKToolkit: needs the permission cloudformation:ListStackResources on CDKToolkit.'],
    },
    {
      code: 'PF001',
      name: 'a stack of the toolkit that nobody needs',
      stacks: { Shop: inline(10) },
      options: { before: ({ aws }) => void aws.denied.add('cloudformation:ListStackResources') },
    },
    {
      code: 'PF231',
      name: 'a template that just fits',
      stacks: { Shop: ofBytes(1_000_000) },
      told: ['Shop: /cdk.out/Shop.template.json has 1000000 bytes; CloudFormation takes 1000000.'],
    },
    {
      code: 'PF231',
      name: 'a stack of nine tenths of the resources',
      stacks: { Shop: ofQueues(450) },
      told: ['Shop: Shop has 450 resources; CloudFormation takes 500.'],
    },
    { code: 'PF231', name: 'a stack of fewer', stacks: { Shop: ofQueues(449) } },
    { code: 'PF231', name: 'too many, which the validator tells of', stacks: { Shop: ofQueues(501) } },
  ],
);
