import { toSetDigest, toSizeBytes, type Artifact } from './artifact-set.ts';
import type { ManifestFacts, SourceFacts } from './facts.ts';
import type { PromotionRecord } from './record.ts';

/** The set of an attempt: its artifacts, and how far they are at the target. */
export interface ChosenSet {
  readonly digest: string;
  /** The set that was current at the target when the attempt began. */
  readonly previousDigest?: string;
  readonly artifacts: readonly Artifact[];
  /** Names of artifacts that were at the target before. */
  readonly present: readonly string[];
  /** Names of artifacts that this attempt copied. */
  readonly copied: readonly string[];
}

/** Gives the set that a source offers; undefined unless every artifact of it was seen and has a checksum. */
export function toChosenSet(source: SourceFacts | undefined, current: ManifestFacts): ChosenSet | undefined {
  if (source?.kind !== 'read') return undefined;
  const artifacts = source.seen.flatMap(({ expected: { name }, found }): Artifact[] => {
    if (found.kind === 'unknown' || !found.value?.checksum) return [];
    const { key, sizeBytes, etag, versionId, checksum } = found.value;
    return [{ name, key, sizeBytes, etag, ...(versionId ? { versionId } : {}), checksum }];
  });
  if (artifacts.length === 0 || artifacts.length < source.seen.length) return undefined;
  const previous = current.kind === 'present' ? { previousDigest: current.manifest.setDigest } : {};
  return { digest: toSetDigest(artifacts), ...previous, artifacts, present: [], copied: [] };
}

/** Says whether the target has the set, whole, and as its current one. */
export const isCurrent = ({ digest, previousDigest, artifacts, present }: ChosenSet): boolean =>
  previousDigest === digest && present.length === artifacts.length;

/** Gives what the record of an attempt says of its set. */
export function toRecordedSet({ digest, previousDigest, artifacts, copied }: ChosenSet): NonNullable<PromotionRecord['set']> {
  return {
    digest,
    ...(previousDigest ? { previousDigest } : {}),
    artifacts: artifacts.length,
    sizeBytes: toSizeBytes(artifacts),
    copied: copied.length,
  };
}
