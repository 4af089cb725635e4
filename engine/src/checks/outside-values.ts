import { isSamePlace } from '../assembly/surroundings.ts';
import type { Facts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';
import { toWritten } from './cross-region-exports.ts';
import { findTexts } from './texts.ts';
import { toAsked, toTouched } from './touched.ts';
import type { TemplateFacts } from '../template-facts.ts';

/**
 * Whether the values that CloudFormation fetches from SSM and Secrets Manager are there: parameters of SSM types, and dynamic
 * references.
 *
 * What another stack of the run makes counts as there, and what it hands over from another region. Keys inside of secrets are not looked at: that would read the secret.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export const outsideValues: Check = {
  name: 'values of SSM and Secrets Manager',
  tier: 'read',
  judge: (facts, ask) =>
    toAsked(facts.templates).flatMap((s) => [
      ...judgeParameters(s, facts, ask),
      ...toReferences(s).flatMap((reference) => judgeReference(reference, s, facts, ask)),
    ]),
};

function judgeParameters(s: TemplateFacts, facts: Facts, ask: Ask): readonly Finding[] {
  const { stack, at, scope } = s;
  return Object.entries(stack.template.Parameters ?? {}).flatMap(([key, { Type, Default }]) => {
    const name = scope.parameters[key] ?? Default;
    if (!Type.startsWith('AWS::SSM::Parameter::') || typeof name !== 'string' || name === s.root.bootstrap?.parameter) return [];
    if (isMadeBeside(name, s, facts)) return [];
    const place = toPlace(stack);
    return judgeAnswer(ask(at, 'parameter', { name }), `parameter ${name}`, place, (found) => {
      const whose = `${name}, the value of the template's parameter ${key},`;
      if (!found) return [finding('PF240', `${whose} is not there in ${at.account}/${at.region}.`, place)];
      const isSecure = found.type === 'SecureString' && Type.startsWith('AWS::SSM::Parameter::Value<');
      return isSecure ? [finding('PF240', `${whose} is a SecureString, which CloudFormation does not take here.`, place)] : [];
    });
  });
}

/** One dynamic reference of a resource: the service, and what follows its name. */
interface Reference {
  readonly service: 'ssm' | 'ssm-secure' | 'secretsmanager';
  readonly rest: string;
  readonly logicalId: string;
}

function toReferences(s: TemplateFacts): readonly Reference[] {
  const all = toTouched([s], () => true).flatMap(({ logicalId, properties }) =>
    findTexts(properties).flatMap(({ text }) =>
      [...text.matchAll(/\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]+)\}\}/g)].map(
        ([whole, service, rest = '']): [string, Reference] => [whole, { service: service as Reference['service'], rest, logicalId }],
      ),
    ),
  );
  return [...new Map(all.toReversed()).values()].toReversed();
}

function judgeReference({ service, rest, logicalId }: Reference, s: TemplateFacts, facts: Facts, ask: Ask): readonly Finding[] {
  const place = toPlace(s.stack, logicalId);
  if (service === 'secretsmanager') return judgeSecret(rest, s, facts, ask, place);
  const [name = ''] = rest.split(':');
  if (isMadeBeside(name, s, facts) || makes(s, 'AWS::SSM::Parameter', name)) return [];
  return judgeAnswer(ask(s.at, 'parameter', { name: rest }), `parameter ${rest}`, place, (found) =>
    found ? [] : [finding('PF240', `${rest} is not there in ${s.at.account}/${s.at.region}.`, place)],
  );
}

/** The id is an ARN or a name; then follow, each perhaps empty, SecretString, key, label and version. */
function judgeSecret(rest: string, s: TemplateFacts, facts: Facts, ask: Ask, place: Finding['place']): readonly Finding[] {
  const [, id = '', more = ''] = /^(arn:[^:]*(?::[^:]*){5}|[^:]+)(?::(.*))?$/.exec(rest) ?? [];
  const [, , label = '', version = ''] = more.split(':');
  const region = id.startsWith('arn:') ? id.split(':')[3] : s.at.region;
  if (!id || region !== s.at.region || facts.templates.some((other) => makes(other, 'AWS::SecretsManager::Secret', id))) return [];
  return judgeAnswer(ask(s.at, 'secret', { id }), `secret ${id}`, place, (found) => {
    if (!found) return [finding('PF241', `The secret ${id} is not there in ${s.at.account}/${s.at.region}.`, place)];
    if (found.isDeleted) return [finding('PF241', `The secret ${id} is scheduled for deletion: nobody can read it.`, place)];
    const wanted = label || 'AWSCURRENT';
    const isThere = version ? version in found.versions : Object.values(found.versions).some((labels) => labels.includes(wanted));
    return isThere ? [] : [finding('PF241', `The secret ${id} has no version ${version || wanted}.`, place)];
  });
}

const makes = ({ named }: TemplateFacts, type: string, name: string): boolean => named.some((n) => n.type === type && n.name === name);

/** Says whether another stack of the run makes a parameter of SSM in the account and region of a stack. */
const isMadeBeside = (name: string, own: TemplateFacts, { templates }: Facts): boolean =>
  templates.some(
    (s) =>
      s !== own &&
      ((isSamePlace(s.at, own.at) && makes(s, 'AWS::SSM::Parameter', name)) ||
        (s.at.account === own.at.account && toWritten(s.stack.template, s).some((w) => w.region === own.at.region && w.name === name))),
  );
