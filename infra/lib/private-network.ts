import { InterfaceVpcEndpointAwsService, Peer, Port, SecurityGroup, SubnetType, type SubnetConfiguration, type Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { FlowLogsProps } from './flow-logs.ts';
import { loggedVpc } from './logged-vpc.ts';

/** A network over some availability zones, and what leads out of it. */
export interface PrivateNetworkProps {
  readonly cidr: string;
  readonly zones: number;
  /** None leaves no way to the internet and makes no public subnets. */
  readonly natGateways: number;
  /** Short names of services that get an interface endpoint, such as `sqs`. */
  readonly interfaceEndpoints: readonly string[];
  readonly flowLogs: FlowLogsProps;
}

/**
 * A network for functions: S3 and DynamoDB without leaving AWS, other services as asked, and every flow in a log.
 *
 * To be made in a `ZonedStack`. `functions` is the security group of what runs in it: nothing comes in, HTTPS goes out.
 */
export class PrivateNetwork extends Construct {
  readonly vpc: Vpc;
  readonly functions: SecurityGroup;

  constructor(scope: Construct, id: string, props: PrivateNetworkProps) {
    super(scope, id);
    this.vpc = loggedVpc(this, { ...props, subnets: toSubnets(props.natGateways > 0) });
    this.functions = new SecurityGroup(this, 'Functions', {
      vpc: this.vpc,
      description: 'What runs in the network: nothing comes in and HTTPS goes out',
      allowAllOutbound: false,
    });
    this.functions.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'HTTPS');
    this.#addEndpoints(props);
  }

  #addEndpoints({ cidr, interfaceEndpoints }: PrivateNetworkProps): void {
    if (interfaceEndpoints.length === 0) return;
    const group = new SecurityGroup(this, 'Endpoints', { vpc: this.vpc, description: 'Endpoints: HTTPS from within', allowAllOutbound: false });
    group.addIngressRule(Peer.ipv4(cidr), Port.HTTPS, 'HTTPS from the network');
    for (const name of interfaceEndpoints)
      this.vpc.addInterfaceEndpoint(name, { service: new InterfaceVpcEndpointAwsService(name), privateDnsEnabled: true, open: false, securityGroups: [group] });
  }
}

/** The functions' subnets come first, so that their addresses stay when NAT gateways come or go. */
const toSubnets = (withInternet: boolean): SubnetConfiguration[] => [
  { name: 'functions', subnetType: withInternet ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED, cidrMask: 20 },
  ...(withInternet ? [{ name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false }] : []),
];
