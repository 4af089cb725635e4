import { toSentence, type Answer } from '../../../../engine/src/answer.ts';
import { toJsonText } from '../../../../engine/src/assembly/previous.ts';
import type { StackFacts } from '../../../../engine/src/facts.ts';
import { settled } from '../../../../engine/src/plan/change.ts';
import type { ResourceChange } from '../../../../engine/src/plan/plan.ts';
import { holdsData } from '../../../../engine/src/stateful.ts';
import type { Cloud, LiveStack } from '../../../../engine/src/world.ts';

/** A stack as it was before the run: what it takes to deploy it so again. */
export interface Previous {
  readonly template: string;
  /** Those whose values can be read; CloudFormation does not tell the others. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: LiveStack['tags'];
  readonly terminationProtection: boolean;
  readonly notificationArns: readonly string[];
  /** Names of the parameters whose values CloudFormation does not tell. */
  readonly hidden: readonly string[];
}

/** What a stack was before the run, by its id; or why it cannot be brought back. */
export type PreviousStacks = ReadonlyMap<string, Previous | { readonly problem: string }>;

/**
 * Keeps what the stacks that a run updates are now, before it changes them. One call a stack.
 *
 * The template is kept as its text: what a parser makes of it may be less.
 */
export async function keepPrevious(stacks: readonly StackFacts[], cloudOf: (facts: StackFacts) => Cloud): Promise<PreviousStacks> {
  const updated = stacks.filter((s) => s.change.action === 'update');
  return new Map(
    await Promise.all(
      updated.map(async (facts): Promise<[string, Previous | { readonly problem: string }]> => [
        facts.stack.id,
        toPrevious(facts, await cloudOf(facts).stacks.templateText(facts.stack.name)),
      ]),
    ),
  );
}

function toPrevious({ live, liveTemplate }: StackFacts, template: Answer<string | undefined>): Previous | { readonly problem: string } {
  if (template.kind === 'unknown') return { problem: `its template could not be kept: ${toSentence(template.because)}` };
  if (live?.kind !== 'known' || !live.value || !liveTemplate || template.value === undefined)
    return { problem: 'it could not be read before' };
  // What is read of a stack that is stuck may be what failed.
  if (!settled.has(live.value.status)) return { problem: `it was in ${live.value.status} before, and not as anything had been deployed` };
  const text = toJsonText(template.value);
  if (text === undefined) return { problem: 'its template was YAML with short forms, so that only what sent it can send it again' };
  const { parameters, tags, terminationProtection, notificationArns = [] } = live.value;
  const shown = Object.entries(parameters).filter(([, value]) => !isStars(value));
  const hidden = Object.keys(parameters).filter((name) => isStars(parameters[name] ?? ''));
  return { template: text, parameters: Object.fromEntries(shown), tags, terminationProtection, notificationArns, hidden };
}

const isStars = (value: string): boolean => /^\*+$/.test(value);

/** Gives the names of the hidden parameters that going back does not bring back: those that the run gave, or whose template has them no more. */
export const toUnrestored = ({ stack, parameters }: StackFacts, { hidden }: Previous): readonly string[] =>
  hidden.filter((name) => name in parameters || !(name in (stack.template.Parameters ?? {}))).sort();

/**
 * Gives the paths of what going back might delete or make anew although it holds data; none where nothing would be lost.
 *
 * What the run added would go, or stay behind and stand in the way of the next deployment; what it replaced would be replaced again. A
 * nested stack that changed counts too: the template that it had may be gone from S3.
 */
export function toLosses({ changes }: StackFacts): readonly string[] {
  const isLost = ({ type, action }: ResourceChange) =>
    type === 'AWS::CloudFormation::Stack' || (holdsData(type) && ['create', 'import', 'replace', 'maybe-replace'].includes(action));
  return changes.filter(isLost).map((c) => c.path);
}
