import type { Facts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { isMade, toAsked, toTouched, type Touched } from './touched.ts';

/**
 * Whether the service-linked roles that a first resource of its kind needs are in the account.
 *
 * OpenSearch refuses a domain in a VPC without its role. ECS makes its own, and may be too slow for what needs it at once:
 * that is told, and is no error.
 *
 * @source https://docs.aws.amazon.com/opensearch-service/latest/developerguide/slr-aos.html
 * @source https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles-for-clusters.html
 */
export const serviceLinkedRoles: Check = {
  name: 'service-linked roles',
  tier: 'read',
  judge: (facts, ask) =>
    needs.flatMap((need) => {
      const touched = toTouched(toAsked(facts.templates), (type) => need.types.includes(type));
      const first = touched.find((t) => isMade(t) && need.isNeeded(t));
      return first && !isRoleMade(facts, need.service) ? judgeNeed(need, first, ask) : [];
    }),
};

interface Need {
  readonly types: readonly string[];
  readonly isNeeded: (touched: Touched) => boolean;
  readonly service: string;
  /** Any of them will do. */
  readonly roles: readonly string[];
  readonly isMadeByService: boolean;
}

const needs: readonly Need[] = [
  {
    types: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
    isNeeded: ({ properties }) => properties['VPCOptions'] !== undefined,
    service: 'opensearchservice.amazonaws.com',
    roles: ['AWSServiceRoleForAmazonOpenSearchService', 'AWSServiceRoleForAmazonElasticsearchService'],
    isMadeByService: false,
  },
  {
    types: ['AWS::ECS::Cluster', 'AWS::ECS::Service'],
    isNeeded: () => true,
    service: 'ecs.amazonaws.com',
    roles: ['AWSServiceRoleForECS'],
    isMadeByService: true,
  },
];

const isRoleMade = ({ templates }: Facts, service: string): boolean =>
  templates.some((s) => s.resources.some((r) => r.type === 'AWS::IAM::ServiceLinkedRole' && r.properties['AWSServiceName'] === service));

function judgeNeed({ roles, service, isMadeByService }: Need, { facts: { at }, place }: Touched, ask: Ask): readonly Finding[] {
  const absent: string[] = [];
  for (const name of roles) {
    const answer = ask(at, 'presence', { type: 'AWS::IAM::Role', name });
    if (answer?.kind !== 'known') return judgeAnswer(answer, `service-linked role ${name}`, place, () => []);
    if (answer.value.kind === 'absent') absent.push(name);
  }
  if (absent.length < roles.length) return [];
  const command = `aws iam create-service-linked-role --aws-service-name ${service}`;
  const found = finding('PF292', `The account has no ${roles[0]}. The command is: ${command}`, place);
  return [isMadeByService ? { ...found, severity: 'notice' } : found];
}
