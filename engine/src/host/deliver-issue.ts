import { toSentence } from '../answer.ts';
import { finding, type Finding } from '../finding.ts';
import type { Issues } from '../github/issues.ts';
import { hasDrift } from '../inspect-drift.ts';
import { toDriftIssue } from '../report/drift-issue.ts';
import type { Report } from '../report/report.ts';
import type { World } from '../world.ts';

/** Whether drift has an issue: for every run that looks for it, but for those of pull requests; or never. */
export type IssueChoice = 'auto' | 'never';

/**
 * Opens or updates the issue that tells of drift, and closes it when there is none any more.
 *
 * It stays as it is when a stack could not be looked at: nobody knows then. Gives a warning when it cannot be written.
 */
export async function deliverIssue(
  report: Report,
  choice: IssueChoice,
  root: string,
  issues: Issues,
  { run, event, log, cancelled }: World,
): Promise<readonly Finding[]> {
  if (report.depth !== 'drift' || report.verdict === 'failed' || choice === 'never' || event.isPullRequest || cancelled.aborted) return [];
  const issue = toDriftIssue(report, root, run.url);
  const isDrifted = hasDrift(report.findings);
  if (!isDrifted && report.findings.some((f) => f.code === 'PF001')) {
    log.line('📌 The issue on drift stays as it is: not all stacks could be looked at');
    return [];
  }
  const told = await (isDrifted ? issues.put(issue) : issues.close(issue.marker, `No drift any more: ${run.url}`));
  if (told.kind === 'unknown') return [finding('RT071', `${issue.title}: ${toSentence(told.because)}.`)];
  if (told.value !== 'none') log.line(`📌 The issue "${issue.title}" is ${told.value}`);
  return [];
}
