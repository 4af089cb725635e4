import { describe, expect, test } from '@jest/globals';
import { judgeWidening } from './widening.ts';

type Statement = Record<string, unknown>;
const allow = (Action: unknown, Resource: unknown = '*', more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, more: Statement = {}): Statement => ({ Effect: 'Deny', Action, Resource: '*', ...more });
const trust = (Principal: unknown, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal,
  ...more,
});
const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const policy = (...statements: unknown[]) => ({ PolicyDocument: document(...statements), PolicyName: 'p', Roles: [{ Ref: 'Role' }] });
const role = (AssumeRolePolicyDocument: unknown, more: object = {}) => ({ AssumeRolePolicyDocument, ...more });
const lambda = document(trust({ Service: 'lambda.amazonaws.com' }));
const group = (ingress: unknown, egress: unknown = []) => ({
  GroupDescription: 'g',
  SecurityGroupIngress: ingress,
  SecurityGroupEgress: egress,
});
const rule = (port: number, from = '10.0.0.0/8') => ({ CidrIp: from, FromPort: port, ToPort: port, IpProtocol: 'tcp' });

const POLICY = 'AWS::IAM::Policy';
const ROLE = 'AWS::IAM::Role';
const GROUP = 'AWS::EC2::SecurityGroup';
const BUCKET_POLICY = 'AWS::S3::BucketPolicy';
type Row = [string, string, object | undefined, object | undefined];

const judge = ([, type, before, after]: Row): boolean =>
  judgeWidening(
    type,
    before && { Type: type, Properties: before as Record<string, unknown> },
    after && { Type: type, Properties: after as Record<string, unknown> },
  );

describe('what widens access', () => {
  test.each<Row>([
    ['a new policy that allows', POLICY, undefined, policy(allow('s3:GetObject'))],
    ['a further statement', POLICY, policy(allow('s3:GetObject')), policy(allow('s3:GetObject'), allow('sqs:SendMessage'))],
    ['a further action', POLICY, policy(allow(['s3:GetObject'])), policy(allow(['s3:GetObject', 's3:PutObject']))],
    ['an action that becomes a pattern', POLICY, policy(allow('s3:GetObject')), policy(allow('s3:Get*'))],
    ['a further resource', POLICY, policy(allow('s3:GetObject', 'arn:a')), policy(allow('s3:GetObject', ['arn:a', 'arn:b']))],
    ['a resource that becomes all', POLICY, policy(allow('s3:GetObject', { 'Fn::GetAtt': ['B', 'Arn'] })), policy(allow('s3:GetObject'))],
    [
      'a condition that goes',
      POLICY,
      policy(allow('s3:GetObject', '*', { Condition: { Bool: { a: 'true' } } })),
      policy(allow('s3:GetObject')),
    ],
    [
      'a condition that is another',
      POLICY,
      policy(allow('a:b', '*', { Condition: { Bool: { a: 'true' } } })),
      policy(allow('a:b', '*', { Condition: { Bool: { a: 'false' } } })),
    ],
    ['a Deny that goes', POLICY, policy(allow('s3:*'), deny('s3:DeleteBucket')), policy(allow('s3:*'))],
    ['a Deny of less', POLICY, policy(deny(['s3:DeleteBucket', 's3:PutObject'])), policy(deny('s3:DeleteBucket'))],
    ['a Deny under a condition', POLICY, policy(deny('s3:*')), policy(deny('s3:*', { Condition: { Bool: { a: 'true' } } }))],
    ['a Deny that goes with its policy', BUCKET_POLICY, policy(deny('s3:*')), undefined],
    ['what is not denied in NotAction', POLICY, policy({ Effect: 'Deny', NotAction: 'a:b', Resource: '*' }), policy()],
    ['a policy for a further role', POLICY, policy(allow('a:b')), { ...policy(allow('a:b')), Roles: [{ Ref: 'Role' }, { Ref: 'Other' }] }],
    ['a policy that denies and leaves a role', POLICY, policy(deny('a:b')), { ...policy(deny('a:b')), Roles: [] }],
    ['a managed policy without anybody yet', 'AWS::IAM::ManagedPolicy', undefined, { PolicyDocument: document(allow('*')) }],
    [
      'a managed policy that others attach',
      'AWS::IAM::ManagedPolicy',
      { PolicyDocument: document(allow('a:b')) },
      { PolicyDocument: document(allow('*')) },
    ],
    ['a further managed policy', ROLE, role(lambda), role(lambda, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] })],
    ['wider trust', ROLE, role(lambda), role(document(trust({ Service: ['lambda.amazonaws.com', 'ecs.amazonaws.com'] })))],
    ['trust in another account', ROLE, role(document(trust({ AWS: '1' }))), role(document(trust({ AWS: '2' })))],
    ['trust in everybody', ROLE, role(lambda), role(document(trust('*')))],
    ['a boundary that goes', ROLE, role(lambda, { PermissionsBoundary: 'arn:b' }), role(lambda)],
    ['another boundary', ROLE, role(lambda, { PermissionsBoundary: 'arn:b' }), role(lambda, { PermissionsBoundary: 'arn:c' })],
    ['a policy that an expression makes', ROLE, role(lambda), role({ Ref: 'Trust' })],
    [
      'a policy that an expression makes, beside one that is written out',
      ROLE,
      role(lambda, { Policies: [policy(allow('a:b'))] }),
      role(lambda, { Policies: [policy(allow('a:b')), { PolicyName: 'q', PolicyDocument: { Ref: 'Document' } }] }),
    ],
    [
      'statements behind a condition of the template',
      POLICY,
      policy({ 'Fn::If': ['C', allow('a:b'), { Ref: 'AWS::NoValue' }] }),
      policy({ 'Fn::If': ['C', allow('a:c'), { Ref: 'AWS::NoValue' }] }),
    ],
    ['a user in a group', 'AWS::IAM::UserToGroupAddition', undefined, { GroupName: 'g', Users: ['u'] }],
    ['a role in a profile', 'AWS::IAM::InstanceProfile', undefined, { Roles: [{ Ref: 'Role' }] }],
    [
      'a policy of a key',
      'AWS::KMS::Key',
      { KeyPolicy: document(allow('kms:Decrypt', '*', { Principal: { AWS: '1' } })) },
      { KeyPolicy: document(allow('kms:*', '*', { Principal: { AWS: '1' } })) },
    ],
    ['a bucket policy for another bucket', BUCKET_POLICY, { Bucket: 'a', ...policy(deny('a:b')) }, { Bucket: 'b', ...policy(deny('a:b')) }],
    ['a new permission of a function', 'AWS::Lambda::Permission', undefined, { Principal: 's3.amazonaws.com' }],
    ['another caller of a function', 'AWS::Lambda::Permission', { Principal: 's3.amazonaws.com' }, { Principal: '*' }],
    ['an address without authentication', 'AWS::Lambda::Url', { AuthType: 'AWS_IAM' }, { AuthType: 'NONE' }],
    ['a further rule', GROUP, group([rule(443)]), group([rule(443), rule(22)])],
    ['a rule from everywhere', GROUP, group([rule(443)]), group([rule(443, '0.0.0.0/0')])],
    ['a new group that lets in', GROUP, undefined, group([rule(443)])],
    ['a way out that is new', GROUP, group([]), group([], [rule(443)])],
    ['rules that an expression makes', GROUP, group([rule(443)]), group({ Ref: 'Rules' })],
    ['a rule of its own', 'AWS::EC2::SecurityGroupIngress', undefined, rule(443)],
    ['another rule of its own', 'AWS::EC2::SecurityGroupIngress', rule(443), rule(22)],
  ])('%s', (...row) => expect(judge(row)).toBe(true));

  test('a resource that another condition makes', () => {
    const of = (Condition: string) => ({ Type: POLICY, Properties: policy(deny('a:b')), Condition });
    expect(judgeWidening(POLICY, of('A'), of('B'))).toBe(true);
    expect(judgeWidening(POLICY, of('A'), of('A'))).toBe(false);
  });
});

