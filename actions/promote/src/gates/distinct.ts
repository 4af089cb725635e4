import { finding, type Finding } from '../../../../engine/src/finding.ts';
import { toUri, type Location } from '../location.ts';

/**
 * Judges whether source and target are two places: PM102 for one environment, or for two that share bucket and prefix.
 *
 * Names of buckets are unique over all accounts, so bucket and prefix are a place whatever the account.
 */
export function judgeDistinct(from: Location, to: Location): readonly Finding[] {
  if (from.environment === to.environment) return [finding('PM102', `Both are ${from.environment}.`)];
  if (from.bucket !== to.bucket || from.prefix !== to.prefix) return [];
  return [
    finding(
      'PM102',
      `${from.environment} and ${to.environment} both keep their artifacts at ${toUri(to, to.prefix)}; \`{environment}\` in \`bucket\` of the promotion tells them apart.`,
    ),
  ];
}
