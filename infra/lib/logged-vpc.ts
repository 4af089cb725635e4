import { Fn, Stack, type StackProps } from 'aws-cdk-lib/core';
import {
  GatewayVpcEndpointAwsService,
  IpAddresses,
  Vpc,
  type SubnetConfiguration,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { logFlows, type FlowLogsProps } from './flow-logs.ts';

/**
 * A stack that knows its zones by their place in the region's list, so that no synth has to look them up.
 *
 * Two synths of one account could otherwise differ, and the first one would need credentials.
 */
export abstract class ZonedStack extends Stack {
  readonly #zones: number;

  constructor(scope: Construct, id: string, zones: number, props: StackProps) {
    super(scope, id, props);
    this.#zones = zones;
  }

  override get availabilityZones(): string[] {
    return Array.from({ length: this.#zones }, (_, index) => Fn.select(index, Fn.getAzs()));
  }
}

/** Addresses and subnets over some availability zones, and how long is kept what passed. */
export interface LoggedVpcProps {
  /** The one that consoles show; the path of the construct when absent. */
  readonly name?: string;
  readonly cidr: string;
  readonly zones: number;
  readonly natGateways: number;
  readonly subnets: SubnetConfiguration[];
  readonly flowLogs: FlowLogsProps;
}

/** Makes a VPC in a `ZonedStack`: S3 and DynamoDB without leaving AWS, and every flow in a log. */
export function loggedVpc(scope: Construct, { name, cidr, zones, natGateways, subnets, flowLogs }: LoggedVpcProps): Vpc {
  const vpc = new Vpc(scope, 'Vpc', {
    ...(name ? { vpcName: name } : {}),
    ipAddresses: IpAddresses.cidr(cidr),
    maxAzs: zones,
    natGateways,
    subnetConfiguration: subnets,
    gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 }, DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB } },
  });
  logFlows(scope, vpc, flowLogs);
  return vpc;
}
