import { toSentence } from '../../../../engine/src/answer.ts';
import { selectStacks } from '../../../../engine/src/assembly/select.ts';
import { toPlace } from '../../../../engine/src/checks/check.ts';
import { toFindingLine } from '../../../../engine/src/checks/checks.ts';
import { judgeRegion } from '../../../../engine/src/config/target.ts';
import { finding, hasErrors, orderFindings, Stop, type Finding } from '../../../../engine/src/finding.ts';
import type { Inputs } from '../../../../engine/src/inputs.ts';
import { toPhases, toSourceQuestion } from '../../../../engine/src/inspect.ts';
import { remember } from '../../../../engine/src/remember.ts';
import { toPlaceReport } from '../../../../engine/src/report/inspection-report.ts';
import {
  isFailing,
  toFailureReason,
  toSeconds,
  type CodeResult,
  type Report,
  type StackResult,
  type Verdict,
} from '../../../../engine/src/report/report.ts';
import { makeSource } from '../../../../engine/src/source.ts';
import { connectTo, findTarget, toClouds, toDeployClouds, type Clouds } from '../../../../engine/src/target.ts';
import { version } from '../../../../engine/src/version.ts';
import type { World } from '../../../../engine/src/world.ts';
import type { Stack } from '../../../../engine/src/assembly/assembly.ts';
import { toSurroundings, type Surroundings } from '../../../../engine/src/assembly/surroundings.ts';
import type { table } from '../inputs.ts';
import { toAppStacks } from '../steps/references.ts';
import { hideOutputs, maskOutputs } from '../steps/hide-outputs.ts';
import { chooseVerifications } from '../steps/verify.ts';
import { judgeUnused, proveCode, toCodeFindings } from './outcome.ts';
import { lookAtTarget, type Order } from './look-at-targets.ts';
import { release } from './release.ts';
import { matchTargets, toTargets, type Target } from './targets.ts';
import { parseWanted, type WantedLine } from './wanted.ts';

/**
 * Gives services and functions new code, without touching a stack. All is looked at before the first write, and all problems are told at once.
 *
 * @throws Stop when it cannot begin; nothing was written.
 */
export async function runCode(inputs: Inputs<typeof table>, world: World): Promise<Report> {
  const startedMs = world.clock.now();
  const endMs = startedMs + inputs.timeoutMinutes * 60_000;
  const { lines, problems } = parseWanted(inputs.code, inputs.imageTag);
  const unused = judgeUnused(inputs);
  if (problems.length + unused.length) throw new Stop([...unused, ...problems]);
  const target = await findTarget(inputs, world, { withoutOrigin: false, withoutRegion: false });
  const { environment, region = '' } = target;
  world.log.line(`🎯 ${environment.name} in ${region} (${environment.because})`);
  const chosen = chooseVerifications(environment.verify ?? [], inputs.verify);
  if (chosen.problems.length) throw new Stop(chosen.problems);
  const { cloud, caller } = await connectTo(environment, region, world);
  const remembered = { ...cloud, readings: remember(cloud.readings) };
  const source = await makeSource(toSourceQuestion(target, caller.account, region, remembered, world), inputs, world);
  const phases = toPhases(target.origin, environment);
  const stacks = selectStacks(source.assembly, { patterns: inputs.stacks, withDependencies: false, phases });
  const away = judgeRegion(stacks, region, inputs.region);
  if (hasErrors(away)) throw new Stop(away);
  const clouds = toClouds(environment, { account: caller.account, cloud }, source.assembly.stacks, world, 'deploy');
  const home = { account: caller.account, region };
  world.log.line('🚀 Looking at what gets new code...');
  const seen = await Promise.all(stacks.map((stack) => lookAtStack(stack, toSurroundings(stack, home), clouds)));
  const looked = await lookAtAll(
    seen.flatMap((s) => s.targets),
    lines,
    clouds,
    world,
  );
  const findings = orderFindings([...target.findings, ...seen.flatMap((s) => s.findings), ...looked.findings]);
  findings.forEach((f) => world.log.line(`${toFindingLine(f)}\n   → ${f.remedy}`));
  const results = seen.flatMap((s) => s.result ?? []);
  const there = stacks.flatMap((stack, i) => (seen[i]?.result ? [{ stack }] : []));
  maskOutputs(results, there, world);
  const base: Report = {
    schema: 1,
    action: 'deploy',
    version,
    verdict: 'blocked',
    ...toPlaceReport(environment, caller.account, region),
    findings,
    decisions: [],
    stacks: hideOutputs(results, there),
  };
  if (isFailing(findings, inputs.failOn))
    return { ...base, failureReason: toFailureReason(findings) ?? 'preflight', seconds: toSeconds(startedMs, world.clock.now()) };
  const order = { orders: looked.orders, clouds, concurrency: inputs.concurrency, endMs, startedMs };
  const given = await release(order, world);
  const own = stacks.map((stack, i) => ({ stack, result: seen[i]?.result }));
  const cloudOf = toDeployClouds(environment, { account: caller.account, cloud }, source.assembly.stacks, world);
  const scene = { stacks: toAppStacks(source.assembly.stacks, own, home), home, cloudOf };
  const keeps = inputs.onFailure === 'keep';
  const proven = await proveCode({ release: order, given, verifications: chosen.chosen, scene, environment, keeps }, world);
  return finish(base, proven.results, [...findings, ...proven.findings, ...toCodeFindings(proven.results, looked.orders)], {
    ...(proven.verifications ? { verifications: proven.verifications } : {}),
    seconds: toSeconds(startedMs, world.clock.now()),
  });
}

