import { toSureImports } from '../assembly/imports.ts';
import { toExports } from '../assembly/resolve.ts';
import { isSamePlace } from '../assembly/surroundings.ts';
import { finding } from '../finding.ts';
import { hasNoResources } from '../plan/change.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';
import type { TemplateFacts } from '../template-facts.ts';
import { findEarlier } from './exported.ts';

/**
 * Whether every export that a stack imports is provided: by one that is there, or by a stack that this run deploys before.
 *
 * Only of stacks that AWS was asked about and that change.
 */
export const imports: Check = {
  name: 'imports',
  tier: 'read',
  judge: ({ templates }, ask) =>
    templates
      .filter((s) => s.live && s.change.action !== 'unchanged' && !s.isConditional)
      .flatMap((facts) =>
        toSureImports(facts.scope).flatMap((name) => {
          const { stack, at } = facts;
          const exporters = findExporters(name, facts, templates);
          if (exporters.some((e) => isBefore(e, facts, templates))) return [];
          return judgeAnswer(ask(at, 'exports', {}), `import of ${name}`, toPlace(stack), (exports) =>
            exports.has(name) ? [] : [finding('PF132', `${stack.name} imports ${name}; ${toWhy(exporters)}.`, toPlace(stack))],
          );
        }),
      ),
};

/** Gives the templates of the run that export a name where a stack is; one without resources exports nothing. */
const findExporters = (name: string, { at }: TemplateFacts, templates: readonly TemplateFacts[]): readonly TemplateFacts[] =>
  templates.filter(
    ({ scope, stack, at: there }) =>
      isSamePlace(there, at) &&
      !hasNoResources(stack.template) &&
      toExports({ ...scope.stack, parameters: scope.parameters }, there).has(name),
  );

/** Of stacks that are nested the order is their parents'; it is not looked into. */
const isBefore = (exporter: TemplateFacts, facts: TemplateFacts, templates: readonly TemplateFacts[]): boolean =>
  exporter.parent !== undefined || facts.parent !== undefined || findEarlier(facts, exporter.stack.name, templates) !== undefined;

const toWhy = ([exporter]: readonly TemplateFacts[]): string =>
  exporter ? `${exporter.stack.name} of this run exports it, and cannot be deployed before` : 'no stack exports it';
