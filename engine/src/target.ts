import { toSentence } from './answer.ts';
import type { Config } from './config/schema.ts';
import { emptyConfig } from './config/schema.ts';
import { appEnvironments, chooseEnvironment, type Environment } from './config/environment.ts';
import { parseConfig, type Where } from './config/parse-config.ts';
import { chooseRegion, judgeAccount } from './config/target.ts';
import { trustBase } from './config/trust.ts';
import { finding, Stop, type Finding } from './finding.ts';
import type { System } from './system.ts';
import type { Caller, Cloud, World } from './world.ts';

/** Where the assembly of a run comes from: a bundled system, the command of an app, or a folder. */
export type Origin =
  | { readonly kind: 'system'; readonly system: System }
  | { readonly kind: 'app'; readonly command: string }
  | { readonly kind: 'cdk-out'; readonly folder: string };

/** The inputs that decide where a run goes. */
export interface TargetInputs {
  readonly environment?: string | undefined;
  readonly region?: string | undefined;
  readonly config: string;
  readonly system?: string | undefined;
  readonly app?: string | undefined;
  readonly cdkOut?: string | undefined;
}

/** Where a run goes, before anything is asked of AWS. */
export interface Target {
  readonly config: Config;
  readonly environment: Environment;
  readonly region?: string;
  readonly origin?: Origin;
  readonly findings: readonly Finding[];
}

/** The config of a project, where its values stand, and what there is to say of it. */
export interface LoadedConfig {
  readonly config: Config;
  readonly where: Where;
  readonly findings: readonly Finding[];
}

/**
 * Gives the config of the project: empty when there is no file at the default path.
 *
 * A pull request gets what grants or silences from its base branch's file.
 *
 * @throws Stop with RT020 to RT022, all problems at once.
 */
export async function loadConfig(path: string, world: World): Promise<LoadedConfig> {
  const text = world.files.read(path);
  if (text === undefined && path !== '.github/spaceport.yml') throw new Stop(finding('RT020', `There is no file ${path}.`, { file: path }));
  if (text === undefined) return { config: emptyConfig, where: () => ({}), findings: [] };
  const { config, where, problems } = parseConfig(text, path);
  if (!config) throw new Stop(problems);
  if (!world.event.isPullRequest) return { config, where, findings: [] };
  const answer = world.event.baseSha ? await world.repository.fileAt(world.event.baseSha, path) : undefined;
  if (answer?.kind !== 'known') return { where, ...trustBase(config, undefined, path, answer && toSentence(answer.because)) };
  const base = parseConfig(answer.value ?? '', path);
  return { where, ...trustBase(config, base.config, path, 'it has problems of its own') };
}

/**
 * Gives where a run goes: config, environment, region and origin of the assembly.
 *
 * `withoutOrigin` is for runs that only map a branch to its environment.
 *
 * @throws Stop with RT02x, RT03x, RT042, RT043, RT050, RT053 or RT054.
 */
export async function findTarget(inputs: TargetInputs, world: World, options: { readonly withoutOrigin: boolean }): Promise<Target> {
  const { config, where, findings } = await loadConfig(inputs.config, world);
  const origin = findOrigin(inputs, config, world);
  if ('problem' in origin && !options.withoutOrigin) throw new Stop(origin.problem);
  const found = 'problem' in origin ? undefined : origin;
  const environment = chooseEnvironment({
    config,
    where,
    defaults: found?.kind === 'system' ? found.system.environments : appEnvironments,
    event: world.event,
    ...(inputs.environment ? { wanted: inputs.environment } : {}),
  });
  const region = chooseRegion(environment, inputs.region, world.ambientRegion);
  if ('problem' in region && !(options.withoutOrigin && region.problem.code === 'RT042')) throw new Stop(region.problem);
  return { config, environment, findings, ...('region' in region ? { region: region.region } : {}), ...(found ? { origin: found } : {}) };
}

function findOrigin(inputs: TargetInputs, config: Config, world: World): Origin | { readonly problem: Finding } {
  const given =
    inputs.system || inputs.app || inputs.cdkOut ? inputs : { system: config.system, app: config.app, cdkOut: config['cdk-out'] };
  if (given.system) {
    const system = world.systems.find(given.system);
    return system
      ? { kind: 'system', system }
      : { problem: finding('RT053', `\`${given.system}\` is none of the systems ${world.systems.names.join(', ')}.`) };
  }
  if (given.cdkOut) return { kind: 'cdk-out', folder: given.cdkOut };
  if (given.app) return { kind: 'app', command: given.app };
  return fromCdkJson(world);
}

function fromCdkJson(world: World): Origin | { readonly problem: Finding } {
  const text = world.files.read('cdk.json');
  if (text === undefined) return { problem: finding('RT054', `There is no cdk.json in ${world.files.resolve('.')} either.`) };
  try {
    const { app } = JSON.parse(text) as { app?: unknown };
    if (typeof app === 'string' && app) return { kind: 'app', command: app };
    return { problem: finding('RT054', 'cdk.json has no `app`.', { file: 'cdk.json' }) };
  } catch (e) {
    return { problem: finding('RT054', `cdk.json is no JSON: ${(e as Error).message}.`, { file: 'cdk.json' }) };
  }
}

/**
 * Connects to AWS as the environment says, and makes sure that it is the right account.
 *
 * The one call made is GetCallerIdentity, after assuming the environment's role if it has one.
 *
 * @throws Stop with RT040, RT041, RT044, RT045 or RT046.
 */
export async function connectTo(
  environment: Environment,
  region: string,
  world: World,
): Promise<{ readonly cloud: Cloud; readonly caller: Caller }> {
  const cloud = world.connect({ region, ...(environment.role ? { role: environment.role } : {}) });
  const caller = await cloud.caller();
  const problems = judgeAccount(environment, caller.account);
  if (problems.length) throw new Stop(problems);
  return { cloud, caller };
}
