import type { Answer, NotRead } from './answer.ts';
import type { Assembly, Stack, Template } from './assembly/assembly.ts';
import { resolveText, toExports, toImports, toResources, type Surroundings } from './assembly/resolve.ts';
import type { Environment } from './config/environment.ts';
import type { Decision } from './decision.ts';
import { nameProperty } from './names.ts';
import { judgeChange, type StackChange } from './plan/change.ts';
import { toClouds } from './target.ts';
import type { Cloud, LiveStack, Presence, Violation, World } from './world.ts';

/** A resource whose name the template fixes. */
export interface NamedResource {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
}

/** What AWS holds under a name that this deployment would take. */
export interface NameFact extends NamedResource {
  readonly presence: Answer<Presence>;
  /** Only asked when it is present. */
  readonly owner?: Answer<{ readonly stack: string; readonly logicalId: string } | undefined>;
}

/** One stack of the assembly beside what AWS has of it. */
export interface StackFacts {
  readonly stack: Stack;
  readonly at: Surroundings;
  readonly named: readonly NamedResource[];
  /** Undefined when nothing was asked of AWS. */
  readonly live?: Answer<LiveStack | undefined>;
  readonly liveTemplate?: Template;
  /** What of the live stack could not be read; its change is then a guess on the careful side. */
  readonly unread: readonly NotRead[];
  readonly change: StackChange;
  /** The tags and parameters it would deploy with. */
  readonly tags: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What is there of the bootstrap that a group of stacks needs. */
export interface BootstrapFact {
  readonly at: Surroundings;
  readonly qualifier: string;
  readonly parameter: string;
  /** The highest version that any of the stacks needs. */
  readonly needed: number;
  readonly stacks: readonly string[];
  readonly version: Answer<number | undefined>;
  /** Only asked when there is no version. */
  readonly qualifiers?: Answer<readonly string[]>;
}

/** Everything that checks and plan look at; plain data. What was not asked is not there. */
export interface Facts {
  readonly environment: Environment;
  /** The account of the credentials; undefined when AWS was not asked. */
  readonly account?: string;
  readonly assembly: Assembly;
  readonly decisions: readonly Decision[];
  /** The chosen stacks, in the order of deployment. */
  readonly stacks: readonly StackFacts[];
  readonly bootstraps: readonly BootstrapFact[];
  readonly names: readonly NameFact[];
  /** Whether what the decisions refer to can be read. */
  readonly references: readonly { readonly decision: Decision; readonly presence: Answer<Presence> }[];
  /** Exports by region, then by name; only asked where a stack imports what no stack of the run exports. */
  readonly exports: ReadonlyMap<string, Answer<ReadonlyMap<string, string>>>;
  readonly validation?: Answer<readonly Violation[]>;
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
  readonly cloud?: Cloud;
}

/**
 * Gathers the facts of a run: all calls at once, each at most once, and only reading ones.
 *
 * Cost: two calls a stack, one a bootstrap, and one or two for each name that the deployment would newly take; the
 * validation of templates that differ from the live ones runs beside the calls.
 */
export async function gatherFacts(question: FactsQuestion, world: World): Promise<Facts> {
  const { environment, assembly, decisions, cloud } = question;
  const clouds = cloud ? toClouds(environment, cloud, world) : undefined;
  const [stacks, bootstraps, references] = await Promise.all([
    Promise.all(question.stacks.map((stack) => readStack(stack, question, clouds))),
    clouds ? readBootstraps(question, clouds) : [],
    cloud
      ? Promise.all(
          decisions
            .filter((d) => d.kind === 'reference')
            .map(async (decision) => ({ decision, presence: await cloud.names.look(decision.type, decision.name) })),
        )
      : [],
  ]);
  const changing = stacks.filter((s) => s.change.action !== 'unchanged');
  const [names, exports, validation] = await Promise.all([
    clouds ? readNames(changing, clouds) : [],
    clouds ? readExports(stacks, clouds) : new Map<string, never>(),
    changing.length ? world.validator.validate(changing.map((s) => s.stack)) : undefined,
  ]);
  return {
    environment,
    ...(cloud ? { account: question.account } : {}),
    assembly,
    decisions,
    stacks,
    bootstraps,
    names,
    references,
    exports,
    ...(validation ? { validation } : {}),
  };
}

type Clouds = ReturnType<typeof toClouds>;

async function readStack(stack: Stack, question: FactsQuestion, clouds: Clouds | undefined): Promise<StackFacts> {
  const at = { account: stack.account ?? question.account, region: stack.region ?? question.region };
  const tags = { ...stack.tags, ...question.tags };
  const parameters = { ...stack.parameters, ...pick(question.parameters, Object.keys(stack.template.Parameters ?? {})) };
  const base = { stack, at, tags, parameters };
  if (!clouds || at.account !== question.account) {
    return { ...base, named: toNamed(stack, at, parameters), unread: [], change: { action: 'create', because: 'AWS was not asked' } };
  }
  const port = clouds(at.region).stacks;
  const [live, template] = await Promise.all([port.describe(stack.name), port.template(stack.name)]);
  const liveTemplate = template.kind === 'known' ? template.value : undefined;
  const change: StackChange =
    live.kind === 'known'
      ? judgeChange({ stack, live: live.value, liveTemplate, tags, parameters })
      : { action: 'update', because: 'its state cannot be read' };
  const named = toNamed(stack, at, { ...toParameters(live), ...parameters });
  const unread = [live, template].flatMap((answer) => (answer.kind === 'unknown' ? [answer.because] : []));
  return { ...base, named, live, unread, ...(liveTemplate ? { liveTemplate } : {}), change };
}

const pick = (values: Readonly<Record<string, string>>, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([k]) => keys.includes(k)));

