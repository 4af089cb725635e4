import { describe, expect, test } from '@jest/globals';
import { bucket, queue, table, type SampleStack } from '../../../test/fakes/assembly.ts';
import { both, denies, live, testCases, type CheckCase, type Stacks } from '../../../test/fakes/check-cases.ts';
import { judgeSample, type FactsOptions } from '../../../test/fakes/facts.ts';
import { account } from '../../../test/fakes/world.ts';
import { known, unknown } from '../answer.ts';
import { codes } from '../codes.ts';
import type { Decision } from '../decision.ts';
import { finding, toWhere, type Finding } from '../finding.ts';
import type { Violation } from '../world.ts';
import { checks, toFindingLine } from './checks.ts';

const judge = async (stacks: Stacks, options: FactsOptions = {}): Promise<readonly Finding[]> =>
  (await judgeSample(stacks, options)).findings;

const taken = (key: string): FactsOptions => ({ before: ({ aws }) => void aws.things.set(key, { kind: 'present', active: true }) });
const unboot: FactsOptions = { before: ({ aws }) => aws.bootstraps.clear() };
const booted = (key: string, version: number): FactsOptions => ({ before: ({ aws }) => void aws.bootstraps.set(key, version) });

const plain: Stacks = { Shop: { resources: { Queue: queue() } } };
const uploads: Stacks = { Shop: { resources: { Uploads: bucket('uploads-prod') } } };
const function_ = (name: string) => ({ Type: 'AWS::Lambda::Function', Properties: { FunctionName: name } });
const role = (name: string) => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: name } });
/** Imports where its parameter says yes. */
const choosing = (Default: string): SampleStack => ({
  resources: {
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: { Tags: [{ Key: 'vpc', Value: { 'Fn::If': ['Is', { 'Fn::ImportValue': 'net-vpc' }, 'none'] } }] },
    },
  },
  more: { Parameters: { Import: { Type: 'String', Default } }, Conditions: { Is: { 'Fn::Equals': [{ Ref: 'Import' }, 'yes'] } } },
});
const imports = (name: string): SampleStack => ({
  resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { 'Fn::ImportValue': name } } } },
});
const exporting = (name: string): SampleStack => ({ outputs: { Vpc: { Value: 'v', Export: { Name: name } } } });
const reference: Decision = { id: 'uploads', type: 'AWS::S3::Bucket', stack: 'Shop', name: 'uploads', kind: 'reference' };
const violation = (more: Partial<Violation>): FactsOptions => ({
  violations: known([
    {
      stackId: 'Shop',
      rule: 'E3012',
      level: 'error',
      message: 'not of type Integer',
      logicalId: 'Queue',
      property: 'DelaySeconds',
      ...more,
    },
  ]),
});
const failed = (why: 'failed' | 'unreachable') => ({
  violations: unknown({ call: 'template validation', resource: 'templates', why, message: 'the engine has no rules' }),
});
const rules = known([{ name: 'own.guard', text: 'rule NAMED { }' }]);
const ruled = (more: Partial<Violation>): FactsOptions => ({
  rules,
  ruleViolations: known([{ stackId: 'Shop', rule: 'NAMED', level: 'error', message: 'Queues are named.', logicalId: 'Queue', ...more }]),
});
const unreadable = (message: string) => unknown({ call: 'rules', resource: 'own.guard', why: 'failed', message });

/** A bucket of which the app said something. */
const said = (type: string): Stacks => ({
  Shop: {
    resources: { U1: bucket('uploads-prod') },
    metadata: {
      '/Shop/Uploads/Resource': [
        { type: 'aws:cdk:logicalId', data: 'U1' },
        { type, data: 'AwsSolutions-S1: no access log' },
      ],
    },
  },
});
const bootCommand = 'cdk bootstrap aws://111111111111/us-west-2';

