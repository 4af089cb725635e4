import type { Code } from '../codes.ts';
import type { WaveEntry } from '../config/waves.ts';
import type { Decision } from '../decision.ts';
import { orderFindings, toFindings, type Finding } from '../finding.ts';
import type { StackDifference } from '../plan/compare.ts';
import type { Plan } from '../plan/plan.ts';
import { version } from '../version.ts';
import type { Cause } from '../world.ts';

/** What a run came to, in one word. */
export type Verdict =
  | 'ready'
  | 'no-changes'
  | 'drifted'
  | 'blocked'
  | 'deployed'
  | 'unchanged'
  | 'rolled-back'
  | 'promoted'
  | 'destroyed'
  | 'failed';

/** Why a run did not do what it was asked, for workflows to branch on. */
export type FailureReason =
  | 'unexpected'
  | 'cancelled'
  | 'input'
  | 'config'
  | 'environment'
  | 'aws-access'
  | 'assembly'
  | 'preflight'
  | 'plan-changed'
  | 'not-reviewed'
  | 'stack-failed'
  | 'code-failed'
  | 'read-back'
  | 'verification'
  | 'still-running'
  | 'timeout'
  | 'refused'
  | 'artifacts'
  | 'conflict'
  | 'data';

/** What became of one stack. */
export type StackOutcome =
  /** `by` says that its functions and services got their code without it, which is as it was. */
  | { readonly kind: 'deployed'; readonly by?: 'hotswap' }
  | { readonly kind: 'unchanged' }
  /** How many resources went with it or after it, and what it left behind: type and name of each. */
  | { readonly kind: 'destroyed'; readonly deleted: number; readonly kept: readonly string[] }
  | { readonly kind: 'rolled-back'; readonly of: 'creation' | 'update'; readonly cause: Cause }
  | { readonly kind: 'failed'; readonly cause: Cause }
  | { readonly kind: 'not-started'; readonly because: string }
  | { readonly kind: 'still-running'; readonly status: string };

/** One stack of a deployment or destruction: what became of it, when, and what it gives. Times are seconds from the start of the run. */
export interface StackResult {
  readonly name: string;
  readonly region: string;
  readonly outcome: StackOutcome;
  readonly startSeconds: number;
  readonly seconds: number;
  readonly outputs: Readonly<Record<string, string>>;
  /** Where the console shows its events; of a stack that did not end well. */
  readonly console?: string;
}

/** What became of one verification of a deployment. */
export interface VerificationResult {
  readonly name: string;
  /** Its kind, in the word of the config. */
  readonly verifies: string;
  /** `not-run` could not be, `passed-over` refers to a stack that is not there yet, `interrupted` had no end when the run was cancelled. */
  readonly outcome: 'passed' | 'failed' | 'not-run' | 'passed-over' | 'interrupted';
  readonly seconds: number;
}

/** What became of one service or function that was to get other code. Its texts say what it ran before, and what it was to run. */
export interface CodeResult {
  /** `<stack>/<logical id>`. */
  readonly target: string;
  readonly kind: 'service' | 'function';
  readonly from: string;
  readonly to: string;
  readonly outcome:
    | { readonly kind: 'updated' }
    | { readonly kind: 'unchanged' }
    /** It did not work, or another target did not, and the former code runs again. */
    | { readonly kind: 'restored'; readonly why: string }
    /** `left` says why the former code is not back, when it was to come back; nothing of an untouched one was written. */
    | { readonly kind: 'failed'; readonly why: string; readonly left?: string; readonly isUntouched?: true }
    | { readonly kind: 'not-started'; readonly because: string }
    | { readonly kind: 'still-running'; readonly status: string };
  readonly seconds: number;
}

/** What a promotion came to. */
export interface PromotionResult {
  readonly promotion: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly setDigest: string;
  readonly sizeBytes: number;
  /** Counts of artifacts: copied now, and already there with the same checksum. */
  readonly copied: number;
  readonly unchanged: number;
  /** Keys at the target, in order: copied now, and already there. */
  readonly copiedKeys: readonly string[];
  readonly unchangedKeys: readonly string[];
  /** Where the record is: an s3:// URI; empty when none could be written. */
  readonly record: string;
  /** Where the manifest of the target is: an s3:// URI. */
  readonly manifest: string;
}

/** The review that a deployment was held to: where it is, and of which plan and commit. */
export interface ReviewResult {
  readonly pull: number;
  readonly url: string;
  readonly digest: string;
  readonly commit: string;
}

