import { expect, test } from '@jest/globals';
import type { Template } from './assembly.ts';
import { withoutLoops } from './for-each.ts';

const Transform = 'AWS::LanguageExtensions';
const topics = (list: unknown) => ({
  'Fn::ForEach::Topics': [
    'Name',
    list,
    {
      'Topic${Name}': {
        Type: 'AWS::SNS::Topic',
        Properties: { TopicName: { 'Fn::Sub': 'x-${Name}-${AWS::Region}' }, DisplayName: { Ref: 'Name' } },
      },
    },
  ],
});
const topic = (name: string) => ({
  Type: 'AWS::SNS::Topic',
  Properties: { TopicName: { 'Fn::Sub': `x-${name}-\${AWS::Region}` }, DisplayName: name },
});

test.each<[string, object, object]>([
  ['a list of texts', { Resources: topics(['A', 'B']) }, { Resources: { TopicA: topic('A'), TopicB: topic('B') } }],
  [
    'beside what stands there',
    { Resources: { Queue: { Type: 'Q' }, ...topics(['A']) } },
    { Resources: { Queue: { Type: 'Q' }, TopicA: topic('A') } },
  ],
  [
    'in outputs and conditions',
    {
      Outputs: { 'Fn::ForEach::O': ['N', ['A'], { 'Out${N}': { Value: { 'Fn::GetAtt': ['Topic${N}', 'Arn'] } } }] },
      Conditions: { 'Fn::ForEach::C': ['N', ['A'], { 'Is${N}': { 'Fn::Equals': [{ Ref: 'Stage' }, { Ref: 'N' }] } }] },
    },
    { Outputs: { OutA: { Value: { 'Fn::GetAtt': ['TopicA', 'Arn'] } } }, Conditions: { IsA: { 'Fn::Equals': [{ Ref: 'Stage' }, 'A'] } } },
  ],
  [
    'loops in one another, and in properties',
    {
      Resources: {
        'Fn::ForEach::A': [
          'X',
          ['1', '2'],
          {
            'Fn::ForEach::B': [
              'Y',
              ['a'],
              { 'R${X}${Y}': { Type: 'T', Properties: { 'Fn::ForEach::P': ['Z', ['p'], { '${Z}': { Ref: 'X' } }] } } },
            ],
          },
        ],
      },
    },
    { Resources: { R1a: { Type: 'T', Properties: { p: '1' } }, R2a: { Type: 'T', Properties: { p: '2' } } } },
  ],
  [
    'what no logical id may have',
    { Resources: { 'Fn::ForEach::A': ['Ip', ['10.0.0.1'], { 'Net&{Ip}': { Type: 'T', Properties: { Ip: '${Ip}' } } }] } },
    { Resources: { Net10001: { Type: 'T', Properties: { Ip: '10.0.0.1' } } } },
  ],
])('a loop is written out: %s', (_name, template, wanted) =>
  expect(withoutLoops({ Transform, ...template })).toEqual({ Transform, ...wanted }),
);

test.each<[string, Template]>([
  ['over a parameter', { Transform: ['AWS::Serverless-2016-10-31', Transform], Resources: topics({ Ref: 'Names' }) as never }],
  ['over what is partly known', { Transform, Resources: topics(['A', { Ref: 'Name' }]) as never }],
  ['without the transform', { Resources: topics(['A']) as never }],
  ['that is none', { Transform, Resources: { 'Fn::ForEach::A': 'nonsense' } as never }],
])('a loop stays as it is: %s', (_name, template) => expect(withoutLoops(template)).toEqual(template));
