import { queue, type SampleStack } from '../../../test/fakes/assembly.ts';
import { both, live, testCases, type CheckCase } from '../../../test/fakes/check-cases.ts';

const shop = (parameter: object, more: SampleStack = {}): Record<string, SampleStack> => ({
  Shop: { resources: { Queue: queue() }, more: { Parameters: { P: { Type: 'String', ...parameter } } }, ...more },
});
const tagged = (tags: Record<string, string>): Record<string, SampleStack> => ({ Shop: { resources: { Queue: queue() }, tags } });
const many = (count: number) => Object.fromEntries([...Array(count).keys()].map((i) => [`tag-${i}`, 'x']));

const given = (name: string, parameter: object, P: string, told?: string): CheckCase => ({
  code: 'PF325',
  name,
  stacks: shop(parameter),
  options: { static: true, parameters: { P } },
  ...(told === undefined ? {} : { told: [`Shop: P of Shop: ${told}.`] }),
});

testCases(
  ['PF324', 'PF325', 'PF326'],
  [
    { code: 'PF324', name: 'a new stack', stacks: shop({}), told: ['Shop: P of Shop has no default, and nothing gives it a value.'] },
    {
      code: 'PF324',
      name: 'one that failed to be created',
      stacks: shop({}),
      options: live(shop({}), 'ROLLBACK_COMPLETE'),
      told: [/P of Shop/],
    },
    {
      code: 'PF324',
      name: 'one that does not have it yet',
      stacks: shop({}),
      options: live(shop({}), 'CREATE_COMPLETE', { parameters: {} }),
      told: [/P of Shop/],
    },
    { code: 'PF324', name: 'one that keeps its value', stacks: shop({}, { tags: { a: 'b' } }), options: both(live(shop({}))) },
    { code: 'PF324', name: 'a default', stacks: shop({ Default: '' }) },
    { code: 'PF324', name: 'a value that the run gives', stacks: shop({}), options: { parameters: { P: '' } } },
    { code: 'PF324', name: 'a value of the app', stacks: shop({}, { parameters: { P: 'x' } }) },
    { code: 'PF324', name: 'a stack that AWS was not asked about', stacks: shop({}), options: { static: true } },

    given('none of those allowed', { AllowedValues: ['a', 1] }, 'b', 'its value "b" is none of a, 1'),
    given('one of those allowed', { AllowedValues: ['a', 1] }, '1'),
    given('a pattern that fits a part alone', { AllowedPattern: '[a-z]+' }, 'ab1', 'its value "ab1" does not fit [a-z]+'),
    given('a pattern that fits', { AllowedPattern: 'a|bc' }, 'bc'),
    given('a pattern that is one in Java alone', { AllowedPattern: '[a-z&&[^b]]++' }, 'b'),
    given('a hidden value', { NoEcho: true, MinLength: 8 }, 'hunter2', 'its value is shorter than 8'),
    given('a long value', { MaxLength: '3' }, 'abcd', 'its value "abcd" is longer than 3'),
    given('a value of the length', { MinLength: 4, MaxLength: '4' }, 'abcd'),
    given('a text for a number', { Type: 'Number' }, 'x', 'its value "x" is no number'),
    given('a small number', { Type: 'Number', MinValue: 2 }, '1', 'its value "1" is less than 2'),
    given('a large number', { Type: 'Number', MaxValue: 2 }, '2.5', 'its value "2.5" is more than 2'),
    given('a number', { Type: 'Number', MinValue: 2, MaxValue: 2 }, '2'),
    given('one of a list', { Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] }, 'a, c', 'its value "a, c" is none of a, b'),
    given('a list', { Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] }, 'a, b'),
    given('the name of a value of SSM', { Type: 'AWS::SSM::Parameter::Value<String>', AllowedPattern: 'x' }, '/a'),

    {
      code: 'PF326',
      name: 'a name of AWS',
      stacks: tagged({ 'AWS:a': 'b' }),
      told: ['Shop: Shop has the tag AWS:a; names that begin with aws: are for AWS.'],
    },
    { code: 'PF326', name: 'a long name', stacks: tagged({ ['k'.repeat(129)]: 'b' }), told: [/name has 129 characters; 128/] },
    { code: 'PF326', name: 'a long value', stacks: tagged({ k: 'v'.repeat(257) }), told: [/tag k with 257 characters; 256/] },
    {
      code: 'PF326',
      name: 'too many',
      stacks: tagged(many(50)),
      options: { tags: { other: 'x' } },
      told: [/has 51 tags; CloudFormation takes 50/],
    },
    { code: 'PF326', name: 'as many and as long as may be', stacks: tagged({ ...many(49), ['k'.repeat(128)]: 'v'.repeat(256) }) },
  ],
);
