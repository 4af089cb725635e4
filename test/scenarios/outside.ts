import { CfnResource, Stack, type App } from 'aws-cdk-lib/core';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { SampleStack } from '../fakes/assembly.ts';
import { inItsAccount, someAccount } from './account.ts';
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
    why: 'the manifest says so, and the placeholder is no name of a queue',
    app: lookUp,
    edit: inItsAccount,
    ends: { stoppedBy: ['PF130', 'PF133'] },
    plainSucceeds: 'the emulator takes any name of a queue',
  },
  {
    name: 'a parameter that synthesis found',
    class: 'ssm-lookup-missing',
    why: 'the same app with the context that it looks up',
    app: (app) => {
      app.node.setContext(`ssm:account=${someAccount}:parameterName=/queue-name:region=us-west-2`, 'orders');
      lookUp(app);
    },
    edit: inItsAccount,
    ends: 'deployed',
  },
  {
    name: 'availability zones that nobody committed',
    class: 'context-uncommitted',
    why: 'the template holds made-up zones',
    app: spread,
    edit: inItsAccount,
    ends: { stoppedBy: ['PF133'] },
    plainSucceeds: 'the emulator takes any availability zone',
  },
  {
    name: 'availability zones that stand in the context',
    class: 'context-uncommitted',
    why: 'the same app with its cdk.context.json',
    app: (app) => {
      app.node.setContext(`availability-zones:account=${someAccount}:region=us-west-2`, ['us-west-2a', 'us-west-2b']);
      spread(app);
    },
    edit: inItsAccount,
    ends: 'deployed',
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

const fixed = { env: { account: someAccount, region: 'us-west-2' } };

/** An app that looks a parameter up at synthesis. */
function lookUp(app: App): void {
  const stack = new Stack(app, 'Shop', fixed);
  const QueueName = StringParameter.valueFromLookup(stack, '/queue-name');
  new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { QueueName } });
}

/** An app that looks up which availability zones its account has. */
function spread(app: App): void {
  const stack = new Stack(app, 'Shop', fixed);
  const vpc = new CfnResource(stack, 'Vpc', { type: 'AWS::EC2::VPC', properties: { CidrBlock: '10.9.0.0/16' } });
  const AvailabilityZone = stack.availabilityZones[0];
  const properties = { VpcId: vpc.ref, CidrBlock: '10.9.1.0/24', AvailabilityZone };
  new CfnResource(stack, 'Subnet', { type: 'AWS::EC2::Subnet', properties });
}
