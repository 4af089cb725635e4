import { Aws, Fn, Tags } from 'aws-cdk-lib/core';
import { CfnFlowLog, CfnSecurityGroup, CfnSecurityGroupIngress, CfnSubnet, CfnVPC, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { LogRetentionDays } from '../environments/log-retention.ts';
import { allow } from './allow.ts';

/** A network: its name, its addresses, in how many zones it has a subnet, and which services of AWS it reaches. */
export interface IsolatedNetworkProps {
  readonly name: string;
  readonly cidr: string;
  readonly zones: number;
  /** How many bits of an address count within one subnet. */
  readonly subnetBits: number;
  /** As in the name of an interface endpoint, such as `secretsmanager`. */
  readonly services: readonly string[];
  /** The port that clients reach servers by. */
  readonly serverPort: number;
  readonly logRetentionDays: LogRetentionDays;
}

/** No address at all: without a rule of its own a group would let everything out. */
const nowhere: CfnSecurityGroup.EgressProperty = { ipProtocol: 'icmp', fromPort: 252, toPort: 86, cidrIp: '255.255.255.255/32', description: 'nothing' };

/**
 * A VPC without any way to or from the internet, in which clients reach servers and some services of AWS, and nothing else.
 *
 * Its zones are the region's first ones, by number; no look-up is needed. What passes is logged.
 *
 * @source https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export class IsolatedNetwork extends Construct {
  readonly subnetIds: readonly string[];
  readonly clients: CfnSecurityGroup;
  readonly servers: CfnSecurityGroup;

  constructor(scope: Construct, id: string, props: IsolatedNetworkProps) {
    super(scope, id);
    const vpc = new CfnVPC(this, 'Vpc', { cidrBlock: props.cidr, enableDnsHostnames: true, enableDnsSupport: true });
    Tags.of(vpc).add('Name', props.name);
    this.subnetIds = this.#makeSubnets(vpc, props);
    this.servers = this.#makeGroup('Servers', vpc, `${props.name}: what clients reach`, [nowhere]);
    const services = this.#makeGroup('Services', vpc, `${props.name}: services of AWS`, [nowhere]);
    this.clients = this.#makeGroup('Clients', vpc, `${props.name}: who may reach the others`, [
      toEgress(this.servers, props.serverPort),
      toEgress(services, 443),
    ]);
    this.#letIn('ClientsToServers', this.servers, props.serverPort);
    this.#letIn('ClientsToServices', services, 443);
    for (const service of props.services)
      new CfnVPCEndpoint(this, `Endpoint-${service}`, {
        vpcId: vpc.ref,
        vpcEndpointType: 'Interface',
        serviceName: `com.amazonaws.${Aws.REGION}.${service}`,
        privateDnsEnabled: true,
        subnetIds: [...this.subnetIds],
        securityGroupIds: [services.attrGroupId],
      });
    this.#log(vpc, props.logRetentionDays);
  }

  #makeSubnets(vpc: CfnVPC, { cidr, zones, subnetBits, name }: IsolatedNetworkProps): readonly string[] {
    const cidrs = Fn.cidr(cidr, zones, String(subnetBits));
    return Array.from({ length: zones }, (_, index) => {
      const subnet = new CfnSubnet(this, `Subnet${index + 1}`, {
        vpcId: vpc.ref,
        cidrBlock: Fn.select(index, cidrs),
        availabilityZone: Fn.select(index, Fn.getAzs()),
        mapPublicIpOnLaunch: false,
      });
      Tags.of(subnet).add('Name', `${name}-${index + 1}`);
      return subnet.ref;
    });
  }

  #makeGroup(id: string, vpc: CfnVPC, groupDescription: string, egress: CfnSecurityGroup.EgressProperty[]): CfnSecurityGroup {
    return new CfnSecurityGroup(this, id, { vpcId: vpc.ref, groupDescription, securityGroupEgress: egress });
  }

  #letIn(id: string, group: CfnSecurityGroup, port: number): void {
    new CfnSecurityGroupIngress(this, id, {
      groupId: group.attrGroupId,
      sourceSecurityGroupId: this.clients.attrGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      description: 'from the clients',
    });
  }

  #log(vpc: CfnVPC, retention: LogRetentionDays): void {
    const log = new LogGroup(this, 'FlowLogs', { retention });
    const role = new Role(this, 'FlowLogRole', {
      description: 'What the flow log of the network may do',
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com'),
    });
    const actions = ['logs:CreateLogStream', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];
    allow(role, actions, [log.logGroupArn]);
    new CfnFlowLog(this, 'FlowLog', {
      resourceId: vpc.ref,
      resourceType: 'VPC',
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logGroupName: log.logGroupName,
      deliverLogsPermissionArn: role.roleArn,
    });
  }
}

const toEgress = (to: CfnSecurityGroup, port: number): CfnSecurityGroup.EgressProperty => ({
  ipProtocol: 'tcp',
  fromPort: port,
  toPort: port,
  destinationSecurityGroupId: to.attrGroupId,
  description: `port ${port}`,
});
