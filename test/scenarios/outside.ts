import { CfnResource, Stack, type App } from 'aws-cdk-lib/core';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { SampleStack } from '../fakes/assembly.ts';
import type { Scenario } from './scenario.ts';

const parameter = (Name: string, Value = 'value'): SampleStack => ({
  resources: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value } } },
});
const byParameter: SampleStack = {
  resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Name' } } } },
  more: { Parameters: { Name: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/queue-name' } } },
};
const bySecret: SampleStack = {
  resources: {
    Copy: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Value: '{{resolve:secretsmanager:db-login:SecretString:user}}' },
    },
  },
};
const secret: SampleStack = {
  resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'db-login', SecretString: '{"user":"ada"}' } } },
};
const securityGroup = (VpcId: unknown): SampleStack => ({
  resources: { Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'a group', VpcId } } },
});

/** What templates take from outside: parameters, secrets, and what was looked up at synthesis. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'a placeholder of a look-up in a template',
    class: 'context-dummy',
    why: 'the assembly does not say that anything is missing',
    app: { Shop: securityGroup('vpc-12345') },
    ends: { stoppedBy: ['PF170', 'PF242'] },
    plainSucceeds: 'the emulator takes any VPC id',
  },
  {
    name: 'a VPC of the stack itself',
    class: 'context-dummy',
    why: 'a reference is no placeholder',
    app: {
      Shop: {
        resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.9.0.0/16' } }, ...securityGroup({ Ref: 'Vpc' }).resources },
      },
    },
    ends: 'deployed',
  },
  {
    name: 'a VPC that was looked up long ago',
    class: 'context-stale',
    why: 'the id is well-formed, and nothing has it',
    app: { Shop: securityGroup('vpc-0a1b2c3d') },
    ends: { stoppedBy: ['PF243'] },
    plainSucceeds: 'the emulator takes any VPC id',
  },
  {
    name: 'a VPC that was looked up and is there',
    class: 'context-stale',
    why: 'the same template where the VPC exists',
    app: { Shop: securityGroup('vpc-0a1b2c3d') },
    answers: { 'resource {"identifier":"vpc-0a1b2c3d","type":"AWS::EC2::VPC"}': { VpcId: 'vpc-0a1b2c3d' } },
    ends: 'deployed',
  },
  {
    name: 'a parameter of the template whose SSM parameter is missing',
    class: 'ssm-missing',
    why: 'nobody makes it',
    app: { Shop: byParameter },
    ends: { stoppedBy: ['PF240'] },
  },
  {
    name: 'a parameter of the template whose SSM parameter is there',
    class: 'ssm-missing',
    why: 'another stack made it',
    app: { Shop: byParameter },
    before: (live) => live.deploy({ Names: parameter('/queue-name', 'orders') }),
    ends: 'deployed',
  },
  {
    name: 'a parameter of the template whose SSM parameter a stack before makes',
    class: 'ssm-missing',
    why: 'it is not there yet, and will be in time',
    app: { Names: parameter('/queue-name', 'orders'), Shop: { ...byParameter, dependencies: ['Names'] } },
    ends: 'deployed',
  },
  {
    name: 'a parameter that synthesis did not find',
    class: 'ssm-lookup-missing',
    why: 'the manifest says so; a look-up needs a fixed place, which is another account than that of the scenario',
    app: lookUp,
    ends: { stoppedBy: ['PF133', 'PF161'] },
  },
  {
    name: 'a secret that is missing',
    class: 'secret-missing',
    why: 'nobody makes it',
    app: { Shop: bySecret },
    ends: { stoppedBy: ['PF241'] },
  },
  {
    name: 'a secret that is there',
    class: 'secret-missing',
    why: 'the same template where the secret exists',
    app: { Shop: bySecret },
    before: (live) => live.deploy({ Login: secret }),
    ends: 'deployed',
  },
];

/** An app that looks a parameter up at synthesis, in a fixed place. */
function lookUp(app: App): void {
  const stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'us-west-2' } });
  const Value = StringParameter.valueFromLookup(stack, '/greeting');
  new CfnResource(stack, 'Copy', { type: 'AWS::SSM::Parameter', properties: { Type: 'String', Value } });
}
