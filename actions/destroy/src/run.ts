import { orderByDependencies, reverse, toPrerequisites } from '../../../engine/src/assembly/order.ts';
import type { Assembly, Stack } from '../../../engine/src/assembly/assembly.ts';
import { selectStacks, withoutExcluded } from '../../../engine/src/assembly/select.ts';
import { judgeRegion } from '../../../engine/src/config/target.ts';
import { toCanonicalJson } from '../../../engine/src/canonical.ts';
import { toFindingLine } from '../../../engine/src/checks/checks.ts';
import { toPlace } from '../../../engine/src/checks/check.ts';
import { finding, hasErrors, orderFindings, Stop, type Finding } from '../../../engine/src/finding.ts';
import type { Inputs } from '../../../engine/src/inputs.ts';
import { toPhases, toSourceQuestion } from '../../../engine/src/inspect.ts';
import { toPlanDigest } from '../../../engine/src/plan/plan-tree.ts';
import { hasChanges, type Plan } from '../../../engine/src/plan/plan.ts';
import { toPlaceReport } from '../../../engine/src/report/inspection-report.ts';
import { isFailing, toFailureReason, toSeconds, type Report, type StackResult, type Verdict } from '../../../engine/src/report/report.ts';
import { makeSource } from '../../../engine/src/source.ts';
import { connectTo, findTarget, refuseUnmerged, toClouds, toConnection, type Clouds, type Target } from '../../../engine/src/target.ts';
import { version } from '../../../engine/src/version.ts';
import type { Cloud, World } from '../../../engine/src/world.ts';
import { readFacts, type Facts } from './facts.ts';
import { judgeFacts } from './gates/gates.ts';
import type { table } from './inputs.ts';
import { makePlan } from './plan.ts';
import { destroyStacks } from './steps/destroy-stacks.ts';

type DestroyInputs = Inputs<typeof table>;

/**
 * Deletes the stacks that the inputs choose, after it has said what goes and what stays; claims success only for what it has read back.
 *
 * @throws Stop when it cannot begin: the caller makes the report of it; nothing was deleted.
 */
export async function run(inputs: DestroyInputs, world: World): Promise<Report> {
  const startedMs = world.clock.now();
  if (!inputs.dryRun) refuseUnmerged(inputs, world);
  const { target, facts, cloud, clouds, region } = await look(inputs, world);
  const { confirm, dryRun, deleteData, concurrency } = inputs;
  const plan = makePlan(facts, deleteData);
  const findings = orderFindings([...target.findings, ...judgeFacts(facts, { confirm, dryRun, deleteData, removable: cloud.data.types })]);
  const isBlocked = isFailing(findings, inputs.failOn);
  logPlan(plan, findings, isBlocked || dryRun ? 'would be' : 'are', world);
  const planned = toPlannedReport(facts, plan, region, findings, world);
  const seconds = toSeconds(startedMs, world.clock.now());
  if (isBlocked) return { ...planned, verdict: 'blocked', failureReason: toFailureReason(findings) ?? 'preflight', seconds };
  if (dryRun) return { ...planned, seconds };
  if (world.cancelled.aborted) return finish(planned, [], [finding('RT002', 'Nothing was deleted.')], startedMs, world);
  const { stacks } = facts;
  const destroyed = await destroyStacks({ stacks, deleteData, concurrency, cloudOf: ({ at }) => clouds(at), startedMs }, world);
  const cancelled = world.cancelled.aborted ? [finding('RT002', toCancelled(destroyed.results))] : [];
  return finish(planned, destroyed.results, [...destroyed.findings, ...cancelled], startedMs, world);
}

/** Everything that is known before anything is decided: where the run goes, and what is there. */
interface Look {
  readonly target: Target;
  readonly region: string;
  readonly facts: Facts;
  readonly cloud: Cloud;
  readonly clouds: Clouds;
}

async function look(inputs: DestroyInputs, world: World): Promise<Look> {
  const target = await findTarget(inputs, world, { withoutOrigin: false, withoutRegion: false });
  const { environment, region = '' } = target;
  world.log.line(`🎯 ${environment.name} in ${region} (${environment.because})`);
  const { cloud, caller } = await connectTo(environment, region, world);
  const { account } = caller;
  const assembly = await readAssembly(target, account, region, inputs, world);
  const clouds = toClouds(environment, { account, cloud }, assembly.stacks, world);
  const chosen = chooseStacks(assembly, inputs, target, account);
  const away = judgeRegion(chosen, region, inputs.region);
  if (hasErrors(away)) throw new Stop(away);
  const withLeftovers = inputs.deleteData.length > 0;
  const facts = await readFacts({ environment, account, region, assembly, chosen, withLeftovers, clouds });
  return { target, region, facts, cloud, clouds };
}

