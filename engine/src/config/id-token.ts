/** The claims of a job's OIDC token that trust policies look at; they are no secret, the token is. */
interface Claims {
  readonly iss?: string;
  readonly sub?: string;
  readonly aud?: string;
}

/**
 * Gives what to say of a job's OIDC token that a role did not take: its claims, and the condition that would admit them.
 *
 * `document` is the role's trust policy, where it can be read; its own conditions are then shown beside. Nothing of the token
 * but its issuer, subject and audience is told. Empty for what is no token.
 *
 * @source https://docs.github.com/en/actions/reference/security/oidc
 */
export function toTokenSentences(token: string, document?: unknown): string {
  const { iss = '', sub = '', aud = '' } = parseClaims(token);
  if (!sub) return '';
  const host = iss.replace(/^https:\/\//, '');
  const condition = { StringEquals: { [`${host}:aud`]: aud, [`${host}:sub`]: sub } };
  const own = toConditions(document);
  const subject = /:environment:/.test(sub)
    ? 'The job names an `environment:`, so the subject is that environment, whatever the branch.'
    : 'The job names no `environment:`; with one, the subject would be that environment instead of the branch.';
  return [
    `The token of the job has the subject ${sub} and the audience ${aud}.`,
    subject,
    ...(own.length ? [`The trust policy of the role asks for ${own.map((c) => JSON.stringify(c)).join(' or ')}.`] : []),
    `This condition admits the job: ${JSON.stringify(condition)}.`,
  ].join(' ');
}

function parseClaims(token: string): Claims {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) as Claims;
  } catch {
    return {};
  }
}

/** Gives the conditions of the statements of a trust policy that are for OIDC. */
function toConditions(document: unknown): readonly unknown[] {
  const { Statement: statements = [] } = (document ?? {}) as { Statement?: unknown };
  const all = (Array.isArray(statements) ? statements : [statements]) as { Action?: unknown; Condition?: unknown }[];
  return all.filter((s) => JSON.stringify(s.Action ?? '').includes('WebIdentity')).flatMap((s) => (s.Condition ? [s.Condition] : []));
}
