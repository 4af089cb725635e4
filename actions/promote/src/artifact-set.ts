import { toCanonicalJson, toSha256 } from '../../../engine/src/canonical.ts';
import type { ArtifactObject } from '../../../engine/src/artifacts.ts';

/** What proves the bytes of an object; computed and kept by S3. `value` is Base64. */
export type Checksum = NonNullable<ArtifactObject['checksum']>;

/** One artifact of a set, as it is at the source. */
export interface Artifact {
  /** Key relative to the prefix. */
  readonly name: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly versionId?: string;
  readonly checksum: Checksum;
}

/**
 * Gives the digest of a set: equal names, sizes and checksums give equal digests, in whatever order and bucket.
 *
 * SHA-256 of the canonical JSON of the artifacts in order of name, by code unit.
 */
export function toSetDigest(artifacts: readonly Pick<Artifact, 'name' | 'sizeBytes' | 'checksum'>[]): string {
  const rows = artifacts.map(({ name, sizeBytes, checksum: { algorithm, value } }) => ({
    name,
    sizeBytes,
    checksum: { algorithm, value },
  }));
  return toSha256(toCanonicalJson(rows.sort((a, b) => (a.name < b.name ? -1 : 1))));
}

/** Gives how many bytes the artifacts have together. */
export const toSizeBytes = (artifacts: readonly { readonly sizeBytes: number }[]): number =>
  artifacts.reduce((sum, a) => sum + a.sizeBytes, 0);

/** Says whether two objects hold the same bytes, as far as size and the same kind of checksum prove it. */
export function isSame(a: Pick<ArtifactObject, 'sizeBytes' | 'checksum'>, b: Pick<ArtifactObject, 'sizeBytes' | 'checksum'>): boolean {
  return (
    a.sizeBytes === b.sizeBytes &&
    a.checksum !== undefined &&
    a.checksum.algorithm === b.checksum?.algorithm &&
    a.checksum.value === b.checksum.value
  );
}

/** Gives size and checksum for a message. */
export function toShown(object: Pick<ArtifactObject, 'sizeBytes' | 'checksum'>): string {
  return `${object.sizeBytes} bytes, ${object.checksum ? `${object.checksum.algorithm} ${object.checksum.value}` : 'no checksum'}`;
}
