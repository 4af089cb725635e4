import { describe, expect, test } from '@jest/globals';
import { readSampleStack } from '../../../test/fakes/assembly.ts';
import { resolveText, toExports, toImports, toResources } from './resolve.ts';
import { toPartition } from './surroundings.ts';

const at = { account: '111111111111', region: 'us-west-2' };
const stack = readSampleStack({
  name: 'shop-prod',
  parameters: { Given: 'g' },
  more: {
    Parameters: {
      Given: { Type: 'String', Default: 'd' },
      Preset: { Type: 'String', Default: 'p' },
      Count: { Type: 'Number', Default: 3 },
      Open: { Type: 'String' },
      Secret: { Type: 'String', Default: 's', NoEcho: true },
      FromSsm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/b' },
    },
  },
});

test.each<[string, unknown, string | undefined]>([
  ['a text', 'plain', 'plain'],
  ['a number', 7, '7'],
  ['a boolean', false, 'false'],
  ['the account', { Ref: 'AWS::AccountId' }, '111111111111'],
  ['the region', { Ref: 'AWS::Region' }, 'us-west-2'],
  ['the partition', { Ref: 'AWS::Partition' }, 'aws'],
  ['the suffix of addresses', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  ['the name of the stack', { Ref: 'AWS::StackName' }, 'shop-prod'],
  ['a parameter with a value', { Ref: 'Given' }, 'g'],
  ['a parameter with a default', { Ref: 'Preset' }, 'p'],
  ['a parameter whose default is a number', { Ref: 'Count' }, '3'],
  ['a join of what is known', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, { Ref: 'Given' }]] }, 'a-us-west-2-g'],
  ['a text with variables', { 'Fn::Sub': 'a-${AWS::Region}-${Given}' }, 'a-us-west-2-g'],
  ['a text with variables of its own', { 'Fn::Sub': ['${X}-${Given}', { X: { Ref: 'AWS::AccountId' } }] }, '111111111111-g'],
  ['a text with a literal dollar', { 'Fn::Sub': 'a-${!Literal}' }, 'a-${Literal}'],
  ['a parameter without a value', { Ref: 'Open' }, undefined],
  ['a secret parameter', { Ref: 'Secret' }, undefined],
  ['a parameter that is read from SSM', { Ref: 'FromSsm' }, undefined],
  ['a reference to a resource', { Ref: 'Queue' }, undefined],
  ['an attribute', { 'Fn::GetAtt': ['Queue', 'Arn'] }, undefined],
  ['a join with one open part', { 'Fn::Join': ['-', ['a', { Ref: 'Queue' }]] }, undefined],
  ['a join of a list that is open', { 'Fn::Join': ['-', { Ref: 'List' }] }, undefined],
  ['a text with one open variable', { 'Fn::Sub': 'a-${Queue}-${AWS::Region}' }, undefined],
  ['a text with an attribute', { 'Fn::Sub': 'a-${Queue.Arn}' }, undefined],
  ['nothing', undefined, undefined],
  ['null', null, undefined],
  ['a list', ['a'], undefined],
  ['an empty object', {}, undefined],
])('what a value stands for: %s', (_name, value, text) => expect(resolveText(value, stack, at)).toBe(text));

test.each([
  ['us-west-2', 'aws', 'amazonaws.com'],
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
  ['eu-south-2', 'aws', 'amazonaws.com'],
])('%s is in the partition %s', (region, partition, suffix) => {
  expect(toPartition(region)).toBe(partition);
  expect(resolveText({ Ref: 'AWS::URLSuffix' }, stack, { ...at, region })).toBe(suffix);
});

describe('imports and exports', () => {
  const sample = readSampleStack({
    resources: {
      A: {
        Type: 'AWS::SQS::Queue',
        Properties: { Deep: [{ 'Fn::ImportValue': 'net-vpc' }, { x: { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::Region}-key' } } }] },
      },
      B: { Type: 'AWS::SQS::Queue', Properties: { Open: { 'Fn::ImportValue': { Ref: 'A' } }, Again: { 'Fn::ImportValue': 'net-vpc' } } },
    },
    outputs: {
      Url: { Value: { 'Fn::ImportValue': 'only-in-output' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-url' } } },
      Plain: { Value: 'x' },
      Open: { Value: 'x', Export: { Name: { Ref: 'A' } } },
    },
  });

  test('imports are found wherever they stand, once each and in order, as far as their names are known', () => {
    expect(toImports(sample, at)).toEqual(['net-vpc', 'only-in-output', 'us-west-2-key']);
  });

  test('exports have a name that is known', () => expect([...toExports(sample, at)]).toEqual([['Shop-url', 'Url']]));

  test('a template without sections has neither', () => {
    const empty = { ...sample, template: {} };
    expect([toImports(empty, at), [...toExports(empty, at)], toResources(empty.template)]).toEqual([[], [], []]);
  });
});
