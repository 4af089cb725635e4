import { toText } from '../assembly/evaluate.ts';
import { toMentions } from '../assembly/mentions.ts';
import type { Resource } from '../assembly/assembly.ts';
import { finding, type Finding } from '../finding.ts';
import type { LiveProperties, NetworkInterface } from '../readings.ts';
import type { StackResource } from '../stack-readings.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { toRemovals, type Removal } from './removals.ts';
import type { TemplateFacts } from '../template-facts.ts';

/**
 * Whether everything that an update deletes can be deleted: what cannot stays in AWS, and no stack knows of it any more.
 *
 * A warning, because an update deletes in its clean-up, when it has succeeded already.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export const leftBehind: Check = {
  name: 'deletions',
  tier: 'read',
  judge: ({ templates }, ask) => templates.flatMap((facts) => judgeStack(facts, ask)),
};

function judgeStack(facts: TemplateFacts, ask: Ask): readonly Finding[] {
  const removals = toRemovals(facts);
  const deletions = removals.filter((r) => deleting.has(r.policy) && r.how !== 'perhaps replaced');
  const kept = removals.filter((r) => !deletions.includes(r) && r.how !== 'perhaps replaced');
  const dependents = deletions.flatMap((d) => toDependents(d, kept, facts).map((by) => toFinding(d, d.logicalId, by)));
  const asked = deletions.filter((d) => isLookedAt(d, facts));
  if (asked.length === 0) return dependents;
  const { stack, at } = facts;
  const looked = judgeAnswer(
    ask(at, 'stackResources', { stack: stack.name }),
    `resources that ${stack.name} removes`,
    { stack: stack.name },
    (live) => asked.flatMap((d) => judgeDeletion(d, live ?? new Map(), facts, ask)),
  );
  return [...dependents, ...looked];
}

/** The policies that delete: of what leaves a snapshot, that alone stays. */
const deleting: ReadonlySet<string> = new Set(['Delete', 'Snapshot']);

/** How the types that have a protection from deletion say that it is on. */
const protections: Readonly<Record<string, (live: LiveProperties) => boolean>> = {
  'AWS::Cognito::UserPool': (live) => live['DeletionProtection'] === 'ACTIVE',
  'AWS::DocDB::DBCluster': (live) => isOn(live['DeletionProtection']),
  'AWS::DynamoDB::Table': (live) => isOn(live['DeletionProtectionEnabled']),
  'AWS::EKS::Cluster': (live) => isOn(live['DeletionProtection']),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (live) =>
    (Array.isArray(live['LoadBalancerAttributes']) ? (live['LoadBalancerAttributes'] as { Key?: unknown; Value?: unknown }[]) : []).some(
      ({ Key, Value }) => Key === 'deletion_protection.enabled' && isOn(Value),
    ),
  'AWS::Neptune::DBCluster': (live) => isOn(live['DeletionProtection']),
  'AWS::RDS::DBCluster': (live) => isOn(live['DeletionProtection']),
  'AWS::RDS::DBInstance': (live) => isOn(live['DeletionProtection']),
};

const isOn = (value: unknown): boolean => toText(value) === 'true';

/** The types that must be empty, with the custom resource of CDK that empties them, and what names the emptied one there. */
const containers: Readonly<Record<string, { readonly holds: string; readonly emptier: string; readonly by: string }>> = {
  'AWS::S3::Bucket': { holds: 'objects', emptier: 'Custom::S3AutoDeleteObjects', by: 'BucketName' },
  'AWS::ECR::Repository': { holds: 'images', emptier: 'Custom::ECRAutoDeleteImages', by: 'RepositoryName' },
};

const networks: ReadonlySet<string> = new Set(['AWS::EC2::SecurityGroup', 'AWS::EC2::Subnet', 'AWS::EC2::VPC']);

/** The types that cannot go before what refers to them does. */
const needed: ReadonlySet<string> = new Set([
  ...networks,
  'AWS::DocDB::DBSubnetGroup',
  'AWS::ElastiCache::SubnetGroup',
  'AWS::Neptune::DBSubnetGroup',
  'AWS::RDS::DBClusterParameterGroup',
  'AWS::RDS::DBParameterGroup',
  'AWS::RDS::DBSubnetGroup',
  'AWS::Redshift::ClusterSubnetGroup',
]);

/** Says whether AWS is asked about a deletion: not where the stack itself empties what it deletes. */
function isLookedAt({ type, logicalId, properties }: Removal, { liveTemplate }: TemplateFacts): boolean {
  const container = containers[type];
  if (!container) return networks.has(type) || type in protections;
  if (isOn(properties['EmptyOnDelete'])) return false;
  const isEmptier = (r: Resource) => r.Type === container.emptier && refersTo(r.Properties?.[container.by], logicalId);
  return !Object.values(liveTemplate?.Resources ?? {}).some(isEmptier);
}

function judgeDeletion(deletion: Removal, live: ReadonlyMap<string, StackResource>, { at }: TemplateFacts, ask: Ask): readonly Finding[] {
  const { type, logicalId, place } = deletion;
  const name = live.get(logicalId)?.physicalId;
  if (!name) return [];
  const container = containers[type];
  const what = `deletion of ${type} ${name}`;
  if (container) {
    return judgeAnswer(ask(at, 'isEmpty', { type, name }), what, place, (isEmpty) =>
      isEmpty === false ? [toFinding(deletion, name, `it holds ${container.holds}`)] : [],
    );
  }
  if (networks.has(type)) {
    return judgeAnswer(ask(at, 'networkInterfaces', { of: name }), what, place, (found) =>
      found
        .flatMap((n) => toHolder(n, live))
        .slice(0, 1)
        .map((holder) => toFinding(deletion, name, `${holder} uses it`)),
    );
  }
  return judgeAnswer(ask(at, 'resource', { type, identifier: name }), what, place, (now) =>
    now && protections[type]?.(now) ? [toFinding(deletion, name, 'it is protected from deletion')] : [],
  );
}

/** Gives who holds a network interface, where that is a function or an instance beside the stack: those of the stack leave it. */
function toHolder({ description, instance }: NetworkInterface, live: ReadonlyMap<string, StackResource>): readonly string[] {
  const name = /^AWS Lambda VPC ENI-(.+)-[0-9a-f]{8}-[0-9a-f-]{27}$/.exec(description)?.[1];
  const holder = name ?? instance;
  if (holder === undefined || [...live.values()].some((r) => r.physicalId === holder)) return [];
  return [name === undefined ? `the instance ${holder}` : `the function ${holder}`];
}

/** Gives what stays although it needs what is deleted. */
function toDependents(deletion: Removal, kept: readonly Removal[], { liveTemplate }: TemplateFacts): readonly string[] {
  if (!needed.has(deletion.type)) return [];
  return kept
    .filter((k) => refersTo(liveTemplate?.Resources?.[k.logicalId]?.Properties, deletion.logicalId))
    .map((k) => `${k.logicalId}, which is kept, uses it`);
}

const refersTo = (value: unknown, logicalId: string): boolean => toMentions(value).some((m) => m.logicalId === logicalId);

const toFinding = ({ type, logicalId, how, place }: Removal, name: string, why: string): Finding =>
  finding(
    'PF210',
    `The ${type} ${name === logicalId ? logicalId : `${logicalId} (${name})`} is ${how} and cannot be deleted: ${why}.`,
    place,
  );
