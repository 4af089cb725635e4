import { judgePolicies } from './iam-rules.ts';

const policy = (statement: object) => ({
  Resources: { P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: [statement] } } } },
});
const allow = (Action: unknown, Resource: unknown) => policy({ Effect: 'Allow', Action, Resource });

test.each<[why: string, template: Parameters<typeof judgePolicies>[0], rules: readonly string[]]>([
  ['a pattern of actions', allow('s3:Get*', 'arn:x'), ['pattern-of-actions']],
  ['all actions of all services', allow(['*'], ['*']), ['pattern-of-actions', 'all-resources']],
  ['all actions but some', policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: 'arn:x' }), ['pattern-of-actions']],
  ['all resources', allow('s3:GetObject', ['arn:x', '*']), ['all-resources']],
  [
    'an inline policy of a role',
    {
      Resources: {
        R: {
          Type: 'AWS::IAM::Role',
          Properties: { Policies: [{ PolicyDocument: { Statement: { Effect: 'Allow', Action: 's3:*', Resource: 'x' } } }] },
        },
      },
    },
    ['pattern-of-actions'],
  ],
])('finds %s', (_, template, rules) => {
  expect(judgePolicies(template).map(({ rule }) => rule)).toEqual(rules);
});

test.each([
  ['named actions on resources below a folder', allow('s3:GetObject', 'arn:aws:s3:::bucket/uploads/*')],
  ['a denial of everything', policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' })],
  ['no policy', { Resources: { B: { Type: 'AWS::S3::Bucket' } } }],
])('lets %s pass', (_, template) => {
  expect(judgePolicies(template)).toEqual([]);
});
