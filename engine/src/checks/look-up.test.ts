import { expect, test } from '@jest/globals';
import { Open } from '../assembly/evaluate.ts';
import { judgeCollision } from './look-up.ts';

const at = { account: '111111111111', region: 'us-west-2' };
const arn = (service: string, rest: string) => `arn:aws:${service}:us-west-2:111111111111:${rest}`;
const queueUrl = (name: string, host = 'sqs.us-west-2.amazonaws.com') => `https://${host}/111111111111/${name}`;

test.each<
  [what: string, type: string, physicalId: string, properties: Record<string, unknown>, verdict: 'taken' | 'not known' | undefined]
>([
  ['a bucket', 'AWS::S3::Bucket', 'files', { BucketName: 'files' }, 'taken'],
  ['a bucket of another name', 'AWS::S3::Bucket', 'files', { BucketName: 'files-2' }, undefined],
  ['a bucket that AWS names', 'AWS::S3::Bucket', 'files', {}, undefined],
  ['a bucket that only the deployment names', 'AWS::S3::Bucket', 'files', { BucketName: new Open({ Ref: 'A' }) }, 'not known'],
  ['a queue', 'AWS::SQS::Queue', queueUrl('jobs'), { QueueName: 'jobs' }, 'taken'],
  ['a queue by its old address', 'AWS::SQS::Queue', queueUrl('jobs', 'queue.amazonaws.com'), { QueueName: 'jobs' }, 'taken'],
  ['a queue of another name', 'AWS::SQS::Queue', queueUrl('more-jobs'), { QueueName: 'jobs' }, undefined],
  ['a topic', 'AWS::SNS::Topic', arn('sns', 'news'), { TopicName: 'news' }, 'taken'],
  ['a secret', 'AWS::SecretsManager::Secret', arn('secretsmanager', 'secret:db-AbC123'), { Name: 'db' }, 'taken'],
  ['a secret below another', 'AWS::SecretsManager::Secret', arn('secretsmanager', 'secret:a/db-AbC123'), { Name: 'db' }, undefined],
  ['a policy', 'AWS::IAM::ManagedPolicy', 'arn:aws:iam::111111111111:policy/team/p', { ManagedPolicyName: 'p' }, 'taken'],
  ['a rule', 'AWS::Events::Rule', 'nightly', { Name: 'nightly' }, 'taken'],
  ['a rule of another bus', 'AWS::Events::Rule', 'bus|nightly', { Name: 'nightly' }, undefined],
  ['a parameter below another', 'AWS::SSM::Parameter', '/a/b', { Name: 'b' }, undefined],
  ['a state machine', 'AWS::StepFunctions::StateMachine', arn('states', 'stateMachine:m'), { StateMachineName: 'm' }, 'taken'],
  ['a user pool, whose name another may have', 'AWS::Cognito::UserPool', 'us-west-2_a', { UserPoolName: 'users' }, undefined],
  ['a security group', 'AWS::EC2::SecurityGroup', 'sg-1', { GroupName: 'web' }, 'not known'],
  ['a broker', 'AWS::AmazonMQ::Broker', 'b-1', { BrokerName: 'jobs' }, 'not known'],
  ['a record', 'AWS::Route53::RecordSet', 'a.example.com', { Name: 'a.example.com' }, 'taken'],
  ['a volume', 'AWS::EC2::Volume', 'vol-1', { Size: 1 }, undefined],
])('what is there and what a template names: %s', (_what, type, physicalId, properties, verdict) => {
  expect(judgeCollision({ type, physicalId }, { type, properties }, at)).toBe(verdict);
});

test('a resource of another type is not in the way', () => {
  const topic = { type: 'AWS::SNS::Topic', properties: { TopicName: 'jobs' } };
  expect(judgeCollision({ type: 'AWS::SQS::Queue', physicalId: queueUrl('jobs') }, topic, at)).toBeUndefined();
});
