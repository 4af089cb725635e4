import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { BalancerStack } from './balancer-stack.ts';
import type { Blueprint } from './blueprint.ts';

/** The certificate of the domain and of all names one level below; it is there when the zone answers for the domain. */
export class CertificateStack extends BalancerStack {
  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, 'certificate', blueprint, 'the certificate');
    const { domainName } = blueprint.settings;
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: this.take('hostedZoneId'), zoneName: domainName });
    const certificate = new Certificate(this, 'Certificate', {
      domainName,
      subjectAlternativeNames: [`*.${domainName}`],
      validation: CertificateValidation.fromDns(zone),
    });
    this.give('certificateArn', certificate.certificateArn, 'Certificate of the domain');
  }
}
