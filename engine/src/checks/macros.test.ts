import { describe, expect, test } from '@jest/globals';
import { bucket, queue, readSampleStack, type SampleStack } from '../../../test/fakes/assembly.ts';
import { live, testCases } from '../../../test/fakes/check-cases.ts';
import { gatherSample, judgeSample } from '../../../test/fakes/facts.ts';
import { makePlan } from '../plan/make-plan.ts';

const loop = (list: unknown): SampleStack => ({
  resources: { 'Fn::ForEach::Files': ['Name', list, { 'Files${Name}': bucket('files-${Name}') }] as never, Queue: queue() },
  outputs: { 'Fn::ForEach::Names': ['Name', list, { 'Out${Name}': { Value: 'x' } }] as never },
  more: { Transform: 'AWS::LanguageExtensions', Parameters: { Names: { Type: 'CommaDelimitedList', Default: 'a,b' } } },
});
const serverless: SampleStack = {
  resources: { Fn: { Type: 'AWS::Serverless::Function', Properties: { Handler: 'index.handler' } }, Queue: queue() },
  outputs: { Role: { Value: { 'Fn::GetAtt': ['FnRole', 'Arn'] } } },
  more: { Transform: 'AWS::Serverless-2016-10-31', Globals: { Function: { Timeout: 3 } } },
};
const include = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } };

testCases(
  ['PF322'],
  [
    {
      code: 'PF322',
      name: 'a loop over a parameter',
      stacks: { Shop: loop({ Ref: 'Names' }) },
      told: ['Shop: Of Shop CloudFormation makes more than stands there, by Resources/Fn::ForEach::Files, Outputs/Fn::ForEach::Names.'],
    },
    { code: 'PF322', name: 'a loop over a list', stacks: { Shop: loop(['a', 'b']) } },
    { code: 'PF322', name: 'a template for SAM', stacks: { Shop: serverless }, told: [/by AWS::Serverless-2016-10-31\.$/] },
    { code: 'PF322', name: 'one that does not change', stacks: { Shop: serverless }, options: live({ Shop: serverless }) },
    {
      code: 'PF322',
      name: 'entries and properties from elsewhere',
      stacks: { Shop: { resources: { ...(include as never as SampleStack['resources']), Queue: { ...queue(), Properties: include } } } },
      told: [/by Resources\/Fn::Transform, Fn::Transform in Resources\/Queue\.$/],
    },
  ],
);

describe('a template with loops', () => {
  test('is planned and judged with what they stand for', async () => {
    const facts = await gatherSample({ Shop: loop(['a', 'b']) }, live({ Shop: loop(['a']) }));
    expect(makePlan(facts).stacks[0]?.resources.map((r) => `${r.action} ${r.logicalId}`)).toEqual(['create Filesb']);
    expect(facts.stacks[0]?.named.map((n) => n.name)).toEqual(['files-a', 'files-b']);
  });

  test.each([loop({ Ref: 'Names' }), serverless])('or a macro alarms nobody, whether it is new or there', async (sample) => {
    for (const options of [
      {},
      { static: true } as const,
      live({ Shop: { resources: { Queue: queue(1) } } }),
      live({ Shop: sample, Old: sample }),
    ]) {
      const changed = { ...sample, tags: { a: 'b' } };
      expect((await judgeSample({ Shop: changed }, options)).findings.filter((f) => f.code !== 'PF322')).toEqual([]);
    }
  });

  test('that is not written out shows no change of what nobody knows', async () => {
    const facts = await gatherSample({ Shop: loop({ Ref: 'Names' }) });
    expect(makePlan(facts).stacks[0]?.resources.map((r) => r.logicalId)).toEqual(['Queue']);
    const stack = readSampleStack(loop({ Ref: 'Names' }));
    expect(Object.keys(stack.template.Resources ?? {})).toContain('Fn::ForEach::Files');
  });
});
