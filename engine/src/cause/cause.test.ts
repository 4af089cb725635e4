import { describe, expect, test } from '@jest/globals';
import { codes } from '../codes.ts';
import { toConsoleUrl } from '../console.ts';
import { toClass } from './classes.ts';
import { toCleaned, withoutSecrets } from './clean.ts';
import { toErrorLines, toNamedGroup, toRequestId } from './logs.ts';
import { toServiceName, toTaskLines } from './tasks.ts';

const bucket = 'AWS::S3::Bucket';

test.each<[string, string, string | undefined]>([
  ["Resource of type 'AWS::SQS::Queue' with identifier 'jobs' already exists.", 'AWS::SQS::Queue', 'PF120'],
  ['jobs already exists in stack arn:aws:cloudformation:us-west-2:111111111111:stack/Other/1', 'AWS::SQS::Queue', 'PF121'],
  ['The requested bucket name is not available.', bucket, 'PF122'],
  ['EntityAlreadyExistsException: Provider with url https://a already exists.', 'AWS::IAM::OIDCProvider', 'PF181'],
  ["Tried to create resource record set [name='a.', type='A'] but it already exists", 'AWS::Route53::RecordSet', 'PF184'],
  ['No export named net-vpc found.', 'AWS::EC2::Subnet', 'PF132'],
  ['Export net-vpc cannot be deleted as it is in use by Api', 'AWS::CloudFormation::Stack', 'PF190'],
  ['User x is not authorized to perform: iam:PassRole on resource: y', 'AWS::Lambda::Function', 'PF106'],
  ['The role defined for the function cannot be assumed by Lambda.', 'AWS::Lambda::Function', 'PF272'],
  ['The maximum number of VPCs has been reached.', 'AWS::EC2::VPC', 'PF250'],
  ['The specified KMS key does not exist or is not allowed to be used', 'AWS::Logs::LogGroup', 'PF285'],
  ['The specified KMS key does not exist or is not allowed to be used', bucket, 'PF284'],
  ['API: s3:PutBucketPolicy Access Denied', 'AWS::S3::BucketPolicy', 'PF290'],
  ['API: s3:PutBucketPolicy Access Denied', 'AWS::Lambda::Function', undefined],
  ['Access Denied', bucket, undefined],
  ['the queue that exists', 'AWS::SQS::Queue', undefined],
])('%s (%s) is known as %s', (message, type, code) => {
  expect(toClass({ logicalId: 'A', type, message })).toBe(code);
  if (code) expect(codes).toHaveProperty(code);
});

test.each<[string, string, string]>([
  [
    'the frame of a handler',
    'Resource handler returned message: "Queue \\"a\\" exists" (RequestToken: 12-3, HandlerErrorCode: AlreadyExists)',
    'Queue \\"a\\" exists',
  ],
  ['the request of a service', 'no (Service: Lambda, Status Code: 403, Request ID: 12-3) (SDK Attempt Count: 1)', 'no'],
  ['the request of an older service', 'no (Service: AmazonSQS; Status Code: 400; Error Code: X; Request ID: 1-2; Proxy: null)', 'no'],
  ['a code that says more', 'Denied (RequestToken: 12-3, HandlerErrorCode: AccessDenied)', 'Denied (AccessDenied)'],
  [
    'the frame of a custom resource',
    'Received response status [FAILED] from custom resource. Message returned: no. See the details in CloudWatch Log Stream: 2026/x (RequestId: 1-2)',
    'no.',
  ],
  ['the prose of the toolkit', '❌  Importer failed: DeploymentError: The stack named Importer failed', 'The stack named Importer failed'],
  ['the prose of the toolkit about a stage', '\n ❌  Dev/Api (Dev-Api) failed: no', 'no'],
  ['nothing of other words', 'Access Denied (for good)', 'Access Denied (for good)'],
  ['not all, where nothing else is there', ' (RequestId: 12-3)', '(RequestId: 12-3)'],
])('of a message goes %s', (_name, message, cleaned) => expect(toCleaned(message)).toBe(cleaned));

