import type { Facts } from '../facts.ts';
import { orderFindings, toWhere, type Finding } from '../finding.ts';
import { appMessages } from './app-messages.ts';
import { askNothing, untilAnswered, type ReadingsOf } from './ask.ts';
import { bootstrap } from './bootstrap.ts';
import type { Check } from './check.ts';
import { circular } from './circular.ts';
import { context } from './context.ts';
import { crossRegionExports } from './cross-region-exports.ts';
import { destructive } from './destructive.ts';
import { drift } from './drift.ts';
import { exportsInUse } from './exports-in-use.ts';
import { exportsTaken, exportsTwice } from './exports-taken.ts';
import { imports } from './imports.ts';
import { leftBehind } from './left-behind.ts';
import { namesExist } from './names-exist.ts';
import { namesTwice, namesValid } from './names-valid.ts';
import { nestedStacks } from './nested-stacks.ts';
import { ownRules } from './own-rules.ts';
import { references } from './references.ts';
import { requirements } from './requirements.ts';
import { resourceTypes } from './resource-types.ts';
import { stackPolicies } from './stack-policies.ts';
import { stackStates } from './stack-states.ts';
import { assetStores } from './asset-stores.ts';
import { bootstrapRoles } from './bootstrap-roles.ts';
import { concurrency } from './concurrency.ts';
import { deployRole } from './deploy-role.ts';
import { docker } from './docker.ts';
import { functionSizes } from './function-sizes.ts';
import { logPolicies } from './log-policies.ts';
import { outsideValues } from './outside-values.ts';
import { placeholders } from './placeholders.ts';
import { policySizes, roleQuotas } from './policy-limits.ts';
import { quotas } from './quotas.ts';
import { referredIds } from './referred-ids.ts';
import { regions } from './regions.ts';
import { session } from './session.ts';
import { inlineTemplates, templateSizes } from './template-sizes.ts';
import { suppress } from './suppress.ts';
import { validation } from './validation.ts';

/** All checks, in the order of the log. */
export const checks: readonly Check[] = [
  requirements,
  context,
  namesValid,
  namesTwice,
  validation,
  circular,
  nestedStacks,
  ownRules,
  appMessages,
  bootstrap,
  stackStates,
  stackPolicies,
  namesExist,
  references,
  imports,
  exportsTwice,
  exportsTaken,
  exportsInUse,
  crossRegionExports,
  resourceTypes,
  drift,
  destructive,
  leftBehind,
  bootstrapRoles,
  assetStores,
  deployRole,
  regions,
  session,
  templateSizes,
  inlineTemplates,
  policySizes,
  roleQuotas,
  functionSizes,
  logPolicies,
  placeholders,
  outsideValues,
  referredIds,
  docker,
  quotas,
  concurrency,
];

/**
 * Gives what the checks of a depth find, in the order of reports, without what the config suppresses.
 *
 * Without `readingsOf` nothing is asked of AWS: only the static checks are made.
 */
export async function judgeFacts(
  facts: Facts,
  readingsOf: ReadingsOf | undefined,
  suppressions: Parameters<typeof suppress>[1],
  today: string,
): Promise<readonly Finding[]> {
  const found = await Promise.all(
    checks.map(async (check) => {
      if (check.tier === 'static') return check.judge(facts, askNothing);
      return readingsOf ? untilAnswered((ask) => check.judge(facts, ask), readingsOf) : [];
    }),
  );
  const findings = found.flat();
  const isPartly = !readingsOf || findings.some((f) => f.code === 'PF001');
  const judged = isPartly
    ? []
    : facts.stacks.filter((s) => s.change.action !== 'unchanged').flatMap(({ stack }) => [stack.name, stack.displayName]);
  return orderFindings(suppress(findings, suppressions, today, judged));
}

/** Gives one line a finding for the log of a job. */
export function toFindingLine(f: Finding): string {
  const sign = { error: '❌', warning: '⚠️', notice: 'ℹ️' }[f.severity];
  const where = toWhere(f.place);
  return `${sign} ${f.code} ${f.title}${where ? ` at ${where}` : ''}: ${f.message}`;
}
