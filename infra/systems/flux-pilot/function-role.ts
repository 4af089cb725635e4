import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from '../../lib/allow.ts';

/** Makes a role for functions; one whose functions run in a VPC may make and remove their network interfaces. */
export function makeFunctionRole(scope: Construct, id: string, description: string, inVpc: boolean): Role {
  const role = new Role(scope, id, { description, assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  if (inVpc) {
    // Lambda asks for these before there is any interface to name, and the Describe calls know no resources.
    const interfaces = ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'];
    const readings = ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'];
    allow(role, [...interfaces, ...readings, 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'], ['*']);
  }
  return role;
}
