import { Policy, PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
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
  const statements = permissions.map(
    ({ actions, resources, conditions }) =>
      new PolicyStatement({ actions: [...actions], resources: [...resources], ...(conditions ? { conditions } : {}) }),
  );
  return new Policy(scope, id, { policyName, roles: [role], statements });
}
