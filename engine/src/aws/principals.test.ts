import { expect, test } from '@jest/globals';
import { createWire } from '../../../test/fakes/wire.ts';
import { known } from '../answer.ts';
import { createPrincipalReadings } from './principals.ts';

const error = (code: string, message = '') => ({
  status: 403,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});
const keys =
  '<AccessKeyId>a</AccessKeyId><SecretAccessKey>b</SecretAccessKey><SessionToken>c</SessionToken><Expiration>2026-11-21T00:00:00Z</Expiration>';
const assumed = {
  body: `<AssumeRoleResponse><AssumeRoleResult><Credentials>${keys}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
};
const role = 'arn:aws:iam::111111111111:role/deploy';

test('a role that can be assumed has no refusal, and nothing of its keys is told', async () =>
  expect(await createPrincipalReadings(createWire([assumed])).refusal({ role })).toEqual(known(undefined)));

test('a refusal is an answer, in the words of AWS', async () =>
  expect(await createPrincipalReadings(createWire([error('AccessDenied', 'not you')])).refusal({ role })).toEqual(known('not you')));

test('a session that has ended is no refusal', async () =>
  expect(await createPrincipalReadings(createWire([error('ExpiredToken')])).refusal({ role })).toMatchObject({
    because: { call: 'sts:AssumeRole', why: 'expired' },
  }));

const result = (action: string, decision: string, missing = '') =>
  `<member><EvalActionName>${action}</EvalActionName><EvalDecision>${decision}</EvalDecision><MissingContextValues>${missing}</MissingContextValues></member>`;

test('what depends on a value that is not known is not called denied', async () => {
  const results = [
    result('iam:PassRole', 'implicitDeny'),
    result('s3:GetObject', 'allowed'),
    result('s3:PutObject', 'explicitDeny'),
    result('ecr:PutImage', 'implicitDeny', '<member>aws:SourceIp</member>'),
  ];
  const body = `<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults>${results.join('')}</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`;
  const seen: string[] = [];
  const of = { principal: role, actions: ['iam:PassRole'], resource: '*', service: 'cloudformation.amazonaws.com' };
  expect(await createPrincipalReadings(createWire([{ body }], seen)).denied(of)).toEqual(known(['iam:PassRole', 's3:PutObject']));
  expect(seen[0]).toContain('ContextEntries.member.1.ContextKeyName=iam%3APassedToService');
});

test('of IAM the counts and quotas are read', async () => {
  const entry = (key: string, value: number) => `<entry><key>${key}</key><value>${value}</value></entry>`;
  const map = `<SummaryMap>${entry('Roles', 3)}${entry('RolesQuota', 1000)}</SummaryMap>`;
  const body = `<GetAccountSummaryResponse><GetAccountSummaryResult>${map}</GetAccountSummaryResult></GetAccountSummaryResponse>`;
  expect(await createPrincipalReadings(createWire([{ body }])).iamSummary({})).toEqual(known({ Roles: 3, RolesQuota: 1000 }));
});
