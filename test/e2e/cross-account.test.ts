import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { createStacks } from '../../emulator/stacks.ts';
import { readAllowed, toPermission } from '../permissions.ts';
import { account, createStage, region, type Stage } from './stage.ts';

const other = '222222222222';
const lookUpRole = `cdk-hnb659fds-lookup-role-${other}-${region}`;

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({ 'code/index.js': 'exports.handler = async () => ({});' }, [account, other]);
});
afterAll(() => stage?.end());

/** An app of two accounts: the shop of the other one needs the network of this one, without an export. */
function synthesize(folder: string, bucketName: string): string {
  const outdir = join(stage.workspace.path, folder);
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
  const hub = new Stack(app, `${folder}-hub`, { env: { account, region } });
  new sqs.Queue(hub, 'Queue');
  const shop = new Stack(app, `${folder}-shop`, { env: { account: other, region } });
  new s3.Bucket(shop, 'Files', { bucketName, removalPolicy: RemovalPolicy.DESTROY });
  new lambda.Function(shop, 'Work', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(join(stage.workspace.path, 'code')),
  });
  shop.addStackDependency(hub);
  app.synth();
  return folder;
}

const run = (action: 'preflight' | 'deploy' | 'destroy', folder: string, inputs: Readonly<Record<string, string>> = {}) =>
  stage.run(action, { 'cdk-out': folder, ...inputs });
const statusOf = (who: string, stack: string) => createStacks(stage.emulator, who).status(stack);
const of = (who: string) => ({ region, endpoint: stage.emulator.endpoint, credentials: { accessKeyId: who, secretAccessKey: 'test' } });

/** Takes the role away as an account that was bootstrapped without one has it. */
async function removeLookUpRole(): Promise<void> {
  const iam = new IAMClient(of(other));
  const RoleName = lookUpRole;
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  for (const { PolicyArn } of AttachedPolicies) await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
}

describe('an app of two accounts', () => {
  test('is looked at in both, deployed to both, found unchanged, and destroyed in both', async () => {
    const folder = synthesize('two', 'files-of-two');
    await stage.emulator.clearCalls();
    const looked = await run('preflight', folder);
    expect({ log: looked.log, outputs: looked.outputs }).toMatchObject({ outputs: { verdict: 'ready', errors: '0', 'not-run': '0' } });
    const calls = await stage.emulator.calls();
    expect(calls.filter((c) => c.write)).toEqual([]);
    expect(calls.map(toPermission).filter((p) => !readAllowed().has(p))).toEqual([]);
    const described = calls.filter((c) => c.operation === 'DescribeStacks').map((c) => c.account);
    expect(new Set(described)).toEqual(new Set([account, other]));

    const deployed = await run('deploy', folder);
    expect({ log: deployed.log, outputs: deployed.outputs }).toMatchObject({ outputs: { verdict: 'deployed', errors: '0' } });
    expect(JSON.parse(deployed.outputs['deployed'] ?? '')).toEqual(['two-hub', 'two-shop']);
    expect([await statusOf(account, 'two-hub'), await statusOf(other, 'two-shop')]).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
    expect(await statusOf(account, 'two-shop')).toBe('DELETE_COMPLETE');

    expect((await run('deploy', folder)).outputs).toMatchObject({ verdict: 'unchanged', errors: '0' });
    const destroyed = await run('destroy', folder, { 'delete-data': 'two-shop/Files' });
    expect({ log: destroyed.log, outputs: destroyed.outputs }).toMatchObject({ outputs: { verdict: 'destroyed', errors: '0' } });
    expect([await statusOf(account, 'two-hub'), await statusOf(other, 'two-shop')]).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE']);
  }, 120_000);

  test('is stopped by a name that exists in the other account', async () => {
    const config = { Bucket: 'files-of-taken', CreateBucketConfiguration: { LocationConstraint: region } } as const;
    await new S3Client({ ...of(other), forcePathStyle: true }).send(new CreateBucketCommand(config));
    const folder = synthesize('taken', 'files-of-taken');
    await stage.emulator.clearCalls();
    const { code, log } = await run('deploy', folder);
    expect(code).toBe(1);
    expect(log).toMatch(/PF120 .*files-of-taken exists, and no stack owns it/);
    expect(await stage.writes()).toEqual([]);
  });

  test('leaves a change set in neither account after a rehearsal', async () => {
    const folder = synthesize('tried', 'files-of-tried');
    const { outputs, log } = await run('preflight', folder, { depth: 'change-set' });
    expect({ log, outputs }).toMatchObject({ outputs: { verdict: 'ready', errors: '0' } });
    expect([await statusOf(account, 'tried-hub'), await statusOf(other, 'tried-shop')]).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE']);
  }, 60_000);

  test('is told what could not be read without the look-up role, and is deployed all the same', async () => {
    await removeLookUpRole();
    const folder = synthesize('shut', 'files-of-shut');
    const looked = await run('preflight', folder);
    expect(looked.outputs).toMatchObject({ verdict: 'ready', errors: '0', 'not-run': '1' });
    expect(looked.log).toContain(
      `all of account ${other} in ${region} (shut-shop): needs the permission sts:AssumeRole on arn:aws:iam::${other}:role/${lookUpRole}`,
    );
    const deployed = await run('deploy', folder);
    expect({ log: deployed.log, outputs: deployed.outputs }).toMatchObject({ outputs: { verdict: 'deployed', errors: '0' } });
    const { code, log } = await run('destroy', folder, { 'delete-data': 'AWS::S3::Bucket' });
    expect(code).toBe(1);
    expect(log).toMatch(/DS105 .*shut-shop: needs the permission sts:AssumeRole/);
  }, 120_000);
});
