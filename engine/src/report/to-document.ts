import type { Decision } from '../decision.ts';
import { toWhere, type Finding } from '../finding.ts';
import { hasChanges, type Plan } from '../plan/plan.ts';
import type { Cause } from '../world.ts';
import { toRelative } from './annotations.ts';
import { toCodeSection } from './code-section.ts';
import { toDifferenceSection } from './difference-section.ts';
import { lineBreak, type Block, type Document, type Line, type Section, type TimeBar } from './document.ts';
import { withLabels } from './labels.ts';
import { toPlanSections } from './plan-sections.ts';
import { isBad, toCount, toCounts, type PromotionResult, type Report, type StackResult, type VerificationResult } from './report.ts';

/**
 * Gives a report as a document: what every rendering for people is made of.
 *
 * `root` is the folder of the checkout: files below it are shown relative to it, others not at all.
 */
export function toDocument(made: Report, root: string): Document {
  const report = withLabels(made);
  const { stacks, plan } = report;
  return {
    sign: signs[report.verdict],
    action: report.action,
    verdict: report.verdict,
    ...(report.environment ? { environment: report.environment } : {}),
    tone: isBad(report.verdict) ? 'bad' : 'good',
    facts: toFacts(report),
    sections: [
      ...toFindings(report.findings, root),
      ...toWaves(report.waves ?? []),
      ...toDifferenceSection(report.difference ?? []),
      ...toDecisions(report.decisions),
      ...toStacks(stacks),
      ...toCodeSection(report.code ?? []),
      ...toVerifications(report.verifications ?? []),
      ...toTimeline(stacks),
      ...(plan ? toPlan(plan, report) : []),
      ...(plan ? toGraph(plan) : []),
      ...(report.promotion ? [toPromotion(report.promotion)] : []),
    ],
  };
}

const signs: Readonly<Record<Report['verdict'], string>> = {
  ready: '✅',
  'no-changes': '✅',
  drifted: '⚠️',
  blocked: '⛔',
  deployed: '✅',
  unchanged: '✅',
  'rolled-back': '↩️',
  promoted: '✅',
  destroyed: '✅',
  failed: '❌',
};

function toFacts({ account, region, planDigest, review, seconds, findings, depth }: Report): readonly Line[] {
  const { errors, warnings, notices, notRun } = toCounts(findings);
  const counts = [
    toCount(errors, 'error'),
    toCount(warnings, 'warning'),
    toCount(notices, 'notice'),
    `${toCount(notRun, 'check')} not run`,
  ].join(', ');
  return [
    ...(account ? [[{ own: 'account ' }, { code: account }]] : []),
    ...(region ? [[{ own: 'region ' }, { code: region }]] : []),
    ...(seconds === undefined ? [] : [[{ own: `${seconds.toFixed(1)} s` }]]),
    [{ own: counts }],
    ...(planDigest ? [[{ own: 'plan ' }, { code: planDigest.slice(0, 12) }]] : []),
    ...(review ? [[{ own: 'reviewed in ' }, { link: `#${review.pull}`, href: review.url }]] : []),
    ...(depth === 'static' ? [[{ own: 'AWS was not asked' }]] : []),
  ];
}

function toFindings(findings: readonly Finding[], root: string): readonly Section[] {
  const loud = findings.filter((f) => f.severity !== 'notice');
  const quiet = findings.filter((f) => f.severity === 'notice');
  return [
    ...toSection('Findings', toFindingTable(loud, root)),
    ...findings.flatMap((f): Section[] =>
      f.output ? [{ title: `Output (${f.code})`, blocks: [{ kind: 'output', lines: f.output }] }] : [],
    ),
    ...toSection(toCount(quiet.length, 'notice'), toFindingTable(quiet, root), 'folded'),
  ];
}

/** Only of a deployment of many: where a single one goes, the facts say. */
function toWaves(waves: NonNullable<Report['waves']>): readonly Section[] {
  const rows = waves.flatMap((wave, i) =>
    wave.map((e): readonly Line[] => [[{ own: String(i + 1) }], [e.environment], [{ code: e.account }], [{ code: e.region }]]),
  );
  return rows.length > 1 ? toSection('Waves', { kind: 'table', head: ['wave', 'environment', 'account', 'region'], rows }) : [];
}

const severitySigns = { error: '❌', warning: '⚠️', notice: 'ℹ️' } as const;

function toFindingTable(findings: readonly Finding[], root: string): Block {
  const rows = findings.map((f) => [
    [{ sign: severitySigns[f.severity], label: f.severity }, { own: ' ' }, { link: f.code, href: f.docs }],
    toPlaceCell(f, root),
    [f.message],
    [{ own: f.remedy }],
  ]);
  return { kind: 'table', head: ['finding', 'where', 'what', 'what to do'], rows };
}

function toPlaceCell({ place }: Finding, root: string): Line {
  const file = place.file ? toRelative(place.file, root) : undefined;
  const source: Line = file ? [{ code: place.line ? `${file}:${place.line}` : file }] : [];
  const where: Line = place.constructPath || place.stack ? [{ code: toWhere({ ...place, file: '' }) }] : [];
  return [...where, ...(where.length && source.length ? [lineBreak] : []), ...source];
}

const decisionWords = {
  create: { sign: '🆕', word: 'create' },
  managed: { sign: '✅', word: 'managed' },
  adopt: { sign: '✅', word: 'adopt' },
  reference: { sign: '✅', word: 'import' },
} as const;

function toDecisions(decisions: readonly Decision[]): readonly Section[] {
  const rows = decisions.map(({ kind, name, type, stack }) => [
    [{ sign: decisionWords[kind].sign, label: '' }, { own: ` ${decisionWords[kind].word}` }],
    [{ code: name }],
    [{ code: type }],
    [stack],
  ]);
  return toSection('Data resources', { kind: 'table', head: ['decision', 'name', 'type', 'stack'], rows });
}