/** Everything a run has to say. All renderings, and the outputs of the action, come from this one value. */
export interface Report {
  readonly schema: 1;
  readonly action: string;
  readonly version: string;
  readonly verdict: Verdict;
  /** How far a preflight looked: `none` mapped the branch to its environment and judged nothing. */
  readonly depth?: 'none' | 'static' | 'read' | 'change-set' | 'drift';
  readonly failureReason?: FailureReason;
  readonly environment?: string;
  readonly githubEnvironment?: string;
  readonly role?: string;
  readonly account?: string;
  readonly region?: string;
  /** Whether the environment has several regions: what stays of a run is then of its region alone. */
  readonly isOneOfRegions?: true;
  /** In the order of `orderFindings`. */
  readonly findings: readonly Finding[];
  readonly decisions: readonly Decision[];
  readonly plan?: Plan;
  readonly planDigest?: string;
  readonly review?: ReviewResult;
  /** What the plan does otherwise than the reviewed one; not there when nobody could compare them. */
  readonly difference?: readonly StackDifference[];
  /** Where the plan lies as a file. */
  readonly planPath?: string;
  /** Where the findings lie as a SARIF file. */
  readonly sarifPath?: string;
  /** Where the outputs of the stacks lie as a file. */
  readonly outputsPath?: string;
  readonly stacks: readonly StackResult[];
  /** The address of the environment, where the config gives one. */
  readonly environmentUrl?: string;
  /** The jobs that deploy all of what was asked for, one for each account and region, in waves. */
  readonly waves?: readonly (readonly WaveEntry[])[];
  /** The services and functions that `mode: code` was for. */
  readonly code?: readonly CodeResult[];
  /** In the order of the config; not there where nothing was verified. */
  readonly verifications?: readonly VerificationResult[];
  readonly promotion?: PromotionResult;
  readonly seconds?: number;
}

const reasons: readonly (readonly [RegExp, FailureReason])[] = [
  [/^RT001/, 'unexpected'],
  [/^RT002/, 'cancelled'],
  [/^DP141/, 'timeout'],
  [/^RT01|^RT06/, 'input'],
  [/^RT02/, 'config'],
  [/^RT03/, 'environment'],
  [/^RT04/, 'aws-access'],
  [/^RT05/, 'assembly'],
  [/^PF/, 'preflight'],
  [/^DP101/, 'plan-changed'],
  [/^DP10[2-6]/, 'not-reviewed'],
  [/^DP12(?!2)/, 'stack-failed'],
  [/^DP13/, 'read-back'],
  [/^DP14/, 'still-running'],
  [/^DP12/, 'stack-failed'],
  [/^DP15/, 'verification'],
  [/^DP160/, 'refused'],
  [/^DP161/, 'stack-failed'],
  [/^DP163/, 'read-back'],
  [/^DP18[0-3]/, 'preflight'],
  [/^DP187/, 'still-running'],
  [/^DP18/, 'code-failed'],
  [/^DS10/, 'refused'],
  [/^DS12/, 'stack-failed'],
  [/^DS14/, 'still-running'],
  [/^DS15/, 'data'],
  [/^PM10/, 'refused'],
  [/^PM1[1-3]|^PM150/, 'artifacts'],
  [/^PM14/, 'conflict'],
];

/** Gives why a run failed, by the worst of its findings; undefined when none is an error. */
export function toFailureReason(findings: readonly Finding[]): FailureReason | undefined {
  const errors = findings.filter((f) => f.severity === 'error').map((f): Code => f.code);
  return reasons.find(([codes]) => errors.some((code) => codes.test(code)))?.[1];
}

/** Gives the report of a run that ended before it had one. */
export function toFailedReport(action: string, thrown: unknown): Report {
  const findings = orderFindings(toFindings(thrown));
  const failureReason = toFailureReason(findings) ?? 'unexpected';
  return { schema: 1, action, version, verdict: 'failed', failureReason, findings, decisions: [], stacks: [] };
}

/** Says whether findings make a run fail: errors, or warnings too. `never` is for the exit code alone and stops no error here. */
export function isFailing(findings: readonly Finding[], failOn: 'error' | 'warning' | 'never'): boolean {
  return findings.some((f) => f.severity === 'error' || (failOn === 'warning' && f.severity === 'warning'));
}

/** Gives how many findings there are of each severity, and how many checks did not run. */
export function toCounts(findings: readonly Finding[]): { errors: number; warnings: number; notices: number; notRun: number } {
  const of = (s: Finding['severity']) => findings.filter((f) => f.severity === s && f.code !== 'PF001').length;
  return { errors: of('error'), warnings: of('warning'), notices: of('notice'), notRun: findings.filter((f) => f.code === 'PF001').length };
}

/** Gives how long something took, in seconds with one digit after the point. */
export const toSeconds = (startedMs: number, nowMs: number): number => Math.round((nowMs - startedMs) / 100) / 10;

/** Says whether a run did not do what it was asked. */
export const isBad = (verdict: Verdict): boolean => ['failed', 'rolled-back', 'blocked'].includes(verdict);

/** Gives a number with its noun: `1 error`, `2 errors`. */
export const toCount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
