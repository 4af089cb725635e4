import { queue, readSampleStack, type SampleStack } from '../../../test/fakes/assembly.ts';
import { testCases } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

const byParameter = (Type = 'AWS::SSM::Parameter::Value<String>'): SampleStack => ({
  resources: { Queue: queue() },
  more: { Parameters: { Ami: { Type, Default: '/ami' } } },
});
const refers = (text: string): SampleStack => ({ resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: text } } } });
const makes = (Name: string, Type = 'AWS::SSM::Parameter'): SampleStack => ({ resources: { Made: { Type, Properties: { Name } } } });
const has = (answers: Readonly<Record<string, unknown>>): FactsOptions => ({
  before: ({ aws }) => Object.entries(answers).forEach(([key, value]) => aws.answers.set(key, value)),
});
const denies = (call: string, stacks: Readonly<Record<string, SampleStack>> = {}): FactsOptions => ({
  before: ({ aws }) => {
    aws.denied.add(call);
    Object.entries(stacks).forEach(([id, sample]) => aws.put(readSampleStack(sample, id)));
  },
});
const arn = 'arn:aws:secretsmanager:us-west-2:111111111111:secret:db-a1B2c3';
const current = { isDeleted: false, versions: { v1: ['AWSCURRENT'] } };

testCases(
  ['PF001', 'PF240', 'PF241'],
  [
    {
      code: 'PF240',
      name: 'a parameter of the template whose SSM parameter is missing',
      stacks: { Shop: byParameter() },
      told: ["Shop: /ami, the value of the template's parameter Ami, is not there in 111111111111/us-west-2."],
    },
    {
      code: 'PF240',
      name: 'one that this very stack makes too late',
      stacks: { Shop: { ...byParameter(), ...makes('/ami'), more: byParameter().more ?? {} } },
      told: ["Shop: /ami, the value of the template's parameter Ami, is not there in 111111111111/us-west-2."],
    },
    {
      code: 'PF240',
      name: 'one that is secret',
      stacks: { Shop: byParameter() },
      options: has({ 'parameter {"name":"/ami"}': { type: 'SecureString' } }),
      told: ["Shop: /ami, the value of the template's parameter Ami, is a SecureString, which CloudFormation does not take here."],
    },
    {
      code: 'PF240',
      name: 'a version of a parameter in a dynamic reference',
      stacks: { Shop: refers('q-{{resolve:ssm:/name:7}}') },
      options: has({ 'parameter {"name":"/name"}': { type: 'String', value: 'x' } }),
      told: ['Shop/Queue: /name:7 is not there in 111111111111/us-west-2.'],
    },
    {
      code: 'PF240',
      name: 'a dynamic reference inside of a value that is open',
      stacks: {
        Shop: {
          resources: {
            Queue: {
              Type: 'AWS::SQS::Queue',
              Properties: { QueueName: { 'Fn::Join': ['-', ['{{resolve:ssm:/name}}', { 'Fn::GetAtt': ['X', 'Y'] }]] } },
            },
          },
        },
      },
      told: ['Shop/Queue: /name is not there in 111111111111/us-west-2.'],
    },
    {
      code: 'PF240',
      name: 'a parameter that is there',
      stacks: { Shop: byParameter() },
      options: has({ 'parameter {"name":"/ami"}': { type: 'String', value: 'ami-1' } }),
    },
    {
      code: 'PF240',
      name: 'a parameter that is given its name by the run',
      stacks: { Shop: byParameter() },
      options: { ...has({ 'parameter {"name":"/other"}': { type: 'String', value: 'ami-1' } }), parameters: { Ami: '/other' } },
    },
    {
      code: 'PF240',
      name: 'a parameter that a stack before makes',
      stacks: { Net: makes('/ami'), Shop: { ...byParameter(), dependencies: ['Net'] } },
    },
    {
      code: 'PF240',
      name: 'a reference to what the stack makes itself',
      stacks: { Shop: { resources: { ...makes('/name').resources, ...refers('{{resolve:ssm:/name}}').resources } } },
    },
    {
      code: 'PF240',
      name: 'a reference to what a stack of another region hands over',
      stacks: {
        Net: {
          region: 'eu-west-1',
          resources: {
            Writer: {
              Type: 'Custom::CrossRegionExportWriter',
              Properties: { WriterProps: { region: 'us-west-2', exports: { '/handed': 'x' } } },
            },
          },
        },
        Shop: { ...refers('{{resolve:ssm:/handed}}'), dependencies: ['Net'] },
      },
    },
    {
      code: 'PF240',
      name: 'a reference to what is handed over to another region',
      stacks: {
        Net: {
          resources: {
            Writer: {
              Type: 'Custom::CrossRegionExportWriter',
              Properties: { WriterProps: { region: 'eu-west-1', exports: { '/handed': 'x' } } },
            },
          },
        },
        Shop: { ...refers('{{resolve:ssm:/handed}}'), dependencies: ['Net'] },
      },
      told: ['Shop/Queue: /handed is not there in 111111111111/us-west-2.'],
    },
    { code: 'PF240', name: 'a parameter that is no name of SSM', stacks: { Shop: byParameter('String') } },
    {
      code: 'PF240',
      name: 'a stack that does not change',
      stacks: { Shop: refers('{{resolve:ssm:/name}}') },
      options: { before: ({ aws }) => aws.put(readSampleStack(refers('{{resolve:ssm:/name}}'))) },
    },
    {
      code: 'PF241',
      name: 'a secret that is missing',
      stacks: { Shop: refers('{{resolve:secretsmanager:db:SecretString:password}}') },
      told: ['Shop/Queue: The secret db is not there in 111111111111/us-west-2.'],
    },
    {
      code: 'PF241',
      name: 'a secret that is being deleted, by its ARN',
      stacks: { Shop: refers(`{{resolve:secretsmanager:${arn}:SecretString:password::}}`) },
      options: has({ [`secret {"id":"${arn}"}`]: { ...current, isDeleted: true } }),
      told: [`Shop/Queue: The secret ${arn} is scheduled for deletion: nobody can read it.`],
    },
    {
      code: 'PF241',
      name: 'a label that no version has',
      stacks: { Shop: refers('{{resolve:secretsmanager:db:SecretString:password:AWSPENDING}}') },
      options: has({ 'secret {"id":"db"}': current }),
      told: ['Shop/Queue: The secret db has no version AWSPENDING.'],
    },
    {
      code: 'PF241',
      name: 'a secret that never got a value',
      stacks: { Shop: refers('{{resolve:secretsmanager:db}}') },
      options: has({ 'secret {"id":"db"}': { isDeleted: false, versions: {} } }),
      told: ['Shop/Queue: The secret db has no version AWSCURRENT.'],
    },
    {
      code: 'PF241',
      name: 'a version by its id, that is there',
      stacks: { Shop: refers('{{resolve:secretsmanager:db:SecretString:password::v1}}') },
      options: has({ 'secret {"id":"db"}': { isDeleted: false, versions: { v1: [] } } }),
    },
    {
      code: 'PF241',
      name: 'a secret that is there, by its ARN',
      stacks: { Shop: refers(`{{resolve:secretsmanager:${arn}:SecretString:password::}}`) },
      options: has({ [`secret {"id":"${arn}"}`]: current }),
    },
    {
      code: 'PF241',
      name: 'a secret of another region, which is not asked here',
      stacks: { Shop: refers('{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:111111111111:secret:db-a1B2c3:SecretString}}') },
    },
    {
      code: 'PF241',
      name: 'a secret that the run makes',
      stacks: { Net: makes('db', 'AWS::SecretsManager::Secret'), Shop: refers('{{resolve:secretsmanager:db}}') },
    },
    {
      code: 'PF001',
      name: 'a secret that may not be described',
      stacks: { Shop: refers('{{resolve:secretsmanager:db}}') },
      options: denies('secretsmanager:DescribeSecret'),
      told: ['Shop/Queue: secret db: needs the permission secretsmanager:DescribeSecret on db.'],
    },
    { code: 'PF001', name: 'no secret at all', stacks: { Shop: refers('db') }, options: denies('secretsmanager:DescribeSecret') },
  ],
);
