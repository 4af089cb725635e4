import type { Answer, NotRead } from './answer.ts';
import type { Assembly, Asset, Resource, Stack, Template } from './assembly/assembly.ts';
import { evaluate, holds, isOpen, toText, type Scope } from './assembly/evaluate.ts';
import type { Surroundings } from './assembly/surroundings.ts';
import { toCanonicalJson } from './canonical.ts';
import type { Environment } from './config/environment.ts';
import type { Adoption, Decision } from './decision.ts';
import { nameProperty } from './names.ts';
import { ownNames } from './own-names.ts';
import { emptied, hasNoResources, unreadable, type StackChange } from './plan/change.ts';
import { judgeWithSsm, withFed } from './ssm-values.ts';
import { needsDiff, toChanges } from './plan/changes.ts';
import type { ResourceChange } from './plan/plan.ts';
import { toClouds, type Clouds } from './target.ts';
import { recoverByDefault, type RecoverySettings } from './recovery.ts';
import type { Cloud, LiveStack, RuleFile, Violation, World } from './world.ts';

/** One resource of a template whose condition does not say that it is left out. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  /** Evaluated without AWS: what waits for the deployment is an `Open` (see `close`). */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly resource: Resource;
}

/** A resource whose name the template fixes. */
export interface NamedResource {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
}

