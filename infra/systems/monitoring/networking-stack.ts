import { CfnOutput, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ZonedStack } from '../../lib/logged-vpc.ts';
import { PrivateNetwork } from '../../lib/private-network.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';

/** The network that the functions run in. */
export class NetworkingStack extends ZonedStack {
  readonly network: PrivateNetwork;

  constructor(scope: Construct, id: string, { request, data }: Blueprint) {
    super(scope, id, data.network.zones, toStackProps(request, 'Monitoring: the network'));
    Tags.of(this).add('stack', id);
    this.network = new PrivateNetwork(this, 'Network', { ...data.network, flowLogs: data.logs });
    new CfnOutput(this, 'VpcId', { value: this.network.vpc.vpcId, description: 'Id of the network' });
  }
}
