import { Open, toText } from '../assembly/evaluate.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { toList, toReferred } from './properties.ts';
import { toTouched, toAsked, type Touched } from './touched.ts';

/**
 * How many characters, without white space, IAM takes: of all inline policies of a principal, or of one managed policy.
 *
 * @source https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const maxCharacters: Readonly<Record<string, number>> = {
  'AWS::IAM::Role': 10_240,
  'AWS::IAM::Group': 5_120,
  'AWS::IAM::User': 2_048,
  'AWS::IAM::ManagedPolicy': 6_144,
};

/** Properties of inline policies that name the principals that they belong to. */
const attachments: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::IAM::Policy': { Roles: 'AWS::IAM::Role', Groups: 'AWS::IAM::Group', Users: 'AWS::IAM::User' },
  'AWS::IAM::RolePolicy': { RoleName: 'AWS::IAM::Role' },
  'AWS::IAM::GroupPolicy': { GroupName: 'AWS::IAM::Group' },
  'AWS::IAM::UserPolicy': { UserName: 'AWS::IAM::User' },
};

/** Whether policies are small enough. What is open counts with what is known of it, so that a policy that is told of is too large for certain. */
export const policySizes: Check = {
  name: 'sizes of policies',
  tier: 'static',
  judge: ({ templates }) =>
    templates.flatMap((facts) => {
      const all = toTouched([facts], (type) => type.startsWith('AWS::IAM::'));
      return all.flatMap((principal) => judgeSize(principal, all));
    }),
};

function judgeSize(principal: Touched, all: readonly Touched[]): readonly Finding[] {
  const { type, properties, place, logicalId } = principal;
  const max = maxCharacters[type];
  if (max === undefined) return [];
  const inline = toList(properties['Policies']).map((policy) => (policy as { PolicyDocument?: unknown }).PolicyDocument);
  const documents = type === 'AWS::IAM::ManagedPolicy' ? [properties['PolicyDocument']] : [...inline, ...toAttached(principal, all)];
  const characters = documents.reduce<number>((sum, document) => sum + leastCharacters(document), 0);
  const message = `The policies of ${logicalId} have ${characters} characters or more; an ${type} takes ${max}.`;
  return characters > max ? [finding('PF232', message, place)] : [];
}

const toAttached = (principal: Touched, all: readonly Touched[]): readonly unknown[] =>
  all
    .filter((policy) =>
      Object.entries(attachments[policy.type] ?? {}).some(
        ([property, type]) => type === principal.type && toList(policy.properties[property]).some((name) => isNameOf(name, principal)),
      ),
    )
    .map((policy) => policy.properties['PolicyDocument']);

const names = ['RoleName', 'GroupName', 'UserName'] as const;

function isNameOf(value: unknown, { logicalId, properties }: Touched): boolean {
  if (value instanceof Open) return toReferred(value) === logicalId;
  const text = toText(value);
  return text !== undefined && names.some((name) => text === properties[name]);
}

/** Gives how many characters the JSON of a value has at least, white space left out as IAM does. */
function leastCharacters(value: unknown): number {
  if (value === undefined) return 0;
  const known: string[] = [];
  const json = JSON.stringify(value, (_, part: unknown) => {
    if (!(part instanceof Open)) return part;
    known.push(...toKnownParts(part));
    return '';
  });
  return [json, ...known].join('').replace(/\s/g, '').length;
}

/** Gives the texts that certainly stand in what a join comes to; nothing of any other function. */
function toKnownParts({ expression }: Open): readonly string[] {
  const [separator, parts] = ((expression as Record<string, unknown>)['Fn::Join'] ?? []) as [string?, unknown?];
  if (!Array.isArray(parts)) return [];
  const texts = parts.flatMap((part) => (part instanceof Open ? toKnownParts(part) : [toText(part) ?? '']));
  return [...texts, (separator ?? '').repeat(Math.max(0, parts.length - 1))];
}

/** Says whether a value may come to nothing: one of its branches may be AWS::NoValue. */
const isPerhaps = (value: unknown): boolean => value instanceof Open && Object.hasOwn(value.expression as object, 'Fn::If');

/** What IAM allows where nobody asked for more; only beyond it is the account's own quota asked. */
const defaultManaged = 10;
const defaultTrust = 2_048;

/** Whether roles have no more managed policies, and no longer trust policies, than the quotas of the account let them. */
export const roleQuotas: Check = {
  name: 'quotas of roles',
  tier: 'read',
  judge: ({ templates }, ask) =>
    toAsked(templates).flatMap((facts) => {
      const all = toTouched([facts], (type) => type === 'AWS::IAM::Role' || type === 'AWS::IAM::ManagedPolicy');
      return all.filter(({ type }) => type === 'AWS::IAM::Role').flatMap((role) => judgeRole(role, all, ask));
    }),
};

function judgeRole(role: Touched, all: readonly Touched[], ask: Ask): readonly Finding[] {
  const { facts, properties, logicalId, place } = role;
  const arns = toList(properties['ManagedPolicyArns'])
    .filter((arn) => !isPerhaps(arn))
    .map((arn) => JSON.stringify(arn));
  const attached = all.filter((p) => p.type === 'AWS::IAM::ManagedPolicy' && toList(p.properties['Roles']).some((r) => isNameOf(r, role)));
  const managed = new Set(arns).size + attached.length;
  const trust = leastCharacters(properties['AssumeRolePolicyDocument']);
  if (managed <= defaultManaged && trust <= defaultTrust) return [];
  return judgeAnswer(ask(facts.at, 'iamSummary', {}), 'quotas of IAM', place, (summary) => {
    const { AttachedPoliciesPerRoleQuota: maxManaged = defaultManaged, AssumeRolePolicySizeQuota: maxTrust = defaultTrust } = summary;
    return [
      ...(managed > maxManaged
        ? [finding('PF233', `${logicalId} has ${managed} managed policies; the account allows ${maxManaged}.`, place)]
        : []),
      ...(trust > maxTrust
        ? [finding('PF232', `The trust policy of ${logicalId} has ${trust} characters or more; the account allows ${maxTrust}.`, place)]
        : []),
    ];
  });
}
