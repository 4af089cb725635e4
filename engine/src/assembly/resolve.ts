import type { Resource, Template } from './assembly.ts';
import { evaluate, toText, type Scope } from './evaluate.ts';
import type { Surroundings } from './surroundings.ts';

/** A template with the parameters that it is deployed with. */
type Deployed = Scope['stack'] & Pick<Scope, 'parameters'>;

/** Gives the text that a value of a template stands for, or undefined when it is open until the deployment. */
export const resolveText = (value: unknown, stack: Deployed, at: Surroundings): string | undefined =>
  toText(evaluate(value, { stack, at, parameters: stack.parameters }));

/** Gives the names of the exports that a template imports, as far as they are known before the deployment. */
export function toImports(stack: Deployed, at: Surroundings): readonly string[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      const name = key === 'Fn::ImportValue' ? resolveText(inner, stack, at) : undefined;
      if (name !== undefined) found.add(name);
      walk(inner);
    }
  };
  walk(stack.template.Resources);
  walk(stack.template.Outputs);
  return [...found].sort();
}

/** Gives the exports of a template, by name: the logical id of the output. */
export function toExports(stack: Deployed, at: Surroundings): ReadonlyMap<string, string> {
  const exports = new Map<string, string>();
  for (const [id, output] of Object.entries(stack.template.Outputs ?? {})) {
    const name = output.Export ? resolveText(output.Export.Name, stack, at) : undefined;
    if (name !== undefined) exports.set(name, id);
  }
  return exports;
}

/** Gives what a condition-free reader may call the resources of a template: none when the section is missing. */
export const toResources = (template: Template) => Object.entries(template.Resources ?? {});

/** Gives the construct path that a resource's own metadata names; undefined when the app writes none. */
export function toConstructPath(resource: Resource | undefined): string | undefined {
  const path = resource?.Metadata?.['aws:cdk:path'];
  return typeof path === 'string' ? path.replace(/\/Resource$/, '') : undefined;
}
