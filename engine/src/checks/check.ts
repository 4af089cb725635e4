import { toSentence, type Answer, type NotRead } from '../answer.ts';
import type { TemplateStack } from '../assembly/assembly.ts';
import type { Facts } from '../facts.ts';
import { finding, toWhere, type Finding, type Place } from '../finding.ts';
import type { Ask } from './ask.ts';

/**
 * One check: a pure function from facts to findings. One about resources looks at `templates`, those of nested stacks among them; one about
 * what is deployed, in which order and as whom, at `stacks`.
 *
 * `tier` says how deep a preflight must look for it to run. One of tier `static` may ask, too, and judges what it can without
 * answers.
 */
export interface Check {
  readonly name: string;
  readonly tier: 'static' | 'read';
  readonly judge: (facts: Facts, ask: Ask) => readonly Finding[];
}

/**
 * Gives the place of a resource: its construct path, and the line of the app that made it where the metadata has it.
 *
 * The stack of the place is always one of the assembly; a nested one is a construct of it.
 */
export function toPlace(stack: TemplateStack, logicalId?: string): Place {
  const source = logicalId === undefined ? stack.sources.get('') : stack.sources.get(logicalId);
  const own = stack.within === undefined ? undefined : stack.displayName;
  const constructPath = logicalId === undefined ? own : (stack.paths.get(logicalId) ?? `${stack.displayName}/${logicalId}`);
  return {
    stack: stack.within ?? stack.name,
    ...(constructPath ? { constructPath } : {}),
    ...(source ? { file: source.file, line: source.line, ...(source.column ? { column: source.column } : {}) } : {}),
  };
}

/** Gives the finding of a check that could not look: silence never means fine. */
export const notRun = (check: string, because: NotRead, place: Place = {}): Finding =>
  finding('PF001', `${check}: ${toSentence(because)}.`, place);

/** How many places a folded notice names. */
const shown = 3;

/** Gives one notice for all values that a check could not know: how many there are, and where the first ones stand. */
export function notKnown(check: string, places: readonly Place[]): readonly Finding[] {
  const [first] = places;
  if (!first) return [];
  const named = places.slice(0, shown).map(toWhere).join(', ');
  const more = places.length > shown ? ` and ${places.length - shown} more` : '';
  return [finding('PF004', `${check}: ${places.length} not judged, at ${named}${more}.`, places.length === 1 ? first : {})];
}

/** Judges an answer of AWS: nothing as long as it is not there, and "not run" when it could not be had. */
export function judgeAnswer<T>(
  answer: Answer<T> | undefined,
  check: string,
  place: Place,
  judge: (value: T) => readonly Finding[],
): readonly Finding[] {
  if (!answer) return [];
  return answer.kind === 'known' ? judge(answer.value) : [notRun(check, answer.because, place)];
}
