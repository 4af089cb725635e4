import type { EC2Client, SecurityGroupRule } from '@aws-sdk/client-ec2';
import { once } from '../once.ts';
import type { GroupRule, Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** Makes the readings of EC2 and its networks. */
export function createNetworkReadings(config: ClientConfig): Pick<Readings, 'instanceZones' | 'subnets' | 'groupRules'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-ec2');
    const client: EC2Client = new sdk.EC2Client({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    instanceZones: ({ instanceType }) =>
      ask('ec2:DescribeInstanceTypeOfferings', instanceType, async () => {
        const { sdk, client } = await load();
        const found: string[] = [];
        const Filters = [{ Name: 'instance-type', Values: [instanceType] }];
        for await (const page of sdk.paginateDescribeInstanceTypeOfferings({ client }, { LocationType: 'availability-zone', Filters }))
          found.push(...(page.InstanceTypeOfferings ?? []).map((o) => o.Location ?? ''));
        return found.sort();
      }),
    subnets: ({ vpc }) =>
      ask('ec2:DescribeSubnets', vpc, async () => {
        const { sdk, client } = await load();
        const found: { id: string; range: string }[] = [];
        for await (const page of sdk.paginateDescribeSubnets({ client }, { Filters: [{ Name: 'vpc-id', Values: [vpc] }] }))
          found.push(...(page.Subnets ?? []).map((s) => ({ id: s.SubnetId ?? '', range: s.CidrBlock ?? '' })));
        return found;
      }),
    groupRules: async ({ group }) => {
      const answer = await ask(
        'ec2:DescribeSecurityGroupRules',
        group,
        async () => {
          const { sdk, client } = await load();
          const found: GroupRule[] = [];
          const input = { Filters: [{ Name: 'group-id', Values: [group] }] };
          for await (const page of sdk.paginateDescribeSecurityGroupRules({ client }, input))
            found.push(...(page.SecurityGroupRules ?? []).map(toRule));
          return found;
        },
        (e) => toErrorName(e) === 'InvalidGroup.NotFound',
      );
      return answer.kind === 'known' ? { kind: 'known', value: answer.value ?? [] } : answer;
    },
  };
}

const toRule = (rule: SecurityGroupRule): GroupRule => ({
  direction: rule.IsEgress ? 'out' : 'in',
  protocol: rule.IpProtocol ?? '',
  from: String(rule.FromPort ?? -1),
  to: String(rule.ToPort ?? -1),
  peer: rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId ?? '',
});
