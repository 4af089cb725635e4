import { toSentence } from '../../../../engine/src/answer.ts';
import type { Stack } from '../../../../engine/src/assembly/assembly.ts';
import { isSamePlace, toSurroundings, type Surroundings } from '../../../../engine/src/assembly/surroundings.ts';
import { toLabels } from '../../../../engine/src/report/labels.ts';
import type { StackResult } from '../../../../engine/src/report/report.ts';
import type { Cloud } from '../../../../engine/src/world.ts';

/** One stack of the app: where it goes, and its outputs where the run has them. */
export interface AppStack {
  readonly id: string;
  readonly name: string;
  readonly at: Surroundings;
  /** Of a stack that the run chose, and that is there. */
  readonly outputs?: StackResult['outputs'];
}

/** What verifications may refer to, and where what the run does not have is read. */
export interface Outputs {
  /** All stacks of the app; the chosen ones first, in the order of the run. */
  readonly stacks: readonly AppStack[];
  /** Where the run itself goes. */
  readonly home: Surroundings;
  readonly cloudOf: (of: { readonly at: Surroundings }) => Cloud;
}

/** Gives the stacks of an app, with the outputs of those that a run chose. */
export function toAppStacks(
  all: readonly Stack[],
  chosen: readonly { readonly stack: Stack; readonly result?: StackResult | undefined }[],
  home: Surroundings,
): readonly AppStack[] {
  const toAppStack = ({ id, name, ...stack }: Stack): AppStack => ({ id, name, at: toSurroundings(stack, home) });
  const others = all.filter((stack) => !chosen.some((c) => c.stack.id === stack.id));
  const own = chosen.map(({ stack, result }) => ({ ...toAppStack(stack), ...(result ? { outputs: result.outputs } : {}) }));
  return [...own, ...others.map(toAppStack)];
}

/** A text whose references are filled in, and where the stacks are that it refers to, each place once. */
export interface FilledText {
  readonly text: string;
  readonly places: readonly Surroundings[];
}

/** Why a text cannot be filled in, and whether it is because a stack of the app is not there yet. */
export interface Unfilled {
  readonly problem: string;
  readonly isAbsent: boolean;
}

const reference = /\$\{([A-Za-z][\w-]*)\.(\w+)\}/g;

/** Gives a text with `${Stack.Output}` filled in: from this run, or from AWS for a stack that it did not choose. */
export async function fill(text: string, outputs: Outputs): Promise<FilledText | Unfilled> {
  const values = new Map<string, string>();
  const places: Surroundings[] = [];
  for (const [whole, stack = '', key = ''] of text.matchAll(reference)) {
    const found = await findOutput(stack, key, outputs);
    if ('problem' in found) return found;
    values.set(whole, found.text);
    places.push(found.at);
  }
  const once = places.filter((at, i) => places.findIndex((other) => isSamePlace(other, at)) === i);
  return { text: text.replace(reference, (whole) => values.get(whole) ?? whole), places: once };
}

/**
 * Gives the stack of the app that a name means, or an id: where several have the name, the one where the run goes.
 *
 * Undefined for a name that the app does not know.
 */
export function findStack(name: string, { stacks, home }: Pick<Outputs, 'stacks' | 'home'>): AppStack | Unfilled | undefined {
  const named = stacks.filter((s) => s.name === name);
  const found = named.length > 1 ? named.find((s) => isSamePlace(s.at, home)) : (named[0] ?? stacks.find((s) => s.id === name));
  if (found || named.length === 0) return found;
  const where = named.map(({ id, at }) => `${id} in ${toPlaceText(at)}`).join(', ');
  return { problem: `several stacks are called ${name}, which are told apart by their ids: ${where}`, isAbsent: false };
}

/** Gives a place in words: `111111111111/us-west-2`. */
export const toPlaceText = ({ account, region }: Surroundings): string => `${account}/${region}`;

/** A stack that the app does not know is looked for where the run goes. */
async function findOutput(
  name: string,
  key: string,
  outputs: Outputs,
): Promise<{ readonly text: string; readonly at: Surroundings } | Unfilled> {
  const stack = findStack(name, outputs);
  if (stack && 'problem' in stack) return stack;
  const at = stack?.at ?? outputs.home;
  const text = stack?.outputs
    ? stack.outputs[key]
    : await readOutput(stack?.name ?? name, key, stack !== undefined, outputs.cloudOf({ at }));
  if (typeof text === 'object') return text;
  return text === undefined ? { problem: `the stack ${name} has no output ${key}`, isAbsent: false } : { text, at };
}

async function readOutput(name: string, key: string, isKnown: boolean, { stacks }: Cloud): Promise<string | Unfilled | undefined> {
  const answer = await stacks.describe(name);
  if (answer.kind === 'unknown') return { problem: `the stack ${name} cannot be read: ${toSentence(answer.because)}`, isAbsent: false };
  return answer.value ? answer.value.outputs[key]?.value : { problem: `there is no stack ${name}`, isAbsent: isKnown };
}

/** Gives the outputs as variables of a command: all as JSON, and each as `OUTPUT_<stack>_<key>` with underscores for what no name may hold. */
export function toVariables({ stacks, home }: Pick<Outputs, 'stacks' | 'home'>): Readonly<Record<string, string>> {
  const chosen = stacks.flatMap(({ name, at, outputs }) => (outputs ? [{ name, region: at.region, outputs }] : []));
  const labels = toLabels(chosen, home.region);
  const own = chosen.map(({ outputs }, i) => ({ name: labels[i] ?? '', outputs }));
  const each = own.flatMap(({ name, outputs }) =>
    Object.entries(outputs).map(([key, value]): [string, string] => [`OUTPUT_${`${name}_${key}`.replace(/\W/g, '_')}`, value]),
  );
  const all = Object.fromEntries(own.map(({ name, outputs }) => [name, outputs]));
  return { ...Object.fromEntries(each), SPACEPORT_OUTPUTS: JSON.stringify(all) };
}
