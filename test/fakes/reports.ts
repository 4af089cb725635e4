import { finding, orderFindings } from '../../engine/src/finding.ts';
import type { PlannedStack } from '../../engine/src/plan/plan.ts';
import type { Report, StackResult } from '../../engine/src/report/report.ts';

/** A stack of a plan that is created with nothing in it, as far as `more` does not say otherwise. */
export const planned = (name: string, more: Partial<PlannedStack>): PlannedStack => ({
  name,
  account: '111111111111',
  region: 'us-west-2',
  action: 'create',
  touched: true,
  after: [],
  template: '0'.repeat(64),
  delta: {},
  protected: false,
  resources: [],
  assets: [],
  parameters: {},
  tags: {},
  ...more,
});

const place = { environment: 'prod', githubEnvironment: 'production', account: '111111111111', region: 'us-west-2' };

/** A preflight that found one of each kind, with a plan of two stacks. */
export const blocked: Report = {
  schema: 1,
  action: 'preflight',
  version: '0.1.0',
  verdict: 'blocked',
  failureReason: 'preflight',
  ...place,
  findings: orderFindings([
    finding('PF130', 'The AWS::S3::Bucket name "Uploads": only lowercase letters are allowed.', {
      stack: 'ShopProd',
      constructPath: 'ShopProd/Uploads',
      file: '/repo/lib/shop.ts',
      line: 12,
      column: 5,
    }),
    finding('PF001', 'bootstrap of 111111111111/us-west-2: needs the permission ssm:GetParameter on /cdk-bootstrap/hnb659fds/version.', {
      stack: 'NetProd',
    }),
    finding('RT023', 'The config of the base branch cannot be read.', { file: '/repo/.github/spaceport.yml' }),
    finding('PF171', 'Runtime: older than it has to be (rule W2531)', {
      stack: 'ShopProd',
      constructPath: 'ShopProd/Api',
      file: '/elsewhere/api.ts',
      line: 3,
    }),
  ]),
  decisions: [
    { id: 'uploads', type: 'AWS::S3::Bucket', stack: 'ShopProd', name: 'uploads', kind: 'reference' },
    { id: 'files', type: 'AWS::DynamoDB::Table', stack: 'ShopProd', name: 'files-prod', kind: 'create' },
    { id: 'logs', type: 'AWS::S3::Bucket', stack: 'ShopProd', name: 'logs-prod', kind: 'managed' },
    { id: 'images', type: 'AWS::ECR::Repository', stack: 'ShopProd', name: 'images', kind: 'adopt' },
  ],
  plan: {
    schema: 1,
    environment: 'prod',
    decisions: [],
    stacks: [
      planned('NetProd', { action: 'unchanged' }),
      planned('ShopProd', {
        action: 'update',
        after: ['NetProd'],
        resources: [
          {
            logicalId: 'Role',
            path: 'ShopProd/Role',
            type: 'AWS::IAM::Role',
            action: 'update',
            access: true,
            widens: true,
            properties: [{ path: 'Policies', replaces: 'no' }],
          },
          {
            logicalId: 'Table',
            path: 'ShopProd/Table',
            type: 'AWS::DynamoDB::Table',
            action: 'replace',
            access: false,
            widens: false,
            properties: [
              { path: 'BillingMode', replaces: 'no' },
              { path: 'KeySchema', replaces: 'yes' },
            ],
          },
        ],
      }),
    ],
  },
  planDigest: 'abc123def456'.padEnd(64, '0'),
  stacks: [],
};

const result = (name: string, more: Partial<StackResult>): StackResult => ({
  name,
  region: 'us-west-2',
  outcome: { kind: 'deployed' },
  startSeconds: 0,
  seconds: 0,
  outputs: {},
  ...more,
});

