import { toSha256 } from '../canonical.ts';

/** Properties that hold what a team likes, as a map or as a list of names and values: a secret may be any of it. */
const holders =
  /^(Environment|EnvironmentVariables|RuntimeEnvironmentVariables|Variables|OptionSettings|DefaultArguments|ConnectionProperties|OriginCustomHeaders|ProviderDetails)$/;

/** Properties that are a text of a team's own, with whatever it holds. */
const texts = /^(UserData|ZipFile|InlineCode|BuildSpec)$/;

/** Properties that are so for one type of resource alone. */
const ofType: Readonly<Record<string, string>> = { 'AWS::SSM::Parameter': 'Value' };

/** What AWS itself has below a property that a team fills otherwise: the rest of an environment of a build, or the map of a function's. */
const ownParts: readonly string[] = [
  'Variables',
  'EnvironmentVariables',
  'ComputeType',
  'Image',
  'ImagePullCredentialsType',
  'PrivilegedMode',
];

/** What stands beside a value in a list, and says what it is. */
const labels = /^(Name|Key|Variable|HeaderName|OptionName|Namespace|Type)$/;

/** Functions whose arguments are names of things within the template. */
const naming = /^(Ref|Fn::GetAtt|Fn::ImportValue|Fn::FindInMap)$/;

/** Gives what stands in the place of a value: equal for equal values, so that a change still shows as one. */
export const toStandIn = (value: unknown): string => (isStandIn(value) ? value : `sha256:${toSha256(JSON.stringify(value)).slice(0, 32)}`);

const isStandIn = (value: unknown): value is string => typeof value === 'string' && /^(sha256:[0-9a-f]{32}|\*{4})$/.test(value);

/** Says whether a property, of that type of resource, holds what may be anything. */
export function isFreeForm(name: string, value: unknown, type = ''): boolean {
  if (texts.test(name) || ofType[type] === name) return true;
  if (!holders.test(name) || value === null || typeof value !== 'object') return false;
  return !ownParts.some((own) => own in value);
}

/** Gives a value with stand-ins for all that it holds; names, references, and what is hidden already, stay. */
export function withStandIns(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number') return toStandIn(value);
  if (Array.isArray(value)) return value.map(toItem);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value);
  return Object.fromEntries(members.map(([key, inner]) => [key, members.length === 1 ? toArgument(key, inner) : withStandIns(inner)]));
}

/** What an only member holds may be the argument of a function. */
function toArgument(key: string, inner: unknown): unknown {
  if (naming.test(key)) return inner;
  return key === 'Fn::If' && Array.isArray(inner) ? [inner[0], ...inner.slice(1).map(toItem)] : withStandIns(inner);
}

const toItem = (item: unknown): unknown => (isPair(item) ? toPair(item) : withStandIns(item));

const isPair = (item: unknown): item is object =>
  item !== null && typeof item === 'object' && Object.keys(item).some((key) => labels.test(key) && key !== 'Type');

const toPair = (pair: object): object =>
  Object.fromEntries(Object.entries(pair).map(([key, inner]) => [key, labels.test(key) ? inner : withStandIns(inner)]));
