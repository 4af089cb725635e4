import { toInertLog } from './inert.ts';
import { isBad, type Report } from './report.ts';

/** What GitHub shows of the deployment that the `environment:` of a job made. */
export interface JobDeployment {
  /** The GitHub environment. */
  readonly environment: string;
  readonly state: 'success' | 'failure';
  readonly description: string;
  /** Address of what was deployed. */
  readonly url?: string;
}

/** GitHub refuses longer descriptions. */
const longest = 140;

/** Gives what a report says of the deployment of its job; undefined for one that deploys nothing, or to no GitHub environment. */
export function toJobDeployment({
  action,
  githubEnvironment,
  verdict,
  failureReason,
  stacks,
  environmentUrl,
}: Report): JobDeployment | undefined {
  if (action !== 'deploy' || !githubEnvironment) return undefined;
  const counts = [...new Set(stacks.map((s) => s.outcome.kind))].map(
    (kind) => `${stacks.filter((s) => s.outcome.kind === kind).length} ${kind}`,
  );
  const why = failureReason ? ` (${failureReason})` : '';
  return {
    environment: githubEnvironment,
    state: isBad(verdict) ? 'failure' : 'success',
    description: toInertLog(`${verdict}${why}${counts.length ? `: ${counts.join(', ')}` : ''}`).slice(0, longest),
    ...(environmentUrl ? { url: environmentUrl } : {}),
  };
}
