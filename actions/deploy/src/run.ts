import type { StackFacts } from '../../../engine/src/facts.ts';
import { finding, hasErrors, orderFindings, Stop, toFindings, type Finding } from '../../../engine/src/finding.ts';
import type { Inputs } from '../../../engine/src/inputs.ts';
import { toInspectionReport } from '../../../engine/src/report/inspection-report.ts';
import { isFailing, toFailureReason, type Report, type StackResult, type Verdict } from '../../../engine/src/report/report.ts';
import { toClouds } from '../../../engine/src/target.ts';
import type { World } from '../../../engine/src/world.ts';
import { toStackOutputs, type table } from './inputs.ts';
import { apply } from './steps/apply.ts';
import { holdToReview, judgePlanDigest } from './steps/hold-to-review.ts';
import { createLimit } from './steps/limit.ts';
import { readCreated } from './steps/read-back.ts';
import { judgeSkips, parseRecovery } from './steps/recovery-settings.ts';
import { inspectSettled } from './steps/settle.ts';

/**
 * Deploys what the inputs say, after a preflight; claims success only for what it has read back.
 *
 * @throws Stop when it cannot begin: the caller makes the report of it; nothing was written.
 */
export async function run(inputs: Inputs<typeof table>, world: World): Promise<Report> {
  const startedMs = world.clock.now();
  judgePlanDigest(inputs.planDigest);
  const recovery = parseRecovery(inputs.recover, inputs.onFailure);
  const endMs = startedMs + inputs.timeoutMinutes * 60_000;
  const inspection = await inspectSettled({ ...inputs, recovery }, endMs, world);
  const unused = judgeSkips(
    recovery,
    inspection.facts.stacks.map((s) => s.stack.name),
  );
  if (unused.length) throw new Stop(unused);
  const checked = toInspectionReport('deploy', inspection);
  if (isFailing(inspection.findings, inputs.failOn)) return { ...checked, verdict: 'blocked', failureReason: 'preflight' };
  const outputsPath = toOutputsPath(inputs, checked, world);
  world.files.write(outputsPath, '{}\n'); // a path that cannot be written is told before anything is deployed
  const { findings: unheld, ...held } = await holdToReview(inputs.planDigest, inspection, world);
  const preflight = { ...checked, ...held };
  if (unheld.length) return finish(preflight, [], unheld, startedMs, outputsPath, world);
  if (world.cancelled.aborted) return finish(preflight, [], [finding('RT002', 'Nothing was written.')], startedMs, outputsPath, world);
  const { facts, cloud } = inspection;
  const home = { account: inspection.account, cloud };
  const clouds = toClouds(inspection.environment, home, facts.assembly.stacks, world, 'deploy');
  const cloudOf = ({ at }: StackFacts) => clouds(at);
  const { concurrency, onFailure } = inputs;
  const limit = createLimit(endMs, world);
  const applied = await apply(
    { assembly: facts.assembly.dir, stacks: facts.stacks, concurrency, cloudOf, onFailure, recovery, limit, startedMs },
    world,
  );
  limit.release();
  const deployed = applied.results.filter((r) => r.outcome.kind === 'deployed').map((r) => r.name);
  const created = inspection.decisions.filter((d) => d.kind === 'create' && deployed.includes(d.stack));
  const unread = limit.signal.aborted ? [] : await readCreated(created, cloud.readings, world.clock);
  const stopped = limit.signal.aborted ? [finding(limit.isTimeout() ? 'DP141' : 'RT002', toStopped(applied.results))] : [];
  return finish(preflight, applied.results, [...applied.findings, ...unread, ...stopped], startedMs, outputsPath, world);
}

function toOutputsPath({ outputsFile }: Inputs<typeof table>, { environment }: Report, { files }: World): string {
  return outputsFile ? files.resolve(outputsFile) : files.forJob(`spaceport-outputs-${environment}.json`);
}

function finish(
  preflight: Report,
  stacks: readonly StackResult[],
  found: readonly Finding[],
  startedMs: number,
  outputsPath: string,
  world: World,
): Report {
  const findings = orderFindings([...preflight.findings, ...found]);
  const failureReason = toFailureReason(findings);
  const report: Report = {
    ...preflight,
    verdict: toVerdict(stacks, findings),
    ...(failureReason ? { failureReason } : {}),
    findings,
    stacks,
    outputsPath,
    seconds: Math.round((world.clock.now() - startedMs) / 100) / 10,
  };
  const unwritten = tryWrite(outputsPath, `${JSON.stringify(toStackOutputs(report), null, 2)}\n`, world);
  if (unwritten.length === 0) return report;
  return { ...report, failureReason: failureReason ?? 'input', findings: orderFindings([...findings, ...unwritten]) };
}

/** What cannot be written any more, as on a full disk, takes nothing away from what the run has to say. */
function tryWrite(path: string, text: string, { files }: World): readonly Finding[] {
  try {
    files.write(path, text);
    return [];
  } catch (thrown) {
    return toFindings(thrown);
  }
}

function toVerdict(stacks: readonly StackResult[], findings: readonly Finding[]): Verdict {
  const kinds = new Set(stacks.map((s) => s.outcome.kind));
  const others = [...kinds].some((k) => k === 'failed' || k === 'still-running');
  if (kinds.has('rolled-back') && !others) return 'rolled-back';
  if (others || hasErrors(findings)) return 'failed';
  return kinds.has('deployed') ? 'deployed' : 'unchanged';
}

function toStopped(results: readonly StackResult[]): string {
  const of = (kind: string) => results.filter((r) => r.outcome.kind === kind).map((r) => r.name);
  const running = of('still-running');
  const rest = of('not-started');
  const still = running.length ? `Still running in AWS: ${running.join(', ')}.` : 'Nothing is running in AWS.';
  return rest.length ? `${still} Not started: ${rest.join(', ')}.` : still;
}
