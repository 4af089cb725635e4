import { answers, denies, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import { account } from '../../../test/fakes/world.ts';

const arn = `arn:aws:acm:us-east-1:${account}:certificate/1`;
const site = (...Aliases: string[]): Stacks => ({
  Shop: {
    resources: {
      Site: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: { DistributionConfig: { Aliases, ViewerCertificate: { AcmCertificateArn: arn } } },
      },
    },
  },
});
const is = (status: string, ...names: string[]) => answers('certificate', { arn }, { status, names });

testCases(
  ['PF279'],
  [
    {
      code: 'PF279',
      name: 'a certificate that is not there',
      stacks: site('a.example.com'),
      told: [`Shop/Site: The certificate ${arn} is not there.`],
    },
    {
      code: 'PF279',
      name: 'a certificate that nobody has validated',
      stacks: site('a.example.com'),
      options: is('PENDING_VALIDATION', 'a.example.com'),
      told: [`Shop/Site: The certificate ${arn} is PENDING_VALIDATION.`],
    },
    {
      code: 'PF279',
      name: 'a certificate for some of the names',
      stacks: site('a.example.com', 'example.com', 'b.c.example.com'),
      options: is('ISSUED', '*.example.com'),
      told: [`Shop/Site: The certificate ${arn} is not for example.com, b.c.example.com.`],
    },
    {
      code: 'PF279',
      name: 'a certificate for all of the names',
      stacks: site('A.example.com', 'example.com'),
      options: is('ISSUED', '*.example.com', 'example.com'),
    },
    {
      code: 'PF279',
      name: 'a listener with a certificate that is issued, for whatever names',
      stacks: {
        Shop: {
          resources: { L: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { Certificates: [{ CertificateArn: arn }] } } },
        },
      },
      options: is('ISSUED'),
    },
    {
      code: 'PF001',
      name: 'a certificate that may not be read',
      stacks: site('a.example.com'),
      options: denies('acm:DescribeCertificate'),
      told: [`Shop/Site: certificate ${arn}: needs the permission acm:DescribeCertificate on ${arn}.`],
    },
  ],
);
