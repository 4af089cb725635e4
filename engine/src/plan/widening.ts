import type { Resource } from '../assembly/assembly.ts';
import { toCanonicalJson } from '../canonical.ts';
import { isAccess } from './plan.ts';

type Properties = Readonly<Record<string, unknown>>;

/** A statement of a policy, of whatever kind of resource. */
interface Statement {
  readonly Effect: string;
  readonly [part: string]: unknown;
}

/**
 * Says whether a change of a resource lets somebody do or reach more than before: a further permission, a Deny less, wider trust, a further
 * rule of a security group.
 *
 * `before` is undefined for a new resource, `after` for one that goes. Where nobody can tell, it widens. A permission that an earlier
 * statement of the same resource gave already is none, also when that one was wider.
 */
export function judgeWidening(type: string, before: Resource | undefined, after: Resource | undefined): boolean {
  if (!isAccess(type)) return false;
  const [was, is] = [before?.Properties ?? {}, after?.Properties ?? {}];
  if (!after) return !identities.has(type) && toStatements(was).some(isDeny);
  if (before && toCanonicalJson(before.Condition ?? null) !== toCanonicalJson(after.Condition ?? null)) return true;
  if (type === 'AWS::EC2::SecurityGroup') return hasMoreRules(was, is, before !== undefined);
  if (grants.has(type)) return !before || toChanged(was, is).some((name) => !harmless.has(name));
  return hasMoreStatements(was, is) || hasMoreMembers(was, is) || (before !== undefined && hasOtherRest(was, is));
}

/** What grants as soon as it is there. */
const grants = new Set([
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::IAM::AccessKey',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::SAMLProvider',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Url',
]);

/** What is itself gone when it goes: nobody is left whom its Deny held back. */
const identities = new Set(['AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::KMS::Key']);

/** Properties that grant nothing. */
const harmless = new Set([
  'Description',
  'EnableKeyRotation',
  'GroupDescription',
  'GroupName',
  'ManagedPolicyName',
  'MaxSessionDuration',
  'Path',
  'PendingWindowInDays',
  'PolicyName',
  'RoleName',
  'RotationPeriodInDays',
  'Tags',
  'UserName',
  'VpcId',
]);

/** Lists of who gets what: one more is a grant, where there is anything to get. */
const members = ['ManagedPolicyArns', 'Roles', 'Users', 'Groups'];

const toChanged = (was: Properties, is: Properties): readonly string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => toText(was[name]) !== toText(is[name]));

const toText = (value: unknown): string => toCanonicalJson(value ?? null);

function hasMoreRules(was: Properties, is: Properties, isThere: boolean): boolean {
  const changed = toChanged(was, is);
  const more = (name: string): boolean =>
    changed.includes(name) &&
    (!isList(is[name] ?? []) || !isList(was[name] ?? []) || toRules(is[name]).some((rule) => !toRules(was[name]).includes(rule)));
  return more('SecurityGroupIngress') || (isThere && more('SecurityGroupEgress'));
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const toRules = (value: unknown): readonly string[] =>
  isList(value) ? value.map((rule) => toText({ ...(rule as object), Description: undefined })) : [];

function hasMoreStatements(was: Properties, is: Properties): boolean {
  if (hasConditional(was) || hasConditional(is)) return toDocuments(was) !== toDocuments(is);
  const [old, now] = [toStatements(was), toStatements(is)];
  return (
    now.filter(isAllow).some((s) => !old.filter(isAllow).some((o) => covers(o, s))) ||
    old.filter(isDeny).some((s) => !now.filter(isDeny).some((n) => covers(n, s)))
  );
}

/** A policy that nothing allows is no grant to those who get it; one that denies must keep those whom it held back. */
function hasMoreMembers(was: Properties, is: Properties): boolean {
  const statements = toStatements(is);
  const gives = statements.length === 0 || statements.some(isAllow);
  const holds = toStatements(was).some(isDeny);
  return members.some((name) => {
    if (toText(was[name]) === toText(is[name])) return false;
    const [old, now] = [toItems(was[name]), toItems(is[name])];
    return (gives && now.some((m) => !old.includes(m))) || (holds && old.some((m) => !now.includes(m)));
  });
}

/** A boundary that is new only narrows; what is neither known to grant nothing nor looked into above may be anything. */
function hasOtherRest(was: Properties, is: Properties): boolean {
  return toChanged(was, is).some((name) => {
    if (harmless.has(name) || members.includes(name)) return false;
    if (name === 'PermissionsBoundary') return was[name] !== undefined;
    if (toStatements(was[name]).length + toStatements(is[name]).length === 0) return true;
    return toExpressions(is[name]).some((e) => !toExpressions(was[name]).includes(e));
  });
}

/** Gives the expressions in a document of a policy that stand in the place of statements: nobody can say here what they come to. */
function toExpressions(value: unknown): readonly string[] {
  if (value === null || typeof value !== 'object') return [];
  if (isList(value)) return value.flatMap(toExpressions);
  if (typeof (value as Statement).Effect === 'string') return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === 'Ref' || name.startsWith('Fn::')) return [toText(value)];
    return name === 'PolicyName' ? [] : toExpressions(inner);
  });
}

