import picomatch from 'picomatch';
import type { Config } from '../config/schema.ts';
import { toWhere, type Finding } from '../finding.ts';

/**
 * Gives the findings without those that the config lets stand: same code, and a construct path or stack that `where` matches.
 *
 * `today` is a date such as 2026-11-21; a suppression holds until the end of its day.
 */
export function suppress(findings: readonly Finding[], suppressions: Config['suppress'], today: string): readonly Finding[] {
  const holding = suppressions.filter((s) => s.until >= today).map((s) => ({ code: s.code, matches: picomatch(s.where) }));
  return findings.filter((f) => !holding.some((s) => s.code === f.code && (s.matches(toWhere(f.place)) || s.matches(f.place.stack ?? ''))));
}
