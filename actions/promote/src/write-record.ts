import { toSentence } from '../../../engine/src/answer.ts';
import { toCanonicalJson } from '../../../engine/src/canonical.ts';
import { finding, type Finding } from '../../../engine/src/finding.ts';
import type { Attempt } from './attempt.ts';
import { toBucket, toRecordKey, toUri } from './location.ts';
import { toRecord, type Progressed } from './record.ts';
import { writeSurely } from './write-surely.ts';

/** Where a record was written, or why there is none. */
export type Recorded = { readonly kind: 'recorded'; readonly uri: string } | { readonly kind: 'not-recorded'; readonly problem: Finding };

/**
 * Writes a record of an attempt; never over another one.
 *
 * A promotion has two: `started`, so that it is known before the first copy that records can be written, and that a run
 * which is killed leaves a trace; and the one that says what came of it. An attempt that copies nothing has the latter alone.
 */
export async function writeRecord(attempt: Attempt, progressed: Progressed, nowMs: number): Promise<Recorded> {
  const { to } = attempt.request;
  const key = toRecordKey(to, attempt, progressed.result === 'started' ? 'started' : 'ended');
  const text = toCanonicalJson(toRecord(attempt, progressed, nowMs));
  const answer = await writeSurely(attempt.cloud.artifacts, toBucket(to), key, text, { if: 'absent' });
  const uri = toUri(to, key);
  if (answer.kind === 'unknown') return { kind: 'not-recorded', problem: finding('PM150', `${uri}: ${toSentence(answer.because)}.`) };
  if (answer.value === 'conflict') return { kind: 'not-recorded', problem: finding('PM150', `${uri}: another record has this name.`) };
  return { kind: 'recorded', uri };
}
