import { ManagedPolicy, Policy, PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Conditions } from './allow.ts';

/** Some actions on some resources, and when they are allowed. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
}

/**
 * Attaches a policy of the scope's stack to a role of any stack; the role's own stack does not change.
 *
 * `policyName` must differ from the role's other policies.
 */
export function attachPolicy(scope: Construct, id: string, role: IRole, policyName: string, permissions: readonly Permission[]): Policy {
  return new Policy(scope, id, { policyName, roles: [role], statements: permissions.map(toStatement) });
}

/** Makes a policy of its own, to be attached to roles of any make. */
export function managedPolicy(
  scope: Construct,
  id: string,
  managedPolicyName: string,
  description: string,
  permissions: readonly Permission[],
): ManagedPolicy {
  return new ManagedPolicy(scope, id, { managedPolicyName, description, statements: permissions.map(toStatement) });
}

const toStatement = ({ actions, resources, conditions }: Permission): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources], ...(conditions ? { conditions } : {}) });
