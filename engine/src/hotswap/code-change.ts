import type { Resource, Template } from '../assembly/assembly.ts';
import { toMentions } from '../assembly/mentions.ts';
import { isEqual } from '../canonical.ts';
import { toEntries, toOwn } from '../plan/essential.ts';

/** What gets other code, by logical id, when nothing but code changes. */
export interface CodeChange {
  readonly functions: ReadonlySet<string>;
  readonly tasks: ReadonlySet<string>;
  /** Aliases that go on from a version of such a function to the one of its new code. */
  readonly aliases: ReadonlySet<string>;
}

/** The change that is none. */
export const noCodeChange: CodeChange = { functions: new Set(), tasks: new Set(), aliases: new Set() };

/**
 * Gives what gets other code between two templates of a stack; otherwise what else changes, such as `Resources/Queue`.
 *
 * Code is the object or image of a function and the images of a task definition that services of the stack alone use, with the version
 * and its aliases that follow from it. What the CDK writes about itself does not count. The live template has question marks for
 * characters beyond ASCII: what holds any counts as changed.
 */
export function findCodeChange(live: Template, wanted: Template): { readonly code: CodeChange } | { readonly more: readonly string[] } {
  const [before, after] = [toOwn(live), toOwn(wanted)];
  const [was, is] = [toEntries(before), toEntries(after)];
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((name) => was.get(name) !== is.get(name));
  const pairs = changed
    .filter((name) => name.startsWith('Resources/'))
    .map((name) => name.slice('Resources/'.length))
    .map((id): Pair => ({ id, before: before.Resources?.[id], after: after.Resources?.[id] }));
  const functions = pairs.filter(isFunctionCode);
  const tasks = pairs.filter(isTaskImages).filter(({ id }) => isOfServices(id, after));
  const versions = functions.flatMap(({ id }) => findVersions(id, pairs) ?? []);
  const aliases = pairs.filter((pair) => isFollowing(pair, versions, after));
  const told = new Set([...functions, ...tasks, ...aliases].map((p) => p.id).concat(versions.flatMap((v) => [v.former, v.next])));
  const more = changed.filter((name) => !name.startsWith('Resources/') || !told.has(name.slice('Resources/'.length))).sort();
  const toIds = (of: readonly Pair[]) => new Set(of.map((p) => p.id));
  return more.length ? { more } : { code: { functions: toIds(functions), tasks: toIds(tasks), aliases: toIds(aliases) } };
}

/** One resource before and after. */
interface Pair {
  readonly id: string;
  readonly before: Resource | undefined;
  readonly after: Resource | undefined;
}

type Properties = Readonly<Record<string, unknown>>;

/** Says whether two resources of a type differ in one property alone, which `isFine` on both sides. */
function differsIn({ before, after }: Pair, type: string, name: string, isFine: (before: unknown, after: unknown) => boolean): boolean {
  if (before?.Type !== type || after?.Type !== type) return false;
  const { [name]: one, ...others } = before.Properties ?? {};
  const { [name]: two, ...rest } = after.Properties ?? {};
  return isEqual({ ...before, Properties: others }, { ...after, Properties: rest }) && isFine(one, two);
}

const isFunctionCode = (pair: Pair): boolean =>
  differsIn(pair, 'AWS::Lambda::Function', 'Code', (one, two) => toForm(one) !== undefined && toForm(one) === toForm(two));

/** Gives how code is named, where a swap can give it: by object or by image. */
function toForm(code: unknown): string | undefined {
  const names = Object.keys(code ?? {})
    .sort()
    .join();
  return names === 'S3Bucket,S3Key' || names === 'ImageUri' ? names : undefined;
}

const isTaskImages = (pair: Pair): boolean =>
  differsIn(pair, 'AWS::ECS::TaskDefinition', 'ContainerDefinitions', (one, two) => isEqual(withoutImages(one), withoutImages(two)));

const withoutImages = (containers: unknown): unknown =>
  Array.isArray(containers) ? containers.map((c: Properties) => ({ ...c, Image: '' })) : containers;

/** Whatever else refers to a task definition, such as a schedule, would go on with the former revision. */
function isOfServices(id: string, { Resources = {}, Outputs }: Template): boolean {
  const isMentioned = (value: unknown) =>
    [`"${id}"`, `"${id}.`, `\${${id}}`, `\${${id}.`].some((t) => JSON.stringify(value ?? null).includes(t));
  const services = Object.values(Resources).filter(
    (r) => r.Type === 'AWS::ECS::Service' && isEqual(r.Properties?.['TaskDefinition'], { Ref: id }),
  );
  const others = Object.entries(Resources)
    .filter(([other]) => other !== id)
    .map(([, r]) => {
      const { TaskDefinition: task, ...rest } = r.Properties ?? {};
      return services.includes(r) ? rest : { task, rest };
    });
  return services.length > 0 && !isMentioned(others) && !isMentioned(Outputs);
}

/** The version of a function that goes, and the one that comes in its place. */
interface Versions {
  readonly of: string;
  readonly former: string;
  readonly next: string;
}

/** All that a version says which gives what is published nothing that `$LATEST` would be without, such as provisioned concurrency. */
const ofPlainVersion: ReadonlySet<string> = new Set(['FunctionName', 'Description', 'CodeSha256']);

/** Gives the versions of a function, where one like the former comes in its place; the CDK names them by a hash of the function. */
function findVersions(of: string, pairs: readonly Pair[]): Versions | undefined {
  const own = (r: Resource | undefined) => r?.Type === 'AWS::Lambda::Version' && isOf(r, of);
  const [former, ...moreFormer] = pairs.filter((p) => own(p.before) && !p.after);
  const [next, ...moreNext] = pairs.filter((p) => own(p.after) && !p.before);
  if (!former || !next || moreFormer.length + moreNext.length || !isEqual(former.before, next.after)) return undefined;
  if (Object.keys(next.after?.Properties ?? {}).some((name) => !ofPlainVersion.has(name))) return undefined;
  return { of, former: former.id, next: next.id };
}

const isOf = (resource: Resource, of: string): boolean => {
  const [name, ...others] = toMentions(resource.Properties?.['FunctionName']);
  return name?.logicalId === of && others.length === 0;
};

/** An alias that does more than to lead to one version needs CloudFormation, or CodeDeploy, to go on. */
function isFollowing(pair: Pair, versions: readonly Versions[], template: Template): boolean {
  const { before, after } = pair;
  const own = versions.find(({ of }) => after?.Type === 'AWS::Lambda::Alias' && isOf(after, of));
  if (!own || !before || !after) return false;
  const leads = (value: unknown, to: string) => isEqual(value, { 'Fn::GetAtt': [to, 'Version'] });
  const isPlain =
    !('UpdatePolicy' in after) &&
    !['RoutingConfig', 'ProvisionedConcurrencyConfig'].some((name) => name in (after.Properties ?? {})) &&
    !hasPublished(template.Resources?.[own.of]) &&
    !Object.values(template.Resources ?? {}).some((r) => r.Properties?.['ServiceNamespace'] === 'lambda');
  return isPlain && differsIn(pair, 'AWS::Lambda::Alias', 'FunctionVersion', (one, two) => leads(one, own.former) && leads(two, own.next));
}

/** What Lambda does for published versions alone, an alias of what is not published would be without. */
const hasPublished = (resource: Resource | undefined): boolean =>
  ['SnapStart', 'DurableConfig', 'CapacityProviderConfig'].some((name) => name in (resource?.Properties ?? {}));
