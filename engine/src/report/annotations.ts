import { toWhere, type Finding, type Severity } from '../finding.ts';

/** One annotation: what GitHub shows beside a line of source, or at the top of the run. */
export interface Annotation {
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** GitHub drops the eleventh of a level in a step without a word. */
const shown = 9;

/**
 * Gives the annotations of findings, in their order: nine of a level, and one that says how many more the summary lists.
 *
 * `root` is the folder of the checkout: files below it are shown relative to it, others not at all.
 */
export function toAnnotations(findings: readonly Finding[], root: string): readonly Annotation[] {
  return (['error', 'warning', 'notice'] as const).flatMap((severity) => {
    const all = findings.filter((f) => f.severity === severity);
    const rest = all.length - shown;
    const more: Annotation[] =
      rest > 0 ? [{ severity, title: `${rest} more`, message: `The job summary lists ${rest} more of this level.` }] : [];
    return [...all.slice(0, shown).map((f) => toAnnotation(f, root)), ...more];
  });
}

function toAnnotation(f: Finding, root: string): Annotation {
  const where = toWhere(f.place);
  const file = f.place.file && toRelative(f.place.file, root);
  return {
    severity: f.severity,
    title: `${f.code} ${f.title}`,
    message: `${where && !f.message.startsWith(`${where}: `) ? `${where}: ` : ''}${f.message}\nWhat to do: ${f.remedy}\n${f.docs}`,
    ...(file ? { file, ...(f.place.line ? { line: f.place.line } : {}), ...(f.place.column ? { column: f.place.column } : {}) } : {}),
  };
}

/** Gives a path below `root` relative to it; undefined for a path outside. */
export function toRelative(file: string, root: string): string | undefined {
  if (!file.startsWith('/')) return file;
  const base = root.endsWith('/') ? root : `${root}/`;
  return file.startsWith(base) ? file.slice(base.length) : undefined;
}
