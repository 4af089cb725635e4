import { toWhere, type Finding } from '../finding.ts';
import type { PlannedStack } from '../plan/plan.ts';
import type { Cause } from '../world.ts';
import { toRelative } from './annotations.ts';
import { toInertCode, toInertMarkdown } from './inert.ts';
import { toCounts, type PromotionResult, type Report, type StackResult } from './report.ts';

/** The runner refuses a summary above 1 MiB; what is left below it is for other steps. */
const limitBytes = 1_000_000;

/**
 * Gives the job summary of a report as GitHub Markdown.
 *
 * All foreign text is inert. A summary that would be too large is cut at a row and says so.
 */
export function toSummary(report: Report, root: string): string {
  const parts = [
    [toHeading(report), ''],
    toTarget(report),
    toFindings(report.findings, root),
    toDecisions(report),
    toStacks(report.stacks),
    report.stacks.length ? toTimeline(report.stacks) : [],
    report.plan && !report.stacks.length ? toPlan(report.plan.stacks, report.planDigest ?? '') : [],
    report.plan && report.plan.stacks.length > 1 ? toGraph(report.plan.stacks) : [],
    report.promotion ? toPromotion(report.promotion) : [],
  ];
  return cut(parts.flat());
}

const signs: Readonly<Record<Report['verdict'], string>> = {
  ready: '✅',
  'no-changes': '✅',
  blocked: '⛔',
  deployed: '✅',
  unchanged: '✅',
  'rolled-back': '↩️',
  promoted: '✅',
  destroyed: '✅',
  failed: '❌',
};

function toHeading(report: Report): string {
  const where = report.environment ? ` · ${toInertMarkdown(report.environment)}` : '';
  return `## ${signs[report.verdict]} ${report.action}: ${report.verdict}${where}`;
}

function toTarget(report: Report): string[] {
  const { account, region, planDigest, seconds } = report;
  const { errors, warnings, notices, notRun } = toCounts(report.findings);
  const facts = [
    account ? `account ${toInertCode(account)}` : '',
    region ? `region ${toInertCode(region)}` : '',
    seconds === undefined ? '' : `${seconds.toFixed(1)} s`,
    [toCount(errors, 'error'), toCount(warnings, 'warning'), toCount(notices, 'notice'), `${toCount(notRun, 'check')} not run`].join(', '),
    planDigest ? `plan ${toInertCode(planDigest.slice(0, 12))}` : '',
  ];
  return [facts.filter(Boolean).join(' · '), ''];
}

const toCount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function toFindings(findings: readonly Finding[], root: string): string[] {
  const loud = findings.filter((f) => f.severity !== 'notice');
  const quiet = findings.filter((f) => f.severity === 'notice');
  const row = (f: Finding) =>
    `| ${{ error: '❌', warning: '⚠️', notice: 'ℹ️' }[f.severity]} [${f.code}](${f.docs}) | ${toPlaceCell(f, root)} | ${toInertMarkdown(f.message)} | ${f.remedy} |`;
  const table = (rows: readonly Finding[]) => ['| | where | what | what to do |', '| --- | --- | --- | --- |', ...rows.map(row), ''];
  return [
    ...(loud.length ? ['### Findings', '', ...table(loud)] : []),
    ...(quiet.length ? [`<details><summary>${toCount(quiet.length, 'notice')}</summary>`, '', ...table(quiet), '</details>', ''] : []),
  ];
}

function toPlaceCell(f: Finding, root: string): string {
  const file = f.place.file ? toRelative(f.place.file, root) : undefined;
  const source = file ? `<br>${toInertCode(f.place.line ? `${file}:${f.place.line}` : file)}` : '';
  const where = f.place.constructPath || f.place.stack ? toInertCode(toWhere({ ...f.place, file: '' })) : '';
  return `${where}${where ? source : source.replace('<br>', '')}`;
}

function toDecisions({ decisions }: Report): string[] {
  if (decisions.length === 0) return [];
  const words = { create: '🆕 create', managed: '✅ managed', adopt: '✅ adopt', reference: '✅ import' } as const;
  const rows = decisions.map((d) => `| ${words[d.kind]} | ${toInertCode(d.name)} | ${toInertCode(d.type)} | ${toInertMarkdown(d.stack)} |`);
  return ['### Data resources', '', '| decision | name | type | stack |', '| --- | --- | --- | --- |', ...rows, ''];
}

function toStacks(stacks: readonly StackResult[]): string[] {
  if (stacks.length === 0) return [];
  const rows = stacks.map((s) => `| ${toInertMarkdown(s.name)} | ${toOutcome(s)} | ${s.seconds.toFixed(1)} s |`);
  const outputs = stacks.flatMap((s) =>
    Object.entries(s.outputs)
      .filter(([key]) => !key.startsWith('ExportsOutput'))
      .map(([key, value]) => `| ${toInertMarkdown(s.name)} | ${toInertCode(key)} | ${toInertCode(value)} |`),
  );
  return [
    '### Stacks',
    '',
    '| stack | result | time |',
    '| --- | --- | --- |',
    ...rows,
    '',
    ...(outputs.length
      ? ['<details><summary>Outputs</summary>', '', '| stack | output | value |', '| --- | --- | --- |', ...outputs, '', '</details>', '']
      : []),
  ];
}

