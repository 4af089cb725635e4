import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { close } from './live.ts';
import { parseArn, toParts, toTexts } from './properties.ts';
import { isPropertyTouched, toAsked, toTouched, type Touched } from './touched.ts';

/**
 * Whether the certificates that domains, listeners and distributions name are there, issued, and for their domain names.
 *
 * @source https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html
 * @source https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
 */
export const certificates: Check = {
  name: 'certificates',
  tier: 'read',
  judge: ({ templates }, ask) =>
    toTouched(toAsked(templates), (type) => uses.has(type)).flatMap((touched) => judgeUse(touched, uses.get(touched.type) ?? [], ask)),
};

/** Where a resource names its certificates. */
const uses: ReadonlyMap<string, readonly string[]> = new Map([
  ['AWS::CloudFront::Distribution', ['DistributionConfig.ViewerCertificate.AcmCertificateArn']],
  ['AWS::Cognito::UserPoolDomain', ['CustomDomainConfig.CertificateArn']],
  ['AWS::AppSync::DomainName', ['CertificateArn']],
  ['AWS::ApiGateway::DomainName', ['CertificateArn', 'RegionalCertificateArn']],
  ['AWS::ApiGatewayV2::DomainName', ['DomainNameConfigurations.CertificateArn']],
  ['AWS::ElasticLoadBalancingV2::Listener', ['Certificates.CertificateArn']],
  ['AWS::ElasticLoadBalancingV2::ListenerCertificate', ['Certificates.CertificateArn']],
]);

/** States in which no service takes a certificate. */
const unusable = /^(PENDING_VALIDATION|VALIDATION_TIMED_OUT|FAILED|REVOKED)$/;

function judgeUse(touched: Touched, paths: readonly string[], ask: Ask): readonly Finding[] {
  const { facts, properties, place } = touched;
  const named = paths
    .filter((path) => isPropertyTouched(touched, path.split('.')[0] ?? ''))
    .flatMap((path) => toParts(properties, path).flatMap((value) => toTexts(close(value, facts, ask))));
  return named.flatMap((arn) => {
    const { service, region, account } = parseArn(arn) ?? {};
    if (service !== 'acm' || !region || account !== facts.at.account) return [];
    return judgeAnswer(ask({ account, region }, 'certificate', { arn }), `certificate ${arn}`, place, (certificate) => {
      if (!certificate) return [finding('PF279', `The certificate ${arn} is not there.`, place)];
      if (unusable.test(certificate.status)) return [finding('PF279', `The certificate ${arn} is ${certificate.status}.`, place)];
      const aliases = toTexts(toParts(properties, 'DistributionConfig.Aliases'));
      const bare = aliases.filter((alias) => !certificate.names.some((name) => covers(name, alias)));
      return bare.length ? [finding('PF279', `The certificate ${arn} is not for ${bare.join(', ')}.`, place)] : [];
    });
  });
}

/** An asterisk stands for one label, and never for none. */
function covers(name: string, domain: string): boolean {
  const [wanted, given] = [domain.toLowerCase(), name.toLowerCase()];
  return given === wanted || (given.startsWith('*.') && given.slice(1) === wanted.slice(wanted.indexOf('.')) && !wanted.startsWith('.'));
}
