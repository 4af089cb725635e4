import type { Suppression } from '../../lib/suppression.ts';

const open = 'GET /health answers anybody: whoever watches the API has no user. It says whether the database can be reached and no more.';
const interfaces =
  'Lambda makes and removes network interfaces of functions in a VPC as this role, before there is any to name, and the Describe calls ' +
  'know no resources.';
const pilot =
  'The profile pilot begins with simple rules, as its users agreed; the profile production has all, and the runbook lists the gap.';

/** What rules find in flux-pilot's stacks and is meant to stay. */
export const suppressions: readonly Suppression[] = [
  {
    rule: 'AwsSolutions-S1',
    where: 'Artifacts',
    reason:
      'Each promotion leaves a record in this bucket that nobody can delete: who, what, when, why. Versions are locked. Reads of objects are ' +
      "CloudTrail's data events, which are the account's to switch on once.",
  },
  {
    rule: 'AwsSolutions-RDS3',
    where: 'Database',
    reason: 'One zone is the size of a pilot; backups are there, and multiAz in the environment turns it on.',
  },
  {
    rule: 'AwsSolutions-RDS10',
    where: 'Database',
    reason:
      'Only dev, sandbox and staging go without deletion protection, so that they can be made anew; the pilot has it. All are retained.',
  },
  {
    rule: 'AwsSolutions-RDS11',
    where: 'Database',
    reason:
      "Another port hides nothing from a scan; who reaches it is the security group's to say, and applications read the port from its export.",
  },
  { rule: 'AwsSolutions-COG1', where: 'Users', reason: pilot },
  {
    rule: 'AwsSolutions-COG8',
    where: 'Users',
    reason:
      'The Plus plan is paid for each user. Users are made by an administrator, and the plan can be changed at any time without a new pool.',
  },
  { rule: 'AwsSolutions-APIG4', where: 'Gateway/Api/Default/health/GET', reason: open },
  { rule: 'AwsSolutions-COG4', where: 'Gateway/Api/Default/health/GET', reason: open },
  {
    rule: 'AwsSolutions-APIG2',
    where: 'Gateway/Api',
    reason: 'The promoted functions validate what they get; which shape that has is known to them alone and changes with each set.',
  },
  {
    rule: 'AwsSolutions-IAM4',
    where: 'Gateway/Api/CloudWatchRole',
    reason:
      "API Gateway writes the logs of all APIs of the account as this one role, and refuses roles without the rights of AWS's own policy.",
  },
  {
    rule: 'AwsSolutions-IAM5',
    where: 'Functions/ReaderRole',
    finding: '/sets/*',
    reason: 'Digests of sets are not known before they are promoted; the role reads below this one prefix of one bucket.',
  },
  { rule: 'AwsSolutions-IAM5', where: 'Functions/Role', finding: 'Resource::*', reason: interfaces },
  { rule: 'AwsSolutions-IAM5', where: 'HealthRole', finding: 'Resource::*', reason: interfaces },
  { rule: 'all-resources', where: 'Functions/Role', reason: interfaces },
  { rule: 'all-resources', where: 'HealthRole', reason: interfaces },
];