describe('what does not', () => {
  test.each<Row>([
    ['a policy that goes', POLICY, policy(allow('s3:GetObject')), undefined],
    ['a role that goes, with what it denied', ROLE, role(lambda, { Policies: [policy(deny('a:b'))] }), undefined],
    ['a statement less', POLICY, policy(allow('a:b'), allow('a:c')), policy(allow('a:b'))],
    ['an action less', POLICY, policy(allow(['a:b', 'a:c'])), policy(allow('a:b'))],
    ['a pattern that becomes an action', POLICY, policy(allow('s3:Get*')), policy(allow(['s3:GetObject', 's3:getBucketPolicy']))],
    ['a condition that is new', POLICY, policy(allow('a:b')), policy(allow('a:b', '*', { Condition: { Bool: { a: 'true' } } }))],
    ['statements in another order', POLICY, policy(allow('a:b'), allow('a:c')), policy(allow('a:c'), allow('a:b'))],
    ['the name of a statement', POLICY, policy(allow('a:b', '*', { Sid: 'A' })), policy(allow('a:b', '*', { Sid: 'B' }))],
    ['a Deny that is new', POLICY, policy(allow('a:*')), policy(allow('a:*'), deny('a:b'))],
    ['a Deny of more', POLICY, policy(deny('a:b')), policy(deny('a:*'))],
    ['a new policy that only denies', BUCKET_POLICY, undefined, { Bucket: { Ref: 'B' }, ...policy(deny('s3:*')) }],
    ['a policy for a role less', POLICY, policy(allow('a:b')), { ...policy(allow('a:b')), Roles: [] }],
    ['trust in one less', ROLE, role(document(trust({ AWS: ['1', '2'] }))), role(document(trust({ AWS: '2' })))],
    ['trust in one instead of everybody', ROLE, role(document(trust('*'))), role(document(trust({ AWS: '2' })))],
    ['a boundary that is new', ROLE, role(lambda), role(lambda, { PermissionsBoundary: 'arn:b' })],
    ['a description', ROLE, role(lambda, { Description: 'a' }), role(lambda, { Description: 'b' })],
    [
      'a managed policy less',
      ROLE,
      role(lambda, { ManagedPolicyArns: ['arn:a', 'arn:b'] }),
      role(lambda, { ManagedPolicyArns: ['arn:a'] }),
    ],
    [
      'an inline policy less, and another name of one',
      ROLE,
      role(lambda, { Policies: [policy(allow('a:b')), policy(allow('a:c'))] }),
      role(lambda, { Policies: [{ ...policy(allow('a:b')), PolicyName: { Ref: 'Name' } }] }),
    ],
    ['a new user', 'AWS::IAM::User', undefined, { UserName: 'u' }],
    ['a rule less', GROUP, group([rule(443), rule(22)]), group([rule(443)])],
    ['the description of a rule', GROUP, group([{ ...rule(443), Description: 'a' }]), group([{ ...rule(443), Description: 'b' }])],
    ['a new group that lets nothing in', GROUP, undefined, group([], [rule(443, '0.0.0.0/0')])],
    ['a permission of a function that goes', 'AWS::Lambda::Permission', { Principal: '*' }, undefined],
    ['a queue', 'AWS::SQS::Queue', undefined, { QueueName: 'q' }],
  ])('%s', (...row) => expect(judge(row)).toBe(false));
});
