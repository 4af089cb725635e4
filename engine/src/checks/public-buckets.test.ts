import { answers, both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const open = { BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: false, RestrictPublicBuckets: false };
const bucket = (properties: object) => ({ Site: { Type: 'AWS::S3::Bucket', Properties: { ...properties } } });
const policy = (statement: object, Bucket: unknown = { Ref: 'Site' }) => ({
  Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket, PolicyDocument: { Statement: [statement] } } },
});
const everybody = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject', Resource: '*' };
const stack = (...resources: object[]): Stacks => ({ Shop: { resources: Object.assign({}, ...resources) } });
const writer = { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } };
const acl = (more: object, AccessControl = 'PublicRead'): Stacks => stack(bucket({ AccessControl, ...more }));
const told = ['Shop/Policy: The policy makes Site public, and the bucket blocks public policies.'];
const block = (isBlocked: boolean) => answers('publicPolicyBlock', { bucket: 'files' }, isBlocked);

testCases(
  ['PF290'],
  [
    { code: 'PF290', name: 'a public policy of a new bucket', stacks: stack(bucket({}), policy(everybody)), told },
    {
      code: 'PF290',
      name: 'a public policy of a bucket that blocks it',
      stacks: stack(bucket({ PublicAccessBlockConfiguration: { BlockPublicPolicy: true } }), policy({ ...everybody, Principal: '*' })),
      told,
    },
    {
      code: 'PF290',
      name: 'a public policy of a bucket that is there',
      stacks: stack(policy(everybody, 'files')),
      options: block(true),
      told: ['Shop/Policy: The policy makes files public, and the bucket blocks public policies.'],
    },
    {
      code: 'PF290',
      name: 'a public policy of a bucket that is there and allows it',
      stacks: stack(policy(everybody, 'files')),
      options: block(false),
    },
    {
      code: 'PF290',
      name: 'a public policy of a bucket that allows it',
      stacks: stack(bucket({ PublicAccessBlockConfiguration: open }), policy(everybody)),
    },
    {
      code: 'PF290',
      name: 'a policy with a condition',
      stacks: stack(bucket({}), policy({ ...everybody, Condition: { StringEquals: { 'aws:SourceAccount': '1' } } })),
    },
    { code: 'PF290', name: 'a policy that denies everybody', stacks: stack(bucket({}), policy({ ...everybody, Effect: 'Deny' })) },
    {
      code: 'PF290',
      name: 'a public policy of an old bucket whose name only AWS knows',
      stacks: stack(bucket({}), policy(everybody)),
      options: live(stack(bucket({}))),
    },
    {
      code: 'PF290',
      name: 'a public ACL of a new bucket',
      stacks: acl(writer),
      told: ['Shop/Site: The ACL PublicRead is refused: the bucket blocks public ACLs.'],
    },
    {
      code: 'PF290',
      name: 'an ACL of a bucket without ACLs',
      stacks: acl({ OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }, 'LogDeliveryWrite'),
      told: ['Shop/Site: The ACL LogDeliveryWrite is refused: the bucket has no ACLs (BucketOwnerEnforced).'],
    },
    { code: 'PF290', name: 'a public ACL of a bucket that allows it', stacks: acl({ ...writer, PublicAccessBlockConfiguration: open }) },
    { code: 'PF290', name: 'an ACL that is not public', stacks: acl(writer, 'LogDeliveryWrite') },
    {
      code: 'PF001',
      name: 'a bucket whose block may not be read',
      stacks: stack(policy(everybody, 'files')),
      options: both(denies('s3:GetBucketPublicAccessBlock')),
      told: ['Shop/Policy: public access of files: needs the permission s3:GetBucketPublicAccessBlock on files.'],
    },
  ],
);
