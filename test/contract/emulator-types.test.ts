import {
  DescribeChangeSetCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';

import { bootstrap } from '../../emulator/bootstrap.ts';
import { type Emulator, startEmulator } from '../../emulator/emulator.ts';
import { createStacks, type EmulatedStacks, type Resource, toTemplate } from '../../emulator/stacks.ts';

// What the systems of this project are made of, deployed for real: templates, change sets, updates, deletions.
const account = '111111111111';

let emulator: Emulator;
let stacks: EmulatedStacks;

function connection() {
  return { endpoint: emulator.endpoint, region: 'us-west-2', credentials: { accessKeyId: account, secretAccessKey: 'test' } };
}

beforeAll(async () => {
  emulator = await startEmulator();
  stacks = createStacks(emulator, account);
});

afterAll(() => emulator.stop());

beforeEach(() => emulator.reset());

const ref = (Ref: string) => ({ Ref });
const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const api = { ApiId: ref('Api') };
const metric = (name: string) => ({
  Id: name,
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: name }, Period: 60, Stat: 'Sum' },
});

/** A web API with users, as the spaceport system has it; `release` changes what an update would. */
function webApi(release: number): Record<string, Resource> {
  const target = { 'Fn::Join': ['/', ['integrations', ref('Integration')]] };
  const issuer = { 'Fn::Join': ['', ['https://cognito-idp.us-west-2.amazonaws.com/', ref('Pool')]] };
  return {
    Pool: ['AWS::Cognito::UserPool', { UserPoolName: 'users', AdminCreateUserConfig: { AllowAdminCreateUserOnly: release > 1 } }],
    Client: [
      'AWS::Cognito::UserPoolClient',
      { UserPoolId: ref('Pool'), ClientName: `web-${release}`, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
    ],
    Domain: ['AWS::Cognito::UserPoolDomain', { UserPoolId: ref('Pool'), Domain: 'spaceport-users' }],
    Role: ['AWS::IAM::Role', { RoleName: 'api', AssumeRolePolicyDocument: trust }],
    Policy: [
      'AWS::IAM::Policy',
      { PolicyName: 'p', Roles: [ref('Role')], PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } },
    ],
    Log: ['AWS::Logs::LogGroup', { LogGroupName: '/aws/lambda/api', RetentionInDays: 7 * release }],
    Function: [
      'AWS::Lambda::Function',
      {
        FunctionName: 'api',
        Role: attribute('Role', 'Arn'),
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Code: { ZipFile: `exports.handler = async () => ({ statusCode: 200, body: 'release ${release}' });` },
      },
      { DependsOn: 'Log' },
    ],
    Permission: [
      'AWS::Lambda::Permission',
      { FunctionName: attribute('Function', 'Arn'), Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' },
    ],
    Api: ['AWS::ApiGatewayV2::Api', { Name: 'web', ProtocolType: 'HTTP' }],
    Authorizer: [
      'AWS::ApiGatewayV2::Authorizer',
      {
        ...api,
        Name: 'jwt',
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: issuer, Audience: [ref('Client')] },
      },
    ],
    Integration: [
      'AWS::ApiGatewayV2::Integration',
      { ...api, IntegrationType: 'AWS_PROXY', IntegrationUri: attribute('Function', 'Arn'), PayloadFormatVersion: '2.0' },
    ],
    Open: ['AWS::ApiGatewayV2::Route', { ...api, RouteKey: 'GET /health', Target: target }],
    Closed: [
      'AWS::ApiGatewayV2::Route',
      { ...api, RouteKey: 'POST /paths', Target: target, AuthorizationType: 'JWT', AuthorizerId: ref('Authorizer') },
    ],
    Stage: ['AWS::ApiGatewayV2::Stage', { ...api, StageName: '$default', AutoDeploy: true }],
    Errors: [
      'AWS::CloudWatch::Alarm',
      {
        AlarmName: 'error-rate',
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        Threshold: release,
        Metrics: [{ Id: 'rate', Expression: 'Errors / Invocations' }, metric('Errors'), metric('Invocations')],
      },
    ],
  };
}

test('a web API with users is created, answers, is updated and is deleted', async () => {
  const { client } = stacks;
  const answer = async (path: string, init?: RequestInit) => {
    const described = await client.send(new DescribeStacksCommand({ StackName: 'web' }));
    const response = await fetch(`${described.Stacks?.[0]?.Outputs?.[0]?.OutputValue}${path}`, init);
    return `${response.status} ${response.ok ? await response.text() : ''}`.trim();
  };
  const template = (release: number) => toTemplate(webApi(release), { url: attribute('Api', 'ApiEndpoint') });
  expect(await stacks.deploy('web', template(1))).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect([await answer('/health'), await answer('/paths', { method: 'POST' }), await answer('/nowhere')]).toEqual([
    '200 release 1',
    '401',
    '404',
  ]);
  expect(await stacks.deploy('web', template(2))).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(await answer('/health')).toBe('200 release 2');
  expect(await stacks.remove('web')).toMatchObject({ status: 'DELETE_COMPLETE' });
});

