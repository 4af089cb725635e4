import { codes, type Code } from './codes.ts';
import { docsUrl } from './version.ts';

/** How bad a finding is: an error stops the run before anything is written, unless `fail-on` says otherwise. */
export type Severity = 'error' | 'warning' | 'notice';

/** Where a finding belongs, as far as it is known: a file with line (from 1), or a construct, or a stack. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Path of the construct as CDK prints it: `SpaceportStagingStack/Uploads`. */
  readonly constructPath?: string;
  readonly stack?: string;
}

/** One thing the user should know, with what to do about it. The only diagnostic type there is. */
export interface Finding {
  readonly code: Code;
  readonly severity: Severity;
  /** From the table: what kind of problem this is. */
  readonly title: string;
  /** From the table: what to do next. */
  readonly remedy: string;
  /** The facts of this case, with the real names in it. May hold foreign text: renderers make it inert. */
  readonly message: string;
  readonly place: Place;
  /** What a program said that failed, line by line. Foreign text. */
  readonly output?: readonly string[];
  /** What a suppression in the config has made of another finding: that one, and why it is let stand. */
  readonly suppressed?: { readonly code: Code; readonly message: string; readonly reason: string };
  /** Address of this code's section in the documents of the release that ran. */
  readonly docs: string;
}

/** Gives the finding of one case: `message` with the facts, the rest from the table of codes. */
export function finding(code: Code, message: string, place: Place = {}): Finding {
  const { severity, title, remedy } = codes[code];
  return { code, severity, title, remedy, message, place, docs: `${docsUrl}/findings.md#${code.toLowerCase()}` };
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };

/** Gives the place as one line, most precise first; empty when nothing is known. */
export function toWhere(place: Place): string {
  if (place.constructPath) return place.constructPath;
  if (place.stack) return place.stack;
  if (place.file) return place.line ? `${place.file}:${place.line}` : place.file;
  return '';
}

/** Gives the findings in the order of every report: worst first, then code, then place, then message; without repeats. */
export function orderFindings(findings: readonly Finding[]): readonly Finding[] {
  const where = (place: Place) => toWhere(place).replace(/:(\d+)$/, (_, line: string) => `:${line.padStart(7, '0')}`);
  const key = (f: Finding) => `${rank[f.severity]}|${f.code}|${where(f.place)}|${f.message}`;
  const unique = new Map(findings.map((f) => [key(f), f]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, f]) => f);
}

/** Says whether any of the findings is an error. */
export const hasErrors = (findings: readonly Finding[]): boolean => findings.some((f) => f.severity === 'error');

/**
 * Ends a run that cannot go on; carries all that was found wrong, at least one finding.
 *
 * Anything else that is thrown becomes RT001.
 */
export class Stop extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: Finding | readonly Finding[], options?: ErrorOptions) {
    const all = 'code' in findings ? [findings] : findings;
    super(all.map((f) => `${f.code} ${f.message}`).join('\n'), options);
    this.name = 'Stop';
    this.findings = all;
  }
}

/** Gives the findings of anything thrown: those of a `Stop`, or one RT001 with the error's own words. */
export function toFindings(thrown: unknown): readonly Finding[] {
  if (thrown instanceof Stop) return thrown.findings;
  return [finding('RT001', thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown))];
}
