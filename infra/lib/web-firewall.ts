import { Fn, RemovalPolicy } from 'aws-cdk-lib/core';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { LogRetentionDays } from '../environments/log-retention.ts';

/** A firewall: its name and log, what it guards, and how much it lets one address ask for. */
export interface WebFirewallProps {
  readonly firewallName: string;
  /** Starts with `aws-waf-logs-`: WAF writes to no other group. */
  readonly logGroupName: string;
  readonly logRetentionDays: LogRetentionDays;
  /** ARN of the stage, load balancer or user pool; absent where another stack says what is guarded. */
  readonly resourceArn?: string;
  readonly requestsPerFiveMinutes: number;
  /** Where the caller's address is, when another one calls in its place; only to be trusted if nobody else can set it. */
  readonly addressHeader?: string;
}

/** Groups of rules that AWS keeps up to date, the cheap ones first. */
const managed = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesSQLiRuleSet',
];

/**
 * A web ACL before a regional resource: a limit per address, then AWS's managed rules; what it blocks is logged without the
 * caller's credentials.
 *
 * @source https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export class WebFirewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: WebFirewallProps) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      name: props.firewallName,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: toVisibility(props.firewallName),
      rules: [toLimit(props), ...managed.map(toManaged)],
    });
    this.arn = acl.attrArn;
    if (props.resourceArn) new CfnWebACLAssociation(this, 'Association', { webAclArn: acl.attrArn, resourceArn: props.resourceArn });
    const log = new LogGroup(this, 'Log', {
      logGroupName: props.logGroupName,
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      // WAF takes the group's ARN without the :* that CloudFormation gives it.
      logDestinationConfigs: [Fn.select(0, Fn.split(':*', log.logGroupArn))],
      redactedFields: [{ singleHeader: { Name: 'authorization' } }],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] }],
      },
    });
  }
}

const toVisibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});

const toLimit = ({ requestsPerFiveMinutes: limit, addressHeader }: WebFirewallProps): CfnWebACL.RuleProperty => ({
  name: 'limit-per-address',
  priority: 0,
  action: { block: {} },
  statement: {
    rateBasedStatement: addressHeader
      ? { aggregateKeyType: 'FORWARDED_IP', limit, forwardedIpConfig: { headerName: addressHeader, fallbackBehavior: 'MATCH' } }
      : { aggregateKeyType: 'IP', limit },
  },
  visibilityConfig: toVisibility('limit-per-address'),
});

const toManaged = (name: string, index: number): CfnWebACL.RuleProperty => ({
  name,
  priority: index + 1,
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
  visibilityConfig: toVisibility(name),
});
