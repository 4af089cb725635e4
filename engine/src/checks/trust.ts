import { isAllow, toPrincipals, toStatements } from './policies.ts';
import { toPart } from './properties.ts';

/** Gives the ARN that policies know a caller by: that of the role, for a session of one. */
export const toPrincipal = (arn: string): string => arn.replace(/^(arn:[^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, '$1:iam::$2:role/$3');

/**
 * Says what a trust policy says of a principal of the same account.
 *
 * `unclear` where it depends on conditions, on denials, or cannot be read at all.
 */
export function toTrust(document: unknown, principal: string): 'admits' | 'refuses' | 'unclear' {
  const statements = toStatements(document);
  if (statements.length === 0 || statements.some((s) => !isAllow(s))) return 'unclear';
  const [, partition = '', account = ''] = /^arn:([^:]+):iam::(\d+):/.exec(principal) ?? [];
  const admitted = new Set(['*', account, principal, `arn:${partition}:iam::${account}:root`]);
  const naming = statements.filter((s) => toPrincipals(s, 'AWS').some((p) => admitted.has(String(p))));
  if (naming.length === 0) return 'refuses';
  return naming.some((s) => !toPart(s, 'Condition')) ? 'admits' : 'unclear';
}
