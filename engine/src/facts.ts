import type { Answer } from './answer.ts';
import type { Assembly, Asset, Stack, TemplateStack } from './assembly/assembly.ts';
import { toSurroundings, type Surroundings } from './assembly/surroundings.ts';
import type { Environment } from './config/environment.ts';
import type { Adoption, Decision } from './decision.ts';
import { withOutputs } from './assembly/nested-scope.ts';
import { readNested } from './nested-facts.ts';
import { withGivenValues } from './plan/given-values.ts';
import { emptied, hasNoResources, unreadable, type StackChange } from './plan/change.ts';
import { needsDiff, toChanges, type DiffTemplates } from './plan/changes.ts';
import { judgeWithSsm, withFed } from './ssm-values.ts';
import { toClouds, type Clouds } from './target.ts';
import { recoverByDefault, type RecoverySettings } from './recovery.ts';
import { isSame, toLiveParameters, toResources, type ReadTemplate, type TemplateFacts } from './template-facts.ts';
import type { Cloud, LiveStack, RuleFile, Validated, Violation, World } from './world.ts';

/** One stack of the assembly beside what AWS has of it. */
export interface StackFacts extends TemplateFacts {
  readonly stack: Stack;
  /** The stacks nested in it, however deep, each before those in it: of the assembly, and those that go. */
  readonly nested: readonly TemplateFacts[];
  /** The tags and parameters it would deploy with. */
  readonly tags: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The templates of stacks, and of those nested in them. */
export const toTemplates = (stacks: readonly StackFacts[]): readonly TemplateFacts[] => stacks.flatMap((s) => [s, ...s.nested]);

/** Gives facts with these stacks in the place of theirs. */
export const withStacks = (facts: Facts, stacks: readonly StackFacts[]): Facts => ({ ...facts, stacks, templates: toTemplates(stacks) });

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
  /** The templates of the chosen stacks and of those nested in them: what is said of resources is said of each. */
  readonly templates: readonly TemplateFacts[];
  readonly validation?: Answer<readonly Violation[]>;
  /** Resource types and construct paths, or globs of them, that may be removed or replaced. */
  readonly allowDestructive: readonly string[];
  /** What the team's own rules have against the chosen stacks; not there without rules. */
  readonly ownRules?: Answer<readonly Violation[]>;
  /** How large the files and folders are that functions and layers are made of, in bytes by absolute path. */
  readonly codeBytes: ReadonlyMap<string, number>;
  readonly recovery: RecoverySettings;
  /** Whether functions and services get the code of their template without their stack, where nothing else changes. */
  readonly swapsCode: boolean;
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
  readonly swapsCode?: boolean;
}

/**
 * Gathers the facts of a run: all calls at once, each at most once, and only reading ones.
 *
 * Cost: two calls a stack, and for one that has nested stacks one more, and two for each of those that is there; the validation of
 * templates that differ from the live ones runs beside them.
 */
export async function gatherFacts(question: FactsQuestion, world: World): Promise<Facts> {
  const { environment, assembly, decisions, allowDestructive, cloud, deployer } = question;
  const clouds = cloud && toClouds(environment, { account: question.account, cloud }, assembly.stacks, world);
  const read = withFed(await Promise.all(question.stacks.map((stack) => readStack(stack, question, clouds))));
  const all = read.flatMap((s) => [s, ...s.nested]);
  const changing = all.filter((s) => s.change.action !== 'unchanged');
  const wanted = changing.filter((s) => s.stack.templateFile !== ''); // one that goes has no template
  const validating = wanted.length ? world.validator.validate(wanted.map(toValidated)) : undefined;
  const building = read.some((s) => s.change.action !== 'unchanged' && s.stack.assets.some(isBuilt)) ? world.canBuildImages() : undefined;
  const applying = applyRules(question, world);
  const stacks = await compareAll(read);
  const [validation, ownRules, canBuildImages] = await Promise.all([validating, applying, building]);
  return {
    environment,
    ...(cloud ? { account: question.account } : {}),
    ...(deployer ? { deployer } : {}),
    at: { account: question.account, region: question.region },
    assembly,
    decisions,
    stacks,
    templates: toTemplates(stacks),
    ...(validation ? { validation } : {}),
    allowDestructive,
    recovery: question.recovery ?? recoverByDefault,
    swapsCode: question.swapsCode ?? false,
    ...(ownRules ? { ownRules } : {}),
    ...(canBuildImages === undefined ? {} : { canBuildImages }),
    codeBytes: toCodeBytes(changing, world),
  };
}

/** Gives stacks with what changes between their templates, and in those nested in them. */
export async function compareAll(read: readonly ReadStack[]): Promise<readonly StackFacts[]> {
  const needs = read.some((s) => [s, ...s.nested].some(needsDiff));
  const diff = needs ? (await import('./plan/diff.ts')).diffTemplates : () => [];
  return read.map((s) => withAllChanges(s, diff));
}

function withAllChanges(read: ReadStack, diff: DiffTemplates): StackFacts {
  const of = (one: ReadTemplate, compared: ReadTemplate) => ({
    adopts: [],
    changes: toChanges(compared, diff, (before, after) => isSame(before, after, one)),
  });
  const root: StackFacts = { ...read, ...of(read, read), nested: [] };
  const byId = new Map<string, TemplateFacts>([[root.stack.id, root]]);
  const nested = read.nested.map(({ parent, ...n }): TemplateFacts => {
    const facts = { ...n, ...of(n, withGivenValues(n)), parent: byId.get(parent?.stack.id ?? '') ?? root };
    byId.set(n.stack.id, facts);
    return facts;
  });
  return { ...root, nested };
}

