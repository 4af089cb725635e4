import { toSentence } from '../../../../engine/src/answer.ts';
import type { StackResult } from '../../../../engine/src/report/report.ts';
import type { Stacks } from '../../../../engine/src/world.ts';

/** The outputs that verifications may refer to, and where those of stacks outside of the run are read. */
export interface Outputs {
  readonly results: readonly StackResult[];
  /** Names of all stacks of the assembly, those that were not chosen among them. */
  readonly known: readonly string[];
  readonly stacks: Stacks;
}

/** A text whose references are filled in; or why that cannot be done, and whether it is because a stack of the assembly is not there yet. */
export type Filled = { readonly text: string } | { readonly problem: string; readonly isAbsent: boolean };

const reference = /\$\{([A-Za-z][\w-]*)\.(\w+)\}/g;

/** Gives a text with `${Stack.Output}` filled in: from this run, or from AWS for a stack that it did not choose. */
export async function fill(text: string, outputs: Outputs): Promise<Filled> {
  const values = new Map<string, string>();
  for (const [whole, stack = '', key = ''] of text.matchAll(reference)) {
    const found = await findOutput(stack, key, outputs);
    if ('problem' in found) return found;
    values.set(whole, found.text);
  }
  return { text: text.replace(reference, (whole) => values.get(whole) ?? whole) };
}

async function findOutput(stack: string, key: string, { results, known, stacks }: Outputs): Promise<Filled> {
  const own = results.find((r) => r.name === stack);
  const answer = own ? undefined : await stacks.describe(stack);
  if (answer?.kind === 'unknown') return { problem: `the stack ${stack} cannot be read: ${toSentence(answer.because)}`, isAbsent: false };
  if (answer && !answer.value) return { problem: `there is no stack ${stack}`, isAbsent: known.includes(stack) };
  const text = own ? own.outputs[key] : answer?.value?.outputs[key]?.value;
  return text === undefined ? { problem: `the stack ${stack} has no output ${key}`, isAbsent: false } : { text };
}

/** Gives the outputs as variables of a command: all as JSON, and each as `OUTPUT_<stack>_<key>` with underscores for what no name may hold. */
export function toVariables(results: readonly StackResult[]): Readonly<Record<string, string>> {
  const all = Object.fromEntries(results.map((r) => [r.name, r.outputs]));
  const each = results.flatMap((r) =>
    Object.entries(r.outputs).map(([key, value]): [string, string] => [`OUTPUT_${`${r.name}_${key}`.replace(/\W/g, '_')}`, value]),
  );
  return { ...Object.fromEntries(each), SPACEPORT_OUTPUTS: JSON.stringify(all) };
}
