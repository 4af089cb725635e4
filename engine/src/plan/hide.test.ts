import { expect, test } from '@jest/globals';
import { toStandIn as standIn } from './free-form.ts';
import { hideChanges, hideSecrets, hideValues } from './hide.ts';

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
    { Variables: { API_KEY: '****', STAGE: standIn('prod') } },
  ],
  ['a value beside the name of a secret', 'Settings', [{ Key: 'DB_PASSWORD', Value: 'a' }], [{ Key: 'DB_PASSWORD', Value: '****' }]],
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

const url = 'postgres://u:hunter2@db';

test.each<[string, string, string, unknown, unknown]>([
  [
    'variables of a function',
    'AWS::Lambda::Function',
    'Environment',
    { Variables: { A: url, N: 1 } },
    { Variables: { A: standIn(url), N: standIn(1) } },
  ],
  [
    'variables beside functions',
    'AWS::Lambda::Function',
    'Environment',
    { Variables: { A: { Ref: 'Table' }, B: { 'Fn::Sub': '${X}-a' } } },
    { Variables: { A: { Ref: 'Table' }, B: { 'Fn::Sub': standIn('${X}-a') } } },
  ],
  [
    'variables of a container',
    'AWS::ECS::TaskDefinition',
    'ContainerDefinitions',
    [{ Image: 'shop:1', Environment: [{ Name: 'A', Value: 'x' }] }],
    [{ Image: 'shop:1', Environment: [{ Name: 'A', Value: standIn('x') }] }],
  ],
  [
    'variables on a condition',
    'AWS::Batch::JobDefinition',
    'ContainerProperties',
    { Environment: [{ 'Fn::If': ['IsProd', { Name: 'A', Value: 'x' }, { Ref: 'AWS::NoValue' }] }] },
    { Environment: [{ 'Fn::If': ['IsProd', { Name: 'A', Value: standIn('x') }, { Ref: 'AWS::NoValue' }] }] },
  ],
  [
    'variables of a build',
    'AWS::CodeBuild::Project',
    'Environment',
    { ComputeType: 'S', Image: 'i', EnvironmentVariables: [{ Name: 'A', Type: 'PLAINTEXT', Value: 'x' }] },
    { ComputeType: 'S', Image: 'i', EnvironmentVariables: [{ Name: 'A', Type: 'PLAINTEXT', Value: standIn('x') }] },
  ],
  [
    'variables of a model',
    'AWS::SageMaker::Model',
    'PrimaryContainer',
    { Environment: { Name: 'x' } },
    { Environment: { Name: standIn('x') } },
  ],
  ['user data', 'AWS::EC2::Instance', 'UserData', { 'Fn::Base64': 'echo hunter2' }, { 'Fn::Base64': standIn('echo hunter2') }],
  [
    'user data of a launch template',
    'AWS::EC2::LaunchTemplate',
    'LaunchTemplateData',
    { ImageId: 'ami-1', UserData: 'x' },
    { ImageId: 'ami-1', UserData: standIn('x') },
  ],
  ['code in the template', 'AWS::Lambda::Function', 'Code', { ZipFile: 'const key = 1' }, { ZipFile: standIn('const key = 1') }],
  ['the value of a parameter of SSM', 'AWS::SSM::Parameter', 'Value', 'hunter2', standIn('hunter2')],
  [
    'an address with a password, wherever it stands',
    'AWS::DMS::Endpoint',
    'ExtraSettings',
    { Url: url, Port: 1 },
    { Url: standIn(url), Port: 1 },
  ],
  [
    'a token within an expression',
    'AWS::X::Y',
    'Command',
    { 'Fn::Join': [' ', ['login', 'sk_live_abcdefghij', { Ref: 'A' }]] },
    { 'Fn::Join': [' ', ['login', standIn('sk_live_abcdefghij'), { Ref: 'A' }]] },
  ],
])('a digest stands for %s', (_name, type, name, value, shown) => expect(hideSecrets(name, value, parameters, type)).toEqual(shown));

test('what stands for a value is the same for the same value and another for another', () => {
  expect([standIn('a'), standIn('a') === standIn('b'), standIn('1') === standIn(1)]).toEqual([standIn('a'), false, false]);
  expect(standIn(standIn('a'))).toBe(standIn('a'));
});

test('a change of such a value still shows as one', () => {
  const properties = [
    { path: 'Environment', before: { Variables: { A: 'x' } }, after: { Variables: { A: 'y' } }, replaces: 'no' as const },
  ];
  const change = {
    logicalId: 'F',
    path: 'S/F',
    type: 'AWS::Lambda::Function',
    action: 'update' as const,
    access: false,
    widens: false,
    properties,
  };
  const [shown] = hideChanges([change], {}, {});
  expect(shown?.properties).toEqual([
    { path: 'Environment', before: { Variables: { A: standIn('x') } }, after: { Variables: { A: standIn('y') } }, replaces: 'no' },
  ]);
});

test('parameters and tags are shown but for those with the name or the shape of a secret', () => {
  const values = { Password: 'a', DbPassword: 'b', Size: 'c', Db: url };
  expect(hideValues(values, parameters)).toEqual({ Password: '****', DbPassword: standIn('b'), Size: 'c', Db: standIn(url) });
});
