import type { Finding } from '../../../../engine/src/finding.ts';
import type { ArtifactObject } from '../../../../engine/src/artifacts.ts';
import { toBoundedFindings } from '../bounded.ts';

const limitBytes = 5 * 1024 ** 3;

/**
 * Judges whether S3 copies each artifact in one call: PM114 above 5 GiB.
 *
 * @source Amazon S3 API reference, CopyObject
 */
export function judgeSizes(objects: readonly ArtifactObject[]): readonly Finding[] {
  return toBoundedFindings(
    'PM114',
    objects.filter((o) => o.sizeBytes > limitBytes),
    (o) => `${o.key} has ${(o.sizeBytes / 1024 ** 3).toFixed(2)} GiB.`,
  );
}
