import { toTemplates } from '../facts.ts';
import { finding } from '../finding.ts';
import type { Check } from './check.ts';
import { isMade, toAsked, toTouched } from './touched.ts';

/** How many minutes the making of one usually takes, for the types that take long. */
const slow: Readonly<Record<string, number>> = {
  'AWS::AmazonMQ::Broker': 20,
  'AWS::CloudFront::Distribution': 6,
  'AWS::EC2::NatGateway': 3,
  'AWS::EKS::Cluster': 12,
  'AWS::ElastiCache::ReplicationGroup': 12,
  'AWS::MSK::Cluster': 30,
  'AWS::OpenSearchService::Domain': 20,
  'AWS::RDS::DBCluster': 10,
  'AWS::RDS::DBInstance': 12,
  'AWS::Redshift::Cluster': 10,
};

/** What every stack takes beside its slowest resource. */
const stackMinutes = 2;

/** Whether the session of who deploys lasts as long as the deployment usually takes: its stacks, one after the other, those nested in one beside it. */
export const session: Check = {
  name: 'session',
  tier: 'static',
  judge: ({ stacks, deployer }) => {
    const changing = toAsked(stacks);
    if (deployer?.sessionMs === undefined || changing.length === 0) return [];
    const left = Math.floor(deployer.sessionMs / 60_000);
    const needed = changing.reduce((sum, s) => {
      const made = toTouched(toTemplates([s]), (type) => type in slow).filter(isMade);
      return sum + stackMinutes + Math.max(0, ...made.map(({ type }) => slow[type] ?? 0));
    }, 0);
    const message = `The session of ${deployer.arn} ends in ${left} minutes; this deployment usually takes about ${needed}.`;
    return left < needed ? [finding('PF107', message)] : [];
  },
};
