import { DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CfnResource, Stack, type App } from 'aws-cdk-lib/core';
import { queue, type SampleStack } from '../fakes/assembly.ts';
import type { Live, Scenario } from './scenario.ts';

const plain: SampleStack = { resources: { Queue: queue() } };
/** A stack as the CDK's own synthesizer makes it: with roles, a bucket for its template, and a bootstrap. */
const cdkApp = (app: App): void => {
  new CfnResource(new Stack(app, 'Shop'), 'Queue', { type: 'AWS::SQS::Queue' });
};
const parameter = (Name: string, Value = 'value'): SampleStack => ({
  resources: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value } } },
});

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
    name: 'the bucket for assets is gone',
    class: 'asset-bucket-missing',
    why: 'the bootstrap still has its version in SSM',
    app: cdkApp,
    before: emptyBootstrap,
    ends: { stoppedBy: ['PF104'] },
  },
  {
    name: 'a stack of another account',
    class: 'wrong-account',
    why: 'the assembly names the account',
    app: { Shop: { ...plain, account: '999999999999' } },
    ends: { stoppedBy: ['PF161'] },
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
];

/** Removes the bucket for assets, as somebody does who clears an account. */
async function emptyBootstrap({ client, account, region }: Live): Promise<void> {
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  await s3.send(new DeleteBucketCommand({ Bucket: `cdk-hnb659fds-assets-${account}-${region}` }));
}
