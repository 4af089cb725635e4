import { isSamePlace, toArnPlace, toFunctionArn, type Surroundings } from '../../../../engine/src/assembly/surroundings.ts';
import { fill, findStack, toPlaceText, type FilledText, type Outputs, type Unfilled } from './references.ts';

/** Texts of a verification, filled in, that are at one place. */
export interface Located {
  readonly at: Surroundings;
  readonly texts: readonly string[];
}

/**
 * Fills texts of a verification in, and gives each with where it is: where an ARN says, otherwise where the stack is that the config names,
 * otherwise where the stack is that it refers to, otherwise where the run goes.
 */
export async function locateEach(
  texts: readonly string[],
  stack: string | undefined,
  outputs: Outputs,
): Promise<readonly Located[] | Unfilled> {
  const filled = await fillAll(texts, stack, outputs);
  if ('problem' in filled) return filled;
  const located: { readonly at: Surroundings; readonly texts: string[] }[] = [];
  for (const { text, places } of filled.texts) {
    const at = toOnePlace(places, outputs.home);
    if ('problem' in at) return at;
    const there = located.find((l) => isSamePlace(l.at, at));
    if (there) there.texts.push(text);
    else located.push({ at, texts: [text] });
  }
  return located;
}

/** Does the same for texts that are at one place: what says nothing of itself is where the others are. */
export async function locateTogether(texts: readonly string[], stack: string | undefined, outputs: Outputs): Promise<Located | Unfilled> {
  const filled = await fillAll(texts, stack, outputs);
  if ('problem' in filled) return filled;
  const at = toOnePlace(
    filled.texts.flatMap((t) => t.places),
    outputs.home,
  );
  return 'problem' in at ? at : { at, texts: filled.texts.map((t) => t.text) };
}

/** Gives the stack that a config names; a name that the app does not know is a problem. */
export const findOwn = (name: string, outputs: Outputs): Exclude<ReturnType<typeof findStack>, undefined> =>
  findStack(name, outputs) ?? { problem: `the app has no stack ${name}`, isAbsent: false };

async function fillAll(
  texts: readonly string[],
  stack: string | undefined,
  outputs: Outputs,
): Promise<{ readonly texts: readonly FilledText[] } | Unfilled> {
  const own = stack === undefined ? undefined : findOwn(stack, outputs);
  if (own && 'problem' in own) return own;
  const filled = await Promise.all(texts.map((text) => fill(text, outputs)));
  const problem = filled.find((f) => 'problem' in f);
  if (problem) return problem;
  const toPlaces = ({ text, places }: FilledText) => [toArnPlace(text) ?? own?.at ?? places].flat();
  return { texts: filled.flatMap((f) => ('text' in f ? [{ text: f.text, places: toPlaces(f) }] : [])) };
}

function toOnePlace(places: readonly Surroundings[], home: Surroundings): Surroundings | Unfilled {
  const [first = home] = places;
  const others = places.filter((at) => !isSamePlace(at, first));
  if (others.length === 0) return first;
  const named = [...new Set([first, ...others].map(toPlaceText))].join(' and ');
  return { problem: `what it names is at several places (${named}); \`stack\` says at which to look`, isAbsent: false };
}

/** Gives the ARN of a function of another account, which Lambda wants of callers from elsewhere; any other name is as it is. */
export function toCallable(name: string, at: Surroundings, home: Surroundings): string {
  return at.account === home.account || name.includes(':function:') ? name : toFunctionArn(name, at);
}
