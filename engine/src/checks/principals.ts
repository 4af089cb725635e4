import type { Facts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { toPrincipals, toStatements } from './policies.ts';
import { parseArn, toPart, toTexts } from './properties.ts';
import { isOfRun, isPropertyTouched, toAsked, toTouched, type Touched } from './touched.ts';

/**
 * Whether the roles and users of this account that resource policies name are there: AWS refuses a policy that names one that
 * is not. Those of other accounts cannot be read.
 *
 * @source https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export const principals: Check = {
  name: 'principals of policies',
  tier: 'read',
  judge: (facts, ask) =>
    toTouched(toAsked(facts.templates), (type) => documents.has(type)).flatMap((touched) => judgeDocument(touched, facts, ask)),
};

/** Where a resource has the policy whose principals AWS looks up. */
const documents: ReadonlyMap<string, string> = new Map([
  ['AWS::ECR::Repository', 'RepositoryPolicyText'],
  ['AWS::IAM::Role', 'AssumeRolePolicyDocument'],
  ['AWS::KMS::Key', 'KeyPolicy'],
  ['AWS::S3::BucketPolicy', 'PolicyDocument'],
  ['AWS::SNS::TopicPolicy', 'PolicyDocument'],
  ['AWS::SQS::QueuePolicy', 'PolicyDocument'],
  ['AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy'],
]);

function judgeDocument(touched: Touched, facts: Facts, ask: Ask): readonly Finding[] {
  const property = documents.get(touched.type) ?? '';
  if (!isPropertyTouched(touched, property)) return [];
  const named = toStatements(toPart(touched.properties, property)).flatMap((s) => toTexts(toPrincipals(s, 'AWS')));
  return [...new Set(named)].flatMap((arn) => judgePrincipal(arn, touched, facts, ask));
}

function judgePrincipal(principal: string, { facts: { at }, place }: Touched, { templates }: Facts, ask: Ask): readonly Finding[] {
  const { service, account, resource } = parseArn(principal) ?? {};
  const [, kind, name] = /^(role|user)\/(?:.*\/)?([^/]+)$/.exec(resource ?? '') ?? [];
  if (service !== 'iam' || account !== at.account || !name) return [];
  const type = kind === 'role' ? 'AWS::IAM::Role' : 'AWS::IAM::User';
  if (isOfRun(templates, type, name)) return [];
  const gone = finding('PF291', `The policy names ${principal}, which is not there.`, place);
  if (type === 'AWS::IAM::Role')
    return judgeAnswer(ask(at, 'presence', { type, name }), principal, place, ({ kind: found }) => (found === 'absent' ? [gone] : []));
  return judgeAnswer(ask(at, 'resource', { type, identifier: name }), principal, place, (live) => (live ? [] : [gone]));
}
