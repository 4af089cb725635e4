import type { Environment } from '../config/environment.ts';
import { hasErrors } from '../finding.ts';
import type { Inspection } from '../inspect.ts';
import { hasChanges } from '../plan/plan.ts';
import { version } from '../version.ts';
import { toFailureReason, type Report } from './report.ts';

/** Gives what every report says of its environment. */
export function toPlaceReport(environment: Environment, account: string | undefined, region: string | undefined): Partial<Report> {
  return {
    environment: environment.name,
    ...(environment.githubEnvironment ? { githubEnvironment: environment.githubEnvironment } : {}),
    ...(environment.role ? { role: environment.role } : {}),
    ...(account ? { account } : {}),
    ...(region ? { region } : {}),
    ...(environment.regions.length > 1 ? { isOneOfRegions: true } : {}),
  };
}

/** Gives the report of an inspection: ready, no-changes, or blocked by its errors. */
export function toInspectionReport(action: string, inspection: Inspection): Report {
  const { environment, region, findings, plan, planDigest, decisions } = inspection;
  const failureReason = toFailureReason(findings);
  return {
    schema: 1,
    action,
    version,
    verdict: hasErrors(findings) ? 'blocked' : hasChanges(plan) ? 'ready' : 'no-changes',
    ...(failureReason ? { failureReason } : {}),
    ...toPlaceReport(environment, toAccount(inspection), region),
    findings,
    decisions,
    plan,
    planDigest,
    stacks: [],
  };
}

/** The account of the credentials; where AWS was not asked, the one that the environment or all stacks name. */
function toAccount({ account, environment, facts }: Inspection): string | undefined {
  if (facts.account !== undefined) return account;
  const named = new Set(facts.stacks.flatMap(({ stack }) => stack.account ?? []));
  return environment.account ?? (named.size === 1 ? [...named][0] : undefined);
}
