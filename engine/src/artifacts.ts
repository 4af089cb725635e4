import type { Answer } from './answer.ts';

/** An object of a bucket, as promotions see it. */
export interface ArtifactObject {
  readonly key: string;
  readonly sizeBytes: number;
  /** Entity tag, with its quotes. */
  readonly etag: string;
  readonly versionId?: string;
  readonly checksum?: { readonly algorithm: 'SHA256' | 'CRC64NVME' | 'CRC32' | 'CRC32C' | 'SHA1'; readonly value: string };
}

/** A bucket, and the account that it has to belong to: S3 itself refuses every call when it belongs to another. */
export interface ArtifactBucket {
  readonly name: string;
  /** 12 digits; without it the bucket may be anybody's. */
  readonly account?: string;
}

/** Objects of artifact buckets. Copies are made by S3 itself: no bytes come through the runner. */
export interface Artifacts {
  /** Gives all keys below a prefix, over all pages, in order; without checksums. */
  list(bucket: ArtifactBucket, prefix: string): Promise<Answer<readonly ArtifactObject[]>>;
  /** Gives one object with its checksum; undefined when it is not there. */
  head(bucket: ArtifactBucket, key: string): Promise<Answer<ArtifactObject | undefined>>;
  /** Copies when the source still has `etag`; `changed` when it is gone or another. */
  copy(
    from: { readonly bucket: ArtifactBucket; readonly key: string; readonly etag: string },
    to: { readonly bucket: ArtifactBucket; readonly key: string },
  ): Promise<Answer<'copied' | 'changed'>>;
  /** Gives the text of a small object and its entity tag; undefined when it is not there. */
  read(bucket: ArtifactBucket, key: string): Promise<Answer<{ readonly text: string; readonly etag: string } | undefined>>;
  /** Writes when the object is not there (`absent`) or still has the entity tag; `conflict` when it is not so. */
  write(
    bucket: ArtifactBucket,
    key: string,
    text: string,
    only: { readonly if: 'absent' } | { readonly if: string },
  ): Promise<Answer<'written' | 'conflict'>>;
}