/** A bucket whose name is a parameter. */
const byParameter = {
  resources: { Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Name' } } } },
  more: { Parameters: { Name: { Type: 'String', Default: 'taken' } } },
};

const cases: readonly CheckCase[] = [
  {
    code: 'PF001',
    name: 'a live stack that may not be read',
    stacks: plain,
    options: denies('cloudformation:DescribeStacks'),
    told: ['Shop: live stack Shop: needs the permission cloudformation:DescribeStacks on Shop.'],
  },
  {
    code: 'PF001',
    name: 'a live template that may not be read',
    stacks: plain,
    options: both(live(plain), denies('cloudformation:GetTemplate')),
    told: ['Shop: live stack Shop: needs the permission cloudformation:GetTemplate on Shop.'],
  },
  {
    code: 'PF001',
    name: 'a bootstrap that may not be read',
    stacks: plain,
    options: denies('ssm:GetParameter'),
    told: ['Shop: bootstrap of 111111111111/us-west-2: needs the permission ssm:GetParameter on /cdk-bootstrap/hnb659fds/version.'],
  },
  {
    code: 'PF001',
    name: 'a name that may not be looked up',
    stacks: uploads,
    options: denies('look:AWS::S3::Bucket'),
    told: ['Shop/Uploads: AWS::S3::Bucket uploads-prod: needs the permission look:AWS::S3::Bucket on uploads-prod.'],
  },
  {
    code: 'PF001',
    name: 'exports that may not be read',
    stacks: { Shop: imports('net-vpc') },
    options: denies('cloudformation:ListExports'),
    told: ['Shop: import of net-vpc: needs the permission cloudformation:ListExports on *.'],
  },
  {
    code: 'PF001',
    name: 'an imported resource that may not be read',
    stacks: plain,
    options: { decisions: [reference], ...denies('look:AWS::S3::Bucket') },
    told: ['Shop: imported AWS::S3::Bucket uploads: needs the permission look:AWS::S3::Bucket on uploads.'],
  },
  {
    code: 'PF001',
    name: 'a validator that got no answer',
    stacks: plain,
    options: failed('unreachable'),
    told: [': template validation: template validation got no answer (the engine has no rules).'],
  },
  {
    code: 'PF001',
    name: 'a name that exists in a stack of which nothing may be read',
    stacks: uploads,
    options: both(live(uploads), denies('cloudformation:GetTemplate', 'cloudformation:DescribeStackResources')),
    told: [
      'Shop/Uploads: owner of AWS::S3::Bucket uploads-prod: needs the permission cloudformation:DescribeStackResources on uploads-prod.',
      'Shop: live stack Shop: needs the permission cloudformation:GetTemplate on Shop.',
    ],
  },
  { code: 'PF001', name: 'everything that may be read', stacks: uploads },
  {
    code: 'PF001',
    name: 'permissions that this deployment does not need',
    stacks: plain,
    options: denies(
      'cloudformation:ListExports',
      'look:AWS::S3::Bucket',
      'cloudformation:DescribeStackResources',
      'ssm:GetParametersByPath',
    ),
  },

  {
    code: 'PF100',
    name: 'an account without bootstrap',
    stacks: plain,
    options: unboot,
    told: [`Shop: 111111111111/us-west-2 has no bootstrap stack. The command is: ${bootCommand}`],
  },
  {
    code: 'PF100',
    name: 'one for several stacks',
    stacks: { A: {}, B: {} },
    options: unboot,
    told: [`A: 111111111111/us-west-2 has no bootstrap stack. The command is: ${bootCommand}`],
  },
  {
    code: 'PF100',
    name: 'one under a qualifier of its own',
    stacks: { Shop: { bootstrap: '/cdk-bootstrap/team1/version' } },
    options: unboot,
    told: [`Shop: 111111111111/us-west-2 has no bootstrap stack. The command is: ${bootCommand} --qualifier team1`],
  },
  {
    code: 'PF100',
    name: 'one that lies elsewhere',
    stacks: { Shop: { bootstrap: '/boot/version' } },
    options: unboot,
    told: ['Shop: 111111111111/us-west-2 has no bootstrap stack: there is no SSM parameter /boot/version.'],
  },
  { code: 'PF100', name: 'a stack that does not change', stacks: plain, options: both(unboot, live(plain)) },
  { code: 'PF100', name: 'a stack that needs no bootstrap', stacks: { Shop: { bootstrap: false } }, options: unboot },
  {
    code: 'PF100',
    name: 'a bootstrap of the region that the stack goes to',
    stacks: { Shop: { region: 'eu-west-1' } },
    options: booted('eu-west-1 /cdk-bootstrap/hnb659fds/version', 6),
  },
  {
    code: 'PF101',
    name: 'a bootstrap that is older than needed',
    stacks: plain,
    options: booted('us-west-2 /cdk-bootstrap/hnb659fds/version', 5),
    told: ['Shop: 111111111111/us-west-2 has version 5 under the qualifier hnb659fds; Shop need 6.'],
  },
  { code: 'PF101', name: 'one that is just new enough', stacks: plain, options: booted('us-west-2 /cdk-bootstrap/hnb659fds/version', 6) },
  {
    code: 'PF102',
    name: 'another qualifier than that of the account',
    stacks: { Shop: { bootstrap: '/cdk-bootstrap/team1/version' } },
    told: ['Shop: The app uses the qualifier team1; 111111111111/us-west-2 is bootstrapped with hnb659fds.'],
  },
  {
    code: 'PF102',
    name: 'one of several that are there',
    stacks: { Shop: { bootstrap: '/cdk-bootstrap/team1/version' } },
    options: booted('us-west-2 /cdk-bootstrap/team1/version', 6),
  },

  {
    code: 'PF133',
    name: 'context that the app did not find',
    stacks: plain,
    options: { missing: [{ key: 'vpc-provider:x', provider: 'vpc-provider' }] },
    told: ['cdk.context.json: vpc-provider:x (of the look-up vpc-provider) is missing.'],
  },
  { code: 'PF133', name: 'an app that looks nothing up', stacks: plain },

  {
    code: 'PF120',
    name: 'a name that exists and that nobody owns',
    stacks: uploads,
    options: taken('AWS::S3::Bucket uploads-prod'),
    told: ['Shop/Uploads: The AWS::S3::Bucket uploads-prod exists, and no stack owns it.'],
  },
  {
    code: 'PF120',
    name: 'a bucket in another region',
    stacks: uploads,
    options: { before: ({ aws }) => void aws.things.set('AWS::S3::Bucket uploads-prod', { kind: 'elsewhere' }) },
    told: ['Shop/Uploads: The bucket uploads-prod exists in another region of this account; bucket names are global.'],
  },
  {
    code: 'PF120',
    name: 'a name that exists and whose owner may not be read',
    stacks: uploads,
    options: both(taken('AWS::S3::Bucket uploads-prod'), denies('cloudformation:DescribeStackResources')),
    told: [
      'Shop/Uploads: The AWS::S3::Bucket uploads-prod exists; who owns it cannot be read: needs the permission cloudformation:DescribeStackResources on uploads-prod.',
    ],
  },
  {
    code: 'PF120',
    name: 'a name that exists, and that a stack owns for another type',
    stacks: { Shop: { resources: { R: role('same') } } },
    options: both(live({ Old: { resources: { F: function_('same') } } }), taken('AWS::IAM::Role same')),
    told: ['Shop/R: The AWS::IAM::Role same exists, and no stack owns it.'],
  },
  {
    code: 'PF120',
    name: 'a name that a stack whose creation failed wants again',
    stacks: { Shop: { resources: { R: role('r-prod') } } },
    options: both(live(plain, 'ROLLBACK_COMPLETE'), taken('AWS::IAM::Role r-prod')),
    told: ['Shop/R: The AWS::IAM::Role r-prod exists, and no stack owns it.'],
  },
  {
    code: 'PF120',
    name: 'a new name for a resource that has another one, when the new one is taken',
    stacks: uploads,
    options: {
      ...both(live({ Shop: { resources: { Uploads: bucket('older') } } }), taken('AWS::S3::Bucket uploads-prod')),
      allowDestructive: ['AWS::S3::Bucket'],
    },
    told: ['Shop/Uploads: The AWS::S3::Bucket uploads-prod exists, and no stack owns it.'],
  },
  {
    code: 'PF120',
    name: 'a name that is a parameter of the run, when that one is taken',
    stacks: {
      Shop: {
        resources: { U: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Name' } } } },
        more: { Parameters: { Name: { Type: 'String', Default: 'free' } } },
      },
    },
    options: { parameters: { Name: 'taken' }, ...taken('AWS::S3::Bucket taken') },
    told: ['Shop/U: The AWS::S3::Bucket taken exists, and no stack owns it.'],
  },
  { code: 'PF120', name: 'a name that is free', stacks: uploads, options: taken('AWS::S3::Bucket uploads-staging') },
  {
    code: 'PF120',
    name: 'the name of a resource of another type',
    stacks: { Shop: { resources: { F: function_('same') } } },
    options: taken('AWS::IAM::Role same'),
  },
  {
    code: 'PF120',
    name: 'the own name of the live stack',
    stacks: { Shop: { ...uploads['Shop'], tags: { a: 'b' } } },
    options: live(uploads),
  },
  {
    code: 'PF120',
    name: 'the own name of the live stack, whose template may not be read',
    stacks: uploads,
    options: both(live(uploads), denies('cloudformation:GetTemplate')),
  },
  {
    code: 'PF120',
    name: 'a name that is only made under a condition',
    stacks: { Shop: { resources: { U: { ...bucket('uploads-prod'), Condition: 'C' } } } },
    options: taken('AWS::S3::Bucket uploads-prod'),
  },
  {
    code: 'PF120',
    name: 'a default name that the run replaces',
    stacks: {
      Shop: {
        resources: { U: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Name' } } } },
        more: { Parameters: { Name: { Type: 'String', Default: 'taken' } } },
      },
    },
    options: { parameters: { Name: 'free' }, ...taken('AWS::S3::Bucket taken') },
  },
  {
    code: 'PF120',
    name: 'a default name that the live stack has replaced, for a resource that is new',
    stacks: { Shop: { resources: { Queue: queue(), ...byParameter.resources }, more: byParameter.more } },
    options: both(
      live({ Shop: { resources: { Queue: queue() }, parameters: { Name: 'mine' }, more: byParameter.more } }),
      taken('AWS::S3::Bucket taken'),
    ),
  },
  {
    code: 'PF121',
    name: 'a name that another stack owns',
    stacks: uploads,
    options: live({ Old: { resources: { Files: bucket('uploads-prod') } } }),
    told: ['Shop/Uploads: The AWS::S3::Bucket uploads-prod is owned by the stack Old.'],
  },
  {
    code: 'PF121',
    name: 'a name that the same stack owns',
    stacks: { Shop: { resources: { Uploads: bucket('uploads-prod'), Queue: queue() } } },
    options: live(uploads),
  },
  {
    code: 'PF122',
    name: 'a bucket of another account',
    stacks: uploads,
    options: { before: ({ aws }) => void aws.things.set('AWS::S3::Bucket uploads-prod', { kind: 'foreign' }) },
    told: ['Shop/Uploads: The bucket name uploads-prod is in use by another account.'],
  },
  { code: 'PF122', name: 'a bucket name without an owner anywhere', stacks: uploads },
  {
    code: 'PF124',
    name: 'a name under another logical id',
    stacks: { Shop: { resources: { Files: bucket('uploads-prod') } } },
    options: live(uploads),
    told: ['Shop/Files: The AWS::S3::Bucket uploads-prod is Uploads in the live stack Shop, and has another logical id in this template.'],
  },
  {
    code: 'PF124',
    name: 'a name under the same logical id',
    stacks: { Shop: { resources: { Uploads: { ...bucket('uploads-prod'), DeletionPolicy: 'Retain' } } } },
    options: live(uploads),
  },

  {
    code: 'PF123',
    name: 'a name twice in one stack',
    stacks: { Shop: { resources: { A: table('files'), B: table('files') } } },
    told: ['Shop/B: The AWS::DynamoDB::Table name files is used by Shop/A too.'],
  },
  {
    code: 'PF123',
    name: 'a global name in two accounts',
    stacks: { A: { account: '222222222222', resources: { X: bucket('files') } }, B: { resources: { X: bucket('files') } } },
    options: { static: true },
    told: ['B/X: The AWS::S3::Bucket name files is used by A/X too.'],
  },
  {
    code: 'PF123',
    name: 'a name of an account in two of its regions',
    stacks: { A: { region: 'eu-west-1', resources: { X: role('files') } }, B: { resources: { X: role('files') } } },
    options: { static: true },
    told: ['B/X: The AWS::IAM::Role name files is used by A/X too.'],
  },
  {
    code: 'PF123',
    name: 'a name of an account in two accounts',
    stacks: { A: { account: '222222222222', resources: { X: role('files') } }, B: { resources: { X: role('files') } } },
    options: { static: true },
  },
  {
    code: 'PF123',
    name: 'a global name in two regions',
    stacks: { A: { resources: { X: bucket('files') } }, B: { region: 'eu-west-1', bootstrap: false, resources: { X: bucket('files') } } },
    told: ['B/X: The AWS::S3::Bucket name files is used by A/X too.'],
  },
  {
    code: 'PF123',
    name: 'a name of one type and the same of another',
    stacks: { Shop: { resources: { A: table('files'), B: bucket('files') } } },
  },
  {
    code: 'PF123',
    name: 'a regional name in two regions',
    stacks: { A: { region: 'us-west-2', resources: { X: table('files') } }, B: { region: 'eu-west-1', resources: { X: table('files') } } },
    options: booted('eu-west-1 /cdk-bootstrap/hnb659fds/version', 6),
  },
  {
    code: 'PF123',
    name: 'a name that does not have to be the only one',
    stacks: {
      Shop: {
        resources: {
          A: { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolName: 'users' } },
          B: { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolName: 'users' } },
        },
      },
    },
  },

  {
    code: 'PF130',
    name: 'a bucket name with capital letters',
    stacks: { Shop: { resources: { U: bucket('Uploads') } } },
    told: [/^Shop\/U: The AWS::S3::Bucket name "Uploads": only .+ are allowed\.$/],
  },
  {
    code: 'PF130',
    name: 'a role name of 65 characters',
    stacks: { Shop: { resources: { R: role('r'.repeat(65)) } } },
    told: [`Shop/R: The AWS::IAM::Role name "${'r'.repeat(65)}": it has 65 characters, and 1 to 64 are allowed.`],
  },
  { code: 'PF130', name: 'a role name of 64 characters', stacks: { Shop: { resources: { R: role('r'.repeat(64)) } } } },
  {
    code: 'PF130',
    name: 'a name that is not known before the deployment',
    stacks: { Shop: { resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: { 'Fn::GetAtt': ['X', 'Y'] } } } } } },
  },
  {
    code: 'PF130',
    name: 'a name that AWS has taken already, in an unchanged stack',
    stacks: { Shop: { resources: { U: bucket('Uploads') } } },
    options: live({ Shop: { resources: { U: bucket('Uploads') } } }),
  },
  {
    code: 'PF130',
    name: 'a name that AWS has taken already, in a stack that changes',
    stacks: { Shop: { resources: { U: bucket('Uploads') }, tags: { a: 'b' } } },
    options: live({ Shop: { resources: { U: bucket('Uploads') } } }),
  },
  {
    code: 'PF130',
    name: 'a type without a rule',
    stacks: { Shop: { resources: { X: { Type: 'Custom::Thing', Properties: { Name: '???' } } } } },
  },

  {
    code: 'PF132',
    name: 'an import that nobody exports',
    stacks: { Shop: imports('net-vpc') },
    told: ['Shop: Shop imports net-vpc; no stack exports it.'],
  },
  {
    code: 'PF132',
    name: 'an import that is exported in another region alone',
    stacks: { Shop: imports('net-vpc') },
    options: live({ Net: { ...exporting('net-vpc'), region: 'eu-west-1' } }),
    told: ['Shop: Shop imports net-vpc; no stack exports it.'],
  },
  {
    code: 'PF132',
    name: 'an import that a condition chooses',
    stacks: { Shop: choosing('yes') },
    told: ['Shop: Shop imports net-vpc; no stack exports it.'],
  },
  { code: 'PF132', name: 'an import that a condition does not choose', stacks: { Shop: choosing('no') } },
  {
    code: 'PF132',
    name: 'an import of a resource that a condition leaves out',
    stacks: {
      Shop: {
        resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'Never', Properties: { QueueName: { 'Fn::ImportValue': 'net-vpc' } } } },
        more: { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
      },
    },
  },
  {
    code: 'PF132',
    name: 'an import of a stack of the run',
    stacks: { Net: exporting('net-vpc'), Shop: { ...imports('net-vpc'), dependencies: ['Net'] } },
  },
  {
    code: 'PF132',
    name: 'an import of a stack of the run, of which the app does not say that it comes first',
    stacks: { Shop: imports('net-vpc'), Net: exporting('net-vpc') },
  },
  {
    code: 'PF132',
    name: 'an import of a stack of the run that has no resources, so that it is not deployed',
    stacks: { Shop: imports('net-vpc'), Net: { ...exporting('net-vpc'), resources: {} } },
    told: ['Shop: Shop imports net-vpc; no stack exports it.'],
  },
  {
    code: 'PF132',
    name: 'an import of a stack that needs the one that imports',
    stacks: { Shop: { ...exporting('shop'), ...imports('net-vpc') }, Net: { ...exporting('net-vpc'), ...imports('shop') } },
    told: ['Shop: Shop imports net-vpc; Net of this run exports it, and cannot be deployed before.'],
  },
  {
    code: 'PF132',
    name: 'imports of stacks from one another that are live already',
    stacks: { Shop: { ...exporting('shop'), ...imports('net-vpc') }, Net: { ...exporting('net-vpc'), ...imports('shop') } },
    options: live({ Shop: exporting('shop'), Net: exporting('net-vpc') }),
  },
  { code: 'PF132', name: 'an import of a live stack', stacks: { Shop: imports('net-vpc') }, options: live({ Net: exporting('net-vpc') }) },
  {
    code: 'PF132',
    name: 'an import in another region of a live stack there',
    stacks: { Shop: { ...imports('net-vpc'), region: 'eu-west-1' } },
    options: both(live({ Net: { ...exporting('net-vpc'), region: 'eu-west-1' } }), booted('eu-west-1 /cdk-bootstrap/hnb659fds/version', 6)),
  },
  {
    code: 'PF132',
    name: 'an import of a stack that does not change',
    stacks: { Shop: imports('net-vpc') },
    options: live({ Shop: imports('net-vpc') }),
  },

  {
    code: 'PF150',
    name: 'an imported bucket that is gone',
    stacks: plain,
    options: { decisions: [reference] },
    told: ['Shop: The AWS::S3::Bucket uploads is not there or not in this account and region.'],
  },
  {
    code: 'PF150',
    name: 'an imported table that is being deleted',
    stacks: plain,
    options: {
      decisions: [reference],
      before: ({ aws }) => void aws.things.set('AWS::S3::Bucket uploads', { kind: 'present', active: false }),
    },
    told: ['Shop: The AWS::S3::Bucket uploads is there and not active.'],
  },
  {
    code: 'PF150',
    name: 'an imported bucket that is there',
    stacks: plain,
    options: { decisions: [reference], ...taken('AWS::S3::Bucket uploads') },
  },
  { code: 'PF150', name: 'a bucket that would be created', stacks: plain, options: { decisions: [{ ...reference, kind: 'create' }] } },

  {
    code: 'PF160',
    name: 'a stack of another account than that of the environment, before anybody has credentials',
    stacks: { Shop: { account: '222222222222' } },
    options: { static: true, environment: { account } },
    told: ['Shop: Shop goes to account 222222222222; the environment prod is in 111111111111.'],
  },
  {
    code: 'PF161',
    name: 'a stack of another account than that of the credentials',
    stacks: { Shop: { account: '222222222222' } },
    told: ['Shop: Shop goes to account 222222222222 and names no role to deploy with; the credentials belong to 111111111111.'],
  },
  {
    code: 'PF161',
    name: 'such a stack where the environment has an account: once, not twice',
    stacks: { Shop: { account: '222222222222' } },
    options: { environment: { account } },
    told: ['Shop: Shop goes to account 222222222222 and names no role to deploy with; the credentials belong to 111111111111.'],
  },
  { code: 'PF161', name: 'a stack of the account of the credentials', stacks: { Shop: { account } } },
  {
    code: 'PF161',
    name: 'a stack of another account that has a role to deploy with',
    stacks: { Shop: { account: '222222222222', properties: { assumeRoleArn: 'arn:aws:iam::222222222222:role/deploy' } } },
  },
  {
    code: 'PF160',
    name: 'a stack of another account than that of the environment, with a role to deploy with',
    stacks: { Shop: { account: '222222222222', properties: { assumeRoleArn: 'arn:aws:iam::222222222222:role/deploy' } } },
    options: { environment: { account } },
    told: ['Shop: Shop goes to account 222222222222; the environment prod is in 111111111111.'],
  },
  {
    code: 'PF160',
    name: 'a stack of a region that the environment does not have',
    stacks: { Shop: { region: 'us-east-1', bootstrap: false } },
    options: { environment: { regions: ['us-west-2', 'eu-west-1'] } },
    told: ['Shop: Shop goes to us-east-1; the environment prod has us-west-2, eu-west-1.'],
  },
  {
    code: 'PF160',
    name: 'a stack without protection in an environment that has it',
    stacks: plain,
    options: { environment: { protected: true } },
    told: ['Shop: Shop has no termination protection; the environment prod is protected.'],
  },
  {
    code: 'PF160',
    name: 'a protected stack where the environment is',
    stacks: { Shop: { account, region: 'us-west-2', protected: true } },
    options: { environment: { account, regions: ['us-west-2'], protected: true } },
  },
  {
    code: 'PF160',
    name: 'a stack that leaves account and region to the environment',
    stacks: plain,
    options: { environment: { account, regions: ['us-west-2'] } },
  },

  {
    code: 'PF170',
    name: 'an error of the validator',
    stacks: plain,
    options: violation({}),
    told: ['Shop/Queue: DelaySeconds: not of type Integer (rule E3012)'],
  },
  {
    code: 'PF170',
    name: 'a fatal error of a whole template',
    stacks: plain,
    options: violation({ level: 'fatal', logicalId: undefined, property: undefined } as never),
    told: ['Shop: not of type Integer (rule E3012)'],
  },
  {
    code: 'PF170',
    name: 'another property of a resource whose name is bad',
    stacks: { Shop: { resources: { U: bucket('Uploads') } } },
    options: violation({ logicalId: 'U', property: 'Properties.Tags' }),
    told: ['Shop/U: Properties.Tags: not of type Integer (rule E3012)'],
  },
  {
    code: 'PF170',
    name: 'a good name that the validator does not take',
    stacks: uploads,
    options: violation({ logicalId: 'Uploads', property: 'Properties.BucketName' }),
    told: ['Shop/Uploads: Properties.BucketName: not of type Integer (rule E3012)'],
  },
  {
    code: 'PF170',
    name: 'a value of a resource that its condition leaves out',
    stacks: {
      Shop: { resources: { Queue: { ...queue(), Condition: 'Never' } }, more: { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } } },
    },
    options: violation({}),
  },
  {
    code: 'PF170',
    name: 'a broken reference in a resource that its condition leaves out',
    stacks: {
      Shop: { resources: { Queue: { ...queue(), Condition: 'Never' } }, more: { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } } },
    },
    options: violation({ rule: 'E1020' }),
    told: ['Shop/Queue: DelaySeconds: not of type Integer (rule E1020)'],
  },
  { code: 'PF170', name: 'a warning of the validator', stacks: plain, options: violation({ level: 'warning' }) },
  {
    code: 'PF171',
    name: 'a warning of the validator',
    stacks: plain,
    options: violation({ level: 'warning' }),
    told: ['Shop/Queue: DelaySeconds: not of type Integer (rule E3012)'],
  },
  { code: 'PF171', name: 'the warning that CDK causes itself', stacks: plain, options: violation({ level: 'warning', rule: 'W3005' }) },
  {
    code: 'PF171',
    name: 'a template that is unchanged and therefore not looked at',
    stacks: plain,
    options: { ...violation({}), ...live(plain) },
  },
  {
    code: 'PF172',
    name: 'an error that the app reports at a construct',
    stacks: said('aws:cdk:error'),
    told: ['Shop/Uploads: AwsSolutions-S1: no access log'],
  },
  { code: 'PF172', name: 'a warning of the app', stacks: said('aws:cdk:warning') },
  { code: 'PF173', name: 'a warning of the app', stacks: said('aws:cdk:warning'), told: ['Shop/Uploads: AwsSolutions-S1: no access log'] },
  { code: 'PF173', name: 'a remark of the app', stacks: said('aws:cdk:info') },
  {
    code: 'PF174',
    name: 'a rule that is not met',
    stacks: plain,
    options: ruled({}),
    told: ['Shop/Queue: Queues are named. (rule NAMED)'],
  },
  { code: 'PF174', name: 'a rule that is met', stacks: plain, options: { rules, ruleViolations: known([]) } },
  {
    code: 'PF174',
    name: 'a rule that would not be met, if there were any rules',
    stacks: plain,
    options: { ...ruled({}), rules: known([]) },
  },
  {
    code: 'PF174',
    name: 'a rule that an unchanged stack does not meet',
    stacks: plain,
    options: { ...ruled({}), ...live(plain) },
    told: ['Shop/Queue: Queues are named. (rule NAMED)'],
  },
  {
    code: 'PF175',
    name: 'a rule that only warns',
    stacks: plain,
    options: ruled({ level: 'warning' }),
    told: ['Shop/Queue: Queues are named. (rule NAMED)'],
  },
  { code: 'PF175', name: 'a rule that is met and could have warned', stacks: plain, options: { rules, ruleViolations: known([]) } },
  {
    code: 'PF176',
    name: 'a rule file that the engine cannot read',
    stacks: plain,
    options: { rules, ruleViolations: unreadable('no rule in own.guard') },
    told: [': no rule in own.guard.'],
  },
  {
    code: 'PF176',
    name: 'a rule file that is not there',
    stacks: plain,
    options: { rules: unreadable('there is no file own.guard') },
    told: [': there is no file own.guard.'],
  },
  { code: 'PF176', name: 'rule files that are fine', stacks: plain, options: { rules } },
  { code: 'PF179', name: 'a validator that does not work', stacks: plain, options: failed('failed'), told: [': the engine has no rules.'] },
  { code: 'PF179', name: 'a validator that is not needed', stacks: plain, options: { ...failed('failed'), ...live(plain) } },
];

