import type { Stack } from './assembly/assembly.ts';
import { isHidden } from './plan/hide.ts';

/** A shorter value is part of so many words that hiding it would hide the report. */
const shortest = 4;

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
