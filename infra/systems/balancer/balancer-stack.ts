import { Annotations, CfnOutput, Fn, Tags } from 'aws-cdk-lib/core';
import { SecurityGroup, Vpc, type ISecurityGroup, type IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { ZonedStack } from '../../lib/logged-vpc.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';
import type { ExportId } from './export-names.ts';
import type { StackId } from './stack-names.ts';

/**
 * One of balancer's stacks: what it gives to others it exports, and what it takes it imports, both by the names of the exports.
 *
 * So no stack holds a construct of another one, and each can be deployed alone once the exports are there.
 */
export abstract class BalancerStack extends ZonedStack {
  protected readonly blueprint: Blueprint;

  constructor(scope: Construct, type: StackId, blueprint: Blueprint, purpose: string) {
    const { stacks, data, request } = blueprint;
    super(scope, stacks[type], data.network.zones, toStackProps(request, `Balancer: ${purpose}`));
    Tags.of(this).add('stack', stacks[type]);
    this.blueprint = blueprint;
  }

  /** Exports a value for other stacks; the output of `vpcId` is `VpcIdExport`. */
  protected give(id: ExportId, value: string, description: string): void {
    new CfnOutput(this, `${id.slice(0, 1).toUpperCase()}${id.slice(1)}Export`, {
      value,
      description,
      exportName: this.blueprint.exports[id],
    });
  }

  /** Gives what another stack exports. */
  protected take(id: ExportId): string {
    return Fn.importValue(this.blueprint.exports[id]);
  }

  /** Gives the network of the networking stack. */
  protected takeNetwork(): IVpc {
    Annotations.of(this).acknowledgeWarning('@aws-cdk/aws-ec2:noSubnetRouteTableId', 'nothing here routes');
    return Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: this.take('vpcId'),
      availabilityZones: this.#takeOfZones('availabilityZones'),
      publicSubnetIds: this.#takeOfZones('publicSubnetIds'),
      privateSubnetIds: this.#takeOfZones('privateSubnetIds'),
      isolatedSubnetIds: this.#takeOfZones('isolatedSubnetIds'),
    });
  }

  /** Gives a security group of the security stack, whose rules stand there and nowhere else. */
  protected takeSecurityGroup(id: ExportId & `${string}SecurityGroupId`): ISecurityGroup {
    return SecurityGroup.fromSecurityGroupId(this, id, this.take(id), { mutable: false });
  }

  /** A list with one item for each zone, which is exported joined by commas. */
  #takeOfZones(id: ExportId): string[] {
    return this.availabilityZones.map((_, index) => Fn.select(index, Fn.split(',', this.take(id))));
  }
}
