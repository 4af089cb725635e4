import type { ArtifactBucket } from '../../../engine/src/artifacts.ts';

/** One end of a promotion: where the artifacts of an environment are. */
export interface Location {
  readonly environment: string;
  /** Of the environment's config, or of the credentials that reached it; undefined when neither tells. */
  readonly account?: string;
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
}

/** Gives the bucket as S3 is asked for it: with the account that it has to belong to, where that is known. */
export const toBucket = ({ bucket, account }: Location): ArtifactBucket => ({ name: bucket, ...(account ? { account } : {}) });

/** Gives the key of the manifest that says which set is current. */
export const toManifestKey = (at: Location): string => `${at.prefix}manifest.json`;

/** Gives the prefix of all copies of one set; what lies below it never changes. */
export const toSetPrefix = (at: Location, setDigest: string): string => `${at.prefix}sets/${setDigest}/`;

/**
 * Gives the key of the record of one attempt: time first, so that a listing is a history.
 *
 * `time` is ISO 8601; its colons become hyphens, because not every tool takes them in a file name.
 */
export function toRecordKey(
  at: Location,
  attempt: { readonly time: string; readonly run: { readonly id: string; readonly attempt: string } },
  kind: 'started' | 'ended',
): string {
  const { time, run } = attempt;
  return `${at.prefix}records/${time.replace(/:/g, '-')}-${run.id}-${run.attempt}${kind === 'started' ? '-started' : ''}.json`;
}

/** Gives the name of the artifact at a key; undefined for a key that holds none: manifest, sets, records and folder marks. */
export function toArtifactName(at: Location, key: string): string | undefined {
  if (!key.startsWith(at.prefix) || key === toManifestKey(at)) return undefined;
  const name = key.slice(at.prefix.length);
  return name === '' || name.endsWith('/') || /^(sets|records)\//.test(name) ? undefined : name;
}

/** Gives the address of an object as S3's own tools write it. */
export const toUri = (at: Pick<Location, 'bucket'>, key: string): string => `s3://${at.bucket}/${key}`;
