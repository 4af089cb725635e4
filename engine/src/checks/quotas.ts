import { finding, type Finding } from '../finding.ts';
import type { Answer } from '../answer.ts';
import type { LiveProperties } from '../readings.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { isMade, toAsked, toTouched, type Touched } from './touched.ts';

/** A quota on how many of a type a region may hold. `isCounted` tells those of the type that count, by identifier and properties. */
interface Quota {
  readonly service: string;
  readonly code: string;
  readonly isCounted?: {
    readonly live: (identifier: string, properties: LiveProperties) => boolean;
    readonly made: (resource: Touched) => boolean;
  };
}

const isOfType = (short: string, name: string): Quota['isCounted'] => ({
  live: (identifier) => identifier.includes(`:loadbalancer/${short}/`),
  made: ({ properties }) => (properties['Type'] ?? 'application') === name,
});

/** Gives the quota of a type of which not all count. What a list does not tell of one that is there counts. */
const isWithout = (isLeftOut: (properties: LiveProperties) => boolean): Quota['isCounted'] => ({
  live: (_, properties) => !isLeftOut(properties),
  made: ({ properties }) => !isLeftOut(properties),
});

/** Addresses that somebody brought along are not Amazon's to ration. */
const isBrought = ({ PublicIpv4Pool: pool, IpamPoolId: own }: LiveProperties): boolean =>
  own !== undefined || (pool !== undefined && pool !== 'amazon');

/** RDS lists what Neptune and DocumentDB have, which have quotas of their own. */
const isOfOther = ({ Engine: engine }: LiveProperties): boolean => engine === 'neptune' || engine === 'docdb';

/** @source Service Quotas, `ListServiceQuotas` of each service */
const quotasByType: Readonly<Record<string, readonly Quota[]>> = {
  'AWS::AutoScaling::AutoScalingGroup': [{ service: 'autoscaling', code: 'L-CDE20ADC' }],
  'AWS::EC2::EIP': [{ service: 'ec2', code: 'L-0263D0A3', isCounted: isWithout(isBrought) }],
  'AWS::EC2::InternetGateway': [{ service: 'vpc', code: 'L-A4707A72' }],
  'AWS::EC2::SecurityGroup': [{ service: 'vpc', code: 'L-E79EC296' }],
  'AWS::EC2::VPC': [{ service: 'vpc', code: 'L-F678F1CE' }],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [
    { service: 'elasticloadbalancing', code: 'L-53DA6B97', isCounted: isOfType('app', 'application') },
    { service: 'elasticloadbalancing', code: 'L-69A177A2', isCounted: isOfType('net', 'network') },
  ],
  'AWS::RDS::DBCluster': [{ service: 'rds', code: 'L-952B80B8', isCounted: isWithout(isOfOther) }],
  'AWS::RDS::DBInstance': [{ service: 'rds', code: 'L-7B6409FD', isCounted: isWithout(isOfOther) }],
};

/** How IAM's summary calls what it counts; its quota has the same name with `Quota` behind it. */
const iamCounts: Readonly<Record<string, string>> = {
  'AWS::IAM::Group': 'Groups',
  'AWS::IAM::InstanceProfile': 'InstanceProfiles',
  'AWS::IAM::ManagedPolicy': 'Policies',
  'AWS::IAM::Role': 'Roles',
  'AWS::IAM::User': 'Users',
};

/** Whether the account has room for what the deployment makes; what it removes is removed too late to make room. */
export const quotas: Check = {
  name: 'quotas',
  tier: 'read',
  judge: ({ templates }, ask) => {
    const made = toTouched(toAsked(templates), (type) => type in quotasByType || type in iamCounts).filter(isMade);
    const toGroup = ({ type, facts }: Touched) => `${type} ${facts.at.account} ${type in iamCounts ? '' : facts.at.region}`;
    return [...new Set(made.map(toGroup))].flatMap((group) =>
      judgeGroup(
        made.filter((r) => toGroup(r) === group),
        ask,
      ),
    );
  },
};

function judgeGroup(made: readonly Touched[], ask: Ask): readonly Finding[] {
  const [first] = made;
  if (!first) return [];
  const { type, facts, place } = first;
  const count = iamCounts[type];
  if (count === undefined) return (quotasByType[type] ?? []).flatMap((quota) => judgeQuota(quota, made, ask));
  return judgeAnswer(ask(facts.at, 'iamSummary', {}), 'quotas of IAM', place, (summary) => {
    const { [count]: used, [`${count}Quota`]: value } = summary;
    return used === undefined || value === undefined ? [] : judgeUse({ name: `IAM ${count}`, value }, used, made.length, first);
  });
}

function judgeQuota({ service, code, isCounted }: Quota, all: readonly Touched[], ask: Ask): readonly Finding[] {
  const made = all.filter((r) => isCounted?.made(r) ?? true);
  const [first] = made;
  if (!first) return [];
  const { type, facts, place } = first;
  const quota = ask(facts.at, 'quota', { service, code });
  const live = ask(facts.at, 'resources', { type });
  return judgeAnswer(both(quota, live), `quota of ${type}`, place, ([limit, there]) => {
    const used = there.filter(({ identifier, properties }) => isCounted?.live(identifier, properties) ?? true).length;
    return limit ? judgeUse(limit, used, made.length, first) : [];
  });
}

/** Gives both answers as one, the first reason why there is none before the second. */
function both<A, B>(a: Answer<A> | undefined, b: Answer<B> | undefined): Answer<readonly [A, B]> | undefined {
  if (!a || !b) return undefined;
  if (a.kind === 'unknown') return a;
  return b.kind === 'unknown' ? b : { kind: 'known', value: [a.value, b.value] };
}

const nearly = 0.9;

function judgeUse(
  { name, value }: { readonly name: string; readonly value: number },
  used: number,
  made: number,
  { facts, type, place }: Touched,
): readonly Finding[] {
  const { account, region } = facts.at;
  const message = `${name}: ${account}/${region} has ${used} ${type} and gets ${made} more; it may have ${value}.`;
  if (used + made > value) return [finding('PF250', message, place)];
  return used + made >= value * nearly ? [finding('PF251', message, place)] : [];
}
