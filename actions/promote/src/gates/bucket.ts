import { toSentence, type Answer } from '../../../../engine/src/answer.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { Presence } from '../../../../engine/src/readings.ts';

import type { TargetFacts } from '../facts.ts';
import { toManifestKey, toUri, type Location } from '../location.ts';

/**
 * Judges whether the target can take a set: PM120 unless its bucket is there, in the target's own account and region, and
 * readable; PM122 when what says which set is current says nothing. Whether it can be written to, the first record shows.
 */
export function judgeBucket({ bucket, manifest, region }: TargetFacts, to: Location): readonly Finding[] {
  const problem = toProblem(bucket, region);
  if (problem) return [finding('PM120', `${to.bucket}: ${problem}.`)];
  switch (manifest.kind) {
    case 'unreadable':
      return [finding('PM120', `${manifest.because.resource}: ${toSentence(manifest.because)}.`)];
    case 'invalid':
      return [finding('PM122', `${toUri(to, toManifestKey(to))}: ${manifest.why}.`)];
    case 'absent':
    case 'present':
      return [];
  }
}

function toProblem(bucket: Answer<Presence>, region: string): string | undefined {
  if (bucket.kind === 'unknown') return toSentence(bucket.because);
  switch (bucket.value.kind) {
    case 'present':
      return undefined;
    case 'absent':
      return 'there is no such bucket';
    case 'foreign':
      return 'the bucket belongs to another account';
    case 'elsewhere':
      return `the bucket is in another region than ${region}`;
  }
}
