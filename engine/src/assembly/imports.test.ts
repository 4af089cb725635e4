import { expect, test } from '@jest/globals';
import { readSample, type SampleStack } from '../../../test/fakes/assembly.ts';
import { withImportOrder } from './imports.ts';

const at = { account: '111111111111', region: 'us-west-2' };
const exporting = (name: unknown): SampleStack => ({ outputs: { Out: { Value: 'v', Export: { Name: name } } } });
const importing = (name: unknown, more: object = {}): SampleStack => ({
  resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': name } }, ...more } },
});
const stage = { Parameters: { Stage: { Type: 'String', Default: 'dev' } } };

test.each<[string, Record<string, SampleStack>, Record<string, string[]>]>([
  ['by its name', { Net: exporting('vpc'), A: importing('vpc') }, { A: ['Net'] }],
  [
    'by an expression that is known',
    { Net: exporting({ 'Fn::Sub': '${AWS::Region}-vpc' }), A: importing({ 'Fn::Join': ['-', ['us-west-2', 'vpc']] }) },
    { A: ['Net'] },
  ],
  [
    'by a parameter that the run gives',
    { Net: exporting('prod-vpc'), A: { ...importing({ 'Fn::Sub': '${Stage}-vpc' }), more: stage } },
    { A: ['Net'] },
  ],
  ['once', { Net: exporting('vpc'), A: { ...importing('vpc'), dependencies: ['Net'] } }, { A: ['Net'] }],
  ['in the same region alone', { Net: { ...exporting('vpc'), region: 'eu-west-1' }, A: importing('vpc') }, { A: [] }],
  [
    'not where a condition leaves the import out',
    { Net: exporting('vpc'), A: { ...importing('vpc', { Condition: 'No' }), more: { Conditions: { No: { 'Fn::Equals': [1, 2] } } } } },
    { A: [] },
  ],
  ['not where nobody exports it', { Net: exporting('other'), A: importing('vpc') }, { A: [] }],
  ['not on itself', { A: { ...exporting('vpc'), ...importing('vpc') } }, { A: [] }],
  ['not in a circle', { A: { ...exporting('a'), ...importing('b') }, B: { ...exporting('b'), ...importing('a') } }, { A: ['B'], B: [] }],
  ['not against a dependency of the app', { A: { ...exporting('a'), dependencies: ['B'] }, B: importing('a') }, { A: ['B'], B: [] }],
])('a stack comes after the one whose export it imports %s', (_name, stacks, wanted) => {
  const ordered = withImportOrder(readSample(stacks), { at, parameters: { Stage: 'prod', Other: 'x' } });
  expect(Object.fromEntries(ordered.stacks.filter((s) => s.id in wanted).map((s) => [s.id, s.dependencies]))).toEqual(wanted);
});
