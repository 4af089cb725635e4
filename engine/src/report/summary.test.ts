import { describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocked, destroyed, promoted, rolledBack } from '../../../test/fakes/reports.ts';
import { finding } from '../finding.ts';
import type { PlannedStack } from '../plan/plan.ts';
import type { Report } from './report.ts';
import { toSummary } from './summary.ts';

const summary = (report: Report) => toSummary(report, '/repo');

/** Gives the reviewed text of a file beside this one; with UPDATE_GOLDEN set it becomes what there is now. */
function golden(name: string, now: string): string {
  const path = join(import.meta.dirname, 'golden', name);
  if (process.env['UPDATE_GOLDEN']) writeFileSync(path, now);
  return readFileSync(path, 'utf8');
}

describe('the job summary', () => {
  test.each<[string, string, Report]>([
    ['a preflight that found something', 'preflight-blocked.md', blocked],
    ['a deployment in which everything happened', 'deploy-failed.md', rolledBack],
    ['a promotion', 'promote-promoted.md', promoted],
    ['a destruction in which everything happened', 'destroy-failed.md', destroyed],
    [
      'a run that ended before it had anything to say',
      'preflight-config.md',
      {
        schema: 1,
        action: 'preflight',
        version: '0.1.0',
        verdict: 'failed',
        failureReason: 'config',
        findings: [finding('RT020', 'There is no file x.yml.', { file: 'x.yml' })],
        decisions: [],
        stacks: [],
      },
    ],
  ])('of %s is as reviewed', (_name, file, report) => {
    const now = summary(report);
    expect(now).toBe(golden(file, now));
  });

  test('is the same for equal reports, to the byte', () => {
    for (const report of [blocked, rolledBack, promoted]) expect(summary(structuredClone(report))).toBe(summary(report));
  });

  test('has the outputs that a stack names, not those that CDK makes for other stacks', () => {
    const outputs = { Url: 'u', ExportsOutputRefVpc1: 'vpc-1' };
    const text = summary({ ...rolledBack, stacks: rolledBack.stacks.map((s) => ({ ...s, outputs })) });
    expect(text).toContain('<code>Url</code>');
    expect(text).not.toContain('ExportsOutput');
  });

  test('shows a file of the checkout relative to it, and no other', () => {
    expect(summary(blocked)).toContain('<code>lib/shop.ts:12</code>');
    expect(summary(blocked)).not.toContain('/elsewhere');
  });
});

describe('the plan in the job summary', () => {
  const promise = 'with it as `plan-digest`';
  const ready: Report = { ...blocked, verdict: 'ready', findings: [], depth: 'read' };

  test.each<[string, Report, boolean]>([
    ['of a preflight that is ready', ready, true],
    ['of one that looked at change sets', { ...ready, depth: 'change-set' }, true],
    ['of one that is blocked', { ...blocked, depth: 'read' }, false],
    ['of one that did not ask AWS', { ...ready, depth: 'static' }, false],
    ['of a deployment that is blocked', { ...blocked, action: 'deploy' }, false],
  ])('promises a deployment by its digest only where one may be held to it: %s', (_name, report, is) => {
    const text = summary(report);
    expect([text.includes(promise), text.includes('### Plan')]).toEqual([is, true]);
  });

  test('is folded away after a deployment, and says what was to change', () => {
    const text = summary({ ...rolledBack, plan: blocked.plan! });
    expect(text).toContain('<details><summary>What was to change</summary>');
    expect(text).toContain('<code>ShopProd/Table</code>');
    expect(text).not.toContain(promise);
    const same = { ...blocked.plan!, stacks: blocked.plan!.stacks.map((s) => ({ ...s, action: 'unchanged' as const })) };
    expect(summary({ ...rolledBack, plan: same })).not.toContain('What was to change');
  });
});

describe('what a program said', () => {
  const lines = ['Error: no', '```', '</details>', '| a | b |', '~~~ @octocat', '   at x'];
  const report: Report = { ...blocked, findings: [{ ...finding('RT052', '`app` failed: Error: no'), output: lines }] };

  test('stands in a fence of its own that nothing in it can end', () => {
    const text = summary(report);
    expect(text).toContain('### Output (RT052)\n\n```text\nError: no\n\u200b```\n\u200b</details>\n\u200b| a | b |\n');
    expect(text.split('\n').filter((l) => /^\s*(```|~~~)/.test(l) && !l.includes('mermaid'))).toHaveLength(
      2 + (text.match(/```mermaid/g) ?? []).length,
    );
    expect(text).toContain('\\`app\\` failed: Error: no');
  });

  test('is told in one table cell by its message alone', () =>
    expect(
      summary(report)
        .split('\n')
        .find((l) => l.includes('failed')),
    ).not.toContain('at x'));
});

