import type { EntryDifference, StackDifference } from '../plan/compare.ts';
import type { PropertyChange } from '../plan/plan.ts';
import { lineBreak, type Line, type Section } from './document.ts';
import { toProperty, toShort } from './plan-sections.ts';

/** Gives the section that says what a plan does otherwise than the reviewed one; what widens access first within each stack. */
export function toDifferenceSection(stacks: readonly StackDifference[]): readonly Section[] {
  if (stacks.length === 0) return [];
  const head = ['stack', 'what', 'since the review', 'reviewed', 'now'];
  return [{ title: 'Since the review', blocks: [{ kind: 'table', head, rows: stacks.flatMap(toRows) }] }];
}

/** Gives the same as lines of a log. */
export const toDifferenceLines = (stacks: readonly StackDifference[]): readonly string[] =>
  stacks.flatMap((s) =>
    s.difference === 'different'
      ? [...toRest(s).map((what) => `${s.name}: ${what} differ`), ...s.entries.flatMap((e) => toEntryLines(s.name, e))]
      : [`${s.name}: ${words[s.difference]}, ${s.now ?? s.reviewed ?? ''}`],
  );

const words = { added: 'new in the plan', gone: 'gone from the plan', different: 'different' } as const;

/** What differs of a stack and is no entry of its template. */
const toRest = ({ parts, isCoarse, reviewed, now }: StackDifference): readonly string[] => [
  ...(reviewed === now ? [] : [`action (${reviewed ?? ''}, now ${now ?? ''})`]),
  ...parts,
  ...(isCoarse ? ['digests, and the review kept nothing else of it'] : []),
];

function toRows(stack: StackDifference): readonly (readonly Line[])[] {
  const { name, difference, reviewed, now, entries } = stack;
  if (difference !== 'different')
    return [[[name], [{ own: 'the stack' }], [{ own: words[difference] }], [{ own: reviewed ?? '' }], [{ own: now ?? '' }]]];
  const rest = toRest(stack);
  return [
    ...(rest.length
      ? [[[name], [{ own: rest.join(', ') }], [{ own: words.different }], [{ own: reviewed ?? '' }], [{ own: now ?? '' }]]]
      : []),
    ...entries.map((e): readonly Line[] => [
      [name],
      [...(e.widens ? [{ sign: '🔓', label: 'widens access:' }, { own: ' ' }] : []), { code: e.path }],
      [{ own: words[e.difference] }],
      toProperties(e, 'reviewed'),
      toProperties(e, 'now'),
    ]),
  ];
}

const toProperties = ({ properties }: EntryDifference, side: 'reviewed' | 'now'): Line =>
  properties
    .map((p): Line => (p[side] ? toProperty(p[side]) : [{ code: p.path }, { own: ' as it is' }]))
    .flatMap((line, i) => [...(i ? [lineBreak] : []), ...line]);

function toEntryLines(stack: string, { path, difference, widens, properties }: EntryDifference): readonly string[] {
  const shown = (change: PropertyChange | undefined): string =>
    change ? `${toShort(change.before) ?? '…'} → ${toShort(change.after) ?? '…'}` : 'as it is';
  return [
    `${stack}: ${path} is ${words[difference]}${widens ? ', and widens access' : ''}`,
    ...properties.map((p) => `   ${p.path}: reviewed ${shown(p.reviewed)}; now ${shown(p.now)}`),
  ];
}
