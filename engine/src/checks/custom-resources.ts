import { toText } from '../assembly/evaluate.ts';
import type { Facts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { close } from './live.ts';
import { parseArn, toReferred } from './properties.ts';
import { isOfRun, toAsked, toTouched, type Touched } from './touched.ts';

/**
 * Whether the functions behind custom resources are there, and their time limits are allowed. Whether they answer, nobody can say.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
 */
export const customResources: Check = {
  name: 'custom resources',
  tier: 'static',
  judge: (facts, ask) =>
    toTouched(facts.templates, (type) => /^(Custom::|AWS::CloudFormation::CustomResource$)/.test(type)).flatMap((custom) => [
      ...judgeTimeout(custom),
      ...judgeToken(custom, facts, ask),
    ]),
};

const lambda = 'AWS::Lambda::Function';

function judgeTimeout({ properties, place }: Touched): readonly Finding[] {
  const timeout = toText(properties['ServiceTimeout']);
  if (timeout === undefined || (/^\d+$/.test(timeout) && Number(timeout) >= 1 && Number(timeout) <= 3_600)) return [];
  return [finding('PF293', `ServiceTimeout is ${timeout}; it is a number of seconds from 1 to 3600.`, place)];
}

function judgeToken({ facts, properties, place }: Touched, { templates }: Facts, ask: Ask): readonly Finding[] {
  const { at } = facts;
  if (toReferred(properties['ServiceToken']) !== undefined) return [];
  const token = close(properties['ServiceToken'], facts, facts.live ? ask : () => undefined);
  const { service, region, account, resource } = parseArn(token) ?? {};
  if (!service || !region) return [];
  if (region !== at.region)
    return [finding('PF293', `${String(token)} is in ${region}; it has to be in ${at.region}, as the stack.`, place)];
  const [, name] = /^function:([^:]+)(?::.+)?$/.exec(resource ?? '') ?? [];
  if (service !== 'lambda' || account !== at.account || !name || isOfRun(templates, lambda, name) || toAsked([facts]).length === 0)
    return [];
  return judgeAnswer(ask(at, 'presence', { type: lambda, name }), `function ${name}`, place, ({ kind }) =>
    kind === 'absent' ? [finding('PF293', `The function ${name}, which is to answer, is not there.`, place)] : [],
  );
}
