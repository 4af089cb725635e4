import type { Stack, Template } from './assembly/assembly.ts';
import { isHidden, refersToHidden } from './plan/hide.ts';

/** A shorter value is part of so many words that hiding it would hide the report. */
const shortest = 4;

/** Says whether a value is long enough to be hidden wherever it stands. */
export const isHideable = (value: string): boolean => value.length >= shortest;

/** Gives the values of the parameters that CloudFormation hides, from four characters on: those given to a run, and those of the assembly. */
export function toSecretValues(stacks: readonly Stack[], given: Readonly<Record<string, string>>): readonly string[] {
  return stacks.flatMap(({ template, parameters }) =>
    Object.entries(template.Parameters ?? {})
      .filter(([name]) => isHidden(template.Parameters, name))
      .flatMap(([name, { Default }]) => [given[name], parameters[name], Default])
      .flatMap((value) => (value === undefined ? [] : [String(value)]))
      .filter((value) => value.length >= shortest),
  );
}

/** Says whether an output of a template is made of a parameter that CloudFormation hides, through functions too: the stack tells it in clear. */
export const isSecretOutput = ({ Outputs, Parameters }: Template, key: string): boolean =>
  refersToHidden(Outputs?.[key]?.Value, Parameters);
