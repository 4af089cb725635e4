import { keepPlan, type KeptForm } from '../plan/keep.ts';
import { toPlanDigest } from '../plan/plan-tree.ts';
import { toMarkdown } from './markdown.ts';
import type { Report } from './report.ts';
import { toDocument } from './to-document.ts';

/** GitHub refuses a comment of more than 65,536 characters; bytes are at least as many. */
const limitBytes = 64_000;

/** What a comment on a pull request says, and what it is found again by. */
export interface Comment {
  /** The first line of the comment; readers do not see it. */
  readonly marker: string;
  /** Markers of comments that this one takes the place of, its own among them. */
  readonly replaces: readonly string[];
  readonly body: string;
}

/**
 * Gives the one comment of an action about an environment; of one with several regions, about the region.
 *
 * A run that ends before it knows its environment has a comment too, and the next that knows one takes its place.
 */
export function toComment(report: Report, root: string, run: { readonly url: string; readonly commit: string }): Comment {
  const marker = toMarker(report.action, report.environment, report.isOneOfRegions && report.region);
  const kept = keep(report, run.commit);
  const source = `\nOf commit ${run.commit}: [the whole run](${run.url})\n${kept ? `${notes[kept.form]}\n${kept.text}\n` : ''}`;
  return {
    marker,
    replaces: [...new Set([marker, toMarker(report.action)])],
    body: `${marker}\n${toMarkdown(toDocument(report, root), limitBytes - (kept?.text.length ?? 0))}${source}`,
  };
}

/** What of a comment a kept plan may take: the rest is for readers. */
const keptLimit = 28_000;

/** What readers are told of a plan that is not kept as a whole. */
const notes: Readonly<Record<KeptForm, string>> = {
  plan: '',
  resources:
    '\nThe plan is kept here as digests of what it changes: a deployment that is held to it can say what differs, without the values.\n',
  stacks: '\nThe plan is kept here as digests of its stacks: a deployment that is held to it can say which of them differ, and no more.\n',
};

/** A plan that is not what its digest says, because a secret was taken out of it, could be compared with nothing. */
function keep({ action, plan, planDigest, depth }: Report, commit: string): ReturnType<typeof keepPlan> {
  if (
    action !== 'preflight' ||
    !plan ||
    !planDigest ||
    !depth ||
    depth === 'none' ||
    depth === 'drift' ||
    toPlanDigest(plan) !== planDigest
  )
    return undefined;
  return keepPlan(plan, { commit, depth, digest: planDigest }, keptLimit);
}

/** Gives the first line of the comment of an action about an environment, or a region of it, which it is found again by. */
export function toMarker(action: string, environment = '', region?: string): string {
  const about = region ? `${environment} ${region}` : environment;
  const name = about.replace(/[^A-Za-z0-9]/g, (c) => `.${c.charCodeAt(0).toString(16)}.`); // a name could end the comment of HTML
  return `<!-- spaceport ${action} (${name}) -->`;
}
