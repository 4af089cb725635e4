import { balancerServices } from '../../environments/balancer.ts';
import type { Suppression } from '../../lib/suppression.ts';

const metrics = 'A metric is no resource: the permission holds for the namespace of this environment alone.';
const token =
  "A token for the registry is of the whole account: the action knows no resources. What is pulled with it is this environment's repository.";
const traces = 'Traces are no resources.';

/** What rules find in balancer's stacks and is meant to stay. */
export const suppressions: readonly Suppression[] = [
  ...['all-resources', 'AwsSolutions-IAM5'].flatMap((rule) => [
    {
      rule,
      where: 'Sources/ExecutionRole',
      finding: rule === 'all-resources' ? 'ecr:GetAuthorizationToken' : 'Resource::*',
      reason: token,
    },
    ...balancerServices.map((id) => ({
      rule,
      where: `${id}/Policy`,
      finding: rule === 'all-resources' ? 'cloudwatch:PutMetricData' : 'Resource::*',
      reason: metrics,
    })),
    { rule, where: 'Role', finding: rule === 'all-resources' ? 'xray:' : 'Resource::*', reason: `The log forwarder is traced. ${traces}` },
  ]),
  ...balancerServices.map((id) => ({
    rule: 'AwsSolutions-IAM5',
    where: `${id}/Policy`,
    finding: 'parameter/v3-backend/',
    reason:
      'Queue addresses, feature flags and API keys are looked up while the service runs, all below the path of this environment; it only reads.',
  })),
  ...['api', 'worker', 'scheduler'].map((id) => ({
    rule: 'AwsSolutions-IAM5',
    where: `${id}/Policy`,
    finding: '-bucket-name/*',
    reason:
      'The names of objects are made by the service; the pattern covers the objects of one bucket, and the bucket itself is not listed.',
  })),
  {
    rule: 'AwsSolutions-IAM5',
    where: 'Role',
    finding: '/application/*',
    reason: 'The function writes one object for each batch of lines, named after it, below this one prefix; it cannot read or delete.',
  },
  ...balancerServices.map((id) => ({
    rule: 'AwsSolutions-ECS2',
    where: `${id}/Task`,
    reason:
      'The variables are names and addresses. What is secret comes from Secrets Manager when a task starts, and stands in no definition.',
  })),
  {
    rule: 'AwsSolutions-EC23',
    where: 'AlbGroup',
    reason:
      'The load balancer is the public entrance. It takes HTTPS, and HTTP only to send it on to HTTPS; all other groups let in groups.',
  },
  {
    rule: 'AwsSolutions-RDS3',
    where: 'Database',
    reason: 'Only development and staging have one zone, which is the size that was asked for them; production has two.',
  },
  {
    rule: 'AwsSolutions-RDS10',
    where: 'Database',
    reason:
      'Only development and staging go without, so that they can be made anew; production has it. All keep the instance when the stack goes.',
  },
  {
    rule: 'AwsSolutions-RDS11',
    where: 'Database',
    reason: "Another port hides nothing: the instance is in isolated subnets, and its security group lets in the tasks' group alone.",
  },
  {
    rule: 'AwsSolutions-SMG4',
    where: 'Config',
    reason:
      'What stands in it is known to the application alone; no function could make new values for it. The runbook says how to change them.',
  },
  {
    rule: 'AwsSolutions-SMG4',
    where: 'DatabaseCredentials',
    reason:
      'Tasks read the password when they start, so a rotation without new tasks would cut them off. The runbook has the two steps; only the tasks reach the database.',
  },
  {
    rule: 'AwsSolutions-SQS3',
    where: 'Failed',
    reason: 'This is the queue for what failed itself; an alarm tells of the first message in it.',
  },
  {
    rule: 'AwsSolutions-L1',
    where: 'Forwarder/Function',
    reason: 'Node.js 22 has long-term support; the rule asks for the newest there is, in which the handlers are not tested yet.',
  },
];