function applyRules({ rules, stacks }: FactsQuestion, { validator }: World): Facts['ownRules'] | Promise<Facts['ownRules']> {
  if (rules?.kind !== 'known') return rules;
  const all = stacks.flatMap((root) => withNested(root).map((stack) => toValidated({ stack, root })));
  return rules.value.length ? validator.apply(rules.value, all) : undefined;
}

const withNested = (stack: TemplateStack): readonly TemplateStack[] => [stack, ...stack.nested.flatMap(withNested)];

/** CloudFormation makes the name of a nested stack of those of its stack and its resource. */
const toValidated = ({ stack: { id, name, within, template }, root }: Pick<TemplateFacts, 'stack' | 'root'>): Validated => ({
  id,
  name: within === undefined ? name : `${within}-${id.split('/').at(-1)}`,
  ...(root.account ? { account: root.account } : {}),
  ...(root.region ? { region: root.region } : {}),
  template,
});

const isBuilt = ({ kind, path }: Asset): boolean => kind === 'image' && path !== undefined;

function toCodeBytes(templates: readonly Pick<TemplateFacts, 'root' | 'resources'>[], { files }: World): ReadonlyMap<string, number> {
  const paths = templates
    .filter((t) => t.resources.some(({ type }) => type === 'AWS::Lambda::Function' || type === 'AWS::Lambda::LayerVersion'))
    .flatMap((t) => t.root.assets.flatMap(({ kind, path }) => (kind === 'file' && path ? [path] : [])));
  return new Map([...new Set(paths)].map((path) => [path, files.bytes(path)]));
}

/** A stack as it is to be. */
type WantedStack = Pick<StackFacts, 'stack' | 'at' | 'tags' | 'parameters'>;

/** What is known of a stack, and of those nested in it, before their templates are compared. */
type ReadStack = Omit<StackFacts, 'changes' | 'adopts' | 'nested' | 'parent'> & { readonly nested: readonly ReadTemplate[] };

async function readStack(stack: Stack, question: FactsQuestion, clouds: Clouds | undefined): Promise<ReadStack> {
  const at = toSurroundings(stack, question);
  const tags = { ...stack.tags, ...question.tags };
  const parameters = { ...stack.parameters, ...pick(question.parameters, Object.keys(stack.template.Parameters ?? {})) };
  const wanted = { stack, at, tags, parameters };
  if (clouds) return readLive(wanted, clouds(at), question.recovery ?? recoverByDefault);
  const change: StackChange = hasNoResources(stack.template) ? emptied : { action: 'create', because: 'AWS was not asked' };
  const read = { ...wanted, root: stack, ...toEvaluated(wanted, parameters), unread: [], change };
  return { ...read, nested: await readNested(read, undefined) };
}

/** Gives the resources of a stack, and what their expressions may refer to, with these values of its parameters. */
function toEvaluated({ stack, at }: WantedStack, parameters: StackFacts['parameters']): Pick<StackFacts, 'scope' | 'resources' | 'named'> {
  const scope = withOutputs({ stack, at, parameters }, stack.nested);
  return { scope, ...toResources(stack, scope) };
}

/** Reads what AWS has of a stack, and of those nested in it. */
export async function readLive(wanted: WantedStack, cloud: Cloud, { isOn, goesOn, skip }: RecoverySettings): Promise<ReadStack> {
  const { stack, tags, parameters } = wanted;
  const [live, template] = await Promise.all([cloud.stacks.describe(stack.name), cloud.stacks.template(stack.name)]);
  const isDeletedFirst = isDeletedHalf(live) && ((isOn && skip[stack.name] !== undefined) || (await isNeverStable(stack.name, cloud)));
  const liveTemplate = template.kind === 'known' ? template.value : undefined;
  const change: StackChange = hasNoResources(stack.template)
    ? emptied
    : live.kind === 'known'
      ? await judgeWithSsm({ stack, live: live.value, liveTemplate, tags, parameters, isDeletedFirst, goesOn: isOn && goesOn }, cloud)
      : unreadable;
  const unread = [live, template].flatMap((answer) => (answer.kind === 'unknown' ? [answer.because] : []));
  const isMade = change.action === 'create' || change.action === 'recover'; // what a dead stack had is gone with it
  const evaluated = toEvaluated(wanted, { ...(isMade ? {} : toLiveParameters(live)), ...parameters });
  const read = { ...wanted, root: stack, ...evaluated, live, unread, ...(liveTemplate ? { liveTemplate } : {}), change };
  return { ...read, nested: await readNested(read, cloud) };
}

const isDeletedHalf = (live: Answer<LiveStack | undefined>): boolean => live.kind === 'known' && live.value?.status === 'DELETE_FAILED';

/** What cannot be read may have been stable. */
async function isNeverStable(stack: string, { readings }: Cloud): Promise<boolean> {
  const history = await readings.history({ stack });
  return history.kind === 'known' && history.value?.wasStable === false;
}

const pick = (values: Readonly<Record<string, string>>, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([k]) => keys.includes(k)));
