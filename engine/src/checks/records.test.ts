import type { SampleStack } from '../../../test/fakes/assembly.ts';
import { answers, both, denies, live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';
import type { FactsOptions } from '../../../test/fakes/facts.ts';
import type { Resource } from '../assembly/assembly.ts';

const www = { Name: 'WWW.example.com', Type: 'A', HostedZoneId: 'Z1', TTL: '60', ResourceRecords: ['192.0.2.1'] };
const record = (properties: object = {}, more: Partial<Resource> = {}): Resource => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: { ...www, ...properties },
  ...more,
});
const shop = (R: Resource, more: SampleStack['resources'] = {}): Stacks => ({ Shop: { resources: { R, ...more } } });
const present = (key = 'www.example.com.|Z1|A|'): FactsOptions => ({
  before: ({ aws }) => void aws.things.set(`AWS::Route53::RecordSet ${key}`, { kind: 'present', active: true }),
});
const zone = { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com' } };
const inZone = { HostedZoneId: { Ref: 'Zone' } };
const deleting = { Type: 'Custom::DeleteExistingRecordSet', Properties: { RecordName: 'www.example.com', RecordType: 'A' } };
const told = ['Shop/R: The A record WWW.example.com is in the hosted zone Z1 already.'];
const { Name, Type, TTL, ResourceRecords } = www;
const grouped: Resource = {
  Type: 'AWS::Route53::RecordSetGroup',
  Properties: { HostedZoneId: 'Z1', RecordSets: [{ Name, Type, TTL, ResourceRecords }] },
};

testCases(
  ['PF184', 'PF001', 'PF004'],
  [
    { code: 'PF184', name: 'a record that is there', stacks: shop(record()), options: present(), told },
    { code: 'PF184', name: 'one of a group', stacks: shop(grouped), options: present(), told },
    {
      code: 'PF184',
      name: 'one in the zone of the live stack',
      stacks: shop(record(inZone), { Zone: zone }),
      options: both(live({ Shop: { resources: { Zone: zone } } }), present('www.example.com.|Shop-Zone|A|')),
      told: ['Shop/R: The A record WWW.example.com is in the hosted zone Shop-Zone already.'],
    },
    {
      code: 'PF184',
      name: 'the same weighted record',
      stacks: shop(record({ SetIdentifier: 'blue', Weight: 1 })),
      options: present('www.example.com.|Z1|A|blue'),
      told,
    },
    {
      code: 'PF184',
      name: 'another weighted record',
      stacks: shop(record({ SetIdentifier: 'green' })),
      options: present('www.example.com.|Z1|A|blue'),
    },
    { code: 'PF184', name: 'a record of another type', stacks: shop(record({ Type: 'AAAA' })), options: present() },
    { code: 'PF184', name: 'a record in another zone', stacks: shop(record({ HostedZoneId: 'Z2' })), options: present() },
    { code: 'PF184', name: 'the own record', stacks: shop(record({ TTL: '300' })), options: both(live(shop(record())), present()) },
    {
      code: 'PF184',
      name: 'the own record, in a zone that is named in other words',
      stacks: shop(record({ HostedZoneId: { 'Fn::GetAtt': ['Zone', 'Id'] } }), { Zone: zone }),
      options: both(
        live(shop(record(inZone), { Zone: zone })),
        answers('resource', { type: 'AWS::Route53::HostedZone', identifier: 'Shop-Zone' }, { Id: 'Shop-Zone' }),
        present('www.example.com.|Shop-Zone|A|'),
      ),
    },
    { code: 'PF184', name: 'a record in a zone that is made with it', stacks: shop(record(inZone), { Zone: zone }), options: present() },
    {
      code: 'PF184',
      name: 'one that is deleted before',
      stacks: shop(record({}, { DependsOn: ['D'] }), { D: deleting }),
      options: present(),
    },
    {
      code: 'PF184',
      name: 'a record that another stack gives up in time',
      stacks: { Old: {}, Shop: { resources: { R: record() }, dependencies: ['Old'] } },
      options: both(live({ Old: { resources: { R: record() } } }), present()),
    },
    {
      code: 'PF184',
      name: 'a record that another stack gives up at any time',
      stacks: { Old: {}, Shop: { resources: { R: record() } } },
      options: both(live({ Old: { resources: { R: record() } } }), present()),
      told,
    },
    {
      code: 'PF001',
      name: 'a zone that may not be read',
      stacks: shop(record()),
      options: denies('look:AWS::Route53::RecordSet'),
      told: ['Shop/R: record WWW.example.com A: needs the permission look:AWS::Route53::RecordSet on www.example.com.|Z1|A|.'],
    },
    { code: 'PF001', name: 'a zone that may be read', stacks: shop(record()) },
    {
      code: 'PF004',
      name: 'a zone that a parameter of SSM has, which may not be read',
      stacks: { Shop: { resources: { R: record({ HostedZoneId: { Ref: 'Zone' } }) }, more: toParameter() } },
      options: denies('ssm:GetParameter'),
      told: ['Shop/R: records that exist: 1 not judged, at Shop/R.'],
    },
    {
      code: 'PF004',
      name: 'a zone that a parameter of SSM has',
      stacks: { Shop: { resources: { R: record({ HostedZoneId: { Ref: 'Zone' } }) }, more: toParameter() } },
      options: answers('parameter', { name: '/zone' }, { type: 'String', value: 'Z1' }),
    },
  ],
);

function toParameter() {
  return { Parameters: { Zone: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/zone' } } };
}
