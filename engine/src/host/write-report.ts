import { orderFindings, toFindings, type Finding } from '../finding.ts';
import { toHtml } from '../report/html.ts';
import type { Report } from '../report/report.ts';
import { toSarif } from '../report/sarif.ts';
import { toDocument } from '../report/to-document.ts';
import type { Files, World } from '../world.ts';

/** The files that a run was asked for. */
export interface ReportFiles {
  /** Of the report: a page where the name ends in .html, otherwise JSON. */
  readonly paths: readonly string[];
  readonly sarif?: string | undefined;
}

/**
 * Writes the files of a report, and gives the report with where they are and what could not be written.
 *
 * SARIF is only written of a run that judged a deployment: code scanning takes what is not in it for solved. A file that cannot be written
 * any more takes nothing away from what the run has to say. `root` is the folder of the checkout.
 */
export function writeReport(report: Report, { paths, sarif }: ReportFiles, root: string, { files }: World): Report {
  const sarifPath = sarif && report.plan ? files.resolve(sarif) : undefined;
  const unwritten = sarifPath ? tryWrite(sarifPath, toSarif(report, root), files) : [];
  const whole: Report = {
    ...report,
    ...(sarifPath && !unwritten.length ? { sarifPath } : {}),
    findings: orderFindings([...report.findings, ...unwritten]),
  };
  const toText = (path: string) =>
    /\.html?$/i.test(path) ? toHtml(toDocument(whole, root), whole.version) : `${JSON.stringify(whole, null, 2)}\n`;
  const problems = paths.flatMap((path) => tryWrite(path, toText(path), files));
  return problems.length ? { ...whole, findings: orderFindings([...whole.findings, ...problems]) } : whole;
}

/** Writes a file; gives what is wrong when it cannot. */
export function tryWrite(path: string, text: string, files: Files): readonly Finding[] {
  try {
    files.write(path, text);
    return [];
  } catch (thrown) {
    return toFindings(thrown);
  }
}
