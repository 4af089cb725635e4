import { evaluate, Open, toText } from '../assembly/evaluate.ts';
import { toExports } from '../assembly/resolve.ts';
import { finding } from '../finding.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';
import { isSure, type TemplateFacts } from '../template-facts.ts';

/** Whether every export that a stack imports is provided: by a stack of this run, or by one that is there. */
export const imports: Check = {
  name: 'imports',
  tier: 'read',
  judge: ({ templates }, ask) =>
    toOpenImports(templates).flatMap(({ facts: { stack, at }, name }) =>
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
function toOpenImports(templates: readonly TemplateFacts[]): readonly { readonly facts: TemplateFacts; readonly name: string }[] {
  const key = ({ at }: TemplateFacts, name: string) => `${at.account} ${at.region} ${name}`;
  const provided = new Set(
    templates.flatMap((s) => [...toExports({ ...s.scope.stack, parameters: s.scope.parameters }, s.at).keys()].map((name) => key(s, name))),
  );
  return templates
    .filter((s) => s.live && s.change.action !== 'unchanged')
    .flatMap((s) =>
      toSureImports(s)
        .filter((name) => !provided.has(key(s, name)))
        .map((name) => ({ facts: s, name })),
    );
}

/** Gives the names of the exports that a stack needs for sure: not those of what a condition leaves out, or may leave out. */
function toSureImports(facts: TemplateFacts): readonly string[] {
  const { stack, scope, resources } = facts;
  const outputs = Object.values(stack.template.Outputs ?? {}).filter((o) => isSure(o, facts));
  const made = resources.filter((r) => isSure(r.resource, facts)).map((r) => r.properties);
  return [...new Set([...made, evaluate(outputs, scope)].flatMap((value) => toImported(value, scope)))].sort();
}

/** An Fn::If that is left stands for one of its branches, and nobody can say for which. */
function toImported(value: unknown, scope: TemplateFacts['scope']): readonly string[] {
  if (value instanceof Open) return toImported(value.expression, scope);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = key === 'Fn::ImportValue' ? toText(evaluate(inner, scope)) : undefined;
    return key === 'Fn::If' ? [] : [...(name === undefined ? [] : [name]), ...toImported(inner, scope)];
  });
}
