import { expect, test } from '@jest/globals';
import { hideSecrets } from './hide.ts';

const parameters = {
  Password: { Type: 'String', NoEcho: true },
  AsText: { Type: 'String', NoEcho: 'true' as unknown as boolean },
  Size: { Type: 'String' },
};

test.each<[string, string, unknown, unknown]>([
  ['a hidden parameter', 'Value', { Ref: 'Password' }, '****'],
  ['a parameter that is hidden in words', 'Value', { Ref: 'AsText' }, '****'],
  ['a hidden parameter within a text', 'Url', { 'Fn::Sub': 'https://u:${Password}@db' }, '****'],
  ['a hidden parameter within a text with variables', 'Url', { 'Fn::Sub': ['x${Password}${A}', { A: '1' }] }, '****'],
  ['a secret', 'Value', 'u:{{resolve:secretsmanager:db:SecretString:p}}', '****'],
  ['a secret of SSM', 'Value', '{{resolve:ssm-secure:/db/p}}', '****'],
  ['a secret that is put together', 'Value', { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Db' }, ':SecretString}}']] }, '****'],
  ['a plain text under the name of a secret', 'MasterUserPassword', 'hunter2', '****'],
  [
    'a variable of a function',
    'Environment',
    { Variables: { API_KEY: 'abc', STAGE: 'prod' } },
    { Variables: { API_KEY: '****', STAGE: 'prod' } },
  ],
  ['one of several', 'Users', [{ Name: 'a', Password: 'b' }], [{ Name: 'a', Password: '****' }]],
  ['a number under the name of a secret', 'DbPassword', 12345678, '****'],
  ['a text that is joined under the name of a secret', 'AuthToken', { 'Fn::Join': ['', ['a', 'b']] }, '****'],
])('hides %s', (_name, name, value, shown) => expect(hideSecrets(name, value, parameters)).toEqual(shown));

test.each<[string, string, unknown]>([
  ['a parameter that all may see', 'Size', { Ref: 'Size' }],
  ['a text with such a parameter', 'Name', { 'Fn::Sub': 'a-${Size}' }],
  ['the name of a hidden parameter written out', 'Name', { 'Fn::Sub': 'a-${!Password}' }],
  ['the name of a secret', 'SecretName', 'db'],
  ['the ARN of a secret', 'SecretArn', 'arn:aws:secretsmanager:us-west-2:111111111111:secret:db'],
  ['a parameter of SSM that is no secret', 'Image', '{{resolve:ssm:/image}}'],
  ['nothing', 'Value', undefined],
  ['a null', 'Value', null],
])('lets be seen %s', (_name, name, value) => expect(hideSecrets(name, value, parameters)).toEqual(value));
