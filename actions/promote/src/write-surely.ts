import { known, type Answer } from '../../../engine/src/answer.ts';
import type { ArtifactBucket, Artifacts } from '../../../engine/src/artifacts.ts';

/**
 * Writes on a condition, and looks again when the answer is not `written`: an answer that got lost on its way makes a
 * retry find its own object, which is no conflict.
 */
export async function writeSurely(
  artifacts: Artifacts,
  bucket: ArtifactBucket,
  key: string,
  text: string,
  only: Parameters<Artifacts['write']>[3],
): ReturnType<Artifacts['write']> {
  const answer: Answer<'written' | 'conflict'> = await artifacts.write(bucket, key, text, only);
  if (answer.kind === 'known' && answer.value === 'written') return answer;
  if (answer.kind === 'unknown' && answer.because.why === 'denied') return answer;
  const there = await artifacts.read(bucket, key);
  return there.kind === 'known' && there.value?.text === text ? known('written') : answer;
}
