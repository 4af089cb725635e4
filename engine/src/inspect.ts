import { findAdoptions, withAdoptions } from './adoption.ts';
import { known, unknown, type Answer } from './answer.ts';
import type { Stack } from './assembly/assembly.ts';
import { selectStacks, type Phases } from './assembly/select.ts';
import { untilAnswered, type ReadingsOf } from './checks/ask.ts';
import { judgeFacts } from './checks/checks.ts';
import type { Environment } from './config/environment.ts';
import type { Config } from './config/schema.ts';
import { judgeRegion } from './config/target.ts';
import type { Decision, Existing } from './decision.ts';
import { gatherFacts, type Deployer, type Facts } from './facts.ts';
import { finding, hasErrors, orderFindings, Stop, type Finding } from './finding.ts';
import { logInspection } from './log-inspection.ts';
import { judgeMethod, type Method } from './method.ts';
import { makePlan } from './plan/make-plan.ts';
import { toPlanDigest } from './plan/plan-tree.ts';
import type { Plan } from './plan/plan.ts';
import type { RecoverySettings } from './recovery.ts';
import { readAhead } from './read-ahead.ts';
import { rehearse } from './rehearse.ts';
import { remember, toReadings } from './remember.ts';
import { toSecretValues } from './secrets.ts';
import { makeSource } from './source.ts';
import { connectTo, findTarget, toClouds, toConnection, type Target, type TargetInputs } from './target.ts';
import type { Caller, Cloud, RuleFile, World } from './world.ts';

/** The inputs of a preflight, whichever action makes it. */
export interface InspectInputs extends TargetInputs {
  readonly stacks: readonly string[];
  readonly includeDependencies: boolean;
  readonly context: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly imageTag?: string | undefined;
  readonly existing?: Existing | undefined;
  readonly allowDestructive: readonly string[];
  /** How stacks are deployed; a preflight alone is for any method. */
  readonly method?: Method;
  /** How stuck stacks are brought back; a preflight alone takes it for the default. */
  readonly recovery?: RecoverySettings;
}

/** What a preflight knows in the end: where it goes, what is there, what is wrong, and what would be done. */
export interface Inspection {
  readonly environment: Environment;
  readonly account: string;
  readonly region: string;
  readonly facts: Facts;
  /** In the order of reports. */
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  readonly planDigest: string;
  readonly decisions: readonly Decision[];
  /** The findings that the config lets stand. */
  readonly suppressions: Config['suppress'];
  /** The connection that the facts came from; undefined for depth `static`. */
  readonly cloud?: Cloud;
}

/** How far a preflight looks: at the assembly alone, at AWS by reading, or at change sets that it makes and removes. */
export type Depth = 'static' | 'read' | 'change-set';

/** The account of a synth that knows none: twelve zeros, as AWS's own examples have it. */
const noAccount = '000000000000';

/** The region of a look that asks nothing of AWS, where nobody names one. */
const noRegion = 'us-east-1';

/**
 * Looks at a deployment before it is made: environment, assembly, facts, checks, plan. Reads only, but for depth `change-set`.
 *
 * With depth `static` nothing is asked of AWS, and the plan takes every stack for a new one.
 *
 * @throws Stop when it cannot go on: bad config, wrong account, no assembly, data resources that cannot be decided.
 */
export async function inspect(inputs: InspectInputs, depth: 'read', world: World): Promise<Inspection & { readonly cloud: Cloud }>;
export async function inspect(inputs: InspectInputs, depth: Depth, world: World): Promise<Inspection>;
export async function inspect(inputs: InspectInputs, depth: Depth, world: World): Promise<Inspection> {
  const target = await findTarget(inputs, world, { withoutOrigin: false, withoutRegion: depth === 'static' });
  const refused = inputs.method ? judgeMethod(inputs.method, target.environment) : [];
  if (refused.length) throw new Stop(refused);
  const region = target.region ?? noRegion;
  world.log.line(`🎯 ${target.environment.name} in ${region} (${target.environment.because})`);
  const connected = depth === 'static' ? undefined : await connectTo(target.environment, region, world);
  const account = connected?.caller.account ?? target.environment.account ?? noAccount;
  const cloud = connected && {
    ...connected.cloud,
    readings: remember(connected.cloud.readings),
    stacks: readAhead(connected.cloud.stacks, toExpected(inputs, target)),
  };
  const source = await makeSource(toSourceQuestion(target, account, region, cloud, world), inputs, world);
  const phases = toPhases(target.origin, target.environment);
  const stacks = selectStacks(source.assembly, { patterns: inputs.stacks, withDependencies: inputs.includeDependencies, phases });
  const away = target.region ? judgeRegion(stacks, target.region, inputs.region) : [];
  const unused = [...judgeUnused(inputs, target, stacks), ...away].filter((f) => f.severity === 'error');
  if (unused.length) throw new Stop(unused);
  const secrets = toSecretValues(stacks, inputs.parameters);
  secrets.forEach(world.hide);
  world.log.line('🚀 Running preflight deployment checks...');
  const gathered = await gatherFacts(
    {
      environment: target.environment,
      account,
      region,
      assembly: source.assembly,
      stacks,
      decisions: source.decisions,
      parameters: inputs.parameters,
      tags: inputs.tags,
      allowDestructive: inputs.allowDestructive,
      ...(inputs.recovery ? { recovery: inputs.recovery } : {}),
      swapsCode: inputs.method === 'hotswap',
      rules: await readRules(target.config.rules, world),
      ...(cloud ? { cloud } : {}),
      ...(connected && !world.event.isPullRequest ? { deployer: toDeployer(connected.caller, target.environment, world) } : {}),
    },
    world,
  );
  const clouds = cloud && toClouds(target.environment, { account, cloud }, source.assembly.stacks, world);
  const readingsOf = clouds && toReadings(clouds);
  const facts = inputs.existing === 'adopt' && readingsOf ? await adoptAll(gathered, readingsOf) : gathered;
  const today = new Date(world.clock.now()).toISOString().slice(0, 10);
  const judged = [...(await judgeFacts(facts, readingsOf, target.config.suppress, today))];
  if (depth === 'change-set' && clouds && !hasErrors(judged)) judged.push(...(await rehearse(facts, ({ at }) => clouds(at), world)));
  const findings = orderFindings([...target.findings, ...away, ...judged]);
  const plan = makePlan(facts, secrets);
  logInspection(facts, findings, world);
  return {
    environment: target.environment,
    account,
    region,
    facts,
    findings,
    plan,
    planDigest: toPlanDigest(plan),
    decisions: source.decisions,
    suppressions: target.config.suppress,
    ...(connected ? { cloud: connected.cloud } : {}),
  };
}

