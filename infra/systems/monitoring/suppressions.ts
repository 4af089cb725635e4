import { monitoringFunctions } from '../../environments/monitoring.ts';
import type { Suppression } from '../../lib/suppression.ts';

const roles = monitoringFunctions.map((name) => `${name}-role`);
const deployments = ['PreflightPolicy', 'DeployPolicy'];

/** What rules of security find in monitoring and is meant to stay. */
export const suppressions: readonly Suppression[] = [
  ...['all-resources', 'AwsSolutions-IAM5'].flatMap((rule) => [
    ...roles.map((where) => ({
      rule,
      where,
      reason:
        'Traces are no resources. Lambda asks for network interfaces with the role of the function before they have an id; the code itself is denied them.',
    })),
    {
      rule,
      where: 'backup-policy',
      finding: rule === 'all-resources' ? 'dynamodb:ListBackups' : 'Resource::*',
      reason: 'A list of backups is of the whole account: the action knows no resources.',
    },
    ...deployments.map((where) => ({
      rule,
      where,
      reason:
        'What a check reads is not known before the check: names with the prefix of the system, and lists of the account that know no resources. Nothing of it writes.',
    })),
  ]),
  {
    rule: 'AwsSolutions-IAM5',
    where: 'backup-policy',
    finding: 'backup/*',
    reason: 'The id of a backup is made by DynamoDB; the pattern covers the backups of the two tables and of no other.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    where: 'backup-policy',
    finding: '-restored-*',
    reason: 'The name of a restored table ends with the time of its restore; the pattern begins with the name of the table it was made of.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    where: 'log-processor-policy',
    finding: 'Logs',
    reason: 'The function reads every log file that is put into the bucket; it may not write there, and not list.',
  },
  {
    rule: 'AwsSolutions-IAM4',
    where: 'Monitoring/Api/CloudWatchRole',
    reason: 'API Gateway asks for this policy of AWS on the role that writes the logs of all APIs of the region.',
  },
  {
    rule: 'AwsSolutions-SQS3',
    where: 'EventsFailed',
    reason: 'This is the queue for what failed itself; an alarm tells of the first message in it.',
  },
  {
    rule: 'AwsSolutions-S1',
    where: 'Logs',
    reason:
      'The bucket holds logs; who reads its objects is what data events of CloudTrail record, for the whole account and in one place.',
  },
  ...monitoringFunctions.map((name) => ({
    rule: 'AwsSolutions-L1',
    where: `${name}/Function`,
    reason: 'Node.js 22 has long-term support; the rule asks for the newest there is, in which the handlers are not tested yet.',
  })),
  {
    rule: 'AwsSolutions-COG4',
    where: 'Monitoring/Api/Default',
    reason: 'The callers are programs with AWS credentials: IAM decides on each request, and there are no users of a pool.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    where: 'Monitoring/Api/Default/health/GET',
    reason: 'Whether the API is well is asked by load balancers and checks without credentials; the answer says nothing else.',
  },
];
