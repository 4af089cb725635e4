import type { Assembly, Stack, Template } from './assembly.ts';
import { evaluate, holds, Open, toText, type Scope } from './evaluate.ts';
import { toPrerequisites } from './order.ts';
import { toExports } from './resolve.ts';
import { toSurroundings, type Surroundings } from './surroundings.ts';

/** Gives the names of the exports that a stack needs for sure: not those of what a condition leaves out, or may leave out. */
export function toSureImports(scope: Scope): readonly string[] {
  const { Resources = {}, Outputs = {} } = scope.stack.template;
  const isSure = ({ Condition }: { readonly Condition?: string }) => Condition === undefined || holds(Condition, scope) === true;
  const values = [
    ...Object.values(Resources)
      .filter(isSure)
      .map((r) => r.Properties ?? {}),
    ...Object.values(Outputs).filter(isSure),
  ].filter(mentionsImport);
  return [...new Set(values.flatMap((value) => toImported(evaluate(value, scope), scope)))].sort();
}

const mentionsImport = (value: unknown): boolean =>
  value !== null &&
  typeof value === 'object' &&
  Object.entries(value).some(([key, inner]) => key === 'Fn::ImportValue' || mentionsImport(inner));

/** An Fn::If that is left stands for one of its branches, and nobody can say for which. */
function toImported(value: unknown, scope: Scope): readonly string[] {
  if (value instanceof Open) return toImported(value.expression, scope);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = key === 'Fn::ImportValue' ? toText(evaluate(inner, scope)) : undefined;
    return key === 'Fn::If' ? [] : [...(name === undefined ? [] : [name]), ...toImported(inner, scope)];
  });
}

/** Where the stacks go that name no place of their own, and the values that the run gives to parameters. */
interface Question {
  readonly at: Surroundings;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Gives an assembly whose stacks depend on those, too, whose exports they import by name: an app that names an export itself tells the CDK
 * nothing of it.
 *
 * A dependency that would close a cycle is left out: where both exports are live already any order will do, and otherwise the check of
 * imports tells.
 */
export function withImportOrder(assembly: Assembly, { at, parameters }: Question): Assembly {
  const placed = assembly.stacks.map((stack) => ({ stack, at: toSurroundings(stack, at) }));
  const key = (where: Surroundings, name: string) => `${where.account} ${where.region} ${name}`;
  const exporters = new Map(
    placed.flatMap((p) => [...toExports(p.stack, p.at).keys()].map((name) => [key(p.at, name), p.stack.id] as const)),
  );
  if (exporters.size === 0) return assembly;
  const stacks = new Map(assembly.stacks.map((stack) => [stack.id, stack]));
  for (const { stack, at: where } of placed) {
    const given = { ...stack.parameters, ...toDeclared(stack.template, parameters) };
    for (const name of toSureImports({ stack, at: where, parameters: given })) {
      const exporter = exporters.get(key(where, name));
      const own = stacks.get(stack.id) as Stack;
      if (!exporter || exporter === stack.id || own.dependencies.includes(exporter)) continue;
      if (toPrerequisites([...stacks.values()], [exporter]).has(stack.id)) continue;
      stacks.set(stack.id, { ...own, dependencies: [...own.dependencies, exporter].sort() });
    }
  }
  return { ...assembly, stacks: [...stacks.values()] };
}

const toDeclared = ({ Parameters = {} }: Template, values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name in Parameters));
