import {
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  type IVpc,
} from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { forAccount } from '../../lib/service-key.ts';
import { BalancerStack } from './balancer-stack.ts';
import type { Blueprint } from './blueprint.ts';
import type { ServiceId } from './service-names.ts';
import { apiPort, databasePort } from './ports.ts';

/** Who may reach whom: the security groups with all their rules, the endpoints of AWS's services, and the roles of the tasks. */
export class SecurityStack extends BalancerStack {
  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, 'security', blueprint, 'security groups, endpoints and roles');
    const vpc = this.takeNetwork();
    const alb = this.#makeGroup('Alb', vpc, 'albGroup', 'The load balancer: HTTPS from everywhere, on to the API');
    const ecs = this.#makeGroup('Ecs', vpc, 'ecsGroup', 'The tasks: from the load balancer, to the database and by HTTPS');
    const database = this.#makeGroup('Database', vpc, 'databaseGroup', 'The database: from the tasks');
    const endpoints = this.#makeGroup('VpcEndpoint', vpc, 'endpointGroup', 'The endpoints of services of AWS: from the tasks');
    alb.addIngressRule(Peer.anyIpv4(), Port.HTTPS, 'HTTPS');
    alb.addIngressRule(Peer.anyIpv4(), Port.HTTP, 'HTTP, which is sent on to HTTPS');
    connect(alb, ecs, Port.tcp(apiPort), 'the API');
    connect(ecs, database, Port.tcp(databasePort), 'the database');
    connect(ecs, endpoints, Port.HTTPS, 'services of AWS');
    ecs.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'HTTPS');
    this.#addEndpoints(vpc, endpoints);
    this.give('albSecurityGroupId', alb.securityGroupId, 'Id of the security group of the load balancer');
    this.give('ecsSecurityGroupId', ecs.securityGroupId, 'Id of the security group of the tasks');
    this.give('databaseSecurityGroupId', database.securityGroupId, 'Id of the security group of the database');
    this.give('vpcEndpointSecurityGroupId', endpoints.securityGroupId, 'Id of the security group of the endpoints');
    this.give(
      'executionRoleArn',
      this.#makeRole('executionRole', 'Starts the tasks: pulls the image, reads the secrets'),
      'Role that starts tasks',
    );
    this.give('apiRoleArn', this.#makeRole('apiRole', 'What the API may do'), 'Role of the API');
    this.give('workerRoleArn', this.#makeRole('workerRole', 'What the worker may do'), 'Role of the worker');
    this.give('schedulerRoleArn', this.#makeRole('schedulerRole', 'What the scheduler may do'), 'Role of the scheduler');
  }

  #makeGroup(id: string, vpc: IVpc, name: ServiceId, description: string): SecurityGroup {
    return new SecurityGroup(this, `${id}Group`, {
      vpc,
      securityGroupName: this.blueprint.names[name],
      description,
      allowAllOutbound: false,
    });
  }

  #addEndpoints(vpc: IVpc, group: SecurityGroup): void {
    for (const name of this.blueprint.data.network.interfaceEndpoints)
      new InterfaceVpcEndpoint(this, `Endpoint-${name}`, {
        vpc,
        service: new InterfaceVpcEndpointAwsService(name),
        subnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        privateDnsEnabled: true,
        open: false,
        securityGroups: [group],
      });
  }

  /** A role may nothing until the compute stack, which knows what its tasks use, allows it. */
  #makeRole(id: ServiceId, description: string): string {
    const assumedBy = new ServicePrincipal('ecs-tasks.amazonaws.com', { conditions: forAccount(this) });
    return new Role(this, id, { roleName: this.blueprint.names[id], description, assumedBy }).roleArn;
  }
}

/** Lets one group reach another by a port: out of the one and into the other. */
function connect(from: SecurityGroup, to: SecurityGroup, port: Port, what: string): void {
  from.addEgressRule(to, port, what);
  to.addIngressRule(from, port, what);
}