/** A parameter that the run does not give keeps the value that it has. */
const toParameters = (live: Answer<LiveStack | undefined> | undefined): Readonly<Record<string, string>> =>
  live?.kind === 'known' ? (live.value?.parameters ?? {}) : {};

function toNamed(stack: Stack, at: Surroundings, parameters: Readonly<Record<string, string>>): readonly NamedResource[] {
  return toResources(stack.template).flatMap(([logicalId, resource]) => {
    const property = nameProperty(resource.Type);
    const name = property && !resource.Condition ? resolveText(resource.Properties?.[property], { ...stack, parameters }, at) : undefined;
    return name === undefined ? [] : [{ stack, logicalId, type: resource.Type, name }];
  });
}

async function readBootstraps(question: FactsQuestion, clouds: Clouds): Promise<readonly BootstrapFact[]> {
  const groups = new Map<string, { at: Surroundings; qualifier: string; parameter: string; needed: number; stacks: string[] }>();
  for (const stack of question.stacks) {
    const at = { account: stack.account ?? question.account, region: stack.region ?? question.region };
    if (!stack.bootstrap || at.account !== question.account) continue;
    const { parameter, qualifier, version } = stack.bootstrap;
    const key = `${at.region} ${parameter}`;
    const group = groups.get(key) ?? { at, qualifier, parameter, needed: 0, stacks: [] };
    groups.set(key, { ...group, needed: Math.max(group.needed, version), stacks: [...group.stacks, stack.name] });
  }
  return Promise.all(
    [...groups.values()].map(async (group) => {
      const port = clouds(group.at.region).bootstraps;
      const version = await port.version(group.parameter);
      const lacks = version.kind === 'known' && version.value === undefined;
      return { ...group, version, ...(lacks ? { qualifiers: await port.qualifiers() } : {}) };
    }),
  );
}

/** Names that the live stack has already under the same logical id are its own: nothing has to be asked about them. */
function readNames(stacks: readonly StackFacts[], clouds: Clouds): Promise<readonly NameFact[]> {
  const asked = stacks
    .filter((s) => s.live)
    .flatMap((s) =>
      s.named
        .filter(({ logicalId, type, name }) => {
          const live = s.liveTemplate?.Resources?.[logicalId];
          const property = nameProperty(type) ?? '';
          const before = { ...s.stack, template: s.liveTemplate ?? {}, parameters: toParameters(s.live) };
          const same = live?.Type === type && resolveText(live.Properties?.[property], before, s.at) === name;
          return !(same && s.change.action !== 'create' && s.change.action !== 'recover');
        })
        .map((named) => ({ named, cloud: clouds(s.at.region) })),
    )
    .filter(({ named, cloud }) => cloud.names.types.includes(named.type));
  return Promise.all(
    asked.map(async ({ named, cloud }): Promise<NameFact> => {
      const presence = await cloud.names.look(named.type, named.name);
      const there = presence.kind === 'known' && presence.value.kind === 'present';
      return { ...named, presence, ...(there ? { owner: await cloud.stacks.ownerOf(named.type, named.name) } : {}) };
    }),
  );
}

/**
 * Gives what the stacks import and no stack of the run exports in the same account and region.
 *
 * Only of stacks that AWS was asked about and that change.
 */
export function toOpenImports(stacks: readonly StackFacts[]): readonly { readonly facts: StackFacts; readonly name: string }[] {
  const key = ({ at }: StackFacts, name: string) => `${at.account} ${at.region} ${name}`;
  const provided = new Set(stacks.flatMap((s) => [...toExports(s.stack, s.at).keys()].map((name) => key(s, name))));
  return stacks
    .filter((s) => s.live && s.change.action !== 'unchanged')
    .flatMap((s) =>
      toImports(s.stack, s.at)
        .filter((name) => !provided.has(key(s, name)))
        .map((name) => ({ facts: s, name })),
    );
}

async function readExports(stacks: readonly StackFacts[], clouds: Clouds): Promise<Facts['exports']> {
  const regions = [...new Set(toOpenImports(stacks).map(({ facts }) => facts.at.region))];
  return new Map(await Promise.all(regions.map(async (region) => [region, await clouds(region).stacks.exports()] as const)));
}
