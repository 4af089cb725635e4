import { finding, Stop, type Finding } from '../../../../engine/src/finding.ts';
import type { Inspection } from '../../../../engine/src/inspect.ts';
import { comparePlans, type StackDifference } from '../../../../engine/src/plan/compare.ts';
import { toStackId } from '../../../../engine/src/plan/plan-tree.ts';
import { toDifferenceLines } from '../../../../engine/src/report/difference-section.ts';
import { toCount, type ReviewResult } from '../../../../engine/src/report/report.ts';
import { findReview, type Review } from '../../../../engine/src/review.ts';
import type { World } from '../../../../engine/src/world.ts';

/** What holding a plan to its review came to: with findings nothing may be deployed. */
export interface Held {
  readonly findings: readonly Finding[];
  readonly review?: ReviewResult;
  readonly difference?: readonly StackDifference[];
}

/** The input `plan-digest` that lets the run find the reviewed plan by itself. */
const found = 'reviewed';

/**
 * Refuses what `plan-digest` cannot be.
 *
 * @throws Stop with RT010.
 */
export function judgePlanDigest(wanted: string | undefined): void {
  if (wanted === undefined || wanted === found || /^[0-9a-f]{64}$/.test(wanted)) return;
  throw new Stop(finding('RT010', `\`plan-digest\` is "${wanted}": allowed are ${found} and the 64 digits of a digest.`));
}

/**
 * Holds the plan of a deployment to the reviewed one, whose digest is `wanted`; `reviewed` finds it on the merged pull request.
 *
 * Without either nothing holds, but what the environment wants approved.
 */
export async function holdToReview(wanted: string | undefined, inspection: Inspection, world: World): Promise<Held> {
  const { environment, planDigest } = inspection;
  if (wanted === undefined) return { findings: judgeUnapproved(inspection) };
  if (wanted === planDigest) return { findings: [] };
  const answer = await findReview(environment, inspection.region, world);
  if ('problem' in answer) return withoutReview(wanted, answer.problem, inspection, world);
  if (wanted !== found && wanted !== answer.review.kept.digest) {
    const other = `pull request ${answer.review.pull} has a plan of digest ${answer.review.kept.digest}`;
    return { findings: [toUnknown(wanted, other, inspection)] };
  }
  return compare(answer.review, inspection, world);
}

/** A run that changes nothing, but perhaps what the CDK writes about itself, needs no review. */
function withoutReview(wanted: string, problem: Finding, inspection: Inspection, { log }: World): Held {
  if (wanted !== found) return { findings: [toUnknown(wanted, problem.message.replace(/\.$/, ''), inspection)] };
  if (inspection.plan.stacks.some((s) => s.touched)) return { findings: [problem] };
  log.line(`🔎 No review, and nothing to deploy either: ${problem.message}`);
  return { findings: [] };
}

function compare({ pull, url, kept }: Review, { plan, planDigest, facts }: Inspection, { log }: World): Held {
  const review: ReviewResult = { pull, url, digest: kept.digest, commit: kept.commit };
  const chosen = new Set(facts.stacks.map((s) => s.stack.id));
  const elsewhere = facts.assembly.stacks
    .filter((s) => !chosen.has(s.id))
    .map(({ name, account = facts.at.account, region = facts.at.region }) => toStackId({ name, account, region }));
  const difference = kept.digest === planDigest ? [] : comparePlans(kept, plan, new Set(elsewhere));
  if (difference.length === 0) {
    log.line(`🔎 This is the plan that was reviewed in pull request ${pull}: ${url}`);
    return { findings: [], review };
  }
  log.group(`🔎 What the plan does otherwise than the one reviewed in pull request ${pull}`, toDifferenceLines(difference));
  const stacks = difference.map((d) => `${d.name} (${toWords(d)})`).join(', ');
  const message = `The plan that was reviewed in pull request ${pull} is ${kept.digest}; the plan of now is ${planDigest}. It differs in ${stacks}.`;
  return { findings: [finding('DP101', message)], review, difference };
}

function toWords({ difference, isCoarse, parts, entries }: StackDifference): string {
  if (difference === 'added') return 'changes now and did not';
  if (difference === 'gone') return 'does not change as was reviewed';
  if (isCoarse) return 'in what, the review did not keep';
  const counts = (['added', 'gone', 'different'] as const).map((d) => [entries.filter((e) => e.difference === d).length, d] as const);
  return [...counts.filter(([count]) => count > 0).map((c) => c.join(' ')), ...parts].join(', ');
}

function toUnknown(wanted: string, because: string, { plan, planDigest }: Inspection): Finding {
  const changes = plan.stacks.map((s) => `${s.name} ${s.action}`).join(', ');
  return finding(
    'DP101',
    `The plan reviewed is ${wanted}; the plan of now is ${planDigest} (${changes}). What differs cannot be said: ${because}.`,
  );
}

/** How many changes a finding names. */
const named = 10;

/** Gives what stands against a plan that nobody reviewed: what the environment wants approved. */
export function judgeUnapproved({ environment, plan, facts }: Pick<Inspection, 'environment' | 'plan' | 'facts'>): readonly Finding[] {
  if (!environment.approve.includes('widening')) return [];
  const widening = plan.stacks.flatMap((s) => s.resources.filter((r) => r.widens).map((r) => `${r.path} (${r.type}, ${r.action})`));
  const unread = facts.templates.filter((s) => s.change.action === 'update' && !s.liveTemplate);
  const changes = [...widening, ...unread.map((s) => `${s.stack.name} perhaps, as its live template cannot be read`)];
  if (changes.length === 0) return [];
  const more = changes.length > named ? ` and ${changes.length - named} more` : '';
  const [only] = widening.length === 1 ? plan.stacks.flatMap((s) => s.resources).filter((r) => r.widens) : [];
  return [
    finding(
      'DP102',
      `The environment ${environment.name} wants approved what widens access, and ${toCount(changes.length, 'change')} would: ${changes.slice(0, named).join(', ')}${more}.`,
      only ? { constructPath: only.path } : environment.place,
    ),
  ];
}
