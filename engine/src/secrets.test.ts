import { expect, test } from '@jest/globals';
import { readSampleStack } from '../../test/fakes/assembly.ts';
import { isSecretOutput, toSecretValues } from './secrets.ts';

const stack = readSampleStack({
  more: {
    Parameters: {
      Key: { Type: 'String', NoEcho: true, Default: 'hunter1' },
      Pin: { Type: 'Number', NoEcho: true, Default: 271828 },
      Short: { Type: 'String', NoEcho: true, Default: 'on' },
      Size: { Type: 'String', Default: 'large' },
    },
  },
});

test.each<[string, Record<string, string>, string[]]>([
  ['defaults', {}, ['hunter1', '271828']],
  ['what is given, beside the defaults', { Key: 'hunter2', Size: 'small' }, ['hunter2', 'hunter1', '271828']],
  ['nothing of what is too short to hide', { Short: 'off' }, ['hunter1', '271828']],
])('the secrets of stacks are %s', (_name, given, values) => expect(toSecretValues([stack], given)).toEqual(values));

test.each<[string, unknown, boolean]>([
  ['a hidden parameter', { Ref: 'Key' }, true],
  ['a text with one', { 'Fn::Sub': 'https://u:${Key}@db' }, true],
  ['a text with a variable that is one', { 'Fn::Sub': ['https://${X}', { X: { Ref: 'Key' } }] }, true],
  ['one deep within functions', { 'Fn::Base64': { 'Fn::Join': ['', ['a', { 'Fn::If': ['C', { Ref: 'Pin' }, 'b'] }]] } }, true],
  ['a parameter that all may see', { 'Fn::Sub': '${Size}' }, false],
  ['the name of a hidden parameter written out', { 'Fn::Sub': '${!Key}' }, false],
  ['a text', 'Key', false],
  ['nothing', undefined, false],
])('an output is secret by what it is made of: %s', (_name, value, is) => {
  const template = { ...stack.template, Outputs: { Url: { Value: value } } };
  expect(isSecretOutput(template, 'Url')).toBe(is);
});
