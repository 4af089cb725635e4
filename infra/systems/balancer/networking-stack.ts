import { Fn, RemovalPolicy } from 'aws-cdk-lib/core';
import { SubnetType, type SubnetConfiguration } from 'aws-cdk-lib/aws-ec2';
import { SubnetGroup } from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { loggedVpc } from '../../lib/logged-vpc.ts';
import { BalancerStack } from './balancer-stack.ts';
import type { Blueprint } from './blueprint.ts';

/** The private subnets come first and are the largest, because the tasks are there. */
const subnets: SubnetConfiguration[] = [
  { name: 'private', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
  { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
  { name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
];

/** The network: public subnets for the load balancer, private ones for the tasks, isolated ones for the database. */
export class NetworkingStack extends BalancerStack {
  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, 'networking', blueprint, 'the network');
    const { data, names } = blueprint;
    const vpc = loggedVpc(this, { ...data.network, name: names.vpc, subnets, flowLogs: data.logs });
    const group = new SubnetGroup(this, 'DatabaseSubnets', {
      vpc,
      subnetGroupName: names.databaseSubnets,
      description: 'The isolated subnets, for the database',
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const idsOf = (all: typeof vpc.publicSubnets): string =>
      Fn.join(
        ',',
        all.map(({ subnetId }) => subnetId),
      );
    this.give('vpcId', vpc.vpcId, 'Id of the network');
    this.give('publicSubnetIds', idsOf(vpc.publicSubnets), 'Ids of the public subnets, joined by commas');
    this.give('privateSubnetIds', idsOf(vpc.privateSubnets), 'Ids of the private subnets, joined by commas');
    this.give('isolatedSubnetIds', idsOf(vpc.isolatedSubnets), 'Ids of the isolated subnets, joined by commas');
    this.give('availabilityZones', Fn.join(',', vpc.availabilityZones), 'Zones of the subnets, joined by commas');
    this.give('databaseSubnetGroupName', group.subnetGroupName, 'Name of the subnet group of the database');
  }
}
