import { toExports, toImports } from '../assembly/resolve.ts';
import type { StackFacts } from '../facts.ts';
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
      toImports(s.stack, s.at)
        .filter((name) => !provided.has(key(s, name)))
        .map((name) => ({ facts: s, name })),
    );
}
