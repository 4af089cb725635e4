import picomatch from 'picomatch';
import type { Config } from '../config/schema.ts';
import { finding, toWhere, type Finding } from '../finding.ts';

type Suppression = Config['suppress'][number];

/**
 * Gives the findings as the config lets them stand: of each that is suppressed there is a notice in its stead.
 *
 * A suppression fits a finding of its code whose construct path or stack `where` matches. It holds until the end of its day;
 * `today` is a date such as 2026-11-21. One that has expired suppresses nothing, and is told with the finding it was for.
 * One that fits nothing is told when it is about one of the stacks that `judged` names: those were looked at in full.
 */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  today: string,
  judged: readonly string[],
): readonly Finding[] {
  const unused = suppressions.filter((s) => isAbout(s, judged) && !findings.some((f) => f.code === s.code && fits(s, f)));
  const told = unused.map((s) => finding('PF005', `${s.code} at ${s.where} fits no finding; its reason: ${s.reason}`));
  return [...told, ...findings].flatMap((f) => {
    const fitting = suppressions.filter((s) => s.code === f.code && fits(s, f));
    const holding = fitting.find((s) => s.until >= today);
    if (holding) return [toNotice(f, holding)];
    return [f, ...fitting.map((s) => finding('PF003', `That of ${s.code} at ${s.where} ended on ${s.until}.`, f.place))];
  });
}

/** Other codes than those of the checks come of other steps of a run. */
function isAbout({ code, where }: Suppression, stacks: readonly string[]): boolean {
  const matches = picomatch(where.split('/')[0] ?? '');
  return code.startsWith('PF') && stacks.some((name) => matches(name));
}

const toNotice = (f: Finding, { until, reason }: Suppression): Finding => ({
  ...finding('PF002', `${f.code} until ${until}, because: ${reason}. It says: ${f.message}`, f.place),
  suppressed: { code: f.code, message: f.message, reason },
});

function fits({ where }: Suppression, { place }: Finding): boolean {
  const matches = picomatch(where);
  return matches(toWhere(place)) || matches(place.stack ?? '');
}
