import { toSentence } from '../../../engine/src/answer.ts';
import { toCanonicalJson } from '../../../engine/src/canonical.ts';
import { finding, type Finding } from '../../../engine/src/finding.ts';
import type { ArtifactObject } from '../../../engine/src/artifacts.ts';
import type { World } from '../../../engine/src/world.ts';
import type { Attempt } from './attempt.ts';
import { toRecordedSet, type ChosenSet } from './chosen-set.ts';
import { copySet, judgeCopies, type Copied } from './copy-set.ts';
import { readManifest, type ManifestFacts } from './facts.ts';
import { toBucket, toManifestKey } from './location.ts';
import { toManifest } from './manifest.ts';
import { toManifestUri, type Result } from './outcome.ts';
import { writeRecord } from './write-record.ts';
import { writeSurely } from './write-surely.ts';

/** What is at the target when the first write comes. */
export interface Before {
  readonly manifest: ManifestFacts;
  /** Artifacts of the set that are at the target, by name. */
  readonly present: ReadonlyMap<string, ArtifactObject>;
}

/**
 * Makes a set current at the target: a first record, the missing copies, then the manifest.
 *
 * The manifest is written only when every artifact of the set is there and compared, and only over the one that was read
 * before: consumers see the old set or the new one, whenever this ends.
 */
export async function promoteSet(
  attempt: Attempt,
  chosen: ChosenSet,
  before: Before,
  warnings: readonly Finding[],
  world: World,
): Promise<Result> {
  const started = await writeRecord(attempt, { result: 'started', set: toRecordedSet(chosen), findings: warnings }, world.clock.now());
  if (started.kind === 'not-recorded')
    return { outcome: { kind: 'failed' }, set: chosen, findings: [...warnings, started.problem], recordable: false };
  const { from, to } = attempt.request;
  const order = { artifacts: attempt.cloud.artifacts, from, to, setDigest: chosen.digest };
  const copies = await copySet(
    order,
    chosen.artifacts.filter((a) => !before.present.has(a.name)),
    world,
  );
  const arrived = toArrived(copies);
  const set = { ...chosen, copied: [...arrived.keys()] };
  const problems = [...judgeCopies(copies, order), ...judgeCancelled(copies, world.cancelled)];
  if (problems.length === 0) problems.push(...(await makeCurrent(attempt, set, before, arrived, world)));
  const kind = problems.length === 0 ? 'promoted' : world.cancelled.aborted ? 'cancelled' : 'failed';
  return { outcome: { kind }, set, findings: [...warnings, ...problems], recordable: true };
}

const toArrived = (copies: readonly Copied[]): ReadonlyMap<string, ArtifactObject> =>
  new Map(copies.flatMap(({ artifact, outcome }) => (outcome.kind === 'copied' ? [[artifact.name, outcome.copy]] : [])));

/** The copies say themselves when one of them was not made; a cancellation right after the last one says it here. */
function judgeCancelled(copies: readonly Copied[], cancelled: AbortSignal): readonly Finding[] {
  if (!cancelled.aborted || copies.some((c) => c.outcome.kind === 'not-done')) return [];
  return [finding('RT002', 'All copies were made. Nothing became current.')];
}

async function makeCurrent(
  attempt: Attempt,
  set: ChosenSet,
  before: Before,
  arrived: ReadonlyMap<string, ArtifactObject>,
  world: World,
): Promise<readonly Finding[]> {
  const { request, run, cloud } = attempt;
  const { promotion, from, to } = request;
  const copies = new Map([...before.present, ...arrived]);
  const { digest: setDigest, previousDigest, artifacts } = set;
  const time = new Date(world.clock.now()).toISOString();
  const manifest = toManifest({
    promotion,
    from,
    to,
    time,
    run,
    setDigest,
    ...(previousDigest ? { previousSetDigest: previousDigest } : {}),
    artifacts,
    copies,
  });
  const only = { if: before.manifest.kind === 'present' ? before.manifest.etag : 'absent' };
  const answer = await writeSurely(cloud.artifacts, toBucket(to), toManifestKey(to), toCanonicalJson(manifest), only);
  if (answer.kind === 'unknown') {
    const now =
      answer.because.why === 'denied'
        ? 'What was current is still so.'
        : 'Whether S3 took it is not known: look at it before the next promotion.';
    return [finding('PM120', `${toManifestUri(to)}: ${toSentence(answer.because)}. ${now}`)];
  }
  if (answer.value === 'conflict') return [finding('PM140', await toConflict(attempt))];
  world.log.line(`✅ ${toManifestUri(to)} names the set now`);
  return [];
}

/** Gives who came first, as far as the manifest that is there now tells. */
async function toConflict({ request: { to }, cloud }: Attempt): Promise<string> {
  const now = await readManifest(cloud.artifacts, to);
  const names =
    now.kind === 'present'
      ? `names set ${now.manifest.setDigest}, by ${now.manifest.run.actor} in run ${now.manifest.run.url || now.manifest.run.id}`
      : 'is not what it was when this run began';
  return `${toManifestUri(to)} ${names}.`;
}
