import { PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';

/** When a permission holds: operator, then key, then value, as IAM writes it. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Lets a role perform the actions on the resources, when the conditions hold. */
export function allow(role: IRole, actions: readonly string[], resources: readonly string[], conditions?: Conditions): void {
  role.addToPrincipalPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources], ...(conditions ? { conditions } : {}) }));
}
