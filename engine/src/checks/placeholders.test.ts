import { testCases } from '../../../test/fakes/check-cases.ts';
import { readSampleStack } from '../../../test/fakes/assembly.ts';

const group = (VpcId: unknown) => ({ Shop: { resources: { G: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId } } } } });
const record = (HostedZoneId: string) => ({
  Shop: { resources: { R: { Type: 'AWS::Route53::RecordSet', Properties: { HostedZoneId, Name: 'DUMMY' } } } },
});

testCases(
  ['PF242'],
  [
    { code: 'PF242', name: 'a VPC that was never looked up', stacks: group('vpc-12345'), told: ['Shop/G: VpcId is vpc-12345.'] },
    { code: 'PF242', name: 'a zone that was never looked up', stacks: record('DUMMY'), told: ['Shop/R: HostedZoneId is DUMMY.'] },
    {
      code: 'PF242',
      name: 'a parameter that was never looked up, inside of a value that is open',
      stacks: group({ 'Fn::Join': ['', ['dummy-value-for-/vpc', { 'Fn::GetAtt': ['X', 'Y'] }]] }),
      told: ['Shop/G: VpcId.Fn::Join is dummy-value-for-/vpc.'],
    },
    { code: 'PF242', name: 'a VPC whose id begins so', stacks: group('vpc-12345678'), options: { static: true } },
    { code: 'PF242', name: 'a DUMMY that is no zone', stacks: record('Z1'), options: { static: true } },
    {
      code: 'PF242',
      name: 'a template that is deployed so already',
      stacks: group('vpc-12345'),
      options: { before: ({ aws }) => aws.put(readSampleStack(group('vpc-12345').Shop)) },
    },
    {
      code: 'PF133',
      name: 'an assembly that says itself what is missing',
      stacks: group('vpc-12345'),
      options: { missing: [{ key: 'vpc-provider:x', provider: 'vpc-provider' }] },
      told: ['cdk.context.json: vpc-provider:x (of the look-up vpc-provider) is missing.'],
    },
  ],
);
