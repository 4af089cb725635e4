import { isSamePlace } from '../assembly/surroundings.ts';
import type { Output } from '../assembly/assembly.ts';
import { evaluate, holds, toText } from '../assembly/evaluate.ts';
import { toPrerequisites } from '../assembly/order.ts';
import { isDoneBefore } from './nested-order.ts';
import type { TemplateFacts } from '../template-facts.ts';

/** One export of the template of a stack; those that a condition leaves out are none. */
export interface Exported {
  readonly outputId: string;
  /** Undefined when it is open until the deployment. */
  readonly name: string | undefined;
  readonly output: Output;
  /** Whether it is open if there is such an export at all. */
  readonly isConditional: boolean;
}

/** Gives the exports that a stack would have. */
export const toExported = ({ stack, scope, isConditional = false }: TemplateFacts): readonly Exported[] =>
  Object.entries(stack.template.Outputs ?? {}).flatMap(([outputId, output]) => {
    const is = output.Condition === undefined ? true : holds(output.Condition, scope);
    if (!output.Export || is === false) return [];
    return [{ outputId, name: toText(evaluate(output.Export.Name, scope)), output, isConditional: isConditional || is === undefined }];
  });

/** Gives the exports that a stack has, by name. */
export const toLiveExports = ({ live }: TemplateFacts): ReadonlyMap<string, { readonly outputId: string; readonly value: string }> =>
  new Map(
    Object.entries((live?.kind === 'known' && live.value?.outputs) || {}).flatMap(([outputId, { value, exportName }]) =>
      exportName === undefined ? [] : [[exportName, { outputId, value }] as const],
    ),
  );

/** Gives a stack of the run by name, nested ones too, if it is in the same account and region and is done before `facts` begins. */
export function findEarlier(facts: TemplateFacts, name: string, templates: readonly TemplateFacts[]): TemplateFacts | undefined {
  const before = toPrerequisites(
    templates.map((s) => s.root),
    facts.root.dependencies,
  );
  const isBefore = (s: TemplateFacts) => (s.root.id === facts.root.id ? isDoneBefore(s, facts) : before.has(s.root.id));
  return templates.find((s) => s.stack.name === name && isSamePlace(s.at, facts.at) && isBefore(s));
}