function toStacks(stacks: readonly StackResult[]): readonly Section[] {
  const rows = stacks.map((s) => [[s.name, ...toConsole(s)], toOutcome(s), [{ own: `${s.seconds.toFixed(1)} s` }]]);
  const outputs = stacks.flatMap((s) =>
    Object.entries(s.outputs)
      .filter(([key]) => !key.startsWith('ExportsOutput'))
      .map(([key, value]) => [[s.name], [{ code: key }], [{ code: value }]]),
  );
  return [
    ...toSection('Stacks', { kind: 'table', head: ['stack', 'result', 'time'], rows }),
    ...toSection('Outputs', { kind: 'table', head: ['stack', 'output', 'value'], rows: outputs }, 'folded'),
  ];
}

/** Renderers take the words of a link for the project's own: those of a stack are not. */
const toConsole = ({ console }: StackResult): Line => (console ? [{ own: ' ' }, { link: 'console', href: console }] : []);

function toOutcome({ outcome }: StackResult): Line {
  const is = (sign: string, words: string): Line => [{ sign, label: '' }, { own: ` ${words}` }];
  switch (outcome.kind) {
    case 'deployed':
      return is('✅', outcome.by === 'hotswap' ? 'deployed by hotswap' : 'deployed');
    case 'unchanged':
      return is('✅', 'unchanged');
    case 'destroyed':
      return is('✅', `destroyed: ${toCount(outcome.deleted, 'resource')} deleted, ${outcome.kept.length} kept`);
    case 'rolled-back':
      return [...is('↩️', 'rolled back: '), ...toCause(outcome.cause)];
    case 'failed':
      return [...is('❌', 'failed: '), ...toCause(outcome.cause)];
    case 'not-started':
      return [...is('⏸️', 'not started: '), outcome.because];
    case 'still-running':
      return [...is('⏳', 'still running in AWS: '), { code: outcome.status }];
  }
}

const verificationWords = {
  passed: { sign: '✅', words: 'passed' },
  failed: { sign: '❌', words: 'failed' },
  'not-run': { sign: '❌', words: 'could not be run' },
  'passed-over': { sign: 'ℹ️', words: 'passed over' },
  interrupted: { sign: '⏸️', words: 'not finished' },
} as const;

function toVerifications(all: readonly VerificationResult[]): readonly Section[] {
  const rows = all.map(({ name, verifies, outcome, seconds }): Line[] => {
    const { sign, words } = verificationWords[outcome];
    return [[name], [{ own: verifies }], [{ sign, label: '' }, { own: ` ${words}` }], [{ own: `${seconds.toFixed(1)} s` }]];
  });
  return toSection('Verifications', { kind: 'table', head: ['verification', 'kind', 'result', 'time'], rows });
}

const toCause = ({ logicalId, message, within = [] }: Cause): Line => [
  ...(logicalId ? [{ code: [...within, logicalId].join('/') }, { own: ' ' }] : []),
  message,
];

function toTimeline(stacks: readonly StackResult[]): readonly Section[] {
  const bars = stacks
    .filter((s) => s.seconds > 0)
    .map(({ name, startSeconds, seconds, outcome }): TimeBar => {
      const state =
        outcome.kind === 'deployed' || outcome.kind === 'destroyed' ? 'done' : outcome.kind === 'unchanged' ? 'unchanged' : 'failed';
      return { name, state, startSeconds, seconds: Math.max(seconds, 0.1) };
    });
  return bars.length ? [{ title: 'Timeline', blocks: [{ kind: 'timeline', bars }] }] : [];
}

/** Of stacks that were changed the plan says what was to change, folded away; what did not change needs none. */
function toPlan(plan: Plan, report: Report): readonly Section[] {
  const { stacks } = report;
  if (!stacks.length) return toPlanSections(plan, toReviewable(report));
  if (!hasChanges(plan)) return [];
  return toPlanSections(plan, undefined).map((s) => ({ ...s, title: s.title === 'Plan' ? 'What was to change' : s.title, folded: true }));
}

/** Gives the digest that a deployment can be held to: only a preflight that is ready, and has asked AWS, has one. */
function toReviewable({ action, verdict, depth, planDigest }: Report): string | undefined {
  const isAsked = depth === 'read' || depth === 'change-set';
  return action === 'preflight' && verdict === 'ready' && isAsked ? planDigest : undefined;
}

function toGraph({ stacks }: Plan): readonly Section[] {
  const nodes = stacks.map(({ name, action, after }) => ({ name, label: action, after }));
  return nodes.length > 1 ? [{ title: 'Order of the stacks', folded: true, blocks: [{ kind: 'graph', nodes }] }] : [];
}

function toPromotion(p: PromotionResult): Section {
  const rows: readonly (readonly [string, Line])[] = [
    ['from', [p.from]],
    ['to', [p.to]],
    ['reason', [p.reason]],
    ['set', [{ code: p.setDigest }]],
    ['artifacts', [{ own: `${p.copied} copied, ${p.unchanged} already there, ${(p.sizeBytes / 1e6).toFixed(1)} MB in all` }]],
    ['manifest', [{ code: p.manifest }]],
    ['record', [{ code: p.record }]],
  ];
  return { title: 'Promotion', blocks: [{ kind: 'facts', rows }] };
}

/** Gives the section of a table; none when the table has no rows. */
function toSection(title: string, table: Block, folded?: 'folded'): readonly Section[] {
  if (table.kind !== 'table' || table.rows.length === 0) return [];
  return [{ title, ...(folded ? { folded: true } : {}), blocks: [table] }];
}
