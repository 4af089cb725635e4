import { toSentence } from './answer.ts';
import type { Stack } from './assembly/assembly.ts';
import { toFilled, toPartition, type Surroundings } from './assembly/surroundings.ts';
import { emptyConfig, type Config } from './config/schema.ts';
import { appEnvironments, chooseEnvironment, chooseEnvironments, type Environment } from './config/environment.ts';
import { parseConfig, type ParsedConfig, type Where } from './config/parse-config.ts';
import { chooseRegion, judgeAccount } from './config/target.ts';
import { trustBase } from './config/trust.ts';
import { finding, Stop, type Finding } from './finding.ts';
import type { System } from './system.ts';
import type { Caller, Cloud, Connection, Elsewhere, World } from './world.ts';

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
 * A pull request gets what grants or silences from its base branch's file, and all of it when it has no file itself.
 *
 * @throws Stop with RT020 to RT022, all problems at once.
 */
export async function loadConfig(path: string, world: World): Promise<LoadedConfig> {
  const text = world.repository.file(path);
  const base = world.event.isPullRequest ? await readBase(path, world) : undefined;
  if (text === undefined && base?.isThere && base.config) return { config: base.config, where: () => ({ file: path }), findings: [] };
  if (text === undefined && path !== defaultConfig) throw new Stop(finding('RT020', `There is no file ${path}.`, { file: path }));
  const { config, where, problems } = text === undefined ? noFile : parseConfig(text, path);
  if (!config) throw new Stop(problems);
  return base ? { where, ...trustBase(config, base.config, path, base.why) } : { config, where, findings: [] };
}

const defaultConfig = '.github/spaceport.yml';

const noFile: ParsedConfig = { config: emptyConfig, where: () => ({}), problems: [] };

interface Base {
  readonly config?: Config;
  readonly isThere: boolean;
  readonly why: string;
}

/** Gives the config of the base branch, empty when it has no file; or why it cannot be had. */
async function readBase(path: string, { event, repository }: World): Promise<Base> {
  if (!event.baseSha) return { isThere: false, why: 'it is not known which commit that is' };
  const answer = await repository.fileAt(event.baseSha, path);
  if (answer.kind === 'unknown') return { isThere: false, why: toSentence(answer.because) };
  const { config } = answer.value === undefined ? noFile : parseConfig(answer.value, path);
  return { ...(config ? { config } : {}), isThere: answer.value !== undefined, why: 'it has problems of its own' };
}

/**
 * Gives where a run goes: config, environment, region and origin of the assembly.
 *
 * `withoutOrigin` is for runs that only map a branch to its environment, `withoutRegion` for those that ask nothing of AWS.
 *
 * @throws Stop with RT02x, RT03x, RT042, RT043, RT050, RT053 or RT054.
 */
export async function findTarget(
  inputs: TargetInputs,
  world: World,
  options: { readonly withoutOrigin: boolean; readonly withoutRegion: boolean },
): Promise<Target> {
  const { config, where, findings } = await loadConfig(inputs.config, world);
  const origin = findOrigin(inputs, config, world);
  if ('problem' in origin && !(options.withoutOrigin && origin.problem.code === 'RT054')) throw new Stop(origin.problem);
  const found = 'problem' in origin ? undefined : origin;
  const environment = chooseEnvironment({
    config,
    where,
    defaults: found?.kind === 'system' ? found.system.environments : appEnvironments,
    event: world.event,
    ...(inputs.environment ? { wanted: inputs.environment } : {}),
  });
  const region = chooseRegion(environment, inputs.region, world.ambientRegion);
  if ('problem' in region && !(options.withoutRegion && region.problem.code === 'RT042')) throw new Stop(region.problem);
  return { config, environment, findings, ...('region' in region ? { region: region.region } : {}), ...(found ? { origin: found } : {}) };
}

/**
 * Refuses to write for changes that are not on their branch yet: the environment of that branch is not theirs. One that is named is.
 *
 * @throws Stop with RT034.
 */
export function refuseUnmerged({ environment }: Pick<TargetInputs, 'environment'>, { event }: Pick<World, 'event'>): void {
  if (!event.isPullRequest || environment) return;
  const base = event.branch ? `that of its base branch ${event.branch}` : 'that of its base branch';
  throw new Stop(finding('RT034', `The event ${event.name} is about changes that are not merged, and the environment would be ${base}.`));
}

