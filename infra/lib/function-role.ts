import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Makes a role for Lambda functions; it may do nothing until something is allowed to it. */
export function functionRole(scope: Construct, id: string, roleName: string, description: string): Role {
  return new Role(scope, id, { roleName, description, assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
}
