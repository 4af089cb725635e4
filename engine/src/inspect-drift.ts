import { selectStacks } from './assembly/select.ts';
import { toSurroundings } from './assembly/surroundings.ts';
import { judgeRegion } from './config/target.ts';
import { toFindingLine } from './checks/checks.ts';
import { suppress } from './checks/suppress.ts';
import { driftCodes } from './drift-codes.ts';
import { findDrift } from './drift.ts';
import { finding, hasErrors, orderFindings, Stop, toFindings } from './finding.ts';
import { toPhases, toSourceQuestion, type InspectInputs } from './inspect.ts';
import { inOrder } from './in-order.ts';
import { remember } from './remember.ts';
import { toPlaceReport } from './report/inspection-report.ts';
import { toFailureReason, type Report } from './report/report.ts';
import { toSecretValues } from './secrets.ts';
import { makeSource } from './source.ts';
import { connectTo, findTarget, toClouds } from './target.ts';
import { version } from './version.ts';
import type { World } from './world.ts';

/** How many stacks are compared at once: CloudFormation reads every resource of each. */
const atOnce = 5;

/**
 * Compares the chosen stacks with what is there, side by side; nothing else is judged, and the templates of the app play no part in it.
 *
 * @throws Stop when it cannot look.
 */
export async function inspectDrift(inputs: InspectInputs, world: World): Promise<Report> {
  const target = await findTarget(inputs, world, { withoutOrigin: false, withoutRegion: false });
  const { environment, region = '' } = target;
  world.log.line(`🎯 ${environment.name} in ${region} (${environment.because})`);
  const { cloud, caller } = await connectTo(environment, region, world);
  const looking = { ...cloud, readings: remember(cloud.readings) };
  const source = await makeSource(toSourceQuestion(target, caller.account, region, looking, world), inputs, world);
  const phases = toPhases(target.origin, environment);
  const stacks = selectStacks(source.assembly, { patterns: inputs.stacks, withDependencies: inputs.includeDependencies, phases });
  const away = judgeRegion(stacks, region, inputs.region);
  if (hasErrors(away)) throw new Stop(away);
  toSecretValues(stacks, inputs.parameters).forEach(world.hide);
  const clouds = toClouds(environment, { account: caller.account, cloud }, source.assembly.stacks, world);
  world.log.line(`🔎 Looking for drift in ${stacks.length} stacks`);
  const { ended } = await inOrder(
    stacks.map((stack) => ({ id: stack.id, dependencies: [], stack })),
    {
      limit: atOnce,
      run: ({ stack }) => findDrift(stack, clouds(toSurroundings(stack, { account: caller.account, region })), world).catch(toFindings),
      isGood: () => true,
      onEnd: () => {},
      before: new Map(),
    },
    world.cancelled,
  );
  const found = [...ended.values()].flat();
  const isPartly = world.cancelled.aborted || found.some((f) => f.code === 'PF001');
  const judged = isPartly ? [] : stacks.flatMap((s) => [s.name, s.displayName]);
  const today = new Date(world.clock.now()).toISOString().slice(0, 10);
  const own = target.config.suppress.filter((s) => driftCodes.includes(s.code));
  const stopped = world.cancelled.aborted ? [finding('RT002', `${ended.size} of ${stacks.length} stacks were compared.`)] : [];
  const findings = orderFindings([...target.findings, ...suppress(found, own, today, judged), ...stopped]);
  const failureReason = toFailureReason(stopped);
  findings.forEach((f) => world.log.line(f.severity === 'notice' ? toFindingLine(f) : `${toFindingLine(f)}\n   → ${f.remedy}`));
  return {
    schema: 1,
    action: 'preflight',
    version,
    depth: 'drift',
    verdict: toVerdict(findings, stopped.length > 0),
    ...(failureReason ? { failureReason } : {}),
    ...toPlaceReport(environment, caller.account, region),
    findings,
    decisions: [],
    stacks: [],
  };
}

/** What was not compared to its end says nothing of what did not drift. */
function toVerdict(findings: Report['findings'], wasCancelled: boolean): Report['verdict'] {
  if (wasCancelled) return 'failed';
  return hasDrift(findings) ? 'drifted' : 'no-changes';
}

/** Says whether anything drifted that no suppression lets stand. */
export const hasDrift = (findings: Report['findings']): boolean => findings.some((f) => driftCodes.includes(f.code));
