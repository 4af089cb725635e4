/** What started the workflow, as far as environments depend on it. */
export interface Event {
  /** `push`, `pull_request`, `workflow_dispatch`, `release` ... */
  readonly name: string;
  /** The branch that decides: of the push or dispatch, or the base of a pull request; undefined for a tag. */
  readonly branch?: string;
  /** Commit of the base branch, for a pull request. */
  readonly baseSha?: string;
  /** Whether it is about changes that are not on their branch yet: a pull request, or a group of them in a merge queue. */
  readonly isPullRequest: boolean;
  /** The pull request itself, when it is about one: its number, and the commit at its head. */
  readonly pull?: { readonly number: number; readonly headSha?: string };
}

/**
 * Gives the event of a run from the variables that the runner sets, and the payload it wrote.
 *
 * @source GitHub's default environment variables
 */
export function toEvent(env: Readonly<Record<string, string | undefined>>, payload: unknown): Event {
  const name = env['GITHUB_EVENT_NAME'] ?? '';
  const base = toBase(payload);
  const isPullRequest = name.startsWith('pull_request') || base !== undefined;
  const ref = env['GITHUB_REF'] ?? '';
  const branch = isPullRequest
    ? base?.ref || env['GITHUB_BASE_REF']
    : ref.startsWith('refs/heads/')
      ? ref.slice('refs/heads/'.length)
      : undefined;
  const pull = toPull(payload);
  return { name, isPullRequest, ...(branch ? { branch } : {}), ...(base?.sha ? { baseSha: base.sha } : {}), ...(pull ? { pull } : {}) };
}

/** Gives the pull request that the payload is of; a comment on one is of it, too. */
function toPull(payload: unknown): Event['pull'] {
  const { pull_request: pull, issue } = (payload ?? {}) as {
    pull_request?: { number?: number; head?: { sha?: string } };
    issue?: { number?: number; pull_request?: unknown };
  };
  if (pull?.number) return { number: pull.number, ...(pull.head?.sha ? { headSha: pull.head.sha } : {}) };
  return issue?.number && issue.pull_request ? { number: issue.number } : undefined;
}

/** Gives the branch that a pull request, or a group of them in a merge queue, is to be merged into. */
function toBase(payload: unknown): { readonly ref?: string | undefined; readonly sha?: string | undefined } | undefined {
  const { pull_request: pull, merge_group: group } = (payload ?? {}) as {
    pull_request?: { base?: { ref?: string; sha?: string } };
    merge_group?: { base_ref?: string; base_sha?: string };
  };
  return pull?.base ?? (group && { ref: group.base_ref?.replace('refs/heads/', ''), sha: group.base_sha });
}
