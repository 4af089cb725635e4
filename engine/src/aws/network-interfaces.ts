import { once } from '../once.ts';
import type { NetworkInterface, Readings } from '../readings.ts';
import { ask, clientDefaults, type ClientConfig } from './call.ts';

/** The filter of each kind of thing that has network interfaces, by the beginning of its ids. */
const filters: Readonly<Record<string, string>> = { sg: 'group-id', subnet: 'subnet-id', vpc: 'vpc-id' };

/** Makes the reading that lists what is attached to a network. */
export function createNetworkInterfaces(config: ClientConfig): Readings['networkInterfaces'] {
  const load = once(async () => {
    const { EC2Client, paginateDescribeNetworkInterfaces } = await import('@aws-sdk/client-ec2');
    const client = new EC2Client({ ...clientDefaults, ...config });
    return (Name: string, id: string) => paginateDescribeNetworkInterfaces({ client }, { Filters: [{ Name, Values: [id] }] });
  });
  return ({ of }) =>
    ask('ec2:DescribeNetworkInterfaces', of, async () => {
      const list = await load();
      const found: NetworkInterface[] = [];
      for await (const page of list(filters[of.split('-')[0] ?? ''] ?? 'network-interface-id', of)) {
        for (const { NetworkInterfaceId: id = '', Description: description = '', Attachment } of page.NetworkInterfaces ?? [])
          found.push({ id, description, ...(Attachment?.InstanceId ? { instance: Attachment.InstanceId } : {}) });
      }
      return found;
    });
}