testCases([...new Set(cases.map((c) => c.code))], cases);

test('a finding of the protection of a stack is a warning, one of its place an error', async () => {
  const found = await judge(
    { Shop: { region: 'us-east-1', bootstrap: false } },
    { environment: { protected: true, regions: ['us-west-2'] } },
  );
  expect(found.map((f) => [f.code, f.severity])).toEqual([
    ['PF160', 'error'],
    ['PF160', 'warning'],
  ]);
});

test('a stack elsewhere is a warning where another one is in a region of the environment', async () => {
  const found = await judge({ Edge: { region: 'us-east-1', bootstrap: false }, Shop: {} }, { environment: { regions: ['us-west-2'] } });
  expect(found.map((f) => [f.code, f.severity, f.place.stack])).toEqual([['PF160', 'warning', 'Edge']]);
});

test('a bad name that the validator sees too is told once, in the better words', async () => {
  const found = await judge(
    { Shop: { resources: { U: bucket('Uploads') } } },
    violation({ logicalId: 'U', property: 'Properties.BucketName' }),
  );
  expect(found.map((f) => f.code)).toEqual(['PF130']);
});

test('every code of a check has cases, here or in a file of its own', () => {
  // These come of reading an assembly, of decisions, of suppressions, open values and rehearsals: their own tests have them.
  const elsewhere: readonly string[] = [
    'PF002',
    'PF003',
    'PF004',
    'PF005',
    'PF125', // replacements.test.ts
    'PF126', // names-exist.test.ts
    'PF127', // names-exist.test.ts
    'PF128', // names-valid.test.ts
    'PF129', // names-exist.test.ts
    'PF180', // names-exist.test.ts
    'PF181', // names-exist.test.ts
    'PF182', // names-exist.test.ts
    'PF183', // aliases.test.ts
    'PF184', // records.test.ts
    'PF108', // parse-assembly.test.ts
    'PF131',
    'PF140',
    'PF141',
    'PF177',
    'PF178',
    'PF190', // exports.test.ts
    'PF191', // exports.test.ts
    'PF192', // cross-region-exports.test.ts
    'PF193', // destructive.test.ts
    'PF194', // circular.test.ts
    'PF200', // stack-policies.test.ts
    'PF201', // drift.test.ts
    'PF202', // drift.test.ts
    'PF203', // nested-stacks.test.ts
    'PF210', // left-behind.test.ts
    'PF220', // destructive.test.ts
    'PF221', // destructive.test.ts
    'PF224', // protection.test.ts
    'PF103', // bootstrap-roles.test.ts
    'PF104', // bootstrap-roles.test.ts
    'PF105', // regions.test.ts
    'PF106', // bootstrap-roles.test.ts
    'PF107', // session.test.ts
    'PF109', // bootstrap-roles.test.ts
    'PF110', // stack-states.test.ts
    'PF111', // stack-states.test.ts
    'PF112', // stack-states.test.ts
    'PF113', // stack-states.test.ts
    'PF114', // stack-states.test.ts
    'PF204', // code-drift.test.ts
    'PF205', // code-drift.test.ts
    'PF208', // code-drift.test.ts
    'PF206', // actions/preflight/src/drift.test.ts
    'PF207', // actions/preflight/src/drift.test.ts
    'PF230', // template-sizes.test.ts
    'PF231', // template-sizes.test.ts
    'PF232', // policy-limits.test.ts
    'PF233', // policy-limits.test.ts
    'PF234', // function-sizes.test.ts
    'PF235', // function-sizes.test.ts
    'PF236', // log-policies.test.ts
    'PF240', // outside-values.test.ts
    'PF241', // outside-values.test.ts
    'PF242', // placeholders.test.ts
    'PF243', // referred-ids.test.ts
    'PF244', // docker.test.ts
    'PF250', // quotas.test.ts
    'PF251', // quotas.test.ts
    'PF252', // concurrency.test.ts
  ];
  // What single services refuse stands in the tests beside those checks, which have the same demand.
  const isOfServices = (c: string) => c >= 'PF270' && c <= 'PF329';
  const all = Object.keys(codes).filter((c) => c.startsWith('PF') && !elsewhere.includes(c) && !isOfServices(c));
  expect(all.filter((c) => !cases.some((x) => x.code === c))).toEqual([]);
});