/** Nothing is decided about data resources: the template that defines all of them names all that the environment may have. */
async function readAssembly(target: Target, account: string, region: string, inputs: DestroyInputs, world: World): Promise<Assembly> {
  if (Object.keys(inputs.context).length && target.origin?.kind !== 'app')
    throw new Stop(finding('RT014', '`context` is for apps: this run synthesizes none.'));
  const question = toSourceQuestion(target, account, region, undefined, world);
  const lookUpAs = toConnection(target.environment, region, world);
  return (await makeSource({ ...question, lookUpAs }, inputs, world)).assembly;
}

/** Gives the stacks that the inputs choose, with those that need them when that is asked for. @throws Stop with RT055, PF160 or PF161. */
function chooseStacks(assembly: Assembly, inputs: DestroyInputs, { environment, origin }: Target, account: string): readonly Stack[] {
  const phases = toPhases(origin, environment);
  const named = selectStacks(assembly, { patterns: inputs.stacks, withDependencies: false, phases });
  const users = toPrerequisites(
    reverse(assembly.stacks),
    named.map(({ id }) => id),
  );
  const all = inputs.includeDependencies ? orderByDependencies(assembly.stacks).filter(({ id }) => users.has(id)) : named;
  const chosen = withoutExcluded(all, inputs.stacks, phases);
  const problems = chosen.flatMap((stack): Finding[] => {
    if (stack.account && stack.account !== account && !stack.roles.deploy) {
      const message = `${stack.name} is in account ${stack.account} and names no role to delete it with; the credentials belong to ${account}.`;
      return [finding('PF161', message, toPlace(stack))];
    }
    if (!stack.region || environment.regions.length === 0 || environment.regions.includes(stack.region)) return [];
    const regions = environment.regions.join(', ');
    return [finding('PF160', `${stack.name} is in ${stack.region}; the environment ${environment.name} has ${regions}.`, toPlace(stack))];
  });
  if (problems.length) throw new Stop(problems);
  return chosen;
}

function logPlan(plan: Plan, findings: readonly Finding[], verb: 'are' | 'would be', world: World): void {
  for (const { name, action, resources, after } of plan.stacks) {
    const stays = resources.filter((r) => r.action === 'orphan').length;
    const order = after.length ? `, after ${after.join(', ')}` : '';
    const line = `${name}: ${resources.length - stays} of ${resources.length} resources ${verb} deleted${order}`;
    if (action === 'unchanged') world.log.line(`   ${name}: it is not there`);
    else
      world.log.group(
        `🗑️ ${line}`,
        resources.map((r) => `${r.action} ${r.type} ${r.path}`),
      );
  }
  for (const f of findings) world.log.line(f.severity === 'notice' ? toFindingLine(f) : `${toFindingLine(f)}\n   → ${f.remedy}`);
}

function toPlannedReport(facts: Facts, plan: Plan, region: string, findings: readonly Finding[], world: World): Report {
  const planPath = world.files.forJob(`spaceport-destroy-plan-${facts.environment.name}.json`);
  world.files.write(planPath, `${toCanonicalJson(plan)}\n`);
  return {
    schema: 1,
    action: 'destroy',
    version,
    verdict: hasChanges(plan) ? 'ready' : 'no-changes',
    ...toPlaceReport(facts.environment, facts.account, region),
    findings,
    decisions: [],
    plan,
    planDigest: toPlanDigest(plan),
    planPath,
    stacks: [],
  };
}

function finish(planned: Report, stacks: readonly StackResult[], found: readonly Finding[], startedMs: number, world: World): Report {
  const findings = orderFindings([...planned.findings, ...found]);
  const failureReason = toFailureReason(findings);
  return {
    ...planned,
    verdict: toVerdict(stacks, findings),
    ...(failureReason ? { failureReason } : {}),
    findings,
    stacks,
    seconds: toSeconds(startedMs, world.clock.now()),
  };
}

function toVerdict(stacks: readonly StackResult[], findings: readonly Finding[]): Verdict {
  if (hasErrors(findings)) return 'failed';
  return stacks.some((s) => s.outcome.kind === 'destroyed') ? 'destroyed' : 'unchanged';
}

function toCancelled(results: readonly StackResult[]): string {
  const of = (kind: string) => results.filter((r) => r.outcome.kind === kind).map((r) => r.name);
  const running = of('still-running');
  const rest = of('not-started');
  const still = running.length ? `Still running in AWS: ${running.join(', ')}.` : 'Nothing is running in AWS.';
  return rest.length ? `${still} Not started: ${rest.join(', ')}.` : still;
}
