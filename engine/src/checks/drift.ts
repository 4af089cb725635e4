import { finding, type Finding } from '../finding.ts';
import type { ResourceChange } from '../plan/plan.ts';
import type { Surroundings } from '../assembly/surroundings.ts';
import type { Answer } from '../answer.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, notRun, toPlace, type Check } from './check.ts';
import type { TemplateFacts } from '../template-facts.ts';

/**
 * Whether what the deployment updates is still there, and as its stack left it as far as the last drift detection knows.
 *
 * Only what is updated in place: a resource that is gone can be removed and replaced all the same.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
 */
export const drift: Check = {
  name: 'drift',
  tier: 'read',
  judge: ({ templates }, ask) =>
    templates.flatMap((facts) => {
      const updated = facts.changes.filter((c) => c.action === 'update' && c.properties.length > 0);
      if (!isSettled(facts) || updated.length === 0) return [];
      return [...judgeGone(updated, facts, ask), ...judgeModified(updated, facts, ask)];
    }),
};

/** In other states nothing is updated, and what is there today says little. */
const isSettled = ({ live }: TemplateFacts): boolean => live?.kind === 'known' && /_COMPLETE$/.test(live.value?.status ?? '');

function judgeModified(updated: readonly ResourceChange[], { stack, at }: TemplateFacts, ask: Ask): readonly Finding[] {
  return judgeAnswer(ask(at, 'drifts', { stack: stack.name }), `drift of ${stack.name}`, toPlace(stack), (drifts) =>
    drifts
      .filter((d) => d.status === 'MODIFIED' && updated.some((c) => c.logicalId === d.logicalId))
      .map(({ logicalId, properties, day }) =>
        finding(
          'PF202',
          `${logicalId} was changed outside of ${stack.name}: ${properties.join(', ')} (drift detection of ${day}).`,
          toPlace(stack, logicalId),
        ),
      ),
  );
}

/** The types whose physical id is always the identifier that Cloud Control knows them by. */
export const identified: ReadonlySet<string> = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::Cognito::UserPool',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::ECR::Repository',
  'AWS::ECS::Cluster',
  'AWS::EFS::FileSystem',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SSM::Parameter',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
]);

/** Up to so many resources of a type are asked for one by one; more, by one list of the type. */
const fewOfType = 10;

function judgeGone(updated: readonly ResourceChange[], facts: TemplateFacts, ask: Ask): readonly Finding[] {
  const { stack, at } = facts;
  const looked = updated.filter((c) => identified.has(c.type));
  if (looked.length === 0) return [];
  return judgeAnswer(ask(at, 'stackResources', { stack: stack.name }), `resources of ${stack.name}`, toPlace(stack), (live) => {
    const there = looked.map((c) => {
      const physicalId = live?.get(c.logicalId)?.physicalId ?? '';
      const isMany = looked.filter((other) => other.type === c.type).length > fewOfType;
      return { ...c, physicalId, isThere: physicalId ? lookUp(c.type, physicalId, isMany, at, ask) : undefined };
    });
    const unread = there.flatMap(({ isThere }) => (isThere?.kind === 'unknown' ? [isThere.because] : []));
    const gone = there.filter(({ isThere }) => isThere?.kind === 'known' && !isThere.value);
    return [
      ...gone.map(({ logicalId, type, physicalId }) =>
        finding(
          'PF201',
          `The ${type} ${logicalId} (${physicalId}) of ${stack.name} is not there any more, and would be updated.`,
          toPlace(stack, logicalId),
        ),
      ),
      ...unread.slice(0, 1).map((because) => notRun(`what ${stack.name} updates`, because, toPlace(stack))),
    ];
  });
}

function lookUp(type: string, identifier: string, isMany: boolean, at: Surroundings, ask: Ask): Answer<boolean> | undefined {
  const list = isMany ? ask(at, 'resources', { type }) : undefined;
  if (isMany && !list) return undefined;
  if (list?.kind === 'known' && list.value.some((r) => r.identifier === identifier)) return { kind: 'known', value: true };
  const answer = ask(at, 'resource', { type, identifier });
  return answer?.kind === 'known' ? { kind: 'known', value: answer.value !== undefined } : answer;
}
