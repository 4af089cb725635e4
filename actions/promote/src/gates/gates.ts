import type { Finding } from '../../../../engine/src/finding.ts';
import type { SourceFacts, TargetFacts } from '../facts.ts';
import type { Request } from '../request.ts';
import { judgeBucket } from './bucket.ts';
import { judgeChecksums } from './checksums.ts';
import { judgeConfirmation } from './confirmation.ts';
import { judgeDistinct } from './distinct.ts';
import { judgeOwner } from './owner.ts';
import { judgeReason } from './reason.ts';
import { judgeRoute } from './route.ts';
import { judgeSizes } from './sizes.ts';
import { judgeSource } from './source.ts';

/** Gives what is wrong with what was asked for, whatever is in AWS. */
export function judgeRequest(request: Request): readonly Finding[] {
  const { confirm, reason, from, to } = request;
  return [...judgeConfirmation(confirm, to.environment), ...judgeReason(reason), ...judgeDistinct(from, to), ...judgeRoute(request)];
}

/** Gives what is wrong with what is in AWS. */
export function judgeFacts(request: Request, source: SourceFacts | undefined, target: TargetFacts): readonly Finding[] {
  const seen = source?.kind === 'read' ? source.seen : [];
  const objects = seen.flatMap(({ found }) => (found.kind === 'known' && found.value ? [found.value] : []));
  return [
    ...(source ? [...judgeSource(source, request.from), ...judgeOwner(request.from)] : []),
    ...judgeChecksums(objects),
    ...judgeSizes(objects),
    ...judgeBucket(target, request.to),
  ];
}
