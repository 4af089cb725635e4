import type { Line, Section } from './document.ts';
import type { CodeResult } from './report.ts';

/** Gives the section that says which services and functions run which code; none where no code was given. */
export function toCodeSection(all: readonly CodeResult[]): readonly Section[] {
  if (all.length === 0) return [];
  const rows = all.map((r): Line[] => [
    [r.target],
    [{ code: r.from }],
    [{ code: r.to }],
    toOutcome(r),
    [{ own: `${r.seconds.toFixed(1)} s` }],
  ]);
  return [{ title: 'Code', blocks: [{ kind: 'table', head: ['service or function', 'from', 'to', 'result', 'time'], rows }] }];
}

function toOutcome({ outcome }: CodeResult): Line {
  const is = (sign: string, words: string): Line => [{ sign, label: '' }, { own: ` ${words}` }];
  switch (outcome.kind) {
    case 'updated':
      return is('✅', 'runs the new code');
    case 'unchanged':
      return is('✅', 'unchanged');
    case 'restored':
      return [...is('↩️', 'runs the former code again: '), outcome.why];
    case 'failed':
      return [...is('❌', 'failed: '), outcome.why, ...(outcome.left === undefined ? [] : [{ own: '; not back: ' }, outcome.left])];
    case 'not-started':
      return [...is('⏸️', 'not started: '), outcome.because];
    case 'still-running':
      return [...is('⏳', 'may still be on its way: '), outcome.status];
  }
}
