import type { StackFacts } from '../../../engine/src/facts.ts';
import { finding, hasErrors, orderFindings, Stop, type Finding } from '../../../engine/src/finding.ts';
import type { Inputs } from '../../../engine/src/inputs.ts';
import { inspect, type Inspection } from '../../../engine/src/inspect.ts';
import { toInspectionReport } from '../../../engine/src/report/inspection-report.ts';
import { isFailing, toFailureReason, type Report, type StackResult, type Verdict } from '../../../engine/src/report/report.ts';
import { toClouds } from '../../../engine/src/target.ts';
import type { World } from '../../../engine/src/world.ts';
import { toStackOutputs, type table } from './inputs.ts';
import { apply } from './steps/apply.ts';
import { isHalfway, prepareProof, prove } from './steps/prove.ts';
import { readCreatedIn } from './steps/read-back.ts';
import { chooseVerifications } from './steps/verify.ts';

/**
 * Deploys what the inputs say, after a preflight; claims success only for what it has read back.
 *
 * @throws Stop when it cannot begin: the caller makes the report of it; nothing was written.
 */
export async function run(inputs: Inputs<typeof table>, world: World): Promise<Report> {
  const startedMs = world.clock.now();
  const inspection = await inspect(inputs, 'read', world);
  const preflight = toInspectionReport('deploy', inspection);
  const { chosen: verifications, problems } = chooseVerifications(inspection.environment.verify ?? [], inputs.verify);
  if (problems.length) throw new Stop(problems);
  if (isFailing(inspection.findings, inputs.failOn)) return { ...preflight, verdict: 'blocked', failureReason: 'preflight' };
  const outputsPath = toOutputsPath(inputs, preflight, world);
  world.files.write(outputsPath, '{}\n'); // a path that cannot be written is told before anything is deployed
  if (inputs.planDigest && inputs.planDigest !== inspection.planDigest) {
    return finish(preflight, [], [toPlanChanged(inputs.planDigest, inspection)], startedMs, outputsPath, world);
  }
  if (world.cancelled.aborted) return finish(preflight, [], [finding('RT002', 'Nothing was written.')], startedMs, outputsPath, world);
  const { facts, cloud } = inspection;
  const clouds = toClouds(inspection.environment, cloud, world);
  const cloudOf = ({ at }: StackFacts) => clouds(at.region);
  const { environment } = inspection;
  const { stacks, assembly } = facts;
  const { concurrency } = inputs;
  const known = assembly.stacks.map((s) => s.name);
  const proof = { environment, verifications, stacks, known, cloud, cloudOf, concurrency, restores: true };
  const previous = await prepareProof(proof);
  const applied = await apply({ assembly: assembly.dir, stacks, concurrency, cloudOf, startedMs }, world);
  const deployed = stacks.filter((s) => applied.results.some((r) => r.name === s.stack.name && r.outcome.kind === 'deployed'));
  const unread = world.cancelled.aborted ? [] : await Promise.all(deployed.map((s) => readCreatedIn(s, cloudOf(s), world.clock)));
  const proven = await prove(proof, { ...applied, findings: [...applied.findings, ...unread.flat()] }, previous, world);
  const cancelled = world.cancelled.aborted ? [finding('RT002', toCancelled(proven.results))] : [];
  const { verifications: verified } = proven;
  const base = verified ? { ...preflight, verifications: verified } : preflight;
  return finish(base, proven.results, [...proven.findings, ...cancelled], startedMs, outputsPath, world);
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
  world.files.write(outputsPath, `${JSON.stringify(toStackOutputs(report), null, 2)}\n`);
  return report;
}

function toVerdict(stacks: readonly StackResult[], findings: readonly Finding[]): Verdict {
  const kinds = new Set(stacks.map((s) => s.outcome.kind));
  const others = [...kinds].some((k) => k === 'failed' || k === 'still-running');
  if (kinds.has('rolled-back') && !others && !isHalfway(findings)) return 'rolled-back';
  if (others || hasErrors(findings)) return 'failed';
  return kinds.has('deployed') ? 'deployed' : 'unchanged';
}

function toPlanChanged(wanted: string, { plan, planDigest }: Inspection): Finding {
  const changes = plan.stacks.map((s) => `${s.name} ${s.action}`).join(', ');
  return finding('DP101', `The plan reviewed is ${wanted}; the plan of now is ${planDigest} (${changes}).`);
}

function toCancelled(results: readonly StackResult[]): string {
  const of = (kind: string) => results.filter((r) => r.outcome.kind === kind).map((r) => r.name);
  const running = of('still-running');
  const rest = of('not-started');
  const still = running.length ? `Still running in AWS: ${running.join(', ')}.` : 'Nothing is running in AWS.';
  return rest.length ? `${still} Not started: ${rest.join(', ')}.` : still;
}
