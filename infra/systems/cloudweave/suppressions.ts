import type { Suppression } from '../../lib/suppression.ts';

const lists = 'These actions know no resources: what they list or take is of the whole account. None of them changes a resource.';
const onRestart =
  'Tasks read a secret when they start: one that rotates by itself would lock out those that run. The runbook says how to change it with a release.';
const starred = ['all-resources', 'AwsSolutions-IAM5'];

/** What rules find in cloudweave's stacks and is meant to stay. */
export const suppressions: readonly Suppression[] = [
  ...['frontend', 'backend'].flatMap((name) => [
    ...starred.flatMap((rule) => [
      {
        rule,
        where: `${name}Task/TaskRole`,
        reason: `Traces and metrics are no resources; metrics are held to one namespace by a condition.`,
      },
      {
        rule,
        where: `${name}Task/ExecutionRole`,
        reason: `A token for the registry is of the account: the action knows no resources. Images are pulled from the one repository only.`,
      },
      { rule, where: `${name}/Shifter`, reason: `${lists} Rules and target groups that it changes are named.` },
    ]),
    {
      rule: 'AwsSolutions-ECS2',
      where: `${name}Task`,
      reason: 'The variables say names and addresses of other parts; what is secret comes from Secrets Manager.',
    },
  ]),
  ...starred.map((rule) => ({
    rule,
    where: 'Environment',
    reason: 'AppConfig asks for the state of alarms by this role, and for nothing else; it reads the list of all of them.',
  })),
  {
    rule: 'AwsSolutions-IAM5',
    where: 'BackupRole',
    reason:
      'Snapshots and restored databases get their names from AWS Backup, with prefixes that the patterns begin with; a key of another region is held to its alias by a condition; groups of parameters and options are only referred to, and instances only described.',
  },
  ...starred.map((rule) => ({
    rule,
    where: 'CheckRole',
    reason: 'To IAM a restore is no resource: the function reads the description of one and writes the verdict, and may do nothing else.',
  })),
  ...['DatabaseSecret', 'RedisToken', 'JwtSecret', 'OriginKey'].map((where) => ({ rule: 'AwsSolutions-SMG4', where, reason: onRestart })),
  {
    rule: 'AwsSolutions-SMG4',
    where: 'RedisSecret',
    reason: 'It says where the cache is, host and port: there is nothing secret in it to rotate.',
  },
  {
    rule: 'AwsSolutions-EC23',
    where: 'publicBalancer',
    reason:
      'The website is for everybody. Who does not come by CloudFront has no origin key and is answered 403, and the firewall stands before that.',
  },
  {
    rule: 'AwsSolutions-CFR4',
    where: 'Distribution',
    reason:
      "Without the setting domain users come by CloudFront's own name, whose certificate allows no minimum; with it TLS 1.2 is the least.",
  },
  {
    rule: 'AwsSolutions-CFR5',
    where: 'Distribution',
    reason:
      'Without the setting domain the load balancer has no name that a certificate could be for; with it CloudFront comes by HTTPS only.',
  },
  {
    rule: 'AwsSolutions-AEC5',
    where: 'Cache',
    reason: 'The port is what applications know it by; another one hides nothing, and only the security group of the backend reaches it.',
  },
  {
    rule: 'AwsSolutions-RDS11',
    where: 'Database',
    reason: 'The port is what applications know it by; another one hides nothing, and only the security group of the backend reaches it.',
  },
  {
    rule: 'AwsSolutions-RDS3',
    where: 'Database',
    reason: 'Only staging is in one zone, as its data says: it is as production at a smaller scale.',
  },
  {
    rule: 'AwsSolutions-RDS10',
    where: 'Database',
    reason: 'Only staging goes without deletion protection, so that it can be made anew; it is retained there as well.',
  },
  {
    rule: 'AwsSolutions-S1',
    where: 'AccessLogs',
    reason: 'This is the bucket that logs of access go to; to log access to it in itself would never end.',
  },
  ...['Records', 'Assets'].map((where) => ({
    rule: 'AwsSolutions-S1',
    where,
    reason:
      "Who reads or writes objects is recorded by CloudTrail's data events, for the whole account and in one place; the static files are public.",
  })),
];
