import { expect, test } from '@jest/globals';
import type { SampleStack } from '../../../test/fakes/assembly.ts';
import { testCases } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';
import { toPrincipal, toTrust } from './trust.ts';

const role = (name: string) => `arn:aws:iam::111111111111:role/cdk-${name}-role`;
const job = 'arn:aws:iam::111111111111:role/job';
const placed = (name: string) => `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/cdk-${name}-role`;

/** A stack that deploys and publishes with roles, as the CDK's own synthesizer makes it. */
const shop: SampleStack = {
  properties: { assumeRoleArn: placed('deploy'), cloudFormationExecutionRoleArn: placed('exec') },
  assetManifest: {
    files: {
      f1: {
        source: { path: 'asset.f1', packaging: 'zip' },
        destinations: { here: { bucketName: 'assets-${AWS::AccountId}', objectKey: 'f1.zip', assumeRoleArn: placed('file') } },
      },
    },
    dockerImages: {
      i1: {
        source: { directory: 'asset.i1' },
        destinations: { here: { repositoryName: 'images', imageTag: 'i1', assumeRoleArn: placed('image') } },
      },
    },
  },
};
const stores = { 'AWS::S3::Bucket assets-111111111111': true, 'AWS::ECR::Repository images': true };

/** The account as the bootstrap left it, and what a test wants otherwise. */
function given(
  answers: Readonly<Record<string, unknown>>,
  more: { denies?: string[]; absent?: string[]; foreign?: string[] } = {},
): FactsOptions {
  return {
    before: ({ aws }) => {
      for (const name of Object.keys(stores)) if (!more.absent?.includes(name)) aws.things.set(name, { kind: 'present', active: true });
      for (const name of more.foreign ?? []) aws.things.set(name, { kind: 'foreign' });
      for (const name of ['deploy', 'file', 'image', 'exec'])
        if (!more.absent?.includes(name)) aws.things.set(`AWS::IAM::Role cdk-${name}-role`, { kind: 'present', active: true });
      for (const [key, value] of Object.entries(answers)) aws.answers.set(key, value);
      more.denies?.forEach((call) => aws.denied.add(call));
    },
  };
}

const refused = (name: string) => ({ [`refusal {"role":"${role(name)}"}`]: 'not authorized' });
const deniedTo = (principal: string, action: string, resource: string, service?: string) => ({
  [`denied {"actions":["${action}"],"principal":"${principal}","resource":"${resource}"${service ? `,"service":"${service}"` : ''}}`]: [
    action,
  ],
});
const noChangeSet = deniedTo(job, 'cloudformation:CreateChangeSet', 'arn:aws:cloudformation:us-west-2:111111111111:stack/Shop/*');
const noUpload = deniedTo(job, 's3:PutObject', 'arn:aws:s3:::assets-111111111111/*');
const noPush = deniedTo(job, 'ecr:PutImage', 'arn:aws:ecr:us-west-2:111111111111:repository/images');
const trusting = (name: string, principal: string) => ({
  [`resource {"identifier":"cdk-${name}-role","type":"AWS::IAM::Role"}`]: {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }] },
  },
});