function toOutcome({ outcome }: StackResult): string {
  switch (outcome.kind) {
    case 'deployed':
      return '✅ deployed';
    case 'unchanged':
      return '✅ unchanged';
    case 'destroyed':
      return `✅ destroyed: ${toCount(outcome.deleted, 'resource')} deleted, ${outcome.kept.length} kept`;
    case 'rolled-back':
      return `↩️ rolled back: ${toCause(outcome.cause)}`;
    case 'failed':
      return `❌ failed: ${toCause(outcome.cause)}`;
    case 'not-started':
      return `⏸️ not started: ${toInertMarkdown(outcome.because)}`;
    case 'still-running':
      return `⏳ still running in AWS: ${toInertCode(outcome.status)}`;
  }
}

const toCause = ({ logicalId, message }: Cause): string => `${logicalId ? `${toInertCode(logicalId)} ` : ''}${toInertMarkdown(message)}`;

function toTimeline(stacks: readonly StackResult[]): string[] {
  const started = stacks.filter((s) => s.seconds > 0);
  if (started.length === 0) return [];
  const bar = (s: StackResult) => {
    const state =
      s.outcome.kind === 'deployed' || s.outcome.kind === 'destroyed' ? 'done' : s.outcome.kind === 'unchanged' ? 'active' : 'crit';
    return `  ${toMermaid(s.name)} :${state}, ${Math.round(s.startSeconds * 1000)}, ${Math.round((s.startSeconds + Math.max(s.seconds, 0.1)) * 1000)}`;
  };
  return ['### Timeline', '', '```mermaid', 'gantt', '  dateFormat x', '  axisFormat %M:%S', ...started.map(bar), '```', ''];
}

function toPlan(stacks: readonly PlannedStack[], digest: string): string[] {
  const rows = stacks.flatMap((s) => [
    `| **${toInertMarkdown(s.name)}** | ${s.action} | | |`,
    ...s.resources.map(
      (r) =>
        `| ${r.access ? '🔐 ' : ''}${toInertCode(r.path)} | ${r.action} | ${toInertCode(r.type)} | ${r.properties.map((p) => `${toInertCode(p.path)}${p.replaces === 'no' ? '' : ' ♻️'}`).join('<br>')} |`,
    ),
  ]);
  return [
    '<details><summary>Plan</summary>',
    '',
    `Digest ${toInertCode(digest)}`,
    '',
    '| resource | action | type | properties |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '</details>',
    '',
  ];
}

function toGraph(stacks: readonly PlannedStack[]): string[] {
  const ids = new Map(stacks.map((s, i) => [s.name, `s${i}`]));
  const nodes = stacks.map((s) => `  ${ids.get(s.name)}["${toMermaid(s.name)}<br>${s.action}"]`);
  const edges = stacks.flatMap((s) => s.after.flatMap((a) => (ids.has(a) ? [`  ${ids.get(a)} --> ${ids.get(s.name)}`] : [])));
  return ['<details><summary>Order of the stacks</summary>', '', '```mermaid', 'graph LR', ...nodes, ...edges, '```', '', '</details>', ''];
}

/** Mermaid gives no way to escape: what is not a plain character of a stack name goes. */
const toMermaid = (text: string): string => text.replace(/[^A-Za-z0-9_./ -]/g, '_');

function toPromotion(p: PromotionResult): string[] {
  const row = (name: string, value: string) => `| ${name} | ${value} |`;
  return [
    '### Promotion',
    '',
    '| | |',
    '| --- | --- |',
    row('from', toInertMarkdown(p.from)),
    row('to', toInertMarkdown(p.to)),
    row('reason', toInertMarkdown(p.reason)),
    row('set', toInertCode(p.setDigest)),
    row('artifacts', `${p.copied} copied, ${p.unchanged} already there, ${(p.sizeBytes / 1e6).toFixed(1)} MB in all`),
    row('manifest', toInertCode(p.manifest)),
    row('record', toInertCode(p.record)),
    '',
  ];
}

function cut(lines: readonly string[]): string {
  let bytes = 0;
  const kept: string[] = [];
  for (const line of lines) {
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > limitBytes) break;
    kept.push(line);
  }
  const missing = lines.length - kept.length;
  if (missing) kept.push(...toClosing(kept));
  return missing ? `${kept.join('\n')}\n\n${missing} more lines are left out; the JSON report has them all.\n` : `${kept.join('\n')}\n`;
}

/** Gives the lines that close what a cut left open, so that what follows is not swallowed. */
function toClosing(kept: readonly string[]): readonly string[] {
  const count = (isSo: (line: string) => boolean) => kept.filter(isSo).length;
  const fence = count((l) => l.startsWith('```')) % 2 ? ['```'] : [];
  const details = count((l) => l.startsWith('<details>')) > count((l) => l === '</details>') ? ['', '</details>'] : [];
  return [...fence, ...details];
}
