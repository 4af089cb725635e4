import { toCanonicalJson } from '../canonical.ts';
import type { Decision } from '../decision.ts';

/** What a run does to a stack: `recover` first deletes what is left of a creation that failed. */
export type StackAction = 'create' | 'update' | 'unchanged' | 'recover' | 'delete';

/** One property that changes; `path` is its name below Properties. Values are those of the templates. */
export interface PropertyChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly replaces: 'no' | 'maybe' | 'yes';
}

/** One resource that a run changes; the logical id of one in a nested stack has those around it before it: `Inner/Queue`. `orphan` leaves the stack and stays in AWS, `snapshot` leaves one behind; `import` enters the stack as it is. */
export interface ResourceChange {
  readonly logicalId: string;
  readonly path: string;
  readonly type: string;
  readonly action: 'create' | 'update' | 'replace' | 'maybe-replace' | 'delete' | 'orphan' | 'snapshot' | 'import';
  /** Whether the change is to who may do or reach what: IAM, resource policies, security groups. */
  readonly access: boolean;
  /** Whether somebody may do or reach more than before; where nobody can tell, it is so. */
  readonly widens: boolean;
  readonly properties: readonly PropertyChange[];
}

/** One stack of a plan. */
export interface PlannedStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly action: StackAction;
  /** Whether anything changes but what the CDK writes about itself. */
  readonly touched: boolean;
  /** Names of the stacks that come before. */
  readonly after: readonly string[];
  /** SHA-256 of what counts of the template, as canonical JSON. */
  readonly template: string;
  /** Why it is updated, in a few words; of a stack that is. */
  readonly because?: string;
  /** What changes beside the template: termination protection, tags and parameters. Its digests are those of `protected`, `tags` and `parameters`. */
  readonly beside?: readonly PropertyChange[];
  /** What differs from the live template: digests of both sides, by section and name such as `Resources/Queue`, of a nested stack `Resources/Inner/Queue`. */
  readonly delta: Readonly<Record<string, string>>;
  /** Termination protection. */
  readonly protected: boolean;
  /** The alarms that roll its deployment back, by ARN in order, and for how long they are watched after it; of a stack that changes. */
  readonly watched?: { readonly alarms: readonly string[]; readonly monitoringMinutes: number };
  /** ARNs of the alarms that rolled its last deployment back, and do so no longer. */
  readonly unwatched?: readonly string[];
  /** ARNs of the topics that are told of its events, where the app names them. */
  readonly notificationArns?: readonly string[];
  /** ARN of the role that CloudFormation works as, where the app names one. */
  readonly role?: string;
  /** What widens access first, then what else changes it, then by logical id. Empty for an unchanged stack, and for one whose live template cannot be read. */
  readonly resources: readonly ResourceChange[];
  /** Hashes of the files and images that the stack needs. */
  readonly assets: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What a deployment or destruction would do, as data: nothing in it depends on time, folders or the order of reading.
 *
 * schema/plan.schema.json describes its JSON.
 */
export interface Plan {
  readonly schema: 1;
  readonly environment: string;
  readonly decisions: readonly Decision[];
  /** In the order of the run. */
  readonly stacks: readonly PlannedStack[];
}

/** Says whether the plan changes anything at all. */
export const hasChanges = (plan: Plan): boolean => plan.stacks.some((s) => s.action !== 'unchanged');

/** Hashes of assets, as they stand in keys of objects and tags of images. */
const assetHash = /\b[0-9a-f]{64}\b/g;

/**
 * Says whether a change is noise to a reviewer: the code of a function under another hash, or the CDK's own metadata.
 *
 * What replaces a resource or changes access never is.
 */
export function isHashOnly({ type, action, access, properties }: ResourceChange): boolean {
  if (type === 'AWS::CDK::Metadata') return true;
  return action === 'update' && !access && properties.length > 0 && properties.every(isOtherHash);
}

/** Values that are hidden look equal: they are no hash. */
function isOtherHash({ before, after, replaces }: PropertyChange): boolean {
  const [was, is] = [toCanonicalJson(before ?? null), toCanonicalJson(after ?? null)];
  return replaces === 'no' && was !== is && was.replace(assetHash, '') === is.replace(assetHash, '');
}

const accessTypes =
  /^AWS::(IAM::|KMS::Key$|EC2::SecurityGroup|S3::(BucketPolicy|AccessPoint)|SQS::QueuePolicy|SNS::TopicPolicy|Lambda::(Permission|Url)|SecretsManager::ResourcePolicy|ECR::RepositoryPolicy)/;

/** Says whether resources of a type decide who may do or reach what. */
export const isAccess = (type: string): boolean => accessTypes.test(type);