/** A destruction in which one of each happened. */
export const destroyed: Report = {
  schema: 1,
  action: 'destroy',
  version: '0.1.0',
  verdict: 'failed',
  failureReason: 'stack-failed',
  ...place,
  findings: orderFindings([
    finding('DS110', 'AWS::S3::Bucket uploads-prod stays. To delete it: delete-data: DataProd/Uploads', {
      stack: 'DataProd',
      constructPath: 'DataProd/Uploads',
    }),
    finding('DS123', 'NetProd: Group (AWS::EC2::SecurityGroup): sg-1 has a dependent object', {
      stack: 'NetProd',
      constructPath: 'NetProd/Group',
    }),
  ]),
  decisions: [],
  stacks: [
    result('DataProd', { outcome: { kind: 'destroyed', deleted: 1, kept: ['AWS::S3::Bucket uploads-prod'] }, seconds: 4.2 }),
    result('NetProd', {
      outcome: { kind: 'failed', cause: { logicalId: 'Group', type: 'AWS::EC2::SecurityGroup', message: 'sg-1 has a dependent object' } },
      startSeconds: 4.2,
      seconds: 30,
    }),
    result('GoneProd', { outcome: { kind: 'unchanged' } }),
  ],
  seconds: 34.2,
};

/** A deployment in which one of each happened. */
export const rolledBack: Report = {
  schema: 1,
  action: 'deploy',
  version: '0.1.0',
  verdict: 'failed',
  failureReason: 'stack-failed',
  ...place,
  findings: orderFindings([
    finding('DP120', 'ShopProd: Api (AWS::Lambda::Function): Rate exceeded', { stack: 'ShopProd', constructPath: 'ShopProd/Api' }),
    finding('DP122', 'WebProd: it needs ShopProd.', { stack: 'WebProd' }),
  ]),
  decisions: [],
  stacks: [
    result('NetProd', { outcome: { kind: 'unchanged' }, outputs: { VpcId: 'vpc-1' } }),
    result('DataProd', { startSeconds: 1, seconds: 30.2, outputs: { Url: 'https://data.example.com', Key: 'a|b' } }),
    result('ShopProd', {
      startSeconds: 1,
      seconds: 62.5,
      outcome: { kind: 'rolled-back', of: 'update', cause: { logicalId: 'Api', type: 'AWS::Lambda::Function', message: 'Rate exceeded' } },
    }),
    result('MailProd', {
      startSeconds: 2,
      seconds: 3.1,
      outcome: { kind: 'failed', cause: { logicalId: '', type: '', message: 'the toolkit gave up' } },
      console: 'https://us-west-2.console.aws.amazon.com/cloudformation/home?region=us-west-2#/stacks/events?stackId=arn%3Aaws',
    }),
    result('WebProd', { outcome: { kind: 'not-started', because: 'it needs ShopProd' } }),
    result('JobsProd', { outcome: { kind: 'still-running', status: 'UPDATE_IN_PROGRESS' } }),
  ],
  verifications: [
    { name: 'site', verifies: 'http', outcome: 'passed', seconds: 5 },
    { name: 'quiet', verifies: 'alarms', outcome: 'failed', seconds: 120 },
    { name: 'smoke', verifies: 'command', outcome: 'not-run', seconds: 0 },
    { name: 'steady', verifies: 'ecs', outcome: 'interrupted', seconds: 7.5 },
    { name: 'jobs', verifies: 'lambda', outcome: 'passed-over', seconds: 0 },
  ],
  seconds: 93.8,
};

/** A promotion that went well. */
export const promoted: Report = {
  schema: 1,
  action: 'promote',
  version: '0.1.0',
  verdict: 'promoted',
  environment: 'staging',
  account: '333333333333',
  region: 'us-west-2',
  findings: [],
  decisions: [],
  stacks: [],
  promotion: {
    promotion: 'lambda',
    from: 'dev',
    to: 'staging',
    reason: 'Release 1.4 *now*',
    setDigest: 'd'.repeat(64),
    sizeBytes: 12_345_678,
    copied: 2,
    unchanged: 1,
    copiedKeys: ['lambda/sets/d/a.zip', 'lambda/sets/d/b.zip'],
    unchangedKeys: ['lambda/sets/d/c.zip'],
    record: 's3://artifacts-staging/lambda/records/1.json',
    manifest: 's3://artifacts-staging/lambda/manifest.json',
  },
};
