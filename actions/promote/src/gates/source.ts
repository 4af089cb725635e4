import { toSentence } from '../../../../engine/src/answer.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import { isSame, toShown } from '../artifact-set.ts';
import { toBoundedFindings } from '../bounded.ts';
import type { Seen, SourceFacts } from '../facts.ts';
import { toManifestKey, toUri, type Location } from '../location.ts';

/**
 * Judges whether the source holds a set that can be read whole and holds still.
 *
 * PM121 where reading is refused, PM122 for a manifest that is none, PM110 for nothing there, PM112 for an artifact that
 * went or changed since it was listed, PM115 for one that is not what the manifest of the source promises.
 */
export function judgeSource(source: SourceFacts, from: Location): readonly Finding[] {
  switch (source.kind) {
    case 'unreadable':
      return source.because.map((because) => finding('PM121', `${toUri(from, from.prefix)}: ${toSentence(because)}.`));
    case 'invalid':
      return [finding('PM122', `${toUri(from, toManifestKey(from))}: ${source.why}.`)];
    case 'read':
      if (source.seen.length === 0) return [finding('PM110', `There is nothing at ${toUri(from, from.prefix)}.`)];
      return source.by === 'manifest' ? judgePromised(source.seen, from) : judgeListed(source.seen, from);
  }
}

function judgeListed(seen: readonly Seen[], from: Location): readonly Finding[] {
  const moved = seen.filter(({ expected, found }) => found.kind === 'known' && found.value?.etag !== expected.etag);
  return [
    ...judgeReadable(seen),
    ...toBoundedFindings(
      'PM112',
      moved,
      ({ expected, found }) =>
        `${toUri(from, expected.key)} ${found.kind === 'known' && found.value ? 'changed' : 'vanished'} after it was listed.`,
    ),
  ];
}

function judgePromised(seen: readonly Seen[], from: Location): readonly Finding[] {
  const others = seen.filter(({ expected, found }) => found.kind === 'known' && !(found.value && isSame(found.value, expected)));
  const toMessage = ({ expected, found }: Seen) =>
    `${toUri(from, expected.key)} ${toFound(found)}; the manifest says ${toShown(expected)}.`;
  return [...judgeReadable(seen), ...toBoundedFindings('PM115', others, toMessage)];
}

const toFound = (found: Seen['found']): string => (found.kind === 'known' && found.value ? `has ${toShown(found.value)}` : 'is not there');

function judgeReadable(seen: readonly Seen[]): readonly Finding[] {
  const refused = seen.flatMap(({ found }) => (found.kind === 'unknown' ? [found.because] : []));
  return toBoundedFindings('PM121', refused, (because) => `${because.resource}: ${toSentence(because)}.`);
}
