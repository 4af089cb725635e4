import type { Code } from '../../../engine/src/codes.ts';
import { finding, type Finding } from '../../../engine/src/finding.ts';

/** How many cases of one kind get a finding of their own. */
const shown = 10;

/** Gives one finding per case, in their order; past the tenth a single one says how many more there are. */
export function toBoundedFindings<T>(code: Code, cases: readonly T[], toMessage: (item: T) => string): readonly Finding[] {
  const rest = cases.length - shown;
  const more = rest > 0 ? [finding(code, `The same holds for ${rest} more ${rest === 1 ? 'artifact' : 'artifacts'}.`)] : [];
  return [...cases.slice(0, shown).map((c) => finding(code, toMessage(c))), ...more];
}
