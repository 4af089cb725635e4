import type { Template } from '../assembly/assembly.ts';
import { hasSecretShape } from '../secret-shapes.ts';
import { isFreeForm, toStandIn, withStandIns } from './free-form.ts';
import type { ResourceChange } from './plan.ts';

/** What stands in the place of a value that nobody may see. */
export const hidden = '****';

/** Names of properties whose values are secrets, also where a template has them as plain text. */
export const secretNames = /password|passphrase|secret(?!.*(arn|name|id)$)|token$|api_?key|private_?key|credential/i;

/** Dynamic references to secrets. */
const secretReferences = /\{\{resolve:(secretsmanager|ssm-secure):/;

/**
 * Gives a value of a template as it may be shown: without what comes from parameters that CloudFormation hides, from secrets, or stands
 * under or beside the name of one.
 *
 * `name` is the property that the value is of, `type` the type of the resource. In the place of what looks like a secret, and of all that a team
 * puts where anything goes (see `isFreeForm`), stands a digest. The value stays as it is where it holds none of that.
 */
export function hideSecrets(name: string, value: unknown, parameters: Template['Parameters'], type?: string): unknown {
  const hides = (parameter: unknown) => typeof parameter === 'string' && isHidden(parameters, parameter);
  const visit = (key: string, v: unknown): unknown => {
    if (typeof v === 'string') return secretReferences.test(v) || secretNames.test(key) ? hidden : hasSecretShape(v) ? toStandIn(v) : v;
    if (typeof v === 'number') return secretNames.test(key) ? hidden : v;
    if (Array.isArray(v)) return v.map((each) => visit(key, each));
    if (v === null || typeof v !== 'object') return v;
    const members = Object.entries(v);
    if (members.some(([k, inner]) => isReference(k, inner, hides) || isMade(k, key)) || isSecretText(v)) return hidden;
    const isSecret = members.some(([k, inner]) => labelKeys.test(k) && typeof inner === 'string' && secretNames.test(inner));
    return Object.fromEntries(members.map(([k, inner]) => [k, isSecret && /Value$/.test(k) ? hidden : toShown(k, inner)]));
  };
  const toShown = (key: string, v: unknown): unknown => (isFreeForm(key, v) ? withStandIns(visit(key, v)) : visit(key, v));
  return isFreeForm(name, value, type) ? withStandIns(visit(name, value)) : visit(name, value);
}

/** What names the value that stands beside it. */
const labelKeys = /^(Name|Key|Variable|HeaderName|OptionName|ParameterKey|ParameterName)$/;

/** Gives parameters or tags as they may be shown: digests stand for what has the name or the shape of a secret. */
export const hideValues = (
  values: Readonly<Record<string, string>>,
  parameters?: Template['Parameters'],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (isHidden(parameters, name)) return [name, hidden];
      return [name, secretNames.test(name) || hasSecretShape(value) ? toStandIn(value) : value];
    }),
  );

/** Gives changes of resources without the secrets in them; `live` and `wanted` are the templates that the values are of. */
export const hideChanges = (changes: readonly ResourceChange[], live: Template | undefined, wanted: Template): readonly ResourceChange[] =>
  changes.map((c) => ({
    ...c,
    properties: c.properties.map((p) => ({
      ...p,
      ...('before' in p ? { before: hideSecrets(p.path, p.before, live?.Parameters, c.type) } : {}),
      ...('after' in p ? { after: hideSecrets(p.path, p.after, wanted.Parameters, c.type) } : {}),
    })),
  }));

/** Says whether CloudFormation hides the value of a parameter; templates may say so as a text. */
export const isHidden = (parameters: Template['Parameters'], name: string): boolean =>
  /^true$/i.test(String(parameters?.[name]?.NoEcho ?? ''));

/** Says whether a value is made of a parameter that CloudFormation hides, however deep within functions. */
export function refersToHidden(value: unknown, parameters: Template['Parameters']): boolean {
  if (value === null || typeof value !== 'object') return false;
  const hides = (parameter: unknown) => typeof parameter === 'string' && isHidden(parameters, parameter);
  return Object.entries(value).some(([key, inner]) => isReference(key, inner, hides) || refersToHidden(inner, parameters));
}

function isReference(key: string, value: unknown, hides: (parameter: unknown) => boolean): boolean {
  if (key === 'Ref') return hides(value);
  if (key !== 'Fn::Sub') return false;
  const text = Array.isArray(value) ? String(value[0]) : String(value);
  return [...text.matchAll(/\$\{([^!}]+)\}/g)].some(([, name]) => hides(name));
}

/** A text under the name of a secret that a function puts together is hidden as a whole. */
const isMade = (key: string, property: string): boolean => key.startsWith('Fn::') && secretNames.test(property);

/** A dynamic reference may be put together of parts, of which none is one. */
const isSecretText = (value: object): boolean => {
  const join = (value as { 'Fn::Join'?: unknown })['Fn::Join'];
  return join !== undefined && secretReferences.test(JSON.stringify(join));
};
