import type { Code } from '../codes.ts';
import type { Cause } from '../world.ts';

/** One kind of failure: what AWS says of it, of which types if not of all, and the code whose remedy helps. */
type Class = readonly [words: RegExp, code: Code, types?: RegExp];

/** What AWS says of failures that have a remedy of their own; the first that fits counts, so the narrow ones come first. */
const classes: readonly Class[] = [
  [/already exists in stack +arn:/i, 'PF121'],
  [/requested bucket name is not available|BucketAlreadyExists\b/, 'PF122'],
  [/provider with url \S+ already exists/i, 'PF181'],
  [/domain already associated with another user pool/i, 'PF182'],
  [/CNAMEAlreadyExists|CNAMEs you provided are already associated/i, 'PF183'],
  [/tried to create resource record set .* already exists/i, 'PF184'],
  [/already scheduled for deletion/i, 'PF180'],
  [/custom-named resource requires replacing/i, 'PF125'],
  [/export with name \S+ is already exported/i, 'PF191'],
  [/export \S+ cannot be (updated|deleted) as it is in use|cannot delete export/i, 'PF190'],
  [/exports cannot be updated/i, 'PF192'],
  [/no export named/i, 'PF132'],
  [/circular dependency between resources/i, 'PF194'],
  [/action denied by stack policy/i, 'PF200'],
  [/security group rule already exists|the specified rule .* already exists/i, 'PF294'],
  [/conflicts with another subnet|InvalidSubnet\.Conflict/i, 'PF289'],
  [/already exists|AlreadyExistsException|EntityAlreadyExists/i, 'PF120'],
  [/iam:PassRole/, 'PF106'],
  [/unable to assume the service linked role/i, 'PF292'],
  [/does not have permissions to call CreateNetworkInterface/i, 'PF274'],
  [/cannot be assumed by|trust relationship allowing/i, 'PF272'],
  [/maximum policy size/i, 'PF232'],
  [/PoliciesPerRole/, 'PF233'],
  [/resource policy size was exceeded/i, 'PF236'],
  [/unzipped size must be smaller/i, 'PF234'],
  [/exceeded the 4KB limit/i, 'PF235'],
  [/UnreservedConcurrentExecution/, 'PF252'],
  [/maximum number of \S.* has been reached|LimitExceeded|QuotaExceeded|TooManyBuckets/i, 'PF250'],
  [/MFA is required|MfaConfiguration/i, 'PF270', /Cognito/],
  [/schema attributes cannot be modified/i, 'PF271'],
  [/cannot upgrade \S+ from/i, 'PF276'],
  [/cannot find version \S+ for/i, 'PF275'],
  [/not supported in your requested availability zone/i, 'PF277'],
  [/isn't in us-east-1|the scope is not valid/i, 'PF278'],
  [/InvalidViewerCertificate/i, 'PF279'],
  [/S3 Error Code: (NoSuchKey|NoSuchBucket|PermanentRedirect)/i, 'PF281'],
  [/CannotPullContainerError|source image \S+ does not exist/i, 'PF282'],
  [/source image \S+ is not valid/i, 'PF283'],
  [/KMS key does not exist or is not allowed|KMSKeyNotAccessible/i, 'PF284', /^(?!AWS::Logs::)/],
  [/KMS key does not exist or is not allowed/i, 'PF285', /^AWS::Logs::/],
  [/unable to validate the following destination/i, 'PF286'],
  [/CloudWatch Logs role ARN must be set/i, 'PF287'],
  [/more than one GSI/i, 'PF288'],
  [/s3:PutBucketPolicy|AccessControlListNotSupported|ObjectOwnership/, 'PF290', /^AWS::S3::/],
  [/invalid principal in policy|PrincipalNotFound/i, 'PF291'],
  [/did not receive a response from your custom resource|failed to stabilize in expected time/i, 'PF293', /Custom/],
  [/parameters?: \[ssm:\S+\] cannot be found|unable to fetch parameters/i, 'PF240'],
  [/can't find the specified secret|value associated with JSONKey/i, 'PF241'],
  [/Cannot find .*NotFound|InvalidVpcID\.NotFound|no hosted zone found with id/i, 'PF243'],
];

/**
 * Gives the code of preflight that knows a failure, whose remedy tells what to do about it; undefined for one that none knows.
 *
 * By the words of AWS, and those of its details.
 */
export function toClass({ message, type, details = [] }: Cause): Code | undefined {
  const said = [message, ...details].join('\n');
  return classes.find(([words, , types]) => words.test(said) && (types?.test(type) ?? true))?.[1];
}
