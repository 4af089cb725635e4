import { driftCodes } from '../drift-codes.ts';
import type { Facts } from '../facts.ts';
import { orderFindings, toWhere, type Finding } from '../finding.ts';
import { apiLogs } from './api-logs.ts';
import { aliases } from './aliases.ts';
import { appMessages } from './app-messages.ts';
import { askNothing, untilAnswered, type ReadingsOf } from './ask.ts';
import { bootstrap } from './bootstrap.ts';
import { bucketNotifications } from './bucket-notifications.ts';
import { certificateZones } from './certificate-zones.ts';
import { certificates } from './certificates.ts';
import type { Check } from './check.ts';
import { circular } from './circular.ts';
import { codeDrift } from './code-drift.ts';
import { context } from './context.ts';
import { crossRegionExports } from './cross-region-exports.ts';
import { destructive } from './destructive.ts';
import { drift } from './drift.ts';
import { emptyStacks } from './empty-stacks.ts';
import { exportsInUse } from './exports-in-use.ts';
import { exportsTaken, exportsTwice } from './exports-taken.ts';
import { imports } from './imports.ts';
import { leftBehind } from './left-behind.ts';
import { codeObjects } from './code-objects.ts';
import { customResources } from './custom-resources.ts';
import { databases } from './databases.ts';
import { edgeRegion } from './edge-region.ts';
import { images } from './images.ts';
import { instanceTypes } from './instance-types.ts';
import { keys } from './keys.ts';
import { macros } from './macros.ts';
import { namesExist } from './names-exist.ts';
import { namesTwice, namesValid, stacksTwice } from './names-valid.ts';
import { nestedStacks } from './nested-stacks.ts';
import { ownRules } from './own-rules.ts';
import { principals } from './principals.ts';
import { publicBuckets } from './public-buckets.ts';
import { records } from './records.ts';
import { references } from './references.ts';
import { replacements } from './replacements.ts';
import { requirements } from './requirements.ts';
import { resourceTypes } from './resource-types.ts';
import { rollbackAlarms } from './rollback-alarms.ts';
import { stackPolicies } from './stack-policies.ts';
import { securityGroupRules } from './security-group-rules.ts';
import { serviceLinkedRoles } from './service-linked-roles.ts';
import { serviceRoles } from './service-roles.ts';
import { stackStates } from './stack-states.ts';
import { subnetRanges } from './subnet-ranges.ts';
import { assetStores } from './asset-stores.ts';
import { bootstrapRoles } from './bootstrap-roles.ts';
import { concurrency } from './concurrency.ts';
import { deployRole } from './deploy-role.ts';
import { docker } from './docker.ts';
import { functionSizes } from './function-sizes.ts';
import { logPolicies } from './log-policies.ts';
import { outsideValues } from './outside-values.ts';
import { places, toOpen } from './places.ts';
import { parameterValues } from './parameter-values.ts';
import { placeholders } from './placeholders.ts';
import { policySizes, roleQuotas } from './policy-limits.ts';
import { protection } from './protection.ts';
import { quotas } from './quotas.ts';
import { referredIds } from './referred-ids.ts';
import { regions } from './regions.ts';
import { session } from './session.ts';
import { inlineTemplates, templateSizes } from './template-sizes.ts';
import { suppress } from './suppress.ts';
import { tableIndexes } from './table-indexes.ts';
import { userPools } from './user-pools.ts';
import { validation } from './validation.ts';

/** All checks, in the order of the log. */
export const checks: readonly Check[] = [
  requirements,
  context,
  namesValid,
  namesTwice,
  stacksTwice,
  emptyStacks,
  validation,
  circular,
  nestedStacks,
  macros,
  ownRules,
  appMessages,
  bootstrap,
  stackStates,
  stackPolicies,
  namesExist,
  records,
  aliases,
  replacements,
  references,
  imports,
  exportsTwice,
  exportsTaken,
  exportsInUse,
  crossRegionExports,
  resourceTypes,
  rollbackAlarms,
  drift,
  codeDrift,
  destructive,
  protection,
  leftBehind,
  userPools,
  serviceRoles,
  keys,
  bucketNotifications,
  tableIndexes,
  edgeRegion,
  securityGroupRules,
  customResources,
  publicBuckets,
  principals,
  certificates,
  certificateZones,
  codeObjects,
  images,
  databases,
  instanceTypes,
  subnetRanges,
  apiLogs,
  serviceLinkedRoles,
  bootstrapRoles,
  assetStores,
  deployRole,
  regions,
  places,
  session,
  templateSizes,
  inlineTemplates,
  policySizes,
  roleQuotas,
  functionSizes,
  logPolicies,
  placeholders,
  parameterValues,
  outsideValues,
  referredIds,
  docker,
  quotas,
  concurrency,
];

/**
 * Gives what the checks of a depth find, in the order of reports, without what the config suppresses.
 *
 * Without `readingsOf` nothing is asked of AWS: only the static checks are made, and they say what the assembly alone tells.
 */
export async function judgeFacts(
  facts: Facts,
  readingsOf: ReadingsOf | undefined,
  suppressions: Parameters<typeof suppress>[1],
  today: string,
): Promise<readonly Finding[]> {
  const open = readingsOf && toOpen(readingsOf, facts);
  const found = await Promise.all(
    checks.map(async (check) => {
      if (open) return untilAnswered((ask) => check.judge(facts, ask), open);
      return check.tier === 'static' ? check.judge(facts, askNothing) : [];
    }),
  );
  const findings = found.flat();
  const isPartly = !readingsOf || findings.some((f) => f.code === 'PF001');
  const judged = isPartly
    ? []
    : facts.stacks.filter((s) => s.change.action !== 'unchanged').flatMap(({ stack }) => [stack.name, stack.displayName]);
  const own = suppressions.filter((s) => !driftCodes.includes(s.code)); // what another depth looks for
  return orderFindings(suppress(findings, own, today, judged));
}

/** Gives one line a finding for the log of a job; what its message begins with is not named twice. */
export function toFindingLine(f: Finding): string {
  const sign = { error: '❌', warning: '⚠️', notice: 'ℹ️' }[f.severity];
  const where = toWhere(f.place);
  const at = where && !f.message.startsWith(`${where}: `) ? ` at ${where}` : '';
  return `${sign} ${f.code} ${f.title}${at}: ${f.message}`;
}
