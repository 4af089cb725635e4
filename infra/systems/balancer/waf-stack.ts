import type { Construct } from 'constructs';
import { WebFirewall } from '../../lib/web-firewall.ts';
import { BalancerStack } from './balancer-stack.ts';
import type { Blueprint } from './blueprint.ts';

/** The firewall; whether the load balancer is behind it is said in the compute stack. */
export class WafStack extends BalancerStack {
  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, 'waf', blueprint, 'the web application firewall');
    const { data, names } = blueprint;
    const { arn } = new WebFirewall(this, 'Firewall', {
      firewallName: names.firewall,
      logGroupName: names.firewallLog,
      logRetentionDays: data.logs.retentionDays,
      requestsPerFiveMinutes: data.firewall.requestsPerFiveMinutes,
    });
    this.give('webAclArn', arn, 'Web ACL');
  }
}
