import { Open, toText } from '../assembly/evaluate.ts';
import { finding, type Finding, type Place } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { isAllow, toPrincipals, toStatements } from './policies.ts';
import { toPart, toParts, toReferred } from './properties.ts';
import { isMade, isPropertyTouched, toAsked, toTouched, type Touched } from './touched.ts';
import type { TemplateFacts, TemplateResource } from '../template-facts.ts';

/**
 * Whether buckets that are to be public, by policy or by ACL, allow it: every bucket made since April 2023 blocks both, and
 * has no ACLs, unless it says otherwise. A block of the whole account is not read.
 *
 * @source https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * @source https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
export const publicBuckets: Check = {
  name: 'public buckets',
  tier: 'read',
  judge: ({ templates }, ask) => [
    ...toTouched(toAsked(templates), (type) => type === 'AWS::S3::BucketPolicy').flatMap((policy) => judgePolicy(policy, ask)),
    ...toTouched(toAsked(templates), (type) => type === 'AWS::S3::Bucket').flatMap(judgeAcl),
  ],
};

/** A statement for everybody without a condition is public; with one it may be, which is not for us to say. */
const isPublic = (statement: unknown): boolean =>
  isAllow(statement) && toPart(statement, 'Condition') === undefined && toPrincipals(statement, 'AWS').includes('*');

function judgePolicy(policy: Touched, ask: Ask): readonly Finding[] {
  const { facts, properties, place } = policy;
  if (!isPropertyTouched(policy, 'PolicyDocument') || !toStatements(properties['PolicyDocument']).some(isPublic)) return [];
  const bucket = properties['Bucket'];
  const made = facts.resources.find((r) => r.type === 'AWS::S3::Bucket' && isBucket(r, bucket));
  const tell = (name: string) => [finding('PF290', `The policy makes ${name} public, and the bucket blocks public policies.`, place)];
  if (made && blocks(made, 'BlockPublicPolicy') !== undefined) return blocks(made, 'BlockPublicPolicy') ? tell(made.logicalId) : [];
  if (made && isNew(made, facts)) return tell(made.logicalId);
  return judgeThere(toText(bucket), facts, place, ask, tell);
}

function judgeThere(name: string | undefined, facts: TemplateFacts, place: Place, ask: Ask, tell: (name: string) => readonly Finding[]) {
  if (!name) return [];
  return judgeAnswer(ask(facts.at, 'publicPolicyBlock', { bucket: name }), `public access of ${name}`, place, (isBlocked) =>
    isBlocked ? tell(name) : [],
  );
}

const isBucket = ({ logicalId, properties }: TemplateResource, value: unknown): boolean =>
  toReferred(value) === logicalId || (value !== undefined && value === properties['BucketName']);

const isNew = ({ logicalId }: TemplateResource, { changes }: TemplateFacts): boolean =>
  changes.some((c) => c.logicalId === logicalId && (c.action === 'create' || c.action === 'replace'));

/** Whether the template says that the bucket blocks; undefined when it leaves that to S3 or to the deployment. */
function blocks({ properties }: TemplateResource, name: 'BlockPublicPolicy' | 'BlockPublicAcls'): boolean | undefined {
  const configuration = properties['PublicAccessBlockConfiguration'];
  const value = toPart(configuration, name);
  if (configuration === undefined || configuration instanceof Open || value instanceof Open) return undefined;
  return toText(value) === 'true';
}

const publicAcl = /^(PublicRead|PublicReadWrite|AuthenticatedRead)$/;

function judgeAcl(bucket: Touched): readonly Finding[] {
  const { properties, place } = bucket;
  const acl = toText(properties['AccessControl']);
  if (!acl || !isPropertyTouched(bucket, 'AccessControl')) return [];
  const [ownership] = toParts(properties, 'OwnershipControls.Rules.ObjectOwnership');
  if (ownership === 'BucketOwnerEnforced' && !/^(Private|BucketOwnerFullControl)$/.test(acl))
    return [finding('PF290', `The ACL ${acl} is refused: the bucket has no ACLs (BucketOwnerEnforced).`, place)];
  const isLeftToS3 = isMade(bucket) && properties['PublicAccessBlockConfiguration'] === undefined;
  return publicAcl.test(acl) && (blocks(bucket, 'BlockPublicAcls') || isLeftToS3)
    ? [finding('PF290', `The ACL ${acl} is refused: the bucket blocks public ACLs.`, place)]
    : [];
}