/** One stack of the assembly beside what AWS has of it. */
export interface StackFacts {
  readonly stack: Stack;
  readonly at: Surroundings;
  /** What its expressions may refer to, as far as AWS need not be asked. */
  readonly scope: Scope;
  readonly resources: readonly TemplateResource[];
  readonly named: readonly NamedResource[];
  /** Undefined when nothing was asked of AWS. */
  readonly live?: Answer<LiveStack | undefined>;
  readonly liveTemplate?: Template;
  /** What of the live stack could not be read; its change is then a guess on the careful side. */
  readonly unread: readonly NotRead[];
  readonly change: StackChange;
  /** The resource changes, in the order of the plan. Empty for an unchanged stack, and for one whose live template cannot be read. */
  readonly changes: readonly ResourceChange[];
  /** Logical ids of its resources that exist, belong to no stack, and are taken into it. */
  readonly adopts: readonly string[];
  /** The tags and parameters it would deploy with. */
  readonly tags: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Who deploys, and until when that one can. */
export interface Deployer {
  /** ARN of the caller. */
  readonly arn: string;
  /** What is left of a session that nobody renews. */
  readonly sessionMs?: number;
}

/** Everything that checks and plan look at before they ask more; plain data. What was not asked is not there. */
export interface Facts {
  readonly environment: Environment;
  /** The account of the credentials; undefined when AWS was not asked. */
  readonly account?: string;
  /** Undefined when AWS was not asked, and for a pull request: its credentials are for looking. */
  readonly deployer?: Deployer;
  /** Where the run itself goes; stacks may go elsewhere. */
  readonly at: Surroundings;
  readonly assembly: Assembly;
  readonly decisions: readonly Decision[];
  /** What is adopted, or cannot be; undefined when nothing is to be. */
  readonly adoptions?: readonly Adoption[];
  /** The chosen stacks, in the order of deployment. */
  readonly stacks: readonly StackFacts[];
  readonly validation?: Answer<readonly Violation[]>;
  /** Resource types and construct paths, or globs of them, that may be removed or replaced. */
  readonly allowDestructive: readonly string[];
  /** What the team's own rules have against the chosen stacks; not there without rules. */
  readonly ownRules?: Answer<readonly Violation[]>;
  /** How large the files and folders are that functions and layers are made of, in bytes by absolute path. */
  readonly codeBytes: ReadonlyMap<string, number>;
  readonly recovery: RecoverySettings;
  /** Whether images can be built here; undefined where there is none to build. */
  readonly canBuildImages?: boolean;
}

/** What is gathered for. Without a cloud nothing is asked of AWS. */
export interface FactsQuestion {
  readonly environment: Environment;
  readonly account: string;
  readonly region: string;
  readonly assembly: Assembly;
  readonly stacks: readonly Stack[];
  readonly decisions: readonly Decision[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly allowDestructive: readonly string[];
  /** Own rules that the templates have to meet. */
  readonly rules?: Answer<readonly RuleFile[]>;
  readonly cloud?: Cloud;
  readonly deployer?: Deployer;
  readonly recovery?: RecoverySettings;
}

/**
 * Gathers the facts of a run: all calls at once, each at most once, and only reading ones.
 *
 * Cost: two calls a stack; the validation of templates that differ from the live ones runs beside them.
 */
export async function gatherFacts(question: FactsQuestion, world: World): Promise<Facts> {
  const { environment, assembly, decisions, allowDestructive, cloud, deployer } = question;
  const clouds = cloud && toClouds(environment, { account: question.account, cloud }, assembly.stacks, world);
  const read = withFed(await Promise.all(question.stacks.map((stack) => readStack(stack, question, clouds))));
  const changing = read.filter((s) => s.change.action !== 'unchanged');
  const validating = changing.length ? world.validator.validate(changing.map((s) => s.stack)) : undefined;
  const building = changing.some((s) => s.stack.assets.some(isBuilt)) ? world.canBuildImages() : undefined;
  const applying = applyRules(question, world);
  const diff = read.some(needsDiff) ? (await import('./plan/diff.ts')).diffTemplates : () => [];
  const stacks = read.map((s) => ({ ...s, adopts: [], changes: toChanges(s, diff, (before, after) => isSame(before, after, s)) }));
  const [validation, ownRules, canBuildImages] = await Promise.all([validating, applying, building]);
  return {
    environment,
    ...(cloud ? { account: question.account } : {}),
    ...(deployer ? { deployer } : {}),
    at: { account: question.account, region: question.region },
    assembly,
    decisions,
    stacks,
    ...(validation ? { validation } : {}),
    allowDestructive,
    recovery: question.recovery ?? recoverByDefault,
    ...(ownRules ? { ownRules } : {}),
    ...(canBuildImages === undefined ? {} : { canBuildImages }),
    codeBytes: toCodeBytes(changing, world),
  };
}

function applyRules({ rules, stacks }: FactsQuestion, { validator }: World): Facts['ownRules'] | Promise<Facts['ownRules']> {
  if (rules?.kind !== 'known') return rules;
  return rules.value.length ? validator.apply(rules.value, stacks) : undefined;
}

const isBuilt = ({ kind, path }: Asset): boolean => kind === 'image' && path !== undefined;

function toCodeBytes(stacks: readonly Pick<StackFacts, 'stack' | 'resources'>[], { files }: World): ReadonlyMap<string, number> {
  const paths = stacks
    .filter((s) => s.resources.some(({ type }) => type === 'AWS::Lambda::Function' || type === 'AWS::Lambda::LayerVersion'))
    .flatMap((s) => s.stack.assets.flatMap(({ kind, path }) => (kind === 'file' && path ? [path] : [])));
  return new Map([...new Set(paths)].map((path) => [path, files.bytes(path)]));
}

async function readStack(
  stack: Stack,
  question: FactsQuestion,
  clouds: Clouds | undefined,
): Promise<Omit<StackFacts, 'changes' | 'adopts'>> {
  const at = { account: stack.account ?? question.account, region: stack.region ?? question.region };
  const tags = { ...stack.tags, ...question.tags };
  const parameters = { ...stack.parameters, ...pick(question.parameters, Object.keys(stack.template.Parameters ?? {})) };
  const base = { stack, at, tags, parameters };
  if (!clouds) {
    const change: StackChange = hasNoResources(stack.template) ? emptied : { action: 'create', because: 'AWS was not asked' };
    return { ...base, ...toResources(stack, at, parameters), unread: [], change };
  }
  const port = clouds(at).stacks;
  const [live, template] = await Promise.all([port.describe(stack.name), port.template(stack.name)]);
  const wasNeverStable = isDeletedHalf(live) && (await isNeverStable(stack.name, clouds(at)));
  const liveTemplate = template.kind === 'known' ? template.value : undefined;
  const { isOn, goesOn } = question.recovery ?? recoverByDefault;
  const change: StackChange = hasNoResources(stack.template)
    ? emptied
    : live.kind === 'known'
      ? await judgeWithSsm({ stack, live: live.value, liveTemplate, tags, parameters, wasNeverStable, goesOn: isOn && goesOn }, clouds(at))
      : unreadable;
  const isMade = change.action === 'create' || change.action === 'recover'; // what a dead stack had is gone with it
  const resources = toResources(stack, at, { ...(isMade ? {} : toParameters(live)), ...parameters });
  const unread = [live, template].flatMap((answer) => (answer.kind === 'unknown' ? [answer.because] : []));
  return { ...base, ...resources, live, unread, ...(liveTemplate ? { liveTemplate } : {}), change };
}

const isDeletedHalf = (live: Answer<LiveStack | undefined>): boolean => live.kind === 'known' && live.value?.status === 'DELETE_FAILED';

/** What cannot be read may have been stable. */
async function isNeverStable(stack: string, { readings }: Cloud): Promise<boolean> {
  const history = await readings.history({ stack });
  return history.kind === 'known' && history.value?.wasStable === false;
}

const pick = (values: Readonly<Record<string, string>>, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([k]) => keys.includes(k)));

/** A parameter that the run does not give keeps the value that it has. */
const toParameters = (live: Answer<LiveStack | undefined> | undefined): Readonly<Record<string, string>> =>
  live?.kind === 'known' ? (live.value?.parameters ?? {}) : {};

function toResources(
  stack: Stack,
  at: Surroundings,
  parameters: Readonly<Record<string, string>>,
): Pick<StackFacts, 'scope' | 'resources' | 'named'> {
  const scope = { stack, at, parameters };
  const resources = toEvaluated(stack.template, scope);
  const named = resources.flatMap(({ logicalId, type, properties, resource }) => {
    const name = isSure(resource, scope) ? toText(properties[nameProperty(type) ?? ownNames[type] ?? '']) : undefined;
    return name === undefined ? [] : [{ stack, logicalId, type, name }];
  });
  return { scope, resources, named };
}

/** Says whether a resource is made for sure: no condition of it is open. */
export const isSure = ({ Condition }: Resource, scope: Scope): boolean => Condition === undefined || holds(Condition, scope) === true;

/** Gives the resources of a template of a stack, evaluated as far as its scope reaches; those that a condition leaves out are not there. */
export function toEvaluated(template: Template, scope: Scope): readonly TemplateResource[] {
  const within = { ...scope, stack: { ...scope.stack, template } };
  return Object.entries(template.Resources ?? {})
    .filter(([, resource]) => typeof resource.Type === 'string') // a macro that stands for resources is none itself
    .filter(([, resource]) => !resource.Condition || holds(resource.Condition, within) !== false)
    .map(([logicalId, resource]) => ({
      logicalId,
      type: resource.Type,
      properties: (evaluate(resource.Properties ?? {}, within) ?? {}) as Readonly<Record<string, unknown>>,
      resource,
    }));
}

type Live = Pick<StackFacts, 'liveTemplate' | 'live' | 'scope'>;

/** What the expressions of the live template may refer to: the parameters that the live stack has. */
const toLiveScope = ({ liveTemplate = {}, live, scope }: Live): Scope => ({
  ...scope,
  stack: { ...scope.stack, template: liveTemplate },
  parameters: toParameters(live),
});

/** Gives the resources of the live template of a stack, evaluated with the parameters that it has. */
export const toLiveResources = (facts: Live): readonly TemplateResource[] =>
  facts.liveTemplate ? toEvaluated(facts.liveTemplate, toLiveScope(facts)) : [];

/** Says whether a value of the live template surely comes to the same as one of the new template. */
function isSame(before: unknown, after: unknown, facts: Live): boolean {
  const values = [evaluate(before, toLiveScope(facts)), evaluate(after, facts.scope)];
  return !values.some(isOpen) && toCanonicalJson(values[0] ?? null) === toCanonicalJson(values[1] ?? null);
}