const toItems = (value: unknown): readonly string[] => (value === undefined ? [] : isList(value) ? value : [value]).map((v) => toText(v));

const isAllow = ({ Effect }: Statement): boolean => Effect !== 'Deny';
const isDeny = ({ Effect }: Statement): boolean => Effect === 'Deny';

/** Gives all statements within a value, however deep. */
function toStatements(value: unknown): readonly Statement[] {
  if (value === null || typeof value !== 'object') return [];
  if (!isList(value) && typeof (value as Statement).Effect === 'string') return [value as Statement];
  return Object.values(value).flatMap(toStatements);
}

const toDocuments = (properties: Properties): string => toText(Object.entries(properties).filter(([, v]) => toStatements(v).length > 0));

const hasConditional = (properties: Properties): boolean => toDocuments(properties).includes('"Fn::If"');

/** Parts of a statement that are lists of patterns: fewer of them match less. */
const patterns = ['Action', 'Resource'];

/** Says whether a statement matches all that another one of the same effect does. */
function covers(wide: Statement, narrow: Statement): boolean {
  const parts = [...new Set([...Object.keys(wide), ...Object.keys(narrow)])].filter((part) => part !== 'Sid' && part !== 'Effect');
  return parts.every((part) => {
    const [w, n] = [wide[part], narrow[part]];
    if (toText(w) === toText(n)) return true;
    if (part === 'Condition') return w === undefined;
    if (part === 'Principal') return isPrincipalWithin(n, w);
    return patterns.includes(part) && w !== undefined && n !== undefined && isWithin(n, w);
  });
}

const isWithin = (narrow: unknown, wide: unknown): boolean =>
  toItems(narrow).every((item) => toItems(wide).some((pattern) => item === pattern || matches(pattern, item)));

/** Only plain texts are compared as patterns; `*` within stands for anything. */
function matches(pattern: string, item: string): boolean {
  if (!pattern.startsWith('"') || !item.startsWith('"')) return pattern === '"*"';
  const source = pattern
    .slice(1, -1)
    .split('*')
    .map((s) => s.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 'i').test(item.slice(1, -1));
}

/** Patterns mean nothing in principals, but for `*` alone. */
function isPrincipalWithin(narrow: unknown, wide: unknown): boolean {
  if (wide === '*' || toText(wide) === '{"AWS":"*"}') return narrow !== undefined;
  if (wide === null || narrow === null || typeof wide !== 'object' || typeof narrow !== 'object') return false;
  return Object.entries(narrow).every(([kind, names]) =>
    toItems(names).every((name) => toItems((wide as Properties)[kind]).includes(name)),
  );
}
