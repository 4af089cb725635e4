import { toInertLog } from './inert.ts';
import { toCount, toCounts, type Report } from './report.ts';

/** The status of a commit: one line beside it, which rules of a branch can require. */
export interface Status {
  /** What the status is about; branches name it to require it. */
  readonly context: string;
  readonly state: 'success' | 'failure';
  readonly description: string;
  /** Where to read more; empty outside of a run of GitHub. */
  readonly url: string;
}

/** GitHub refuses longer descriptions. */
const longest = 140;

/** Gives the status that a report amounts to; `failed` says whether the step fails. */
export function toStatus(report: Report, failed: boolean, runUrl: string): Status {
  const { action, environment, region, isOneOfRegions, verdict, failureReason, findings } = report;
  const { errors, warnings } = toCounts(findings);
  const why = failureReason ? ` (${failureReason})` : '';
  return {
    context: toInertLog(
      ['spaceport', action, ...(environment ? [environment] : []), ...(isOneOfRegions && region ? [region] : [])].join('/'),
    ),
    state: failed ? 'failure' : 'success',
    description: `${verdict}${why}: ${toCount(errors, 'error')}, ${toCount(warnings, 'warning')}`.slice(0, longest),
    url: runUrl,
  };
}
