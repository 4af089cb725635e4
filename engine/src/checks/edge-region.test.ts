import { testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import { account } from '../../../test/fakes/world.ts';

const certificate = (region: string) => `arn:aws:acm:${region}:222222222222:certificate/1`;
const site = (arn: unknown): object => ({
  Type: 'AWS::CloudFront::Distribution',
  Properties: { DistributionConfig: { ViewerCertificate: { AcmCertificateArn: arn } } },
});
const acl = (scope: string) => ({ Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Scope: scope } } });
const own = { Cert: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'example.com' } } };
const stack = (resources: object, region = 'us-west-2'): Stacks => ({ Shop: { region, account, resources: { ...resources } } });
const static_ = { static: true } as const;

testCases(
  ['PF278'],
  [
    {
      code: 'PF278',
      name: 'an ACL for CloudFront in another region',
      stacks: stack(acl('CLOUDFRONT')),
      options: static_,
      told: ['Shop/Acl: A AWS::WAFv2::WebACL of the scope CLOUDFRONT is in us-west-2; it has to be in us-east-1.'],
    },
    { code: 'PF278', name: 'an ACL for CloudFront in us-east-1', stacks: stack(acl('CLOUDFRONT'), 'us-east-1'), options: static_ },
    { code: 'PF278', name: 'an ACL in another partition', stacks: stack(acl('CLOUDFRONT'), 'us-gov-west-1'), options: static_ },
    { code: 'PF278', name: 'a regional ACL', stacks: stack(acl('REGIONAL')), options: static_ },
    {
      code: 'PF278',
      name: 'a certificate of the stack in another region',
      stacks: stack({ ...own, Site: site({ Ref: 'Cert' }) }),
      options: static_,
      told: ['Shop/Site: Cert is in us-west-2; it has to be in us-east-1.'],
    },
    {
      code: 'PF278',
      name: 'the ARN of a certificate in another region',
      stacks: stack({ Site: site(certificate('eu-west-1')) }),
      options: static_,
      told: [`Shop/Site: ${certificate('eu-west-1')} is in eu-west-1; it has to be in us-east-1.`],
    },
    {
      code: 'PF278',
      name: 'a certificate of a domain of Cognito in another region',
      stacks: stack({
        Domain: { Type: 'AWS::Cognito::UserPoolDomain', Properties: { CustomDomainConfig: { CertificateArn: certificate('us-west-2') } } },
      }),
      told: [`Shop/Domain: ${certificate('us-west-2')} is in us-west-2; it has to be in us-east-1.`],
    },
    {
      code: 'PF278',
      name: 'a function at the edge in another region',
      stacks: stack({
        Site: {
          Type: 'AWS::CloudFront::Distribution',
          Properties: {
            DistributionConfig: {
              DefaultCacheBehavior: {
                LambdaFunctionAssociations: [{ LambdaFunctionARN: 'arn:aws:lambda:eu-west-1:222222222222:function:edge:1' }],
              },
            },
          },
        },
      }),
      told: [/^Shop\/Site: arn:aws:lambda:eu-west-1:.* is in eu-west-1; it has to be in us-east-1\.$/],
    },
    { code: 'PF278', name: 'the ARN of a certificate in us-east-1', stacks: stack({ Site: site(certificate('us-east-1')) }) },
    {
      code: 'PF278',
      name: 'a certificate of the stack in us-east-1',
      stacks: stack({ ...own, Site: site({ Ref: 'Cert' }) }, 'us-east-1'),
      options: static_,
    },
    {
      code: 'PF278',
      name: 'a certificate that a custom resource made',
      stacks: stack({ Site: site({ 'Fn::GetAtt': ['Custom', 'Arn'] }) }),
    },
  ],
);