const data = (DeletionPolicy: string): Record<string, Resource> => ({
  B: ['AWS::S3::Bucket', { BucketName: 'data' }, { DeletionPolicy }],
  T: [
    'AWS::DynamoDB::Table',
    {
      TableName: 'data',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    },
    { DeletionPolicy },
  ],
  R: ['AWS::ECR::Repository', { RepositoryName: 'data' }, { DeletionPolicy }],
});

test('what exists is adopted when it is retained, and not otherwise', async () => {
  await new S3Client(connection()).send(new CreateBucketCommand({ Bucket: 'data' }));
  await new ECRClient(connection()).send(new CreateRepositoryCommand({ repositoryName: 'data' }));
  await new DynamoDBClient(connection()).send(
    new CreateTableCommand({
      TableName: 'data',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const refused = await stacks.changeSet('s', toTemplate(data('Delete')), { importExisting: true });
  expect((await stacks.client.send(new DescribeChangeSetCommand({ StackName: 's', ChangeSetName: refused }))).StatusReason).toContain(
    "must have the DeletionPolicy attribute set to 'Retain'",
  );
  await stacks.remove('s');
  const adopted = await stacks.deploy('s', toTemplate(data('Retain')), { importExisting: true });
  expect([adopted.status, ...adopted.events]).toEqual(
    expect.arrayContaining(['CREATE_COMPLETE', 'B IMPORT_COMPLETE', 'T IMPORT_COMPLETE', 'R IMPORT_COMPLETE']),
  );
});

test('a change of outputs alone is a change, and the same template again is none', async () => {
  const queue: Record<string, Resource> = { Q: ['AWS::SQS::Queue', { QueueName: 'q' }] };
  await stacks.deploy('s', toTemplate(queue));
  expect((await stacks.deploy('s', toTemplate(queue, { added: 'x' }))).status).toBe('UPDATE_COMPLETE');
  const ChangeSetName = await stacks.changeSet('s', toTemplate(queue, { added: 'x' }));
  expect(await stacks.client.send(new DescribeChangeSetCommand({ StackName: 's', ChangeSetName }))).toMatchObject({
    Status: 'FAILED',
    ExecutionStatus: 'UNAVAILABLE',
  });
});

test('a stack tells the name and the value of an SSM parameter, and is found by what it has', async () => {
  await new SSMClient(connection()).send(new PutParameterCommand({ Name: '/version', Value: '30', Type: 'String' }));
  const parameters = {
    Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/version' },
    Plain: { Type: 'String', Default: 'x' },
  };
  await stacks.deploy(
    's',
    JSON.stringify({ Parameters: parameters, Resources: { T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 't' } } } }),
  );
  const { Stacks } = await stacks.client.send(new DescribeStacksCommand({}));
  expect(Stacks?.[0]?.Parameters).toEqual([
    { ParameterKey: 'Version', ParameterValue: '/version', ResolvedValue: '30' },
    { ParameterKey: 'Plain', ParameterValue: 'x' },
  ]);
  const find = (PhysicalResourceId: string) => stacks.client.send(new DescribeStackResourcesCommand({ PhysicalResourceId }));
  expect((await find(`arn:aws:sns:us-west-2:${account}:t`)).StackResources?.[0]).toMatchObject({ StackName: 's', LogicalResourceId: 'T' });
  await expect(find('unknown')).rejects.toThrow('Stack for unknown does not exist');
});

test('a template is told with a question mark for each character that is not ASCII', async () => {
  const sent = JSON.stringify({
    Description: 'Übersicht – 日本 🚀 <&> \u007f',
    Resources: { T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 't' } } },
  });
  await stacks.deploy('s', sent);
  for (const TemplateStage of ['Original', 'Processed'] as const) {
    const { TemplateBody = '' } = await stacks.client.send(new GetTemplateCommand({ StackName: 's', TemplateStage }));
    expect((JSON.parse(TemplateBody) as { Description: string }).Description).toBe('?bersicht ? ?? ? <&> \u007f');
  }
});

test('an account is bootstrapped for the CDK, once and again, without a trace in the environment', async () => {
  const before = { ...process.env };
  await bootstrap(emulator, account);
  await bootstrap(emulator, account);
  expect(await stacks.status('CDKToolkit')).toBe('CREATE_COMPLETE');
  expect({ ...process.env }).toEqual(before);
});