/** What there is of a stack: its services and functions, and what stands against giving them new code. */
interface SeenStack {
  readonly targets: readonly Target[];
  readonly findings: readonly Finding[];
  readonly result?: StackResult;
}

async function lookAtStack(stack: Stack, at: Surroundings, clouds: Clouds): Promise<SeenStack> {
  const { stacks, readings } = clouds(at);
  const [live, resources] = await Promise.all([stacks.describe(stack.name), readings.stackResources({ stack: stack.name })]);
  const because = [live, resources].flatMap((a) => (a.kind === 'unknown' ? [a.because] : []))[0];
  const place = toPlace(stack);
  if (because) return { targets: [], findings: [finding('DP182', `${stack.name}: ${toSentence(because)}.`, place)] };
  const found = live.kind === 'known' ? live.value : undefined;
  if (!found || resources.kind === 'unknown' || !resources.value) return { targets: [], findings: [] };
  const isBusy = found.status.endsWith('_IN_PROGRESS');
  const outputs = Object.fromEntries(Object.entries(found.outputs).map(([key, { value }]) => [key, value]));
  return {
    targets: toTargets(stack, at, resources.value),
    findings: isBusy ? [finding('PF111', `${stack.name} is in ${found.status}.`, place)] : [],
    result: { name: stack.name, region: at.region, outcome: { kind: 'unchanged' }, startSeconds: 0, seconds: 0, outputs },
  };
}

async function lookAtAll(
  targets: readonly Target[],
  lines: readonly WantedLine[],
  clouds: Clouds,
  world: World,
): Promise<{ readonly orders: readonly Order[]; readonly findings: readonly Finding[] }> {
  const { matches, problems } = matchTargets(targets, lines);
  const looked = await Promise.all(matches.map((match) => lookAtTarget(match, clouds, world)));
  const isIdle = (line: WantedLine) => looked.filter((l) => l.match.line === line).every((l) => !l.order && l.findings.length === 0);
  const idle = [...new Set(matches.map((m) => m.line))]
    .filter(isIdle)
    .map(({ text, where = 'the chosen stacks' }) =>
      finding('DP180', `No service of ${where} runs an image that ${text} could take the place of.`),
    );
  return { orders: looked.flatMap((l) => l.order ?? []), findings: [...problems, ...looked.flatMap((l) => l.findings), ...idle] };
}

function finish(base: Report, code: readonly CodeResult[], all: readonly Finding[], more: Partial<Report>): Report {
  const findings = orderFindings(all);
  const failureReason = toFailureReason(findings);
  return { ...base, ...more, verdict: toVerdict(code, findings), ...(failureReason ? { failureReason } : {}), findings, code };
}

function toVerdict(code: readonly CodeResult[], findings: readonly Finding[]): Verdict {
  const has = (...kinds: CodeResult['outcome']['kind'][]) => code.some((c) => kinds.includes(c.outcome.kind));
  const isLeft = code.some((c) => c.outcome.kind === 'still-running' || (c.outcome.kind === 'failed' && !c.outcome.isUntouched));
  if (has('restored') && !isLeft && !has('updated')) return 'rolled-back';
  if (hasErrors(findings)) return 'failed';
  return has('updated') ? 'deployed' : 'unchanged';
}