/** Gives the names of the stacks that are looked at for sure, as far as they are known before there is an assembly. */
function toExpected({ stacks }: InspectInputs, { origin, environment: { name } }: Target): readonly string[] {
  if (origin?.kind !== 'system' || stacks.length || !(name in origin.system.environments)) return [];
  return origin.system.stackNames(name);
}

const adoptAll = async (facts: Facts, readingsOf: ReadingsOf): Promise<Facts> =>
  withAdoptions(facts, await untilAnswered((ask) => findAdoptions(facts.stacks, ask), readingsOf));

/** Only a session of an earlier step ends: that of the environment's role is renewed. */
const toDeployer = ({ arn }: Caller, { role }: Environment, { sessionEnds, clock }: World): Deployer => ({
  arn,
  ...(sessionEnds === undefined || role ? {} : { sessionMs: sessionEnds - clock.now() }),
});

/** Gives what making the assembly of a target takes. Without a cloud nothing is decided about data resources, and nothing is looked up. */
export function toSourceQuestion(
  target: Target,
  account: string,
  region: string,
  cloud: Cloud | undefined,
  world: World,
): Parameters<typeof makeSource>[0] {
  const { environment, origin } = target;
  if (!origin) throw new Error('a target without origin cannot be inspected');
  const at = {
    environment: environment.name,
    account,
    region,
    firstRegion: environment.regions[0] ?? region,
    protected: environment.protected,
    ...(environment.bootstrap?.qualifier ? { qualifier: environment.bootstrap.qualifier } : {}),
  };
  return {
    origin,
    at,
    settings: environment.settings,
    legacyNames: environment.legacyNames,
    ...(cloud ? { cloud, lookUpAs: toConnection(environment, region, world) } : {}),
  };
}

/** Gives the phases that stacks can be chosen by. */
export const toPhases = (origin: Target['origin'], { name }: Environment): Phases =>
  origin?.kind === 'system' ? origin.system.phases(name) : {};

/** Gives the team's own rules: those of a pull request's base branch, so that it cannot loosen what it is held to. */
async function readRules(paths: readonly string[], { repository, event }: World): Promise<Answer<readonly RuleFile[]>> {
  const read = async (path: string) =>
    event.isPullRequest && event.baseSha ? repository.fileAt(event.baseSha, path) : known(repository.file(path));
  const found = await Promise.all(paths.map(async (name) => ({ name, text: await read(name) })));
  const files: RuleFile[] = [];
  for (const { name, text } of found) {
    if (text.kind === 'unknown') return text;
    if (text.value === undefined) return unknown({ call: 'rules', resource: name, why: 'failed', message: `there is no file ${name}` });
    files.push({ name, text: text.value });
  }
  return known(files);
}

/** Gives the inputs that would be passed over without a word: what they ask for would not happen. */
function judgeUnused(
  { context, existing, parameters, imageTag }: InspectInputs,
  { origin }: Target,
  stacks: readonly Stack[],
): readonly Finding[] {
  const unless = (is: boolean, input: string, why: string) => (is ? [] : [finding('RT014', `\`${input}\` ${why}.`)]);
  const declared = new Set(stacks.flatMap((s) => Object.keys(s.template.Parameters ?? {})));
  return [
    ...unless(Object.keys(context).length === 0 || origin?.kind === 'app', 'context', 'is for apps: this run synthesizes none'),
    ...unless(
      existing !== 'reference' || origin?.kind === 'system',
      'existing: reference',
      'is for bundled systems: templates of apps are given',
    ),
    ...unless(
      !imageTag || (origin?.kind === 'system' && origin.system.takesImageTag),
      'image-tag',
      origin?.kind === 'system'
        ? `is for systems that run containers: ${origin.system.name} runs none`
        : 'is for bundled systems that run containers: an app takes its own by `context` or `parameters`',
    ),
    ...Object.keys(parameters).flatMap((name) =>
      unless(declared.has(name), `parameters: ${name}`, 'is declared by none of the chosen stacks'),
    ),
  ];
}
