import type { StackFacts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';
import { findEarlier, toExported, toLiveExports, type Exported } from './exported.ts';

/** Whether any name is exported twice by the stacks of the run: an account has each name once in a region. */
export const exportsTwice: Check = {
  name: 'exports used twice',
  tier: 'static',
  judge: ({ stacks }) => {
    const first = new Map<string, { readonly facts: StackFacts; readonly exported: Exported }>();
    return stacks.flatMap((facts) =>
      toExported(facts).flatMap((exported) => {
        if (exported.name === undefined || exported.isConditional) return [];
        const key = `${facts.at.account} ${facts.at.region} ${exported.name}`;
        const other = first.get(key);
        if (!other) first.set(key, { facts, exported });
        return other ? [toTwice(facts, exported, other.facts)] : [];
      }),
    );
  },
};

const toTwice = ({ stack }: StackFacts, { outputId, name }: Exported, other: StackFacts): Finding =>
  finding(
    'PF191',
    `${stack.name} exports ${name} as its output ${outputId}; ${other.stack.name} exports it too.`,
    toPlace(stack, outputId),
  );

/** Whether the names that a stack newly exports are free: not those of stacks beside the run, or of ones that lose them too late. */
export const exportsTaken: Check = {
  name: 'exports that exist',
  tier: 'read',
  judge: ({ stacks }, ask) =>
    stacks
      .filter((s) => s.live && s.change.action !== 'unchanged')
      .flatMap((s) => {
        const own = toLiveExports(s);
        return toExported(s).flatMap((e) =>
          e.name === undefined || e.isConditional || own.has(e.name) ? [] : judgeName(s, e, stacks, ask),
        );
      }),
};

function judgeName(facts: StackFacts, { name = '', outputId }: Exported, stacks: readonly StackFacts[], ask: Ask): readonly Finding[] {
  const { stack, at } = facts;
  const place = toPlace(stack, outputId);
  return judgeAnswer(ask(at, 'exports', {}), `export ${name}`, place, (exports) => {
    const owner = exports.get(name)?.stack;
    if (owner === undefined || owner === stack.name) return [];
    const earlier = findEarlier(facts, owner, stacks);
    const isGivenUp = earlier && !toExported(earlier).some((e) => e.name === undefined || e.name === name);
    return isGivenUp ? [] : [finding('PF191', `${stack.name} exports ${name}; the stack ${owner} has that export.`, place)];
  });
}
