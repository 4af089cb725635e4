import { answers, denies, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const certificate = (zone: unknown, domain = 'shop.example.com') => ({
  Type: 'AWS::CertificateManager::Certificate',
  Properties: { DomainName: domain, DomainValidationOptions: [{ DomainName: domain, HostedZoneId: zone }] },
});
const stack = (resources: object): Stacks => ({ Shop: { resources: { ...resources } } });
const zone = (properties: object) => answers('resource', { type: 'AWS::Route53::HostedZone', identifier: 'Z1' }, properties);
const own = { Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com.' } }, Cert: certificate({ Ref: 'Zone' }) };
const delegation = { Ns: { Type: 'AWS::Route53::RecordSet', Properties: { Type: 'NS', Name: 'example.com.' } } };

testCases(
  ['PF280'],
  [
    {
      code: 'PF280',
      name: 'a zone that is not there',
      stacks: stack({ Cert: certificate('Z1') }),
      told: ['Shop/Cert: The hosted zone Z1, which is to validate shop.example.com, is not in this account.'],
    },
    {
      code: 'PF280',
      name: 'a zone that is not there, which is told of a record already',
      stacks: stack({
        Cert: certificate('Z1'),
        Record: { Type: 'AWS::Route53::RecordSet', Properties: { HostedZoneId: 'Z1', Name: 'a.example.com.', Type: 'A' } },
      }),
    },
    {
      code: 'PF280',
      name: 'a zone of another domain',
      stacks: stack({ Cert: certificate('Z1', 'shop.myexample.com') }),
      options: zone({ Name: 'example.com.' }),
      told: ['Shop/Cert: shop.myexample.com is not within example.com, the hosted zone Z1 that is to validate it.'],
    },
    {
      code: 'PF280',
      name: 'a private zone',
      stacks: stack({ Cert: certificate('Z1') }),
      options: zone({ Name: 'example.com.', VPCs: [{ VPCId: 'vpc-1' }] }),
      told: [/^Shop\/Cert: The hosted zone Z1, .* is private/],
    },
    {
      code: 'PF280',
      name: 'a zone that this deployment makes, and nobody knows yet',
      stacks: stack(own),
      told: [/^Shop\/Cert: shop\.example\.com is validated in a hosted zone that this deployment makes/],
    },
    { code: 'PF280', name: 'a zone that this deployment makes and delegates to', stacks: stack({ ...own, ...delegation }) },
    {
      code: 'PF280',
      name: 'a zone of the domain',
      stacks: stack({ Cert: certificate('Z1', '*.Example.com') }),
      options: zone({ Name: 'example.com.' }),
    },
    {
      code: 'PF001',
      name: 'a zone that may not be read',
      stacks: stack({ Cert: certificate('Z1') }),
      options: denies('cloudformation:GetResource'),
      told: ['Shop/Cert: hosted zone Z1: needs the permission cloudformation:GetResource on AWS::Route53::HostedZone Z1.'],
    },
  ],
);
