import { answers, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const stage = (properties: object, type = 'AWS::ApiGateway::Stage', more: object = {}): Stacks => ({
  Shop: { resources: { Stage: { Type: type, Properties: { StageName: 'prod', ...properties } }, ...more } },
});
const logging = { MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'INFO' }] };
const access = { AccessLogSetting: { DestinationArn: 'arn:aws:logs:us-west-2:111111111111:log-group:api' } };
const stream = { AccessLogSetting: { DestinationArn: 'arn:aws:firehose:us-west-2:111111111111:deliverystream/amazon-apigateway-a' } };
const v2 = 'AWS::ApiGatewayV2::Stage';
const told = ['Shop/Stage: The stage writes logs, and API Gateway has no CloudWatch role in 111111111111/us-west-2.'];
const tracing = { ...logging, TracingEnabled: true };

testCases(
  ['PF287'],
  [
    { code: 'PF287', name: 'a stage that logs its calls', stacks: stage(logging), told },
    { code: 'PF287', name: 'a stage with an access log', stacks: stage(access), told },
    {
      code: 'PF287',
      name: 'a stage of a WebSocket API that logs its calls',
      stacks: stage({ DefaultRouteSettings: { LoggingLevel: 'ERROR' } }, v2),
      told,
    },
    { code: 'PF287', name: 'a stage of an HTTP API with an access log', stacks: stage(access, v2) },
    { code: 'PF287', name: 'a stage that logs nothing', stacks: stage({ MethodSettings: [{ LoggingLevel: 'OFF' }] }) },
    { code: 'PF287', name: 'a stage with an access log in a stream', stacks: stage(stream) },
    {
      code: 'PF287',
      name: 'an account with the role',
      stacks: stage(logging),
      options: answers('apiLogsRole', {}, 'arn:aws:iam::111111111111:role/logs'),
    },
    {
      code: 'PF287',
      name: 'a stack that sets the role',
      stacks: stage(logging, undefined, { Account: { Type: 'AWS::ApiGateway::Account' } }),
    },
    { code: 'PF287', name: 'a stage that logs already', stacks: stage(tracing), options: live(stage(logging)) },
    {
      code: 'PF001',
      name: 'an account whose role may not be read',
      stacks: stage(logging),
      options: denies('apigateway:GET'),
      told: ['Shop/Stage: role for the logs of APIs: needs the permission apigateway:GET on /account.'],
    },
  ],
);
