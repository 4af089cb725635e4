import type { StackFacts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import { toPlace, type Check } from './check.ts';

/**
 * Whether every parameter has a value, whether those that the run gives are allowed by the template, and the tags by CloudFormation.
 *
 * Of values that come from SSM only that there is one. Rules of a template are left to CloudFormation.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Tag.html
 */
export const parameterValues: Check = {
  name: 'values of parameters, and tags',
  tier: 'static',
  judge: ({ stacks }) =>
    stacks.flatMap((s) => (s.change.action === 'unchanged' ? [] : [...judgeMissing(s), ...judgeGiven(s), ...judgeTags(s)])),
};

/** A live stack keeps the values that it has; without asking AWS nobody knows whether there is one. */
function judgeMissing({ stack, live, change, parameters }: StackFacts): readonly Finding[] {
  if (live?.kind !== 'known') return [];
  const kept = change.action === 'update' ? (live.value?.parameters ?? {}) : {};
  return Object.entries(stack.template.Parameters ?? {})
    .filter(([name, { Default }]) => Default === undefined && !(name in parameters) && !(name in kept))
    .map(([name]) => finding('PF324', `${name} of ${stack.name} has no default, and nothing gives it a value.`, toPlace(stack)));
}

/** What a template may ask of the values of a parameter. */
interface Constraints {
  readonly Type: string;
  readonly NoEcho?: boolean;
  readonly AllowedValues?: unknown;
  readonly AllowedPattern?: unknown;
  readonly MinLength?: unknown;
  readonly MaxLength?: unknown;
  readonly MinValue?: unknown;
  readonly MaxValue?: unknown;
}

function judgeGiven({ stack, parameters }: StackFacts): readonly Finding[] {
  return Object.entries(stack.template.Parameters ?? {}).flatMap(([name, parameter]) => {
    const { [name]: given } = parameters;
    const constraints: Constraints = parameter;
    if (given === undefined || constraints.Type.startsWith('AWS::SSM::')) return [];
    const isList = /^(CommaDelimitedList|List<)/.test(constraints.Type);
    const values = isList ? given.split(',').map((item) => item.trim()) : [given];
    const [problem] = values.flatMap((value) => toProblems(value, constraints));
    if (problem === undefined) return [];
    const shown = constraints.NoEcho ? 'its value' : `its value ${JSON.stringify(given)}`;
    return [finding('PF325', `${name} of ${stack.name}: ${shown} ${problem}.`, toPlace(stack))];
  });
}

function toProblems(value: string, c: Constraints): readonly string[] {
  const isBeyond = (limit: unknown, than: (limit: number) => boolean) => limit !== undefined && than(Number(limit));
  const isNumber = /Number>?$/.test(c.Type);
  const number = Number(value);
  return [
    ...(Array.isArray(c.AllowedValues) && !c.AllowedValues.map(String).includes(value) ? [`is none of ${c.AllowedValues.join(', ')}`] : []),
    ...(typeof c.AllowedPattern === 'string' && !fits(value, c.AllowedPattern) ? [`does not fit ${c.AllowedPattern}`] : []),
    ...(isBeyond(c.MinLength, (limit) => value.length < limit) ? [`is shorter than ${String(c.MinLength)}`] : []),
    ...(isBeyond(c.MaxLength, (limit) => value.length > limit) ? [`is longer than ${String(c.MaxLength)}`] : []),
    ...(isNumber && (value.trim() === '' || Number.isNaN(number)) ? ['is no number'] : []),
    ...(isNumber && isBeyond(c.MinValue, (limit) => number < limit) ? [`is less than ${String(c.MinValue)}`] : []),
    ...(isNumber && isBeyond(c.MaxValue, (limit) => number > limit) ? [`is more than ${String(c.MaxValue)}`] : []),
  ];
}

/** The whole value has to fit. A pattern of Java that is none here is left to CloudFormation. */
function fits(value: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 's').test(value);
  } catch {
    return true;
  }
}

const tagLimits = { count: 50, key: 128, value: 256 } as const;

function judgeTags({ stack, tags }: StackFacts): readonly Finding[] {
  const all = Object.entries(tags);
  const problems = [
    ...(all.length > tagLimits.count ? [`has ${all.length} tags; CloudFormation takes ${tagLimits.count}`] : []),
    ...all.flatMap(([key, value]) => [
      ...(/^aws:/i.test(key) ? [`has the tag ${key}; names that begin with aws: are for AWS`] : []),
      ...(key.length > tagLimits.key ? [`has a tag whose name has ${key.length} characters; ${tagLimits.key} are allowed`] : []),
      ...(value.length > tagLimits.value ? [`has the tag ${key} with ${value.length} characters; ${tagLimits.value} are allowed`] : []),
    ]),
  ];
  return problems.map((problem) => finding('PF326', `${stack.name} ${problem}.`, toPlace(stack)));
}
