import { answers, denies, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import { account } from '../../../test/fakes/world.ts';

const trust = (...services: string[]) => ({
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: services } }],
});
const role = (properties: object) => ({ Type: 'AWS::IAM::Role', Properties: { ...properties } });
const fn = (more: object) => ({ Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: 'x' }, ...more } });
const managed = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/service-role/${name}`]] });
const document = (...actions: string[]) => ({ Statement: [{ Effect: 'Allow', Action: actions, Resource: { Ref: 'Other' } }] });
const own = { 'Fn::GetAtt': ['Role', 'Arn'] };
const vpc = { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] };

const given = (properties: object, more: object = {}): Stacks => ({
  Shop: { resources: { Role: role(properties), Api: fn({ Role: own, ...more }) } },
});
const inVpc = (properties: object, resources: object = {}): Stacks => ({
  Shop: {
    resources: {
      Role: role({ AssumeRolePolicyDocument: trust('lambda.amazonaws.com'), ...properties }),
      Api: fn({ Role: own, VpcConfig: vpc }),
      ...resources,
    },
  },
});
const policy = (...actions: string[]) => ({
  Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', Roles: [{ Ref: 'Role' }], PolicyDocument: document(...actions) } },
});
const arn = `arn:aws:iam::${account}:role/jobs/worker`;
const there: Stacks = { Shop: { resources: { Api: fn({ Role: arn }) } } };
const question = { type: 'AWS::IAM::Role', identifier: 'worker' };

const worker = { AssumeRolePolicyDocument: trust('lambda.amazonaws.com') };
const entering = (Roles: readonly string[]): Stacks => ({
  Shop: {
    resources: {
      Api: fn({ Role: arn, VpcConfig: vpc }),
      Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', Roles, PolicyDocument: document('ec2:CreateNetworkInterface') } },
    },
  },
});

/** A function in a nested stack, and a policy of the stack around it for whichever role `to` is. */
const nestedInVpc = (to: unknown): Stacks => ({
  Shop: {
    resources: {
      Policy: { Type: 'AWS::IAM::Policy', Properties: { Roles: [to], PolicyDocument: document('ec2:CreateNetworkInterface') } },
      Beside: role({}),
    },
    nested: { Inner: { resources: inVpc({})['Shop']?.resources ?? {}, outputs: { Role: { Value: { Ref: 'Role' } } } } },
  },
});

testCases(
  ['PF272', 'PF273', 'PF274'],
  [
    {
      code: 'PF274',
      name: 'a role that is there and gets its access in this run',
      stacks: entering(['worker']),
      options: answers('resource', question, worker),
    },
    {
      code: 'PF274',
      name: 'a role that is there when another gets access in this run',
      stacks: entering(['other']),
      options: answers('resource', question, worker),
      told: ['Shop/Api: The role worker of a function in a VPC may not ec2:CreateNetworkInterface.'],
    },
    {
      code: 'PF274',
      name: 'a role of a nested stack that gets its access from the stack around it',
      stacks: nestedInVpc({ 'Fn::GetAtt': ['Inner', 'Outputs.Role'] }),
    },
    {
      code: 'PF274',
      name: 'a role of a nested stack when one of the stack around it gets access',
      stacks: nestedInVpc({ Ref: 'Beside' }),
      told: ['Shop/Inner/Api: The role Role of a function in a VPC may not ec2:CreateNetworkInterface.'],
    },
    {
      code: 'PF272',
      name: 'a role whose trust policy cannot be read as one',
      stacks: there,
      options: answers('resource', question, { AssumeRolePolicyDocument: '%7B%22Statement%22' }),
    },
    {
      code: 'PF272',
      name: 'a role of the template for another service',
      stacks: given({ AssumeRolePolicyDocument: trust('ecs-tasks.amazonaws.com') }),
      options: { static: true },
      told: ['Shop/Api: The trust policy of the role Role does not admit lambda.amazonaws.com.'],
    },
    {
      code: 'PF272',
      name: 'a role that Cognito cannot send SMS with',
      stacks: {
        Shop: {
          resources: {
            Role: role({ AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }),
            Users: { Type: 'AWS::Cognito::UserPool', Properties: { SmsConfiguration: { SnsCallerArn: own } } },
          },
        },
      },
      told: ['Shop/Users: The trust policy of the role Role does not admit cognito-idp.amazonaws.com.'],
    },
    {
      code: 'PF272',
      name: 'a role that is there, for another service',
      stacks: there,
      options: answers('resource', question, { AssumeRolePolicyDocument: trust('ec2.amazonaws.com') }),
      told: ['Shop/Api: The trust policy of the role worker does not admit lambda.amazonaws.com.'],
    },
    {
      code: 'PF272',
      name: 'a state machine with a role for one region',
      stacks: {
        Shop: {
          resources: {
            Role: role({ AssumeRolePolicyDocument: trust('states.us-west-2.amazonaws.com') }),
            Flow: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: own } },
          },
        },
      },
    },
    {
      code: 'PF272',
      name: 'a role of the template for several services',
      stacks: given({ AssumeRolePolicyDocument: trust('ec2.amazonaws.com', 'lambda.amazonaws.com') }),
    },
    {
      code: 'PF272',
      name: 'a trust policy with a principal that is open',
      stacks: given({
        AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: { 'Fn::GetAtt': ['X', 'Y'] } } }] },
      }),
    },
    {
      code: 'PF273',
      name: 'a role that is not there',
      stacks: there,
      told: ['Shop/Api: The role worker is not in this account.'],
    },
    {
      code: 'PF273',
      name: 'a role that is there',
      stacks: there,
      options: answers('resource', question, { AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }),
    },
    {
      code: 'PF273',
      name: 'a role of another account',
      stacks: { Shop: { resources: { Api: fn({ Role: 'arn:aws:iam::222222222222:role/worker' }) } } },
    },
    {
      code: 'PF273',
      name: 'a role that another stack of the run makes',
      stacks: {
        ...there,
        Roles: { resources: { R: role({ RoleName: 'worker', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }) } },
      },
    },
    {
      code: 'PF001',
      name: 'a role that may not be read',
      stacks: there,
      options: denies('cloudformation:GetResource'),
      told: ['Shop/Api: role worker: needs the permission cloudformation:GetResource on AWS::IAM::Role worker.'],
    },
    {
      code: 'PF274',
      name: 'a function in a VPC whose role may write logs alone',
      stacks: inVpc({ ManagedPolicyArns: [managed('AWSLambdaBasicExecutionRole')] }, policy('logs:*')),
      told: ['Shop/Api: The role Role of a function in a VPC may not ec2:CreateNetworkInterface.'],
    },
    {
      code: 'PF274',
      name: 'a function in a VPC with the managed policy for it',
      stacks: inVpc({ ManagedPolicyArns: [managed('AWSLambdaVPCAccessExecutionRole')] }),
    },
    { code: 'PF274', name: 'a function in a VPC with a policy of the template for it', stacks: inVpc({}, policy('ec2:Create*')) },
    {
      code: 'PF274',
      name: 'a function in a VPC with a policy in its role',
      stacks: inVpc({ Policies: [{ PolicyDocument: document('*') }] }),
    },
    {
      code: 'PF274',
      name: 'a function in a VPC with a managed policy of the team',
      stacks: inVpc({ ManagedPolicyArns: [managed('Team')] }),
    },
    {
      code: 'PF274',
      name: 'a function outside of a VPC',
      stacks: given({ AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }, { VpcConfig: { SubnetIds: [] } }),
    },
  ],
);
