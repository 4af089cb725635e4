import { known, toSentence, type Answer, type NotRead } from '../../../engine/src/answer.ts';
import { finding, type Finding } from '../../../engine/src/finding.ts';
import type { ArtifactObject, Artifacts } from '../../../engine/src/artifacts.ts';
import type { World } from '../../../engine/src/world.ts';
import { isSame, toShown, type Artifact } from './artifact-set.ts';
import { toBoundedFindings } from './bounded.ts';
import { inParallel } from './in-parallel.ts';
import { toBucket, toSetPrefix, toUri, type Location } from './location.ts';
import type { Manifest } from './manifest.ts';
import { createProgress } from './progress.ts';

const copyingAtOnce = 16;
const lookingAtOnce = 32;

/** What became of one copy. */
export type CopyOutcome =
  | { readonly kind: 'copied'; readonly copy: ArtifactObject }
  | { readonly kind: 'moved' }
  | { readonly kind: 'different'; readonly copy: ArtifactObject | undefined }
  | { readonly kind: 'failed'; readonly because: NotRead }
  | { readonly kind: 'not-done' };

/** One artifact with what became of its copy. */
export interface Copied {
  readonly artifact: Artifact;
  readonly outcome: CopyOutcome;
}

/** Where a set goes. */
export interface CopyOrder {
  readonly artifacts: Artifacts;
  readonly from: Location;
  readonly to: Location;
  readonly setDigest: string;
}

/**
 * Gives what of a set is at the target with the same checksum, by name.
 *
 * Costs a listing, and a look at what it shows; `current`, the manifest that names this very set, spares the look at
 * copies that are untouched since they were compared.
 */
export async function findPresent(
  order: CopyOrder,
  set: readonly Artifact[],
  current: Manifest | undefined,
  cancelled: AbortSignal,
): Promise<Answer<ReadonlyMap<string, ArtifactObject>>> {
  const { artifacts, to, setDigest } = order;
  const prefix = toSetPrefix(to, setDigest);
  const listed = await artifacts.list(toBucket(to), prefix);
  if (listed.kind === 'unknown') return listed;
  const there = new Map(listed.value.map((o) => [o.key, o]));
  const compared = new Map(current?.setDigest === setDigest ? current.artifacts.map((a) => [a.key, a]) : []);
  const look = async (artifact: Artifact): Promise<readonly [string, ArtifactObject] | undefined> => {
    const key = `${prefix}${artifact.name}`;
    const before = compared.get(key);
    if (before?.etag !== undefined && before.etag === there.get(key)?.etag) return [artifact.name, { ...before, etag: before.etag }];
    const found = await artifacts.head(toBucket(to), key);
    return found.kind === 'known' && found.value && isSame(found.value, artifact) ? [artifact.name, found.value] : undefined;
  };
  const candidates = set.filter((a) => there.get(`${prefix}${a.name}`)?.sizeBytes === a.sizeBytes);
  const looked = await inParallel(candidates, lookingAtOnce, look, cancelled);
  return known(new Map(looked.filter((l) => l !== undefined)));
}

/**
 * Copies artifacts into the set at the target, and looks at every copy to compare it with its source.
 *
 * S3 copies by itself, and only while the source is what was judged. One that fails does not stop the others, so that the
 * next attempt has less to do; a cancellation does.
 */
export async function copySet(order: CopyOrder, missing: readonly Artifact[], world: World): Promise<readonly Copied[]> {
  const progress = createProgress(missing.length, world.clock, world.log);
  const done = await inParallel(
    missing,
    copyingAtOnce,
    async (artifact) => {
      const outcome = await copyOne(order, artifact);
      if (outcome.kind === 'copied') progress(artifact.sizeBytes);
      return outcome;
    },
    world.cancelled,
  );
  return missing.map((artifact, i) => ({ artifact, outcome: done[i] ?? { kind: 'not-done' } }));
}

async function copyOne({ artifacts, from, to, setDigest }: CopyOrder, artifact: Artifact): Promise<CopyOutcome> {
  const key = `${toSetPrefix(to, setDigest)}${artifact.name}`;
  const answer = await artifacts.copy({ bucket: toBucket(from), key: artifact.key, etag: artifact.etag }, { bucket: toBucket(to), key });
  if (answer.kind === 'unknown') return { kind: 'failed', because: answer.because };
  if (answer.value === 'changed') return { kind: 'moved' };
  const look = await artifacts.head(toBucket(to), key);
  if (look.kind === 'unknown') return { kind: 'failed', because: look.because };
  return look.value && isSame(look.value, artifact) ? { kind: 'copied', copy: look.value } : { kind: 'different', copy: look.value };
}

/** Judges copies: PM112 for a source that moved meanwhile, PM130 for a copy that differs, PM131 for one that failed, RT002 when cancelled. */
export function judgeCopies(copies: readonly Copied[], { from, to }: Pick<CopyOrder, 'from' | 'to'>): readonly Finding[] {
  const of = <K extends CopyOutcome['kind']>(kind: K) =>
    copies.flatMap(({ artifact, outcome }) =>
      outcome.kind === kind ? [{ artifact, outcome: outcome as Extract<CopyOutcome, { kind: K }> }] : [],
    );
  const open = of('not-done').length;
  return [
    ...toBoundedFindings('PM112', of('moved'), ({ artifact }) => `${toUri(from, artifact.key)} is not any more what was judged.`),
    ...toBoundedFindings(
      'PM130',
      of('different'),
      ({ artifact, outcome }) =>
        `${artifact.name} has ${toShown(artifact)}; its copy in ${to.bucket} ${outcome.copy ? `has ${toShown(outcome.copy)}` : 'is not there'}.`,
    ),
    ...toBoundedFindings('PM131', of('failed'), ({ artifact, outcome }) => `${artifact.name}: ${toSentence(outcome.because)}.`),
    ...(open ? [finding('RT002', `${open} of ${copies.length} copies were not made or not compared. Nothing became current.`)] : []),
  ];
}