testCases(
  ['PF001', 'PF103', 'PF104', 'PF106', 'PF109'],
  [
    {
      code: 'PF103',
      name: 'a deploy role that does not trust the caller',
      stacks: { Shop: shop },
      options: given({ ...refused('deploy'), ...noChangeSet, ...trusting('deploy', 'arn:aws:iam::111111111111:role/other') }),
      told: [
        `Shop: ${job} cannot assume ${role('deploy')}: its trust policy does not admit the caller (not authorized), and has no cloudformation:CreateChangeSet of its own.`,
      ],
    },
    {
      code: 'PF103',
      name: 'a role for files that the caller has no permission for',
      stacks: { Shop: shop },
      options: given({ ...refused('file'), ...noUpload, ...trusting('file', 'arn:aws:iam::111111111111:root') }),
      told: [/: its trust policy admits the caller, so a policy of the caller has to allow it \(not authorized\), and has no s3:PutObject/],
    },
    {
      code: 'PF103',
      name: 'a role for images that is gone',
      stacks: { Shop: shop },
      options: given({ ...refused('image'), ...noPush }, { absent: ['image'] }),
      told: [/: there is no such role \(not authorized\), and has no ecr:PutImage of its own\.$/],
    },
    {
      code: 'PF103',
      name: 'a role whose trust policy cannot be read',
      stacks: { Shop: shop },
      options: given({ ...refused('deploy'), ...noChangeSet }, { denies: ['cloudformation:GetResource'] }),
      told: [/: AWS refuses it \(not authorized\), and has no/],
    },
    {
      code: 'PF103',
      name: 'a role that cannot be assumed by one who may do its work',
      stacks: { Shop: shop },
      options: given(refused('deploy')),
    },
    {
      code: 'PF103',
      name: 'a stack that names no roles',
      stacks: { Shop: {} },
      options: given({ ...refused('deploy'), ...noChangeSet }),
    },
    {
      code: 'PF103',
      name: 'a pull request, whose credentials are for looking',
      stacks: { Shop: shop },
      options: { ...given({ ...refused('deploy'), ...noChangeSet }), forReview: true },
    },
    {
      code: 'PF001',
      name: 'a caller whose policies cannot be simulated: its role is a warning',
      stacks: { Shop: shop },
      options: given({ ...refused('deploy') }, { denies: ['iam:SimulatePrincipalPolicy'] }),
      told: [`Shop: policies of ${job}: needs the permission iam:SimulatePrincipalPolicy on ${job}.`],
    },
    {
      code: 'PF001',
      name: 'a bucket that may not be looked at',
      stacks: { Shop: shop },
      options: given({}, { denies: ['look:AWS::S3::Bucket'] }),
      told: ['Shop: bucket assets-111111111111: needs the permission look:AWS::S3::Bucket on assets-111111111111.'],
    },
    { code: 'PF001', name: 'everything that may be read', stacks: { Shop: shop }, options: given({}) },
    {
      code: 'PF104',
      name: 'a bucket for assets that was deleted',
      stacks: { Shop: shop },
      options: given({}, { absent: ['AWS::S3::Bucket assets-111111111111'] }),
      told: ['Shop: The bucket assets-111111111111 of the bootstrap of 111111111111/us-west-2 is gone.'],
    },
    {
      code: 'PF104',
      name: 'a bucket for assets that somebody else has',
      stacks: { Shop: shop },
      options: given({}, { foreign: ['AWS::S3::Bucket assets-111111111111'] }),
      told: ['Shop: The bucket assets-111111111111 belongs to another account than 111111111111.'],
    },
    {
      code: 'PF104',
      name: 'a repository for images that was deleted, once for two stacks',
      stacks: { A: shop, B: shop },
      options: given({}, { absent: ['AWS::ECR::Repository images'] }),
      told: ['A: The repository images of the bootstrap of 111111111111/us-west-2 is gone.'],
    },
    {
      code: 'PF104',
      name: 'a place that the run makes',
      stacks: {
        Staging: {
          resources: { Assets: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'assets-${AWS::AccountId}' } } } },
        },
        Shop: { ...shop, dependencies: ['Staging'] },
      },
      options: given({}, { absent: ['AWS::S3::Bucket assets-111111111111'] }),
    },
    {
      code: 'PF103',
      name: 'a role that the run makes',
      stacks: {
        Staging: { resources: { File: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'cdk-file-role' } } } },
        Shop: { ...shop, dependencies: ['Staging'] },
      },
      options: given({ ...refused('file'), ...noUpload }, { absent: ['file'] }),
    },
    { code: 'PF104', name: 'places that are there', stacks: { Shop: shop }, options: given({}) },
    {
      code: 'PF104',
      name: 'places of a stack that publishes nothing',
      stacks: { Shop: {} },
      options: given({}, { absent: Object.keys(stores) }),
    },
    {
      code: 'PF106',
      name: 'a deploy role that may not pass the execution role',
      stacks: { Shop: shop },
      options: given(deniedTo(role('deploy'), 'iam:PassRole', role('exec'), 'cloudformation.amazonaws.com')),
      told: [`Shop: ${role('deploy')} has no iam:PassRole on ${role('exec')}.`],
    },
    {
      code: 'PF106',
      name: 'a deploy role that may pass one, for two stacks',
      stacks: { A: shop, B: shop },
      options: given(deniedTo(role('deploy'), 'iam:PassRole', role('other'), 'cloudformation.amazonaws.com')),
    },
    {
      code: 'PF109',
      name: 'a deploy role of an older bootstrap',
      stacks: { Shop: shop },
      options: given(
        deniedTo(role('deploy'), 'cloudformation:DescribeEvents', 'arn:aws:cloudformation:us-west-2:111111111111:stack/Shop/*'),
      ),
      told: [`Shop: ${role('deploy')} has no cloudformation:DescribeEvents.`],
    },
    { code: 'PF109', name: 'a deploy role of a current bootstrap', stacks: { Shop: shop }, options: given({}) },
  ],
);

test.each<[string, string]>([
  ['arn:aws:sts::111111111111:assumed-role/job/run-1', job],
  ['arn:aws-cn:sts::111111111111:assumed-role/job/run-1', 'arn:aws-cn:iam::111111111111:role/job'],
  ['arn:aws:iam::111111111111:user/ada', 'arn:aws:iam::111111111111:user/ada'],
])('the policies of %s are those of %s', (arn, principal) => expect(toPrincipal(arn)).toBe(principal));

const allow = (principal: unknown, more: object = {}) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal, ...more });
test.each<[string, unknown, ReturnType<typeof toTrust>]>([
  ['the account by its root', { Statement: [allow({ AWS: 'arn:aws:iam::111111111111:root' })] }, 'admits'],
  ['the account by its number', { Statement: allow({ AWS: ['222222222222', '111111111111'] }) }, 'admits'],
  ['everybody', { Statement: [allow('*')] }, 'admits'],
  ['the role itself, as text', JSON.stringify({ Statement: [allow({ AWS: job })] }), 'admits'],
  [
    'the account under a condition',
    { Statement: [allow({ AWS: job }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })] },
    'unclear',
  ],
  ['the account, and denies some', { Statement: [allow({ AWS: job }), { ...allow('*'), Effect: 'Deny' }] }, 'unclear'],
  ['another role', { Statement: [allow({ AWS: `${job}s` })] }, 'refuses'],
  ['a service', { Statement: [allow({ Service: 'lambda.amazonaws.com' })] }, 'refuses'],
  ['nothing that can be read', '{', 'unclear'],
  ['nothing', undefined, 'unclear'],
])('a trust policy that names %s', (_name, document, trust) => expect(toTrust(document, job)).toBe(trust));
