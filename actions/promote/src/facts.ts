import { known, type Answer, type NotRead } from '../../../engine/src/answer.ts';
import type { Presence } from '../../../engine/src/readings.ts';
import type { ArtifactBucket, ArtifactObject, Artifacts } from '../../../engine/src/artifacts.ts';
import type { Cloud } from '../../../engine/src/world.ts';
import type { Checksum } from './artifact-set.ts';
import { inParallel } from './in-parallel.ts';
import { toArtifactName, toBucket, toManifestKey, type Location } from './location.ts';
import { parseManifest, type Manifest } from './manifest.ts';

/** The manifest of one environment, as far as it can be had. */
export type ManifestFacts =
  | { readonly kind: 'unreadable'; readonly because: NotRead }
  | { readonly kind: 'invalid'; readonly why: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'present'; readonly manifest: Manifest; readonly etag: string };

/** What an artifact should be: as the listing has it, or as the manifest promises it. */
export interface Expected {
  readonly name: string;
  readonly key: string;
  readonly sizeBytes: number;
  /** From a listing: it must not change any more. */
  readonly etag?: string;
  /** From a manifest: the object must have it. */
  readonly checksum?: Checksum;
}

/** One artifact: what it should be, and what it was found to be. */
export interface Seen {
  readonly expected: Expected;
  readonly found: Answer<ArtifactObject | undefined>;
}

/** The source, as far as it can be read. */
export type SourceFacts =
  | { readonly kind: 'unreadable'; readonly because: readonly NotRead[] }
  | { readonly kind: 'invalid'; readonly why: string }
  | { readonly kind: 'read'; readonly by: 'manifest' | 'listing'; readonly seen: readonly Seen[] };

/** The target, as far as it can be read. */
export interface TargetFacts {
  readonly region: string;
  readonly bucket: Answer<Presence>;
  readonly manifest: ManifestFacts;
}

/** How many objects are looked at together. */
const lookingAtOnce = 32;

/**
 * Reads what the source offers: the set of its manifest when it was a target itself, else all that lies below its prefix.
 *
 * Listings tell no checksums, so each artifact costs one HeadObject, unless the manifest of the target has the SHA-256 of
 * this very upload (same key, size and entity tag). Every copy is compared with what is taken from there, so a wrong one
 * cannot become current. After a cancellation artifacts are missing.
 */
export async function readSource(
  artifacts: Artifacts,
  from: Location,
  target: ManifestFacts,
  cancelled: AbortSignal,
): Promise<SourceFacts> {
  const manifest = await readManifest(artifacts, from);
  if (manifest.kind === 'invalid') return manifest;
  if (manifest.kind === 'present')
    return {
      kind: 'read',
      by: 'manifest',
      seen: await see(artifacts, toBucket(from), manifest.manifest.artifacts.map(toExpected), new Map(), cancelled),
    };
  const listed = await artifacts.list(toBucket(from), from.prefix);
  const because = [manifest.kind === 'unreadable' ? manifest.because : [], listed.kind === 'unknown' ? listed.because : []].flat();
  if (because.length || listed.kind === 'unknown') return { kind: 'unreadable', because };
  const expected = listed.value.flatMap(({ key, sizeBytes, etag }) => {
    const name = toArtifactName(from, key);
    return name === undefined ? [] : [{ name, key, sizeBytes, etag }];
  });
  return { kind: 'read', by: 'listing', seen: await see(artifacts, toBucket(from), expected, toKnown(from, target), cancelled) };
}

async function see(
  artifacts: Artifacts,
  bucket: ArtifactBucket,
  expected: readonly Expected[],
  before: ReadonlyMap<string, ArtifactObject>,
  cancelled: AbortSignal,
): Promise<readonly Seen[]> {
  const look = async (e: Expected): Promise<Seen> => {
    const same = before.get(e.key);
    return {
      expected: e,
      found: same && same.etag === e.etag && same.sizeBytes === e.sizeBytes ? known(same) : await artifacts.head(bucket, e.key),
    };
  };
  const seen = await inParallel(expected, lookingAtOnce, look, cancelled);
  return seen.filter((s) => s !== undefined);
}

/** The entity tags of a manifest are those of its own copies, not of what is expected at the source. */
const toExpected = ({ name, key, sizeBytes, checksum }: Manifest['artifacts'][number]): Expected => ({ name, key, sizeBytes, checksum });

/** Gives what the target's manifest has of uploads to this very source, by key; only what has a SHA-256. */
function toKnown(from: Location, target: ManifestFacts): ReadonlyMap<string, ArtifactObject> {
  if (target.kind !== 'present' || target.manifest.from.bucket !== from.bucket || target.manifest.from.prefix !== from.prefix)
    return new Map();
  return new Map(
    target.manifest.artifacts.flatMap(({ name, sizeBytes, checksum, sourceEtag }): [string, ArtifactObject][] => {
      const key = `${from.prefix}${name}`;
      return sourceEtag && checksum.algorithm === 'SHA256' ? [[key, { key, sizeBytes, etag: sourceEtag, checksum }]] : [];
    }),
  );
}

/** Reads what the target is before anything is written: whose bucket it is, and which set is current. */
export async function readTarget(cloud: Cloud, to: Location): Promise<TargetFacts> {
  const [bucket, manifest] = await Promise.all([
    cloud.readings.presence({ type: 'AWS::S3::Bucket', name: to.bucket }),
    readManifest(cloud.artifacts, to),
  ]);
  return { region: cloud.region, bucket, manifest };
}

/** Reads which set is current in one environment. */
export async function readManifest(artifacts: Artifacts, at: Location): Promise<ManifestFacts> {
  const answer = await artifacts.read(toBucket(at), toManifestKey(at));
  if (answer.kind === 'unknown') return { kind: 'unreadable', because: answer.because };
  if (!answer.value) return { kind: 'absent' };
  const parsed = parseManifest(answer.value.text);
  return 'why' in parsed ? { kind: 'invalid', why: parsed.why } : { kind: 'present', manifest: parsed.manifest, etag: answer.value.etag };
}
