import { answers, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import { account } from '../../../test/fakes/world.ts';

const of = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const bucket = (configuration: object) => ({
  Files: { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: configuration } },
});
const custom = (configuration: object, more: object = {}) => ({
  Notifications: {
    Type: 'Custom::S3BucketNotifications',
    Properties: { BucketName: 'files', NotificationConfiguration: configuration, ...more },
  },
});
const fn = { Fn: { Type: 'AWS::Lambda::Function', Properties: { Handler: 'index.handler' } } };
const permission = (more: object = {}) => ({
  Allow: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: of('Fn'), Principal: 's3.amazonaws.com', ...more } },
});
const queue = (properties: object = {}) => ({ Jobs: { Type: 'AWS::SQS::Queue', Properties: { ...properties } } });
const queuePolicy = (service: string) => ({
  Policy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [{ Ref: 'Jobs' }], PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: service } }] } },
  },
});
const stack = (...resources: object[]): Stacks => ({ Shop: { resources: Object.assign({}, ...resources) } });
const toFn = { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: of('Fn') }] };
const toQueue = { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: of('Jobs') }] };
const there = { LambdaConfigurations: [{ Function: `arn:aws:lambda:us-west-2:${account}:function:worker` }] };
const policy = (service: string) =>
  answers('functionPolicy', { name: 'worker' }, JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: service } }] }));

testCases(
  ['PF286'],
  [
    {
      code: 'PF286',
      name: 'a function that nobody lets S3 invoke',
      stacks: stack(bucket(toFn), fn),
      options: { static: true },
      told: ['Shop/Files: No permission lets s3.amazonaws.com invoke Fn.'],
    },
    {
      code: 'PF286',
      name: 'a function that another service may invoke',
      stacks: stack(
        custom({ LambdaFunctionConfigurations: [{ LambdaFunctionArn: of('Fn') }] }),
        fn,
        permission({ Principal: 'sns.amazonaws.com' }),
      ),
      told: ['Shop/Notifications: No permission lets s3.amazonaws.com invoke Fn.'],
    },
    {
      code: 'PF286',
      name: 'a permission that waits for the bucket',
      stacks: stack(bucket(toFn), fn, permission({ SourceArn: of('Files') })),
      told: ['Shop/Files: Allow refers to Files, so it is made after the notification that needs it.'],
    },
    { code: 'PF286', name: 'a function that S3 may invoke', stacks: stack(bucket(toFn), fn, permission()) },
    {
      code: 'PF286',
      name: 'a function that S3 may invoke, by its name',
      stacks: stack(
        bucket(toFn),
        { Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'worker' } } },
        permission({ FunctionName: 'worker' }),
      ),
    },
    {
      code: 'PF286',
      name: 'a permission for the bucket, and a notification that comes after both',
      stacks: stack(
        custom({ LambdaFunctionConfigurations: [{ LambdaFunctionArn: of('Fn') }] }),
        fn,
        permission({ SourceArn: of('Files') }),
      ),
    },
    { code: 'PF286', name: 'a function that was there before', stacks: stack(bucket(toFn), fn), options: live(stack(fn)) },
    {
      code: 'PF286',
      name: 'a target that is not to be tried',
      stacks: stack(custom({ QueueConfigurations: [{ QueueArn: of('Jobs') }] }, { SkipDestinationValidation: true }), queue()),
    },
    {
      code: 'PF286',
      name: 'a queue without a policy',
      stacks: stack(bucket(toQueue), queue()),
      told: ['Shop/Files: No policy of Jobs admits s3.amazonaws.com.'],
    },
    {
      code: 'PF286',
      name: 'a queue with a policy for another service',
      stacks: stack(bucket(toQueue), queue(), queuePolicy('sns.amazonaws.com')),
      told: ['Shop/Files: No policy of Jobs admits s3.amazonaws.com.'],
    },
    {
      code: 'PF286',
      name: 'a queue that AWS encrypts with its own key',
      stacks: stack(bucket(toQueue), queue({ KmsMasterKeyId: 'alias/aws/sqs' }), queuePolicy('s3.amazonaws.com')),
      told: ['Shop/Files: Jobs is encrypted with alias/aws/sqs, which S3 may not use.'],
    },
    { code: 'PF286', name: 'a queue with a policy for S3', stacks: stack(bucket(toQueue), queue(), queuePolicy('s3.amazonaws.com')) },
    {
      code: 'PF286',
      name: 'a function that is there and that S3 may not invoke',
      stacks: stack(bucket(there)),
      options: policy('sns.amazonaws.com'),
      told: ['Shop/Files: The policy of the function worker does not let s3.amazonaws.com invoke it.'],
    },
    {
      code: 'PF286',
      name: 'a function that is there and that S3 may invoke',
      stacks: stack(bucket(there)),
      options: policy('s3.amazonaws.com'),
    },
    {
      code: 'PF286',
      name: 'a function that is there, with a permission of this run',
      stacks: stack(bucket(there), permission({ FunctionName: 'worker' })),
    },
    {
      code: 'PF001',
      name: 'a policy of a function that may not be read',
      stacks: stack(bucket(there)),
      options: denies('lambda:GetPolicy'),
      told: ['Shop/Files: policy of the function worker: needs the permission lambda:GetPolicy on worker.'],
    },
  ],
);
