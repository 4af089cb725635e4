import { isOpen, toText } from '../assembly/evaluate.ts';
import { toCanonicalJson } from '../canonical.ts';
import { finding, type Finding } from '../finding.ts';
import type { Check } from './check.ts';
import { toList, toPart, toTexts } from './properties.ts';
import { isPropertyTouched, toTouched, type Touched } from './touched.ts';
import { toLiveResources } from '../template-facts.ts';

/**
 * Whether user pools can ask for the second factor that they want, and keep what of them can never change.
 *
 * @source https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpool.html
 */
export const userPools: Check = {
  name: 'user pools',
  tier: 'static',
  judge: ({ templates }) =>
    toTouched(templates, (type) => type === 'AWS::Cognito::UserPool').flatMap((pool) => [...judgeMfa(pool), ...judgeFixed(pool)]),
};

/** What decides on the second factor; as it is in the live stack, Cognito has taken it. */
const deciding = ['MfaConfiguration', 'EnabledMfas', 'SmsConfiguration', 'EmailConfiguration', 'UserPoolTier'];

function judgeMfa(pool: Touched): readonly Finding[] {
  const { properties, place } = pool;
  if (!deciding.some((name) => isPropertyTouched(pool, name))) return [];
  const { MfaConfiguration: mode = 'OFF', EnabledMfas: enabled, SmsConfiguration: sms, EmailConfiguration: email } = properties;
  if (isOpen(mode) || isOpen(enabled) || mode === 'OFF') return [];
  const tell = (message: string) => [finding('PF270', message, place)];
  if (mode !== 'ON' && mode !== 'OPTIONAL') return tell(`MfaConfiguration is ${String(mode)}; it is one of OFF, ON, OPTIONAL.`);
  const factors = toTexts(enabled);
  if (!sms && (factors.length === 0 || factors.includes('SMS_MFA')))
    return tell(`MFA is ${mode} ${factors.length ? 'by SMS' : 'without EnabledMfas'}, and there is no SmsConfiguration.`);
  if (!factors.includes('EMAIL_OTP') || isOpen(email)) return [];
  if (toPart(email, 'EmailSendingAccount') !== 'DEVELOPER') return tell('MFA by email needs an EmailConfiguration of your own SES.');
  return properties['UserPoolTier'] === 'LITE' ? tell('MFA by email is no part of the feature plan LITE.') : [];
}

/** What is set when a pool is made, and refused in every update. */
const fixed = ['AliasAttributes', 'UsernameAttributes'];

function judgeFixed({ facts, change, logicalId, properties, place }: Touched): readonly Finding[] {
  const before = change.action === 'update' ? toLiveResources(facts).find((r) => r.logicalId === logicalId)?.properties : undefined;
  if (!before) return [];
  const gone = fixed.filter((name) => isKnownToDiffer(toSet(before[name]), toSet(properties[name])));
  const after = toAttributes(properties['Schema']);
  const attributes = [...toAttributes(before['Schema'])].filter(([name, a]) => isKnownToDiffer(a, after.get(name))).map(([name]) => name);
  return [
    ...gone.map((name) => finding('PF271', `${name} cannot change once the user pool is there.`, place)),
    ...(attributes.length && !isOpen(properties['Schema'])
      ? [finding('PF271', `The attributes ${attributes.join(', ')} are changed or removed; attributes can only be added.`, place)]
      : []),
  ];
}

/** The order of such a list means nothing. */
const toSet = (value: unknown): unknown => (isOpen(value) ? value : [...toTexts(value)].sort());

const isKnownToDiffer = (before: unknown, after: unknown): boolean =>
  !isOpen(before) && !isOpen(after) && toCanonicalJson(before ?? []) !== toCanonicalJson(after ?? []);

const toAttributes = (schema: unknown): ReadonlyMap<string, unknown> =>
  new Map(toList(schema).map((a) => [toText(toPart(a, 'Name')) ?? '', a]));