describe('the depth static', () => {
  test('runs the checks of the assembly alone, and asks nothing', async () => {
    const stacks: Stacks = { Shop: { resources: { U: bucket('Uploads'), X: imports('net').resources?.['Queue'] ?? queue() } } };
    const { made, findings } = await judgeSample(stacks, { static: true, before: (w) => w.aws.bootstraps.clear() });
    expect(findings.map((f) => f.code)).toEqual(['PF130']);
    expect(made.aws.calls).toEqual([]);
    expect(made.connections).toEqual([]);
  });

  test('still says what context is missing', async () => {
    const found = await judge(plain, { static: true, missing: [{ key: 'vpc-provider:x', provider: 'vpc-provider' }] });
    expect(found.map((f) => f.code)).toEqual(['PF133']);
  });

  test('still says where stacks may not go', async () => {
    const found = await judge({ Shop: { account: '222222222222' } }, { static: true, environment: { account } });
    expect(found.map((f) => f.code)).toEqual(['PF160']);
  });
});

describe('findings', () => {
  const sourced: Stacks = {
    Shop: {
      resources: { U1: bucket('Uploads') },
      metadata: {
        '/Shop/Uploads/Resource': [
          { type: 'aws:cdk:logicalId', data: 'U1' },
          { type: 'aws:cdk:creationStack', data: ['new Shop (/app/shop.ts:9:5)'] },
        ],
      },
    },
  };

  test('stand at the construct, and at the line of the app that made it', async () => {
    expect((await judge(sourced)).map((f) => f.place)).toEqual([
      { stack: 'Shop', constructPath: 'Shop/Uploads', file: '/app/shop.ts', line: 9, column: 5 },
    ]);
  });

  test('that are suppressed are notices', async () => {
    const suppressions = [{ code: 'PF130', where: 'Shop/*', reason: 'old', until: '2026-11-21' } as const];
    const { findings } = await judgeSample(sourced, { suppressions });
    expect(findings.map((f) => f.code)).toEqual(['PF002']);
  });

  test('come in the order of reports', async () => {
    const found = await judge(
      { B: { resources: { X: bucket('Upper') } }, A: { resources: { X: bucket('Upper') } } },
      both(unboot, live({ A: {} }, 'REVIEW_IN_PROGRESS')),
    );
    expect(found.map((f) => `${f.code} ${toWhere(f.place)}`)).toEqual(['PF100 A', 'PF123 B/X', 'PF130 A/X', 'PF130 B/X', 'PF112 A']);
  });

  test.each<[string, Finding, string]>([
    [
      'an error at a construct',
      finding('PF130', 'm.', { constructPath: 'Shop/U' }),
      '❌ PF130 Name is not allowed for this type at Shop/U: m.',
    ],
    ['a warning nowhere', finding('PF001', 'm.'), '⚠️ PF001 Check was not run: m.'],
    ['a notice', finding('PF171', 'm.', { stack: 'Shop' }), 'ℹ️ PF171 Template could be better at Shop: m.'],
  ])('have one line in the log: %s', (_name, f, line) => expect(toFindingLine(f)).toBe(line));

  test('come from checks with names of their own', () => expect(new Set(checks.map((c) => c.name)).size).toBe(checks.length));
});
