import { ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CfnResource, Stack, type App } from 'aws-cdk-lib/core';
import { queue, type SampleStack } from '../fakes/assembly.ts';
import { inItsAccount, someAccount } from './account.ts';
import type { Live, Scenario } from './scenario.ts';

const plain: SampleStack = { resources: { Queue: queue() } };
/** A stack as the CDK's own synthesizer makes it: with roles, a bucket for its template, and a bootstrap. */
const cdkApp = (app: App): void => {
  new CfnResource(new Stack(app, 'Shop'), 'Queue', { type: 'AWS::SQS::Queue' });
};
const parameter = (Name: string, Value = 'value'): SampleStack => ({
  resources: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value } } },
});
const withImage: SampleStack = {
  ...plain,
  assetManifest: {
    version: '48.0.0',
    dockerImages: {
      web: {
        source: { directory: 'web' },
        destinations: {
          here: { repositoryName: 'cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}', imageTag: 'web' },
        },
      },
    },
  },
};
const withoutDocker = { CDK_DOCKER: 'no-docker-here' };

/** Places that are, or are not, made ready for the CDK: bootstrap, its roles and buckets, accounts, regions. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'an app as the CDK makes it, in an account as its bootstrap left it',
    class: 'right',
    why: 'roles, bucket and policies of the bootstrap are asked about, and are all right',
    app: cdkApp,
    ends: 'deployed',
  },
  {
    name: 'a stack goes to a region that is not bootstrapped',
    class: 'bootstrap-missing',
    why: 'the account is bootstrapped, elsewhere',
    app: { Shop: { ...plain, region: 'eu-west-1' } },
    ends: { stoppedBy: ['PF100'] },
  },
  {
    name: 'a stack that needs no bootstrap goes to a region that is not bootstrapped',
    class: 'bootstrap-missing',
    why: 'it has no assets and names no version',
    app: { Shop: { ...plain, region: 'eu-west-1', bootstrap: false } },
    ends: 'deployed',
  },
  {
    name: 'a stack needs a newer bootstrap',
    class: 'bootstrap-outdated',
    why: 'the version in SSM is lower than the one that the assembly asks for',
    app: { Shop: { ...plain, properties: { requiresBootstrapStackVersion: 999 } } },
    ends: { stoppedBy: ['PF101'] },
  },
  {
    name: 'a stack needs the bootstrap that is there',
    class: 'bootstrap-outdated',
    why: 'a version that is reached',
    app: { Shop: { ...plain, properties: { requiresBootstrapStackVersion: 20 } } },
    ends: 'deployed',
  },
  {
    name: 'an app of another qualifier',
    class: 'bootstrap-qualifier',
    why: 'the account is bootstrapped under the default one',
    app: { Shop: { ...plain, bootstrap: '/cdk-bootstrap/team1/version' } },
    ends: { stoppedBy: ['PF102'] },
  },
  {
    name: 'an app of a second qualifier that is there',
    class: 'bootstrap-qualifier',
    why: 'an account may be bootstrapped twice',
    app: { Shop: { ...plain, bootstrap: '/cdk-bootstrap/team1/version' } },
    before: (live) => live.deploy({ Team1: parameter('/cdk-bootstrap/team1/version', '21') }),
    ends: 'deployed',
  },
  {
    name: 'a deploy role that is gone, and a caller who may not do its work',
    class: 'bootstrap-role-unassumable',
    why: 'the role of the manifest is not in the account',
    app: { Shop: { ...plain, properties: { assumeRoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/gone' } } },
    ends: { stoppedBy: ['PF103'] },
    plainSucceeds: 'credentials of the emulator may do everything, whatever IAM says of them',
  },
  {
    name: 'a look-up role that is gone',
    class: 'bootstrap-role-unassumable',
    why: 'a deployment does without it',
    app: { Shop: { ...plain, properties: { lookupRole: { arn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/gone' } } } },
    ends: 'deployed',
  },
  {
    name: 'a deploy role that may not pass the execution role',
    class: 'passrole-denied',
    why: 'CloudFormation works with the rights of the execution role, which the deploy role hands to it',
    app: cdkApp,
    before: (live) =>
      deny(live, 'iam:PassRole', `arn:aws:iam::${live.account}:role/cdk-hnb659fds-cfn-exec-role-${live.account}-${live.region}`),
    ends: { stoppedBy: ['PF106'] },
    plainSucceeds: 'credentials of the emulator may do everything, whatever IAM says of them',
  },
  {
    name: 'a deploy role that may not pass another role',
    class: 'passrole-denied',
    why: 'only the execution role has to be passed',
    app: cdkApp,
    before: (live) => deny(live, 'iam:PassRole', `arn:aws:iam::${live.account}:role/admin`),
    ends: 'deployed',
  },
  {
    name: 'a deploy role that may not read why a change set is refused',
    class: 'describe-events-denied',
    why: 'nothing fails for it: it is told beforehand, as later it hides the cause of another failure',
    app: cdkApp,
    before: (live) => deny(live, 'cloudformation:DescribeEvents', '*'),
    ends: 'deployed',
    tells: ['PF109'],
  },
  {
    name: 'a deploy role that may not read why a change set of another stack is refused',
    class: 'describe-events-denied',
    why: 'the reasons of this stack are all that is needed',
    app: cdkApp,
    before: (live) => deny(live, 'cloudformation:DescribeEvents', `arn:aws:cloudformation:${live.region}:${live.account}:stack/Billing/*`),
    ends: 'deployed',
    tells: [],
  },
  {
    name: 'the bucket for assets is gone',
    class: 'asset-bucket-missing',
    why: 'the bootstrap still has its version in SSM',
    app: cdkApp,
    before: emptyBootstrap,
    ends: { stoppedBy: ['PF104'] },
  },
  {
    name: 'the bucket for assets is gone, and nobody needs it',
    class: 'asset-bucket-missing',
    why: 'the stack has no assets, and sends its template inside of the call',
    app: { Shop: plain },
    before: emptyBootstrap,
    ends: 'deployed',
  },
  {
    name: 'an image is to be built where Docker is not',
    class: 'docker-absent',
    why: 'the repository does not have the image yet',
    app: { Shop: withImage },
    variables: withoutDocker,
    ends: { stoppedBy: ['PF244'] },
  },
  {
    name: 'an image is there already where Docker is not',
    class: 'docker-absent',
    why: 'what is published needs no build',
    app: { Shop: withImage },
    variables: withoutDocker,
    before: async ({ client, account, region }) => {
      const repositoryName = `cdk-hnb659fds-container-assets-${account}-${region}`;
      await new ECRClient(client).send(new PutImageCommand({ repositoryName, imageTag: 'web', imageManifest: '{}' }));
    },
    ends: 'deployed',
  },
  {
    name: 'a stack of another account',
    class: 'wrong-account',
    why: 'the assembly names the account',
    app: { Shop: { ...plain, account: '999999999999' } },
    ends: { stoppedBy: ['PF161'] },
  },
  {
    name: 'a stack of this account',
    class: 'wrong-account',
    why: 'the assembly names the account that the credentials belong to',
    app: { Shop: { ...plain, account: someAccount } },
    edit: inItsAccount,
    ends: 'deployed',
  },
  {
    name: 'a stack goes to a region that the account has not enabled',
    class: 'region-mismatch',
    why: 'opt-in regions have to be enabled first',
    app: { Shop: { ...plain, region: 'ap-east-1', bootstrap: false } },
    answers: { 'regions {}': new Map([['ap-east-1', false]]) },
    ends: { stoppedBy: ['PF105'] },
    plainSucceeds: 'the emulator has all regions enabled',
  },
  {
    name: 'a stack goes to a region that the account has enabled',
    class: 'region-mismatch',
    why: 'the same region, after somebody opted in',
    app: { Shop: { ...plain, region: 'ap-east-1', bootstrap: false } },
    answers: { 'regions {}': new Map([['ap-east-1', true]]) },
    ends: 'deployed',
  },
];

/** Removes the bucket for assets, as somebody does who clears an account. */
async function emptyBootstrap({ client, account, region }: Live): Promise<void> {
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  await s3.send(new DeleteBucketCommand({ Bucket: `cdk-hnb659fds-assets-${account}-${region}` }));
}

/** Takes something from the deploy role, by a policy that nobody expects there. */
async function deny({ client, account, region }: Live, Action: string, Resource: string): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action, Resource }] });
  const RoleName = `cdk-hnb659fds-deploy-role-${account}-${region}`;
  await new IAMClient(client).send(new PutRolePolicyCommand({ RoleName, PolicyName: 'less', PolicyDocument }));
}
