import { toSha256 } from '../canonical.ts';
import { codes, type Code } from '../codes.ts';
import { finding, toWhere, type Finding, type Severity } from '../finding.ts';
import { docsUrl } from '../version.ts';
import { toRelative } from './annotations.ts';
import { clip, toInertPlain } from './inert.ts';
import type { Report } from './report.ts';

/** GitHub shows the first 5,000 results of a run, and refuses a file with many more. */
const mostResults = 5_000;

/** Longer texts are cut: 5,000 of them stay far below the 10 MB that GitHub takes. */
const longestText = 1_000;

/** Where a result stands whose source is not known: the file that says what is deployed where. */
const configFile = '.github/spaceport.yml';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', notice: 'note' };

/**
 * Gives the findings of a report as a SARIF log that GitHub's code scanning takes, worst first.
 *
 * What has a place in the code is a result; what has none, and every check that did not run, is a notification of the run. A finding
 * that the config suppresses is a result with its suppression. `root` is the folder of the checkout.
 *
 * @source SARIF 2.1.0, and GitHub's documents on what code scanning reads of it
 */
export function toSarif(report: Report, root: string): string {
  const placed = report.findings.filter(isPlaced);
  const results = placed.slice(0, mostResults).map(toOriginal);
  const used = [...new Set(results.map((r) => r.code))].sort();
  const notifications = report.findings.filter((f) => !isPlaced(f)).map(toNotification);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Spaceport preflight',
            semanticVersion: report.version,
            informationUri: docsUrl,
            rules: used.map(toRule),
          },
        },
        automationDetails: { id: `spaceport/${report.action}/${encodeURIComponent(report.environment ?? '')}/` },
        columnKind: 'utf16CodeUnits',
        invocations: [
          { executionSuccessful: true, toolExecutionNotifications: [...toLeftOut(placed.length - results.length), ...notifications] },
        ],
        results: toResults(results, used, report, root),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const isPlaced = ({ code, place }: Finding): boolean => code !== 'PF001' && toWhere(place) !== '';

/** A finding as it would be without suppressions, and the reason of the suppression if it has one. */
type Original = Finding & { readonly because?: string };

function toOriginal(f: Finding): Original {
  if (!f.suppressed) return f;
  const { code, message, reason } = f.suppressed;
  return { ...finding(code, message, f.place), because: reason };
}

function toRule(code: Code): object {
  const { title, remedy, docs } = finding(code, '');
  const { severity } = codes[code];
  return {
    id: code,
    name: title.replace(/\W+(\w)?/g, (_, c: string = '') => c.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: `${title}. ${remedy}` },
    help: { text: `${remedy}\n${docs}`, markdown: `${remedy}\n\n[More about ${code}](${docs})` },
    helpUri: docs,
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['deployment'], precision: 'very-high', 'problem.severity': severity === 'notice' ? 'recommendation' : severity },
  };
}

/**
 * A result is the same over commits when code, environment and place are, wherever its line moves to; the first, second and so on of
 * equal ones are told apart.
 */
function toResults(results: readonly Original[], rules: readonly Code[], { environment = '' }: Report, root: string): readonly object[] {
  const seen = new Map<string, number>();
  return results.map((f) => {
    const { constructPath, stack, file } = f.place;
    const key = toSha256([f.code, environment, constructPath ?? stack ?? (file && toRelative(file, root)) ?? ''].join('\n')).slice(0, 16);
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return {
      ruleId: f.code,
      ruleIndex: rules.indexOf(f.code),
      level: levels[f.severity],
      message: { text: toText(`${f.message}\nWhat to do: ${f.remedy}`) },
      locations: [toLocation(f, root)],
      partialFingerprints: { primaryLocationLineHash: `${key}:${nth}` },
      ...(f.because === undefined ? {} : { suppressions: [{ kind: 'external', status: 'accepted', justification: toText(f.because) }] }),
    };
  });
}

function toLocation({ place }: Finding, root: string): object {
  const { line, column, constructPath, stack } = place;
  const file = place.file && toRelative(place.file, root);
  const region = file && line ? { startLine: line, ...(column ? { startColumn: column } : {}) } : { startLine: 1 };
  const name = constructPath ?? stack;
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(file || configFile).replace(/[?#]/g, encodeURIComponent), uriBaseId: '%SRCROOT%' },
      region,
    },
    ...(name ? { logicalLocations: [{ fullyQualifiedName: toText(name), kind: constructPath ? 'resource' : 'module' }] } : {}),
  };
}

const toNotification = (f: Finding): object => ({
  descriptor: { id: f.code },
  level: levels[f.severity],
  message: { text: toText(`${f.title}: ${f.message}`) },
});

const toLeftOut = (count: number): readonly object[] =>
  count > 0 ? [{ level: 'warning', message: { text: `${count} more results are left out; the JSON report has them all.` } }] : [];

const toText = (text: string): string => toInertPlain(clip(text, longestText));
