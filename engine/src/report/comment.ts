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
 * Gives the one comment of an action about an environment.
 *
 * A run that ends before it knows its environment has a comment too, and the next that knows one takes its place.
 */
export function toComment(report: Report, root: string, run: { readonly url: string; readonly commit: string }): Comment {
  const marker = toMarker(report.action, report.environment);
  const source = `\nOf commit ${run.commit}: [the whole run](${run.url})\n`;
  return {
    marker,
    replaces: [...new Set([marker, toMarker(report.action, undefined)])],
    body: `${marker}\n${toMarkdown(toDocument(report, root), limitBytes)}${source}`,
  };
}

/** A name may hold what would end the comment of HTML that the marker is: only letters and digits stay as they are. */
function toMarker(action: string, environment = ''): string {
  const name = environment.replace(/[^A-Za-z0-9]/g, (c) => `.${c.charCodeAt(0).toString(16)}.`);
  return `<!-- spaceport ${action} (${name}) -->`;
}
