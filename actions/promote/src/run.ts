import { toSentence } from '../../../engine/src/answer.ts';
import { finding, hasErrors, toFindings, type Finding } from '../../../engine/src/finding.ts';
import type { Report } from '../../../engine/src/report/report.ts';
import { loadConfig } from '../../../engine/src/target.ts';
import type { World } from '../../../engine/src/world.ts';
import { toSizeBytes } from './artifact-set.ts';
import type { Attempt } from './attempt.ts';
import { isCurrent, toChosenSet, type ChosenSet } from './chosen-set.ts';
import { findPresent } from './copy-set.ts';
import { readSource, readTarget, type TargetFacts } from './facts.ts';
import { judgeFacts, judgeRequest } from './gates/gates.ts';
import { isOnRoute } from './gates/route.ts';
import type { PromoteInputs } from './inputs.ts';
import { leaveRecord } from './leave-record.ts';
import { toReport, type Result } from './outcome.ts';
import { toMegabytes } from './progress.ts';
import { promoteSet } from './promote-set.ts';
import { reachTarget } from './reach.ts';
import { toRequest } from './request.ts';

/**
 * Promotes the artifacts of one environment to another, and leaves a record of the attempt.
 *
 * All gates are judged before the first write; a refused attempt writes nothing but its record, a dry run nothing at all.
 *
 * @throws Stop with RT02x or PM104 when the config does not say what goes where.
 */
export async function run(inputs: PromoteInputs, world: World): Promise<Report> {
  const start = world.clock.now();
  const { config, where, findings } = await loadConfig(inputs.config, world);
  const request = toRequest(inputs, config);
  const target = await reachTarget(inputs, request, { config, where }, world);
  const early = [...findings, ...judgeRequest(request), ...target.findings];
  const finish = (result: Result) => toReport(request, target, result, (world.clock.now() - start) / 1000);
  if (!target.reached) return finish({ outcome: { kind: 'refused' }, findings: early, recordable: false });
  const { cloud, account } = target.reached;
  world.log.line(`🎯 ${request.promotion}: ${request.from.environment} → ${request.to.environment} (account ${account}, ${cloud.region})`);
  const owned = { ...request, to: { ...request.to, account } };
  const attempt = { request: owned, cloud, time: new Date(start).toISOString(), run: world.run };
  return finish(await leaveRecord(attempt, await tryPromotion(attempt, early, world), world));
}

/** Whatever is thrown on the way becomes a failure like any other, so that it is recorded. */
async function tryPromotion(attempt: Attempt, early: readonly Finding[], world: World): Promise<Result> {
  const { request, cloud } = attempt;
  const target = await readTarget(cloud, request.to);
  const isUsable = target.bucket.kind === 'known' && target.bucket.value.kind === 'present';
  const may = (result: Result): Result => ({ ...result, recordable: result.recordable && isUsable && !request.dryRun });
  try {
    return may(await judgeAndPromote(attempt, target, early, world));
  } catch (thrown) {
    world.log.debug(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
    return may({ outcome: { kind: 'failed' }, findings: [...early, ...toFindings(thrown)], recordable: true });
  }
}

async function judgeAndPromote(attempt: Attempt, target: TargetFacts, early: readonly Finding[], world: World): Promise<Result> {
  const { request, cloud } = attempt;
  const source = isOnRoute(request) ? await readSource(cloud.artifacts, request.from, target.manifest, world.cancelled) : undefined;
  if (world.cancelled.aborted) return toCancelled(early);
  const findings = [...early, ...judgeFacts(request, source, target)];
  const set = toChosenSet(source, target.manifest);
  if (!set || hasErrors(findings)) return { outcome: { kind: 'refused' }, findings, ...(set ? { set } : {}), recordable: true };
  return promoteJudged(attempt, set, target, findings, world);
}

async function promoteJudged(
  attempt: Attempt,
  offered: ChosenSet,
  { manifest }: TargetFacts,
  findings: readonly Finding[],
  world: World,
): Promise<Result> {
  const { request, cloud } = attempt;
  const order = { artifacts: cloud.artifacts, from: request.from, to: request.to, setDigest: offered.digest };
  const present = await findPresent(order, offered.artifacts, manifest.kind === 'present' ? manifest.manifest : undefined, world.cancelled);
  if (world.cancelled.aborted) return toCancelled(findings);
  if (present.kind === 'unknown') {
    const problem = finding('PM120', `${present.because.resource}: ${toSentence(present.because)}.`);
    return { outcome: { kind: 'refused' }, findings: [...findings, problem], set: offered, recordable: true };
  }
  const set = { ...offered, present: [...present.value.keys()] };
  world.log.line(
    `✅ All gates passed: ${set.artifacts.length} artifacts, ${toMegabytes(toSizeBytes(set.artifacts))}, ${set.present.length} of them there already, set ${set.digest}`,
  );
  if (request.dryRun) return { outcome: { kind: 'checked', current: isCurrent(set) }, set, findings, recordable: false };
  if (isCurrent(set)) return { outcome: { kind: 'unchanged' }, set, findings, recordable: true };
  return promoteSet(attempt, set, { manifest, present: present.value }, findings, world);
}

const toCancelled = (findings: readonly Finding[]): Result => ({
  outcome: { kind: 'cancelled' },
  findings: [...findings, finding('RT002', 'The artifacts were still being read. Nothing was copied.')],
  recordable: true,
});
