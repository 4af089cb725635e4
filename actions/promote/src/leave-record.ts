import type { World } from '../../../engine/src/world.ts';
import type { Attempt } from './attempt.ts';
import { toRecordedSet } from './chosen-set.ts';
import { toManifestUri, toRecordedResult, type Result } from './outcome.ts';
import { writeRecord } from './write-record.ts';

/** Writes what came of an attempt. An attempt without a record has failed, whatever became current; a finding says so. */
export async function leaveRecord(attempt: Attempt, result: Result, world: World): Promise<Result> {
  const { set, outcome, findings } = result;
  const recorded = toRecordedResult(outcome);
  if (!result.recordable || !recorded) return result;
  const isThere = outcome.kind === 'promoted' || outcome.kind === 'unchanged';
  const manifest = isThere ? { manifest: toManifestUri(attempt.request.to) } : {};
  const written = await writeRecord(
    attempt,
    { result: recorded, ...(set ? { set: toRecordedSet(set) } : {}), ...manifest, findings },
    world.clock.now(),
  );
  switch (written.kind) {
    case 'recorded':
      world.log.line(`📝 ${written.uri}`);
      return { ...result, record: written.uri };
    case 'not-recorded': {
      const { problem } = written;
      const current =
        outcome.kind === 'promoted'
          ? ` The set ${set?.digest ?? ''} is current all the same; its first record says that it was started.`
          : '';
      return {
        ...result,
        outcome: isThere ? { kind: 'failed' } : outcome,
        findings: [...findings, { ...problem, message: problem.message + current }],
      };
    }
  }
}
