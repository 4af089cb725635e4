import { hasErrors, orderFindings, type Finding } from '../../../engine/src/finding.ts';
import { toPlaceReport } from '../../../engine/src/report/inspection-report.ts';
import { toFailureReason, type FailureReason, type PromotionResult, type Report, type Verdict } from '../../../engine/src/report/report.ts';
import { version } from '../../../engine/src/version.ts';
import { toSizeBytes } from './artifact-set.ts';
import type { ChosenSet } from './chosen-set.ts';
import { toManifestKey, toSetPrefix, toUri, type Location } from './location.ts';
import type { Target } from './reach.ts';
import type { PromotionRecord } from './record.ts';
import type { Request } from './request.ts';

/** How an attempt ended. `checked` is a dry run that passed: `current` when the target has this very set. */
export type Outcome =
  | { readonly kind: 'refused' }
  | { readonly kind: 'checked'; readonly current: boolean }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'promoted' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'cancelled' };

/** What an attempt came to, before and after its record is written. */
export interface Result {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly set?: ChosenSet;
  /** Whether a record can be written; false for a dry run and for a bucket that is not usable. */
  readonly recordable: boolean;
  /** Where the record is; undefined when there is none. */
  readonly record?: string;
}

/** Gives what a record calls an outcome; undefined for a dry run, which leaves none. */
export function toRecordedResult({ kind }: Outcome): PromotionRecord['result'] | undefined {
  return kind === 'checked' ? undefined : kind;
}

function toVerdict(outcome: Outcome): Verdict {
  switch (outcome.kind) {
    case 'refused':
      return 'blocked';
    case 'checked':
      return outcome.current ? 'no-changes' : 'ready';
    case 'unchanged':
      return 'unchanged';
    case 'promoted':
      return 'promoted';
    case 'failed':
    case 'cancelled':
      return 'failed';
  }
}

/** Gives where the manifest of an environment is. */
export const toManifestUri = (at: Location): string => toUri(at, toManifestKey(at));

/** Gives the report of an attempt. `seconds` is how long it took. */
export function toReport(request: Request, target: Target, result: Result, seconds: number): Report {
  const { environment, region, reached } = target;
  const { outcome, findings } = result;
  const failureReason: FailureReason | undefined = hasErrors(findings) ? (toFailureReason(findings) ?? 'unexpected') : undefined;
  return {
    schema: 1,
    action: 'promote',
    version,
    verdict: toVerdict(outcome),
    ...(failureReason ? { failureReason } : {}),
    ...(environment ? toPlaceReport(environment, reached?.account, region) : {}),
    findings: orderFindings(findings),
    decisions: [],
    stacks: [],
    promotion: toPromotionResult(request, result),
    seconds,
  };
}

function toPromotionResult({ promotion, from, to, reason }: Request, { set, record }: Result): PromotionResult {
  const toKeys = (names: readonly string[]) => names.map((name) => `${toSetPrefix(to, set?.digest ?? '')}${name}`).sort();
  return {
    promotion,
    from: from.environment,
    to: to.environment,
    reason,
    setDigest: set?.digest ?? '',
    sizeBytes: toSizeBytes(set?.artifacts ?? []),
    copied: set?.copied.length ?? 0,
    unchanged: set?.present.length ?? 0,
    copiedKeys: toKeys(set?.copied ?? []),
    unchangedKeys: toKeys(set?.present ?? []),
    record: record ?? '',
    manifest: toManifestUri(to),
  };
}
