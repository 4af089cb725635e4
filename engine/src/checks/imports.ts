import { toSureImports } from '../assembly/imports.ts';
import { toExports } from '../assembly/resolve.ts';
import { isSamePlace } from '../assembly/surroundings.ts';
import type { StackFacts } from '../facts.ts';
import { finding } from '../finding.ts';
import { hasNoResources } from '../plan/change.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';
import { findEarlier } from './exported.ts';

/**
 * Whether every export that a stack imports is provided: by one that is there, or by a stack that this run deploys before.
 *
 * Only of stacks that AWS was asked about and that change.
 */
export const imports: Check = {
  name: 'imports',
  tier: 'read',
  judge: ({ stacks }, ask) =>
    stacks
      .filter((s) => s.live && s.change.action !== 'unchanged')
      .flatMap((facts) =>
        toSureImports(facts.scope).flatMap((name) => {
          const { stack, at } = facts;
          const exporters = findExporters(name, facts, stacks);
          if (exporters.some((e) => findEarlier(facts, e.stack.name, stacks))) return [];
          return judgeAnswer(ask(at, 'exports', {}), `import of ${name}`, toPlace(stack), (exports) =>
            exports.has(name) ? [] : [finding('PF132', `${stack.name} imports ${name}; ${toWhy(exporters)}.`, toPlace(stack))],
          );
        }),
      ),
};

/** Gives the stacks of the run that export a name where a stack is; one without resources is none. */
const findExporters = (name: string, { at }: StackFacts, stacks: readonly StackFacts[]): readonly StackFacts[] =>
  stacks.filter((s) => isSamePlace(s.at, at) && !hasNoResources(s.stack.template) && toExports(s.stack, s.at).has(name));

const toWhy = ([exporter]: readonly StackFacts[]): string =>
  exporter ? `${exporter.stack.name} of this run exports it, and cannot be deployed before` : 'no stack exports it';
