import type { Suppression } from '../../lib/suppression.ts';

const noServerLog =
  'Server access logs are delivered late and not always. Who puts which object is in the access log of the API, with the user, ' +
  'because every address to upload to is signed there; reads are by two roles only. The object-level record of an account is ' +
  "CloudTrail's data events, which are the account's to switch on once, not each stack's.";
const ownFolder =
  'Keys are not known before there are users; the role reaches one folder of one bucket, and the function signs keys of the caller alone.';

/** What rules find in spaceport's stacks and is meant to stay. */
export const suppressions: readonly Suppression[] = [
  {
    rule: 'AwsSolutions-COG8',
    where: 'Users',
    reason:
      'The Plus plan is paid for each user. Passwords of 12 characters of all kinds, a second factor, no telling who has an account and ' +
      'short tokens are on; the plan can be changed at any time without a new pool.',
  },
  { rule: 'AwsSolutions-S1', where: 'Uploads', reason: noServerLog },
  { rule: 'AwsSolutions-S1', where: 'MlProcessing', reason: noServerLog },
  { rule: 'AwsSolutions-IAM5', where: 'LambdaRole', finding: '/uploads/*', reason: ownFolder },
  {
    rule: 'AwsSolutions-IAM5',
    where: 'MlLambdaRole',
    finding: '/uploads/*',
    reason: `Reads only, to see that an upload is there. ${ownFolder}`,
  },
  {
    rule: 'AwsSolutions-IAM5',
    where: 'SageMakerRole',
    finding: '/uploads/*',
    reason: 'Reads only: a job reads the upload that its execution names.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    where: 'SageMakerRole',
    finding: '/jobs/*',
    reason:
      'Each job has a folder of its own, named by an id that is not known before. The images run without a network, so only the service uses the role.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    where: 'SageMakerRole',
    finding: ':log-group:/aws/sagemaker/*',
    reason: "SageMaker writes all jobs' logs to groups and streams of its own below this name.",
  },
  {
    rule: 'AwsSolutions-IAM5',
    where: 'PipelineRole',
    finding: '-job/spaceport-',
    reason: 'Names of jobs end with an id that is not known before; they begin with the system and the environment.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    where: 'SageMakerRole',
    finding: 'Resource::*',
    reason: 'ecr:GetAuthorizationToken knows no resources, and cloudwatch:PutMetricData none but namespaces, which its condition names.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    where: 'PipelineRole',
    finding: 'Resource::*',
    reason:
      "The actions of log delivery and of X-Ray, with which Step Functions writes a state machine's log and trace, know no resources.",
  },
  {
    rule: 'all-resources',
    where: 'SageMakerRole',
    reason: 'ecr:GetAuthorizationToken knows no resources, and cloudwatch:PutMetricData none but namespaces, which its condition names.',
  },
  {
    rule: 'all-resources',
    where: 'PipelineRole',
    reason:
      "The actions of log delivery and of X-Ray, with which Step Functions writes a state machine's log and trace, know no resources.",
  },
];
