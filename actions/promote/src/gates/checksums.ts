import type { Finding } from '../../../../engine/src/finding.ts';
import type { ArtifactObject } from '../../../../engine/src/artifacts.ts';
import { toBoundedFindings } from '../bounded.ts';

/**
 * Judges what proves the bytes of each artifact: PM111 when nothing does, PM113 when it is less than a SHA-256.
 *
 * A weaker checksum is enough to see an accident, not to see an intent; the version id says which upload it was.
 */
export function judgeChecksums(objects: readonly ArtifactObject[]): readonly Finding[] {
  const without = objects.filter((o) => !o.checksum);
  const weaker = objects.filter((o) => o.checksum && o.checksum.algorithm !== 'SHA256');
  return [
    ...toBoundedFindings('PM111', without, (o) => `${o.key} carries no checksum of the whole object.`),
    ...toBoundedFindings(
      'PM113',
      weaker,
      (o) =>
        `${o.key} is identified by its ${o.checksum?.algorithm} ${o.checksum?.value}${o.versionId ? ` and version ${o.versionId}` : ' alone: its bucket has no versioning'}.`,
    ),
  ];
}
