import { denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import { account, type FakeWorld } from '../../../test/fakes/world.ts';

const token = (region = 'us-west-2', owner = account) => `arn:aws:lambda:${region}:${owner}:function:answer`;
const custom = (properties: object, more: object = {}): Stacks => ({
  Shop: { resources: { Thing: { Type: 'Custom::Thing', Properties: { ServiceToken: token(), ...properties } }, ...more } },
});
const has = { before: ({ aws }: FakeWorld) => void aws.things.set('AWS::Lambda::Function answer', { kind: 'present', active: true }) };
const exporting: Stacks = { Tools: { resources: {}, outputs: { Arn: { Value: token(), Export: { Name: 'answer' } } } } };

testCases(
  ['PF293'],
  [
    {
      code: 'PF293',
      name: 'a function that is not there',
      stacks: custom({}),
      told: ['Shop/Thing: The function answer, which is to answer, is not there.'],
    },
    {
      code: 'PF293',
      name: 'a function that a live stack exported and that is gone',
      stacks: custom({ ServiceToken: { 'Fn::ImportValue': 'answer' } }),
      options: live(exporting),
      told: ['Shop/Thing: The function answer, which is to answer, is not there.'],
    },
    {
      code: 'PF293',
      name: 'a function of another region',
      stacks: custom({ ServiceToken: token('eu-west-1') }),
      options: { static: true },
      told: [`Shop/Thing: ${token('eu-west-1')} is in eu-west-1; it has to be in us-west-2, as the stack.`],
    },
    {
      code: 'PF293',
      name: 'a time limit of more than an hour',
      stacks: custom({ ServiceTimeout: 3_601 }),
      options: has,
      told: ['Shop/Thing: ServiceTimeout is 3601; it is a number of seconds from 1 to 3600.'],
    },
    {
      code: 'PF293',
      name: 'a function that is there, and a time limit of an hour',
      stacks: custom({ ServiceTimeout: '3600' }),
      options: has,
    },
    { code: 'PF293', name: 'a function of the template', stacks: custom({ ServiceToken: { 'Fn::GetAtt': ['Fn', 'Arn'] } }) },
    {
      code: 'PF293',
      name: 'a function that this run makes under its name',
      stacks: custom({}, { Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'answer' } } }),
    },
    { code: 'PF293', name: 'a function of another account', stacks: custom({ ServiceToken: token('us-west-2', '222222222222') }) },
    {
      code: 'PF001',
      name: 'a function that may not be read',
      stacks: custom({}),
      options: denies('look:AWS::Lambda::Function'),
      told: ['Shop/Thing: function answer: needs the permission look:AWS::Lambda::Function on answer.'],
    },
  ],
);
