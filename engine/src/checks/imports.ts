import { evaluate, holds, Open, toText } from '../assembly/evaluate.ts';
import { toExports } from '../assembly/resolve.ts';
import { isSure, type StackFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';

/** Whether every export that a stack imports is provided: by a stack of this run, or by one that is there. */
export const imports: Check = {
  name: 'imports',
  tier: 'read',
  judge: ({ stacks }, ask) =>
    toOpenImports(stacks).flatMap(({ facts: { stack, at }, name }) =>
      judgeAnswer(ask(at, 'exports', {}), `import of ${name}`, toPlace(stack), (exports) =>
        exports.has(name) ? [] : [finding('PF132', `${stack.name} imports ${name}; no stack exports it.`, toPlace(stack))],
      ),
    ),
};

/**
 * Gives what the stacks import and no stack of the run exports in the same account and region.
 *
 * Only of stacks that AWS was asked about and that change.
 */
function toOpenImports(stacks: readonly StackFacts[]): readonly { readonly facts: StackFacts; readonly name: string }[] {
  const key = ({ at }: StackFacts, name: string) => `${at.account} ${at.region} ${name}`;
  const provided = new Set(stacks.flatMap((s) => [...toExports(s.stack, s.at).keys()].map((name) => key(s, name))));
  return stacks
    .filter((s) => s.live && s.change.action !== 'unchanged')
    .flatMap((s) =>
      toSureImports(s)
        .filter((name) => !provided.has(key(s, name)))
        .map((name) => ({ facts: s, name })),
    );
}

/** Gives the names of the exports that a stack needs for sure: not those of what a condition leaves out, or may leave out. */
function toSureImports({ stack, scope, resources }: StackFacts): readonly string[] {
  const outputs = Object.values(stack.template.Outputs ?? {}).filter(
    (o) => o.Condition === undefined || holds(o.Condition, scope) === true,
  );
  const made = resources.filter((r) => isSure(r.resource, scope)).map((r) => r.properties);
  return [...new Set([...made, evaluate(outputs, scope)].flatMap((value) => toImported(value, scope)))].sort();
}

/** An Fn::If that is left stands for one of its branches, and nobody can say for which. */
function toImported(value: unknown, scope: StackFacts['scope']): readonly string[] {
  if (value instanceof Open) return toImported(value.expression, scope);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = key === 'Fn::ImportValue' ? toText(evaluate(inner, scope)) : undefined;
    return key === 'Fn::If' ? [] : [...(name === undefined ? [] : [name]), ...toImported(inner, scope)];
  });
}