describe('foreign text in the job summary', () => {
  const nasty = '| <img src=x onerror=1> [a](https://evil.example) @octocat #12 GH-7 0fe1dab `x` **b**\n## heading\n```mermaid';
  const everywhere: Report = {
    ...blocked,
    environment: nasty,
    account: nasty,
    region: nasty,
    findings: [finding('PF120', nasty, { constructPath: nasty, file: `/repo/${nasty}`, line: 1 })],
    decisions: [{ id: 'x', type: 'AWS::S3::Bucket', stack: nasty, name: nasty, kind: 'create' }],
    plan: {
      schema: 1,
      environment: nasty,
      decisions: [],
      stacks: (blocked.plan?.stacks ?? []).map((s): PlannedStack => ({
        ...s,
        name: `${s.name}${nasty}`,
        resources: s.resources.map((r) => ({ ...r, path: nasty, type: nasty, properties: [{ path: nasty, replaces: 'yes' }] })),
      })),
    },
  };
  const deployed: Report = {
    ...rolledBack,
    stacks: rolledBack.stacks.map((s) => ({
      ...s,
      name: `${s.name}${nasty}`,
      outputs: { [nasty]: nasty },
      outcome: { kind: 'failed', cause: { logicalId: nasty, type: nasty, message: nasty } },
    })),
  };
  const promotion = promoted.promotion && {
    ...promoted.promotion,
    from: nasty,
    to: nasty,
    reason: nasty,
    manifest: nasty,
    record: nasty,
    setDigest: nasty,
  };

  test.each<[string, Report, Report]>([
    ['a preflight', everywhere, blocked],
    ['a deployment', deployed, rolledBack],
    ['a promotion', { ...promoted, ...(promotion ? { promotion } : {}) }, promoted],
  ])('of %s is inert wherever it stands', (_name, report, tame) => {
    const text = summary(report);
    expect(text).not.toMatch(/<img|\]\(https:\/\/evil|@octocat|^## heading/m);
    const prose = text.replace(/<code>.*?<\/code>|```mermaid[^]*?```/g, ''); // GitHub makes no links in code
    expect(prose).not.toMatch(/#12|GH-7|0fe1dab/);
    expect(text.match(/```mermaid/g)).toEqual(summary(tame).match(/```mermaid/g));
    // As many columns as the head of its table: no cell was split.
    const columns = (line: string) => line.replace(/\\\|/g, '').split('|').length;
    const lines = text.split('\n');
    lines.forEach((line, i) => {
      if (line.startsWith('|') && lines[i - 1]?.startsWith('|')) expect([line, columns(line)]).toEqual([line, columns(lines[i - 1] ?? '')]);
    });
  });
});

describe('a job summary that would be too large', () => {
  const blockedRows = 9;
  const many = (count: number): Report => ({
    ...blocked,
    findings: Array.from({ length: count }, (_, i) => finding('PF130', `Name ${i} ${'x'.repeat(2_000)}`, { stack: 'Shop' })),
  });

  test('is cut at a row, below a million bytes, and says how much is missing', () => {
    const text = summary(many(900));
    expect(Buffer.byteLength(text)).toBeLessThan(1_001_000);
    const lines = text.trimEnd().split('\n');
    const rows = lines.filter((l) => l.startsWith('| ❌'));
    expect(rows.every((l) => l.endsWith('|'))).toBe(true);
    const rest = blockedRows - 1; // those of the other tables, all of which come after
    expect(lines.at(-1)).toBe(`${900 - rows.length + rest} more rows are left out; the JSON report has them all.`);
  });

  test('counts bytes, not letters', () => {
    const wide: Report = { ...blocked, findings: Array.from({ length: 400 }, (_, i) => finding('PF130', `${i} ${'ä'.repeat(2_000)}`)) };
    expect(Buffer.byteLength(summary(wide))).toBeLessThan(1_001_000);
    expect(summary(wide)).toMatch(/more rows are left out/);
  });

  test('closes what the cut left open', () => {
    const notices: Report = { ...blocked, findings: Array.from({ length: 900 }, (_, i) => finding('PF171', `${i} ${'x'.repeat(2_000)}`)) };
    const text = summary(notices);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  test('is whole just below the limit', () => expect(summary(many(350))).not.toMatch(/left out/));
});
