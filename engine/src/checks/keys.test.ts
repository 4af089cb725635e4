import { answers, denies, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import { account } from '../../../test/fakes/world.ts';

const id = '12345678-1234-1234-1234-123456789012';
const arn = (region = 'us-west-2') => `arn:aws:kms:${region}:${account}:key/${id}`;
const admitting = (...principals: object[]) => ({
  Statement: principals.map((Principal) => ({ Effect: 'Allow', Action: 'kms:*', Principal })),
});
const root = { AWS: `arn:aws:iam::${account}:root` };
const logs = { Service: { 'Fn::Sub': 'logs.${AWS::Region}.amazonaws.com' } };
const group = (KmsKeyId: unknown, resources: object = {}): Stacks => ({
  Shop: { resources: { Log: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId } }, ...resources } },
});
const own = { 'Fn::GetAtt': ['Key', 'Arn'] };
const key = (properties: object) => ({ Key: { Type: 'AWS::KMS::Key', Properties: { ...properties } } });
const live = (properties: object) => answers('resource', { type: 'AWS::KMS::Key', identifier: id }, { Enabled: true, ...properties });
const secret = (KmsKeyId: unknown, resources: object = {}): Stacks => ({
  Shop: { resources: { S: { Type: 'AWS::SecretsManager::Secret', Properties: { KmsKeyId } }, ...resources } },
});

testCases(
  ['PF284', 'PF285'],
  [
    {
      code: 'PF284',
      name: 'a key that is not there',
      stacks: secret(id),
      told: [`Shop/S: The key ${id} is not there, or will be deleted.`],
    },
    {
      code: 'PF284',
      name: 'a key that is disabled',
      stacks: secret(arn()),
      options: live({ Enabled: false }),
      told: [`Shop/S: The key ${id} is disabled.`],
    },
    {
      code: 'PF284',
      name: 'a key of the template that is disabled',
      stacks: secret(own, key({ Enabled: false })),
      options: { static: true },
      told: ['Shop/S: The key Key is disabled.'],
    },
    {
      code: 'PF284',
      name: 'a key of another region',
      stacks: secret(arn('eu-west-1')),
      told: [`Shop/S: The key ${id} is in eu-west-1; AWS::SecretsManager::Secret in us-west-2 needs one of its region.`],
    },
    { code: 'PF284', name: 'a key that is there', stacks: secret(arn()), options: live({}) },
    { code: 'PF284', name: 'an alias', stacks: secret('alias/aws/secretsmanager') },
    { code: 'PF284', name: 'a key of another account', stacks: secret(`arn:aws:kms:us-west-2:222222222222:key/${id}`) },
    {
      code: 'PF001',
      name: 'a key that may not be read',
      stacks: secret(arn()),
      options: denies('cloudformation:GetResource'),
      told: [`Shop/S: key ${id}: needs the permission cloudformation:GetResource on AWS::KMS::Key ${id}.`],
    },
    {
      code: 'PF285',
      name: 'a key of the template that is for the account alone',
      stacks: group(own, key({ KeyPolicy: admitting(root) })),
      options: { static: true },
      told: ['Shop/Log: The policy of the key Key does not admit logs.us-west-2.amazonaws.com.'],
    },
    {
      code: 'PF285',
      name: 'a key that is there, for the logs of another region',
      stacks: group(arn()),
      options: live({ KeyPolicy: JSON.stringify(admitting(root, { Service: 'logs.eu-west-1.amazonaws.com' })) }),
      told: [`Shop/Log: The policy of the key ${id} does not admit logs.us-west-2.amazonaws.com.`],
    },
    { code: 'PF285', name: 'a key of the template for logs', stacks: group(own, key({ KeyPolicy: admitting(root, logs) })) },
    {
      code: 'PF285',
      name: 'a key that is there, for logs',
      stacks: group(arn()),
      options: live({ KeyPolicy: admitting({ Service: 'logs.amazonaws.com' }) }),
    },
    { code: 'PF285', name: 'a key for the account alone, of a secret', stacks: secret(own, key({ KeyPolicy: admitting(root) })) },
  ],
);
