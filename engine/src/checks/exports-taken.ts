import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, notRun, toPlace, type Check } from './check.ts';
import { findEarlier, toExported, toLiveExports, type Exported } from './exported.ts';
import { toPerhapsNested, toUnnamed, type TemplateFacts } from '../template-facts.ts';

/** Whether any name is exported twice by the stacks of the run: an account has each name once in a region. */
export const exportsTwice: Check = {
  name: 'exports used twice',
  tier: 'static',
  judge: ({ templates }) => {
    const first = new Map<string, { readonly facts: TemplateFacts; readonly exported: Exported }>();
    return templates.flatMap((facts) =>
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

const toTwice = ({ stack }: TemplateFacts, { outputId, name }: Exported, other: TemplateFacts): Finding =>
  finding(
    'PF191',
    `${stack.name} exports ${name} as its output ${outputId}; ${other.stack.name} exports it too.`,
    toPlace(stack, outputId),
  );

/** Whether the names that a stack newly exports are free: not those of stacks beside the run, or of ones that lose them too late. */
export const exportsTaken: Check = {
  name: 'exports that exist',
  tier: 'read',
  judge: ({ templates }, ask) =>
    templates
      .filter((s) => s.live && s.change.action !== 'unchanged')
      .flatMap((s) => {
        const own = toLiveExports(s);
        return toExported(s).flatMap((e) =>
          e.name === undefined || e.isConditional || own.has(e.name) ? [] : judgeName(s, e, templates, ask),
        );
      }),
};

function judgeName(
  facts: TemplateFacts,
  { name = '', outputId }: Exported,
  templates: readonly TemplateFacts[],
  ask: Ask,
): readonly Finding[] {
  const { stack, at } = facts;
  const place = toPlace(stack, outputId);
  return judgeAnswer(ask(at, 'exports', {}), `export ${name}`, place, (exports) => {
    const owner = exports.get(name)?.stack;
    if (owner === undefined || owner === stack.name) return [];
    const because = toUnnamed(facts) ?? toPerhapsNested(owner, templates);
    if (because) return [notRun(`export ${name}`, because, place)];
    const earlier = findEarlier(facts, owner, templates);
    const isGivenUp = earlier && !toExported(earlier).some((e) => e.name === undefined || e.name === name);
    return isGivenUp ? [] : [finding('PF191', `${stack.name} exports ${name}; the stack ${owner} has that export.`, place)];
  });
}
