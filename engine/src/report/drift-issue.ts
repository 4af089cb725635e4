import { toMarker } from './comment.ts';
import { toMarkdown } from './markdown.ts';
import type { Report } from './report.ts';
import { toDocument } from './to-document.ts';

/** GitHub refuses an issue of more than 65,536 characters; bytes are at least as many. */
const limitBytes = 64_000;

/** Gives the one issue on the drift of an environment in a region; `root` is the folder of the checkout. */
export function toDriftIssue(
  report: Report,
  root: string,
  url: string,
): { readonly marker: string; readonly title: string; readonly body: string } {
  const { environment = '', region = '' } = report;
  const marker = toMarker('drift', `${environment} ${region}`);
  const hint = `The next run of drift detection writes this issue anew, and closes it when nothing differs any more. Of [this run](${url}).`;
  return {
    marker,
    title: `Drift in ${environment} (${region})`,
    body: `${marker}\n${toMarkdown(toDocument(report, root), limitBytes)}\n${hint}\n`,
  };
}
