import { toPartition } from '../assembly/surroundings.ts';
import { finding, type Finding } from '../finding.ts';
import type { Check } from './check.ts';
import { parseArn, toParts, toReferred } from './properties.ts';
import { toTouched, type Touched } from './touched.ts';

/**
 * Whether what CloudFront and its kin use comes from us-east-1, the only region that they take it from.
 *
 * In other partitions than `aws` these services take it from elsewhere, or not at all: nothing is said of them.
 *
 * @source https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
 * @source https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html
 */
export const edgeRegion: Check = {
  name: 'region of what CloudFront uses',
  tier: 'static',
  judge: ({ templates }) => toTouched(templates, (type) => type.startsWith('AWS::WAFv2::') || type in edgeUses).flatMap(judgeEdge),
};

const edge = 'us-east-1';

/** Where a resource names what must come from there. */
const edgeUses: Readonly<Record<string, readonly string[]>> = {
  'AWS::CloudFront::Distribution': [
    'DistributionConfig.ViewerCertificate.AcmCertificateArn',
    'DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations.LambdaFunctionARN',
    'DistributionConfig.CacheBehaviors.LambdaFunctionAssociations.LambdaFunctionARN',
  ],
  'AWS::Cognito::UserPoolDomain': ['CustomDomainConfig.CertificateArn'],
  'AWS::AppSync::DomainName': ['CertificateArn'],
  'AWS::ApiGateway::DomainName': ['CertificateArn'],
};

/** Only these are regional by nature: a reference to something else, such as a custom resource, may be from anywhere. */
const regional: ReadonlySet<string> = new Set(['AWS::CertificateManager::Certificate', 'AWS::Lambda::Version']);

function judgeEdge({ type, properties, facts, place }: Touched): readonly Finding[] {
  const { region } = facts.at;
  if (toPartition(region) !== 'aws') return [];
  const tell = (what: string, where: string) => finding('PF278', `${what} is in ${where}; it has to be in ${edge}.`, place);
  if (properties['Scope'] === 'CLOUDFRONT' && type.startsWith('AWS::WAFv2::')) {
    return region === edge ? [] : [tell(`A ${type} of the scope CLOUDFRONT`, region)];
  }
  return (edgeUses[type] ?? []).flatMap((path) =>
    toParts(properties, path).flatMap((value) => {
      const arn = parseArn(value);
      if (arn) return arn.region === edge || !arn.region ? [] : [tell(String(value), arn.region)];
      const made = facts.resources.find((r) => r.logicalId === toReferred(value));
      return made && regional.has(made.type) && region !== edge ? [tell(made.logicalId, region)] : [];
    }),
  );
}
