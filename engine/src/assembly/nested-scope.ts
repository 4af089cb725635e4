import type { NestedStack } from './assembly.ts';
import { evaluate, isOpen, Open, toText, type Scope } from './evaluate.ts';

/**
 * Gives a scope in which the outputs of nested stacks are known, as far as their templates tell: what `Fn::GetAtt` of `Outputs.Url` gives.
 *
 * Each output is worked out once; one that needs itself stays open.
 */
export function withOutputs(scope: Scope, nested: readonly NestedStack[]): Scope {
  if (nested.length === 0) return scope;
  const known = new Map<string, unknown>();
  const own: Scope = {
    ...scope,
    attribute: (logicalId, name) => {
      const inner = nested.find((n) => n.logicalId === logicalId);
      const [, output] = /^Outputs\.(.+)$/.exec(name) ?? [];
      const value = output === undefined ? undefined : inner?.template.Outputs?.[output]?.Value;
      if (!inner || value === undefined) return undefined;
      const key = `${logicalId} ${name}`;
      if (!known.has(key)) {
        known.set(key, undefined);
        const given = evaluate(scope.stack.template.Resources?.[logicalId]?.Properties?.['Parameters'], own);
        const result = evaluate(value, toNestedScope(inner, given, own));
        if (!isOpen(result)) known.set(key, result);
      }
      return known.get(key);
    },
  };
  return own;
}

/** Gives what the expressions of a nested stack may refer to; `given` are the parameters that its parent gives it, evaluated. */
export function toNestedScope(nested: NestedStack, given: unknown, { at }: Scope, name?: string): Scope {
  const parameters = Object.keys(nested.template.Parameters ?? {}).flatMap((parameter): [string, string | Open][] => {
    const value = given instanceof Open ? given : (given as Readonly<Record<string, unknown>> | undefined)?.[parameter];
    return value === undefined ? [] : [[parameter, toGiven(value)]];
  });
  const stack = { ...(name === undefined ? {} : { name }), template: nested.template };
  return withOutputs({ stack, at, parameters: Object.fromEntries(parameters) }, nested.nested);
}

/** Gives the text that a parameter of a nested stack gets of a value: of a list its parts with commas between them. */
export function toGiven(value: unknown): string | Open {
  if (isOpen(value)) return value instanceof Open ? value : new Open(value);
  const texts = (Array.isArray(value) ? value : [value]).map(toText);
  return texts.every((text) => text !== undefined) ? texts.join(',') : new Open(value);
}
