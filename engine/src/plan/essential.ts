import type { Resource, Template } from '../assembly/assembly.ts';
import { toCanonicalJson, toSha256 } from '../canonical.ts';
import { redact } from '../report/redact.ts';
import { toMangled } from './change.ts';
import { hidden, isHidden, secretNames } from './hide.ts';

/**
 * Gives what of a template counts when two of them are compared.
 *
 * Not in it: what the CDK writes about itself (its metadata, its bootstrap rule), the order of what AWS takes as a set, the numbers of
 * tokens that were left in a text, and secrets: a digest of something short could be guessed. Neither are the addresses of the templates
 * of the nested stacks `seen`, by logical id: what is in them counts.
 */
export function toEssential(template: Template, secrets: readonly string[], seen: ReadonlySet<string> = new Set()): Template {
  const own = toOwn(template);
  const resources = Object.entries(own.Resources ?? {}).map(([id, r]) => [id, seen.has(id) ? withoutAddress(r) : r]);
  const defaults = Object.entries(own.Parameters ?? {}).map(([name, p]) => [
    name,
    isHidden(own.Parameters, name) && 'Default' in p ? { ...p, Default: hidden } : p,
  ]);
  const whole = { ...own, Resources: Object.fromEntries(resources), Parameters: Object.fromEntries(defaults) };
  return redact(visit('', whole) as Template, secrets);
}

/** Gives a template without what the CDK writes about itself, and otherwise as it is, secrets among it. */
export function toOwn({ Resources, Parameters, Conditions, Rules, ...others }: Template): Template {
  const kept = without(Resources, (_, { Type }) => Type === 'AWS::CDK::Metadata');
  return {
    ...others,
    Resources: Object.fromEntries(Object.entries(kept).map(([id, r]) => [id, toOwnResource(r)])),
    Parameters: without(Parameters, (name) => name === 'BootstrapVersion'),
    Conditions: without(Conditions, (name) => name === 'CDKMetadataAvailable'),
    Rules: without(Rules as Record<string, unknown>, (name) => name === 'CheckBootstrapVersion'),
  };
}

/**
 * Gives what differs between two templates, as digests by section and name: `Resources/Queue`, `Outputs/Url`, `Description`; of a nested
 * stack with the logical ids `within` before the name: `Resources/Inner/Queue`.
 *
 * Each digest is of both sides, so that equal ones mean: the same becomes the same. Both are to be essential. What differs beyond ASCII
 * alone does not count, because CloudFormation gives it back in question marks.
 */
export function toDelta(before: Template | undefined, after: Template, within = ''): Readonly<Record<string, string>> {
  const [was, is] = [toEntries(before ?? {}), toEntries(after)];
  const names = [...new Set([...was.keys(), ...is.keys()])].sort();
  return Object.fromEntries(
    names.flatMap((name) => {
      const [one, two] = [was.get(name) ?? '', is.get(name) ?? ''];
      return toMangled(one) === toMangled(two) ? [] : [[toNestedName(name, within), toShortDigest([toMangled(one), two])]];
    }),
  );
}

function toNestedName(name: string, within: string): string {
  const [section, ...rest] = name.split('/');
  return within ? [section, within, ...rest].join('/') : name;
}

/** Gives 128 bits of a SHA-256, as 32 hexadecimal digits: enough for what stands within a larger digest. */
export const toShortDigest = (value: unknown): string => toSha256(toCanonicalJson(value)).slice(0, 32);

/** Gives what a template says by section and name, such as `Resources/Queue`, each as canonical JSON. */
export function toEntries(template: Template): ReadonlyMap<string, string> {
  const entries = Object.entries(template).flatMap(([section, content]): [string, string][] =>
    content !== null && typeof content === 'object' && !Array.isArray(content)
      ? Object.entries(content).map(([name, value]) => [`${section}/${name}`, toCanonicalJson(value)])
      : [[section, toCanonicalJson(content)]],
  );
  return new Map(entries);
}

const without = <T>(section: Readonly<Record<string, T>> | undefined, isLeftOut: (name: string, value: T) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(section ?? {}).filter(([name, value]) => !isLeftOut(name, value)));

const withoutAddress = (resource: Resource): Resource => ({
  ...resource,
  Properties: without(resource.Properties, (name) => name === 'TemplateURL'),
});

function toOwnResource({ Metadata, DependsOn, ...rest }: Resource): Resource {
  const metadata = without(Metadata, (key) => /^aws:(cdk|asset):/.test(key));
  return {
    ...rest,
    ...(Object.keys(metadata).length ? { Metadata: metadata } : {}),
    ...(DependsOn === undefined ? {} : { DependsOn: [DependsOn].flat() }),
  };
}

/** Properties whose lists AWS takes as sets: apps that keep them in sets of their own give another order with every synth. */
const sets =
  /^(DependsOn|(Not)?Action|(Not)?Resource|Statement|Tags|SecurityGroupIds|SubnetIds|SecurityGroup(In|E)gress|ManagedPolicyArns)$/;

/** Names that hold the name of a secret, or its shape, and not the secret. */
const aboutSecrets = /(arns?|names?|ids?|types?|sources?|modes?|days|length|policy|age|required|enabled)$/i;

/** Functions whose arguments are names of things within the template. */
const naming = new Set(['Ref', 'Fn::GetAtt', 'Fn::ImportValue', 'Fn::FindInMap', 'Condition']);

function visit(key: string, value: unknown): unknown {
  if (typeof value === 'string') return isSecret(key, value) ? hidden : toSteady(value);
  if (typeof value === 'number') return isSecret(key, '') ? hidden : value;
  if (Array.isArray(value)) {
    const items = value.map((each) => visit(key, each));
    return sets.test(key)
      ? items
          .map((i) => [toCanonicalJson(i), i] as const)
          .sort(byText)
          .map(([, i]) => i)
      : items;
  }
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(([name, inner]) => [
    name,
    naming.has(name) ? inner : visit(name.startsWith('Fn::') ? key : name, inner),
  ]);
  return Object.fromEntries(members);
}

const byText = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);

/** Names of roles and of kept secrets are none themselves. */
const isSecret = (key: string, value: string): boolean =>
  secretNames.test(key) && !aboutSecrets.test(key) && !/^arn:|^\{\{resolve:/.test(value);

/** Tokens that no synth resolved are counted through by the app: `${Token[Name.123]}`. */
const toSteady = (text: string): string => text.replace(/(\$\{Token\[[^\]]*)\.\d+(?=\]\})/g, '$1');
