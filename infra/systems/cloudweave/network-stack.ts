import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import {
  GatewayVpcEndpointAwsService,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
  type IIpAddresses,
  type ISecurityGroup,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { CloudWeaveEnvironment, Tier } from '../../environments/cloudweave.ts';
import { logFlows } from '../../lib/flow-logs.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';
import { ports } from './ports.ts';

/** Who reaches whom: each group admits the one before it, and the first one everybody. */
const groups = {
  publicBalancer: 'The load balancer that users reach',
  frontend: 'The frontend: from its load balancer only',
  internalBalancer: 'The load balancer before the backend: from the frontend only',
  backend: 'The backend: from its load balancer only',
  database: 'The database: from the backend only',
  cache: 'The cache: from the backend only',
} as const;

/** The id of one of the security groups. */
export type GroupId = keyof typeof groups;

/** A VPC of three zones with three tiers of subnets, and the chain of security groups through them. */
export class NetworkStack extends Stack {
  readonly vpc: Vpc;
  readonly groups: Readonly<Record<GroupId, SecurityGroup>>;
  readonly #zones: readonly string[];

  constructor(scope: Construct, id: string, { request, data }: Blueprint) {
    super(scope, id, toStackProps(request, 'CloudWeave: the network'));
    Tags.of(this).add('stack', id);
    this.#zones = data.vpc.availabilityZones;
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: toAddresses(data),
      availabilityZones: [...this.#zones],
      natGateways: data.natGateways,
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        { name: 'private', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'database', subnetType: SubnetType.PRIVATE_ISOLATED },
      ],
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    });
    logFlows(this, this.vpc, data.logs);
    const made = Object.entries(groups).map(([name, description]) => [name, this.#makeGroup(name, description)]);
    this.groups = Object.fromEntries(made) as Record<GroupId, SecurityGroup>;
    this.#join(this.groups);
    new CfnOutput(this, 'VpcId', { value: this.vpc.vpcId, description: 'Id of the network' });
  }

  /** Named by the environment, so that no synth has to look them up. */
  override get availabilityZones(): string[] {
    return [...this.#zones];
  }

  #makeGroup(name: string, description: string): SecurityGroup {
    return new SecurityGroup(this, name, { vpc: this.vpc, description, allowAllOutbound: false });
  }

  #join({ publicBalancer, frontend, internalBalancer, backend, database, cache }: Record<GroupId, SecurityGroup>): void {
    publicBalancer.addIngressRule(Peer.anyIpv4(), Port.HTTP, 'HTTP from the internet');
    publicBalancer.addIngressRule(Peer.anyIpv4(), Port.HTTPS, 'HTTPS from the internet');
    admit(frontend, publicBalancer, ports.frontend, 'the public load balancer');
    admit(internalBalancer, frontend, ports.backend, 'the frontend');
    admit(backend, internalBalancer, ports.backend, 'the internal load balancer');
    admit(database, backend, ports.database, 'the backend');
    admit(cache, backend, ports.cache, 'the backend');
    for (const containers of [frontend, backend]) containers.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'Images, secrets, traces and APIs');
  }
}

function admit(to: SecurityGroup, from: ISecurityGroup, port: number, who: string): void {
  to.connections.allowFrom(from, Port.tcp(port), `port ${port} from ${who}`);
}

/** Each subnet has the block that the environment gives it, whatever the order in which the CDK asks. */
function toAddresses({ vpc, subnets }: CloudWeaveEnvironment): IIpAddresses {
  return {
    allocateVpcCidr: () => ({ cidrBlock: vpc.cidr }),
    allocateSubnetsCidr: ({ requestedSubnets }) => ({
      allocatedSubnets: requestedSubnets.map(({ configuration, availabilityZone }) => ({
        cidr: subnets[configuration.name as Tier][vpc.availabilityZones.indexOf(availabilityZone)] ?? '',
      })),
    }),
  };
}
