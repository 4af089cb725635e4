/** Gives the ARN that policies know a caller by: that of the role, for a session of one. */
export const toPrincipal = (arn: string): string => arn.replace(/^(arn:[^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, '$1:iam::$2:role/$3');

/** Gives the statements of a policy document, which may be JSON text, and one statement alone. */
export function toStatements(document: unknown): readonly Readonly<Record<string, unknown>>[] {
  const parsed: unknown = typeof document === 'string' ? parse(document) : document;
  const statement = (parsed as { Statement?: unknown } | null | undefined)?.Statement ?? [];
  return (Array.isArray(statement) ? statement : [statement]) as Readonly<Record<string, unknown>>[];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Says what a trust policy says of a principal of the same account.
 *
 * `unclear` where it depends on conditions, on denials, or cannot be read at all.
 */
export function toTrust(document: unknown, principal: string): 'admits' | 'refuses' | 'unclear' {
  const statements = toStatements(document);
  if (statements.length === 0 || statements.some((s) => s['Effect'] !== 'Allow')) return 'unclear';
  const [, partition = '', account = ''] = /^arn:([^:]+):iam::(\d+):/.exec(principal) ?? [];
  const admitted = new Set(['*', account, principal, `arn:${partition}:iam::${account}:root`]);
  const naming = statements.filter(({ Principal }) => toAws(Principal).some((p) => admitted.has(p)));
  if (naming.length === 0) return 'refuses';
  return naming.some((s) => !s['Condition']) ? 'admits' : 'unclear';
}

function toAws(principal: unknown): readonly string[] {
  const aws = typeof principal === 'string' ? principal : (principal as { AWS?: unknown } | undefined)?.AWS;
  return (Array.isArray(aws) ? aws : [aws]).map(String);
}