test.each<[string, string]>([
  ['{"password": "a b", "user": "ada"}', '{"password": ***, "user": "ada"}'],
  ['DB_PASSWORD=hunter2 next', 'DB_PASSWORD=*** next'],
  ['Authorization: Bearer abc.def', 'Authorization: ***'],
  [`key ASIAABCDEFGHIJKLMNOP and ghp_${'a'.repeat(36)}`, 'key *** and ***'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIE', '***'],
  ['a token of thanks', 'a token of thanks'],
])('what looks like a secret is not told: %s', (text, hidden) => expect(withoutSecrets(text)).toBe(hidden));

describe('lines of a log', () => {
  test('are those of the last error, at most eight, each at most 300 characters', () => {
    const lines = ['Error: first', 'calm', `Error: ${'x'.repeat(400)}`, ...Array.from({ length: 20 }, (_, i) => `frame ${i}`)];
    const told = toErrorLines(lines);
    expect(told).toHaveLength(8);
    expect(told[0]).toHaveLength(301);
    expect(told[1]).toBe('frame 0');
  });

  test('begin with the first line of an error of many lines', () => {
    expect(toErrorLines(['start', 'Traceback (most recent call last):', 'ValueError: no', 'END'])).toEqual([
      'Traceback (most recent call last):',
      'ValueError: no',
    ]);
  });

  test('of another request are none, also where that is the only error', () => {
    const id = '11111111-2222-3333-4444-555555555555';
    expect(toErrorLines(['Error: other', `START RequestId: ${id}`, 'calm', 'END'], id)).toEqual([]);
  });

  test('are found by what a failure names', () => {
    expect(toRequestId('no (RequestId: 11111111-2222-3333-4444-555555555555)')).toBe('11111111-2222-3333-4444-555555555555');
    expect([toRequestId('no'), toNamedGroup('no'), toNamedGroup('no\nLogs: /aws/lambda/a-b_c')]).toEqual([
      undefined,
      undefined,
      '/aws/lambda/a-b_c',
    ]);
  });
});

test.each([
  ['arn:aws:ecs:us-west-2:111111111111:service/main/web', { cluster: 'main', service: 'web' }],
  ['arn:aws-cn:ecs:cn-north-1:111111111111:service/web', { cluster: 'default', service: 'web' }],
  ['web', undefined],
  ['arn:aws:ecs:us-west-2:111111111111:task/main/1', undefined],
])('%s names the service %j', (arn, name) => expect(toServiceName(arn)).toEqual(name));

test('a container that ended well tells nothing', () => {
  const containers = [{ name: 'app', image: 'a:1', exitCode: 0, reason: '' }];
  expect(toTaskLines([{ stoppedAtMs: 1, reason: '', containers }])).toEqual([]);
});

test.each([
  ['aws', 'us-west-2', 'https://us-west-2.console.aws.amazon.com/cloudformation/home?region=us-west-2#'],
  ['aws-cn', 'cn-north-1', 'https://console.amazonaws.cn/cloudformation/home?region=cn-north-1#'],
  ['aws-us-gov', 'us-gov-west-1', 'https://console.amazonaws-us-gov.com/cloudformation/home?region=us-gov-west-1#'],
])('the console of %s shows the events of a stack', (partition, region, home) => {
  const id = `arn:${partition}:cloudformation:${region}:111111111111:stack/Shop/1`;
  expect(toConsoleUrl(id)).toBe(`${home}/stacks/events?stackId=${encodeURIComponent(id)}`);
});

test.each(['arn', 'Shop', 'arn:aws-iso:cloudformation:us-iso-east-1:1:stack/Shop/1'])('there is no address for %s', (id) =>
  expect(toConsoleUrl(id)).toBeUndefined(),
);
