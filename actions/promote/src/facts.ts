import type { Answer, NotRead } from '../../../engine/src/answer.ts';
import type { ArtifactObject, Artifacts, Cloud, Presence } from '../../../engine/src/world.ts';
import type { Checksum } from './artifact-set.ts';
import { inParallel } from './in-parallel.ts';
import { toArtifactName, toManifestKey, type Location } from './location.ts';
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
 * Each artifact costs one HeadObject: listings tell no checksums. After a cancellation artifacts are missing.
 */
export async function readSource(artifacts: Artifacts, from: Location, cancelled: AbortSignal): Promise<SourceFacts> {
  const manifest = await readManifest(artifacts, from);
  if (manifest.kind === 'invalid') return manifest;
  if (manifest.kind === 'present') return { kind: 'read', by: 'manifest', seen: await see(artifacts, from.bucket, manifest.manifest.artifacts, cancelled) };
  const listed = await artifacts.list(from.bucket, from.prefix);
  const because = [manifest.kind === 'unreadable' ? manifest.because : [], listed.kind === 'unknown' ? listed.because : []].flat();
  if (because.length || listed.kind === 'unknown') return { kind: 'unreadable', because };
  const expected = listed.value.flatMap(({ key, sizeBytes, etag }) => {
    const name = toArtifactName(from, key);
    return name === undefined ? [] : [{ name, key, sizeBytes, etag }];
  });
  return { kind: 'read', by: 'listing', seen: await see(artifacts, from.bucket, expected, cancelled) };
}

async function see(artifacts: Artifacts, bucket: string, expected: readonly Expected[], cancelled: AbortSignal): Promise<readonly Seen[]> {
  const seen = await inParallel(expected, lookingAtOnce, async (e) => ({ expected: e, found: await artifacts.head(bucket, e.key) }), cancelled);
  return seen.filter((s) => s !== undefined);
}

/** Reads what the target is before anything is written: whose bucket it is, and which set is current. */
export async function readTarget(cloud: Cloud, to: Location): Promise<TargetFacts> {
  const [bucket, manifest] = await Promise.all([cloud.names.look('AWS::S3::Bucket', to.bucket), readManifest(cloud.artifacts, to)]);
  return { region: cloud.region, bucket, manifest };
}

/** Reads which set is current in one environment. */
export async function readManifest(artifacts: Artifacts, at: Location): Promise<ManifestFacts> {
  const answer = await artifacts.read(at.bucket, toManifestKey(at));
  if (answer.kind === 'unknown') return { kind: 'unreadable', because: answer.because };
  if (!answer.value) return { kind: 'absent' };
  const parsed = parseManifest(answer.value.text);
  return 'why' in parsed ? { kind: 'invalid', why: parsed.why } : { kind: 'present', manifest: parsed.manifest, etag: answer.value.etag };
}
