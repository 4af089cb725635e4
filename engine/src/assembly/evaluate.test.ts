import { describe, expect, test } from '@jest/globals';
import { readSampleStack } from '../../../test/fakes/assembly.ts';
import { evaluate, holds, isOpen, Open, type Scope } from './evaluate.ts';

const stack = readSampleStack({
  resources: {
    Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } },
    Made: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'files-${Files.Arn}' } } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
  },
  more: {
    Parameters: {
      Stage: { Type: 'String', Default: 'prod' },
      Count: { Type: 'Number', Default: '2' },
      Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
      Secret: { Type: 'String', NoEcho: true, Default: 'x' },
      Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/image' },
    },
    Conditions: {
      IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      IsTwo: { 'Fn::Equals': [{ Ref: 'Count' }, 2] },
      IsTest: { 'Fn::Not': [{ Condition: 'IsProd' }] },
      Either: { 'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'Secret' }, 'y'] }, { Condition: 'IsProd' }] },
      Both: { 'Fn::And': [{ Condition: 'IsTest' }, { 'Fn::Equals': [{ Ref: 'Secret' }, 'y'] }] },
      Unclear: { 'Fn::And': [{ Condition: 'IsProd' }, { 'Fn::Equals': [{ Ref: 'Secret' }, 'y'] }] },
      Round: { Condition: 'Round' },
    },
    Mappings: { Sizes: { prod: { cpu: 512 } } },
  },
});
const scope: Scope = { stack, at: { account: '111111111111', region: 'us-west-2' }, parameters: {} };

describe('a value that the template settles', () => {
  test.each<[string, unknown, unknown]>([
    ['is itself without functions', { a: [1, 'x', true] }, { a: [1, 'x', true] }],
    ['is that of a parameter', { Ref: 'Stage' }, 'prod'],
    ['is a list for a list of a parameter', { Ref: 'Zones' }, ['a', 'b']],
    ['is the name that a resource is given', { 'Fn::Sub': '${Files}-${AWS::Region}' }, 'files-us-west-2'],
    ['is that of a pseudo parameter', { 'Fn::Sub': '${AWS::Partition}:${AWS::Region}:${AWS::StackName}' }, 'aws:us-west-2:Shop'],
    ['is put together', { 'Fn::Join': ['-', ['x', { Ref: 'Stage' }, 3]] }, 'x-prod-3'],
    ['is chosen from a list', { 'Fn::Select': ['1', { Ref: 'Zones' }] }, 'b'],
    ['is chosen of a text that is split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
    ['is looked up in a mapping', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'cpu'] }, 512],
    ['has a default where the mapping has nothing', { 'Fn::FindInMap': ['Sizes', 'dev', 'cpu', { DefaultValue: 1 }] }, 1],
    ['is compared as a text', { 'Fn::If': ['IsTwo', 'two', 'other'] }, 'two'],
    ['is chosen by a condition', { 'Fn::If': ['IsProd', 'big', 'small'] }, 'big'],
    ['leaves out what has no value', { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
    ['is encoded', { 'Fn::Base64': 'ä' }, 'w6Q='],
    ['is counted', { 'Fn::Length': { Ref: 'Zones' } }, 2],
    ['is written as JSON', { 'Fn::ToJsonString': { a: { Ref: 'Stage' } } }, '{"a":"prod"}'],
    ['keeps what is escaped', { 'Fn::Sub': ['${!a} ${b}', { b: { Ref: 'Stage' } }] }, '${a} prod'],
  ])('%s', (_name, value, wanted) => expect(evaluate(value, scope)).toEqual(wanted));
});

describe('a reference to a resource', () => {
  test.each(['Made', 'Topic', 'Nothing'])('is open where no literal name is what it stands for: %s', (Ref) =>
    expect(evaluate({ Ref }, scope)).toBeInstanceOf(Open),
  );

  test('is what the wider scope says, before its name', () =>
    expect(evaluate({ Ref: 'Files' }, { ...scope, ref: () => 'of-old' })).toBe('of-old'));
});

describe('a value that only the deployment knows', () => {
  test.each<[string, unknown]>([
    ['of a resource', { Ref: 'Queue' }],
    ['of an attribute', { 'Fn::GetAtt': ['Queue', 'Arn'] }],
    ['of a secret parameter', { Ref: 'Secret' }],
    ['of a parameter of SSM', { Ref: 'Image' }],
    ['of an import', { 'Fn::ImportValue': 'net' }],
    ['of a dynamic reference', '{{resolve:ssm:/name}}'],
    ['of a dynamic reference that is put together', { 'Fn::Sub': '{{resolve:ssm:/${Stage}}}' }],
    ['of a condition that is open', { 'Fn::If': ['Unclear', 1, 2] }],
    ['of a function that is not known here', { 'Fn::GetAZs': '' }],
  ])('%s is open, in whatever it stands', (_name, value) => {
    expect(evaluate(value, scope)).toBeInstanceOf(Open);
    expect(isOpen(evaluate({ a: [{ 'Fn::Join': ['', ['x', value]] }] }, scope))).toBe(true);
  });

  test('is closed by a wider scope, as far as that reaches', () => {
    const open = evaluate({ q: { 'Fn::Sub': '${Queue}-${Queue.Arn}' }, v: { 'Fn::ImportValue': 'net' }, i: { Ref: 'Image' } }, scope);
    const wider: Scope = {
      ...scope,
      ref: (id) => `${id}-1`,
      attribute: (id, name) => `${id}!${name}`,
      ssm: (name) => `value of ${name}`,
    };
    const closed = evaluate(open, wider) as Record<string, unknown>;
    expect(closed).toMatchObject({ q: 'Queue-1-Queue!Arn', i: 'value of /image' });
    expect(evaluate(closed, { ...wider, imported: (name) => `export ${name}` })).toMatchObject({ v: 'export net' });
  });
});

test.each<[string, boolean | undefined]>([
  ['IsProd', true],
  ['IsTest', false],
  ['Either', true],
  ['Both', false],
  ['Unclear', undefined],
  ['Round', undefined],
  ['Missing', undefined],
])('the condition %s holds: %s', (condition, wanted) => expect(holds(condition, scope)).toBe(wanted));
