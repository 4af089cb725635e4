import { testCases } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';

/** A policy document of a number of characters, white space left out. */
const ofCharacters = (count: number) => {
  const empty = { Statement: [{ Sid: '' }] };
  return { Statement: [{ Sid: 'x'.repeat(count - JSON.stringify(empty).length) }] };
};
const inline = (count: number) => ({ Policies: [{ PolicyName: 'p', PolicyDocument: ofCharacters(count) }] });
const role = (properties: object = {}) => ({ Type: 'AWS::IAM::Role', Properties: { ...properties } });
const attached = (count: number, property: string, to: unknown) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'p', PolicyDocument: ofCharacters(count), [property]: [to] },
});
const managed = (roles: readonly unknown[]) => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { PolicyDocument: ofCharacters(100), Roles: roles },
});
const arns = (count: number) => Array.from({ length: count }, (_, i) => `arn:aws:iam::111111111111:policy/p${i}`);
const summary = (value: object): FactsOptions => ({ before: ({ aws }) => void aws.answers.set('iamSummary {}', value) });
const open = (characters: number) => ({ 'Fn::Join': ['', ['x'.repeat(characters), { 'Fn::GetAtt': ['Queue', 'Arn'] }]] });

testCases(
  ['PF001', 'PF232', 'PF233'],
  [
    {
      code: 'PF232',
      name: 'a role of a character too many',
      stacks: { Shop: { resources: { R: role(inline(10_241)) } } },
      told: ['Shop/R: The policies of R have 10241 characters or more; an AWS::IAM::Role takes 10240.'],
    },
    {
      code: 'PF232',
      name: 'a role with a policy of its own and one that is attached',
      stacks: { Shop: { resources: { R: role(inline(5_000)), P: attached(5_241, 'Roles', { Ref: 'R' }) } } },
      told: ['Shop/R: The policies of R have 10241 characters or more; an AWS::IAM::Role takes 10240.'],
    },
    {
      code: 'PF232',
      name: 'a user to whom a policy is attached by name',
      stacks: {
        Shop: {
          resources: {
            U: { Type: 'AWS::IAM::User', Properties: { UserName: 'ada' } },
            P: { Type: 'AWS::IAM::UserPolicy', Properties: { PolicyDocument: ofCharacters(2_049), UserName: 'ada' } },
          },
        },
      },
      told: ['Shop/U: The policies of U have 2049 characters or more; an AWS::IAM::User takes 2048.'],
    },
    {
      code: 'PF232',
      name: 'a managed policy',
      stacks: { Shop: { resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: ofCharacters(6_145) } } } } },
      told: ['Shop/P: The policies of P have 6145 characters or more; an AWS::IAM::ManagedPolicy takes 6144.'],
    },
    {
      code: 'PF232',
      name: 'a policy that is too large in what is known of it',
      stacks: { Shop: { resources: { R: role({ Policies: [{ PolicyDocument: { Statement: [{ Resource: open(10_250) }] } }] }) } } },
      told: ['Shop/R: The policies of R have 10281 characters or more; an AWS::IAM::Role takes 10240.'],
    },
    {
      code: 'PF232',
      name: 'a trust policy beyond what the account allows',
      stacks: { Shop: { resources: { R: role({ AssumeRolePolicyDocument: ofCharacters(4_097) }) } } },
      options: summary({ AssumeRolePolicySizeQuota: 4_096 }),
      told: ['Shop/R: The trust policy of R has 4097 characters or more; the account allows 4096.'],
    },
    {
      code: 'PF232',
      name: 'a trust policy beyond the default that the account allows',
      stacks: { Shop: { resources: { R: role({ AssumeRolePolicyDocument: ofCharacters(4_096) }) } } },
      options: summary({ AssumeRolePolicySizeQuota: 4_096 }),
    },
    { code: 'PF232', name: 'a role of just as many characters', stacks: { Shop: { resources: { R: role(inline(10_240)) } } } },
    {
      code: 'PF232',
      name: 'white space, which does not count',
      stacks: { Shop: { resources: { R: role({ Policies: [{ PolicyDocument: { Statement: [{ Resource: ' '.repeat(10_250) }] } }] }) } } },
    },
    {
      code: 'PF232',
      name: 'policies of two roles',
      stacks: { Shop: { resources: { A: role(), B: role(inline(6_000)), P: attached(6_000, 'Roles', { Ref: 'A' }) } } },
    },
    {
      code: 'PF232',
      name: 'a policy that may not be there at all',
      stacks: {
        Shop: {
          resources: { R: role(inline(6_000)), P: { ...attached(6_000, 'Roles', { Ref: 'R' }), Condition: 'Is' } },
          more: { Parameters: { Is: { Type: 'String' } }, Conditions: { Is: { 'Fn::Equals': [{ Ref: 'Is' }, 'yes'] } } },
        },
      },
    },
    {
      code: 'PF233',
      name: 'a role of eleven managed policies',
      stacks: { Shop: { resources: { R: role({ ManagedPolicyArns: arns(11) }) } } },
      told: ['Shop/R: R has 11 managed policies; the account allows 10.'],
    },
    {
      code: 'PF233',
      name: 'a role of ten, and one that attaches itself',
      stacks: { Shop: { resources: { R: role({ ManagedPolicyArns: arns(10) }), P: managed([{ Ref: 'R' }]) } } },
      told: ['Shop/R: R has 11 managed policies; the account allows 10.'],
    },
    {
      code: 'PF233',
      name: 'eleven in an account that allows twenty',
      stacks: { Shop: { resources: { R: role({ ManagedPolicyArns: arns(11) }) } } },
      options: summary({ AttachedPoliciesPerRoleQuota: 20 }),
    },
    {
      code: 'PF233',
      name: 'ten, and one that nobody knows to be there',
      stacks: {
        Shop: {
          more: {
            Parameters: { Debug: { Type: 'String', NoEcho: true } },
            Conditions: { IsDebug: { 'Fn::Equals': [{ Ref: 'Debug' }, 'yes'] } },
          },
          resources: {
            R: role({ ManagedPolicyArns: [...arns(10), { 'Fn::If': ['IsDebug', 'arn:aws:iam::aws:policy/x', { Ref: 'AWS::NoValue' }] }] }),
          },
        },
      },
    },
    {
      code: 'PF233',
      name: 'one policy that is named twice',
      stacks: { Shop: { resources: { R: role({ ManagedPolicyArns: [...arns(10), ...arns(1)] }) } } },
    },
    {
      code: 'PF001',
      name: 'quotas that may not be read',
      stacks: { Shop: { resources: { R: role({ RoleName: 'r', ManagedPolicyArns: arns(11) }) } } },
      options: { before: ({ aws }) => void aws.denied.add('iam:GetAccountSummary') },
      told: ['Shop/R: quotas of IAM: needs the permission iam:GetAccountSummary on *.'],
    },
    {
      code: 'PF001',
      name: 'quotas that nobody comes near',
      stacks: { Shop: { resources: { Q: { Type: 'AWS::SQS::Queue' } } } },
      options: { before: ({ aws }) => void aws.denied.add('iam:GetAccountSummary') },
    },
  ],
);
