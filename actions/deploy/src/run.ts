import { untilAborted } from '../../../engine/src/aborted.ts';
import type { Environment } from '../../../engine/src/config/environment.ts';
import { finding, hasErrors, orderFindings, Stop, toFindings, type Finding } from '../../../engine/src/finding.ts';
import type { Inputs } from '../../../engine/src/inputs.ts';
import { toInspectionReport } from '../../../engine/src/report/inspection-report.ts';
import { isFailing, toFailureReason, toSeconds, type Report, type StackResult, type Verdict } from '../../../engine/src/report/report.ts';
import { refuseUnmerged, toDeployClouds } from '../../../engine/src/target.ts';
import type { World } from '../../../engine/src/world.ts';
import { bootstrap } from './bootstrap.ts';
import { toStackOutputs, type table } from './inputs.ts';
import { runCode } from './code/run-code.ts';
import { apply } from './steps/apply.ts';
import { hideOutputs, maskOutputs } from './steps/hide-outputs.ts';
import { holdToReview, judgePlanDigest } from './steps/hold-to-review.ts';
import { createLimit } from './steps/limit.ts';
import { isHalfway, prepareProof, prove, toOutputs } from './steps/prove.ts';
import { readCreatedIn } from './steps/read-back.ts';
import { createRecheck } from './steps/recheck.ts';
import { fill, type Outputs } from './steps/references.ts';
import { judgeSkips, parseRecovery } from './steps/recovery-settings.ts';
import { inspectSettled } from './steps/settle.ts';
import { chooseVerifications } from './steps/verify.ts';

/**
 * Deploys what the inputs say, after a preflight; claims success only for what it has read back.
 *
 * @throws Stop when it cannot begin: the caller makes the report of it; nothing was written.
 */
export async function run(inputs: Inputs<typeof table>, world: World): Promise<Report> {
  refuseUnmerged(inputs, world);
  if (inputs.mode === 'code') return runCode(inputs, world);
  if (Object.keys(inputs.code).length)
    throw new Stop(finding('RT014', '`code` is for `mode: code`; a full deployment takes code from the app.'));
  const startedMs = world.clock.now();
  if (inputs.mode === 'bootstrap') return runBootstrap(inputs, startedMs, world);
  judgePlanDigest(inputs.planDigest);
  if (inputs.existing === 'adopt' && inputs.method === 'direct')
    throw new Stop(finding('RT011', '`existing: adopt` and `method: direct`: only change sets import resources.'));
  const recovery = parseRecovery(inputs.recover, inputs.onFailure);
  const timeoutMs = inputs.timeoutMinutes * 60_000;
  const endMs = startedMs + timeoutMs;
  const inspection = await inspectSettled({ ...inputs, recovery }, endMs, world);
  const unused = judgeSkips(
    recovery,
    inspection.facts.stacks.map((s) => s.stack.name),
  );
  const { chosen: verifications, problems } = chooseVerifications(inspection.environment.verify ?? [], inputs.verify);
  if (unused.length + problems.length) throw new Stop([...unused, ...problems]);
  const checked = toInspectionReport('deploy', inspection);
  if (isFailing(inspection.findings, inputs.failOn))
    return { ...checked, verdict: 'blocked', failureReason: 'preflight', seconds: toSeconds(startedMs, world.clock.now()) };
  const outputsPath = toOutputsPath(inputs, checked, world);
  world.files.write(outputsPath, '{}\n'); // a path that cannot be written is told before anything is deployed
  const { findings: unheld, ...held } = await holdToReview(inputs.planDigest, inspection, world);
  const preflight = { ...checked, ...held };
  if (unheld.length) return finish(preflight, [], unheld, startedMs, outputsPath, world);
  if (world.cancelled.aborted) return finish(preflight, [], [finding('RT002', 'Nothing was written.')], startedMs, outputsPath, world);
  const { facts, cloud } = inspection;
  const { environment } = inspection;
  const { stacks, assembly } = facts;
  const cloudOf = toDeployClouds(environment, { account: inspection.account, cloud }, assembly.stacks, world);
  const { concurrency, onFailure, method } = inputs;
  const restores = onFailure !== 'keep';
  const proof = { environment, verifications, stacks, all: assembly.stacks, home: facts.at, cloudOf, concurrency, restores, timeoutMs };
  const previous = await prepareProof(proof);
  const limit = createLimit(endMs, world);
  const applied = await apply(
    {
      assembly: assembly.dir,
      account: inspection.account,
      stacks,
      concurrency,
      cloudOf,
      onFailure,
      method,
      rollback: environment.rollback,
      recovery,
      recheck: createRecheck(inspection, inputs.planDigest, world),
      limit,
      startedMs,
    },
    world,
  );
  limit.release();
  maskOutputs(applied.results, stacks, world);
  const deployed = stacks.filter((_, i) => applied.results[i]?.outcome.kind === 'deployed');
  const reading = limit.signal.aborted ? [] : deployed.map((s) => readCreatedIn(s, cloudOf(s), world.clock));
  const unread = (await Promise.race([Promise.all(reading), untilAborted(world.cancelled)])) ?? [];
  const proven = await prove(proof, { ...applied, findings: [...applied.findings, ...unread.flat()] }, previous, world);
  const stopped = limit.signal.aborted ? [finding(limit.isTimeout() ? 'DP141' : 'RT002', toStopped(proven.results))] : [];
  const { verifications: verified } = proven;
  const { url, findings: unknownUrl } = await toUrl(environment, toOutputs(proof, proven.results));
  const base = { ...preflight, ...(verified ? { verifications: verified } : {}), ...(url ? { environmentUrl: url } : {}) };
  return finish(base, hideOutputs(proven.results, stacks), [...proven.findings, ...unknownUrl, ...stopped], startedMs, outputsPath, world);
}

/** Gives the address of an environment, or why it is not known; neither where the config has none. */
async function toUrl(
  { url, place }: Environment,
  outputs: Outputs,
): Promise<{ readonly url?: string; readonly findings: readonly Finding[] }> {
  if (!url) return { findings: [] };
  const filled = await fill(url, outputs);
  return 'text' in filled ? { url: filled.text, findings: [] } : { findings: [finding('DP134', `${url}: ${filled.problem}.`, place)] };
}

async function runBootstrap(inputs: Inputs<typeof table>, startedMs: number, world: World): Promise<Report> {
  const { report, stacks, findings } = await bootstrap(inputs, startedMs, world);
  return finish(report, stacks, findings, startedMs, toOutputsPath(inputs, report, world), world);
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
    seconds: toSeconds(startedMs, world.clock.now()),
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
  if (kinds.has('rolled-back') && !others && !isHalfway(findings)) return 'rolled-back';
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
