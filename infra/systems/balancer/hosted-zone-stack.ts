import { CfnOutput, Fn, RemovalPolicy } from 'aws-cdk-lib/core';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { BalancerStack } from './balancer-stack.ts';
import type { Blueprint } from './blueprint.ts';

/** The environment's zone, with the record that lets no one but Amazon issue certificates for it. */
export class HostedZoneStack extends BalancerStack {
  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, 'hosted-zone', blueprint, 'the zone of the domain');
    const zone = new PublicHostedZone(this, 'Zone', { zoneName: blueprint.settings.domainName, caaAmazon: true });
    zone.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.give('hostedZoneId', zone.hostedZoneId, 'Id of the zone');
    new CfnOutput(this, 'NameServers', {
      value: Fn.join(',', zone.hostedZoneNameServers ?? []),
      description: 'What the zone above has to delegate to, joined by commas',
    });
  }
}
