import { expect, test } from '@jest/globals';
import { readSampleStack } from '../../test/fakes/assembly.ts';
import { toSecretValues } from './secrets.ts';

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
