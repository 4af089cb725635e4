import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { Location } from '../location.ts';

/**
 * Judges whether S3 can be asked for the bucket of the source's own account: PM123 when the config does not say which it is.
 *
 * Names of buckets are free again after a deletion, so somebody else may have the name. The account of the target is that
 * of its credentials.
 */
export function judgeOwner({ environment, account, bucket }: Location): readonly Finding[] {
  return account
    ? []
    : [finding('PM123', `The config has no \`account\` for ${environment}: ${bucket} is taken for its bucket, whoever it belongs to.`)];
}