/**
 * Gives the environments that names or globs of names choose, for a deployment of them all.
 *
 * @throws Stop with RT02x, RT032, RT033 or RT053.
 */
export async function findEnvironments(
  inputs: TargetInputs,
  patterns: readonly string[],
  world: World,
): Promise<{ readonly environments: readonly Environment[]; readonly findings: readonly Finding[] }> {
  const { config, where, findings } = await loadConfig(inputs.config, world);
  const origin = findOrigin(inputs, config, world);
  if ('problem' in origin && origin.problem.code !== 'RT054') throw new Stop(origin.problem);
  const defaults = 'kind' in origin && origin.kind === 'system' ? origin.system.environments : appEnvironments;
  return { environments: chooseEnvironments({ config, where, defaults }, patterns), findings };
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
 * Gives the connection of an environment in a region: as its role, if it has one.
 *
 * A pull request keeps the credentials that an earlier step gave it: the role of the environment is for deploying, and what
 * looks at pull requests should only be able to read.
 */
export function toConnection({ role }: Environment, region: string, { event, hasCredentials }: World): Connection {
  return { region, ...(role && !(event.isPullRequest && hasCredentials) ? { role } : {}) };
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
  const cloud = world.connect(toConnection(environment, region, world));
  const caller = await cloud.caller();
  const problems = judgeAccount(environment, caller.account);
  if (problems.length) throw new Stop(problems);
  return { cloud, caller };
}

/** The account of the credentials, and the connection to it that is there already. */
export interface Home {
  readonly account: string;
  readonly cloud: Cloud;
}

/** Gives the connection to an account and region: the same one at every call. */
export type Clouds = (at: Surroundings) => Cloud;

/**
 * Makes the connections to the places of a run, one for each account and region.
 *
 * Another account than that of the credentials is looked at as the look-up role of the stacks that go there; once they are deployed, as
 * their deploy role (`as`), which a deployment needs anyway.
 */
export function toClouds(
  environment: Environment,
  { account, cloud }: Home,
  stacks: readonly Stack[],
  world: World,
  as: 'look-up' | 'deploy' = 'look-up',
): Clouds {
  const key = (at: Surroundings) => `${at.account} ${at.region}`;
  const made = new Map([[key({ account, region: cloud.region }), cloud]]);
  return (at) => {
    const connection = toConnection(environment, at.region, world);
    const elsewhere = at.account === account ? {} : { elsewhere: { ...toElsewhere(at, stacks, as), home: cloud.region } };
    const found = made.get(key(at)) ?? world.connect({ ...connection, ...elsewhere });
    made.set(key(at), found);
    return found;
  };
}

/**
 * Makes the connections that stacks are deployed with.
 *
 * In another account stacks are read back as their deploy role. It may read nothing but CloudFormation: readings are those of the look-up role.
 */
export function toDeployClouds(
  environment: Environment,
  home: Home,
  stacks: readonly Stack[],
  world: World,
): (of: { readonly at: Surroundings }) => Cloud {
  const deploying = toClouds(environment, home, stacks, world, 'deploy');
  const looking = toClouds(environment, home, stacks, world);
  return ({ at }) => (at.account === home.account ? deploying(at) : { ...deploying(at), readings: looking(at).readings });
}

/** A role of IAM is for all regions: where no stack goes to the very place, that of another region of the account will do. */
function toElsewhere(at: Surroundings, stacks: readonly Stack[], as: 'look-up' | 'deploy'): Omit<Elsewhere, 'home'> {
  const { account } = at;
  const there = stacks.filter((s) => s.account === account);
  const [stack] = [...there.filter((s) => s.region === at.region), ...there];
  if (!stack) return { account };
  const { roles, lookUp } = stack;
  const [role, externalId] = as === 'deploy' ? [roles.deploy, roles.externalId] : [lookUp?.arn ?? toLookUpArn(stack), lookUp?.externalId];
  const place = { account, region: stack.region ?? at.region };
  return { account, ...(role ? { role: toFilled(role, place) } : {}), ...(externalId ? { externalId } : {}) };
}

/** The name that `cdk bootstrap` gives the look-up role. */
const toLookUpArn = ({ account = '', region = '', bootstrap }: Stack): string | undefined =>
  bootstrap?.qualifier
    ? `arn:${toPartition(region)}:iam::${account}:role/cdk-${bootstrap.qualifier}-lookup-role-${account}-${region}`
    : undefined;
