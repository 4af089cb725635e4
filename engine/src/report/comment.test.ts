import { describe, expect, test } from '@jest/globals';
import { blocked, planned } from '../../../test/fakes/reports.ts';
import { toSha256 } from '../canonical.ts';
import { finding } from '../finding.ts';
import { readKeptPlan } from '../plan/keep.ts';
import { toPlanDigest } from '../plan/plan-tree.ts';
import type { Plan } from '../plan/plan.ts';
import { toComment } from './comment.ts';
import type { Report } from './report.ts';

const run = { url: 'https://github.com/acme/shop/actions/runs/1', commit: '0fe1dab' };
const comment = (report: Report) => toComment(report, '/repo', run);

test('a comment begins with its marker, says what the summary says, and ends with its commit and run', () => {
  const { marker, body } = comment(blocked);
  expect(marker).toBe('<!-- spaceport preflight (prod) -->');
  expect(body.startsWith(`${marker}\n## ⛔ preflight: blocked · prod\n`)).toBe(true);
  expect(body).toContain('| ❌ [PF130]');
  const ready = toComment({ ...blocked, verdict: 'ready', depth: 'read' }, '/repo', run).body;
  expect(ready).toContain(`Digest <code>${blocked.planDigest}</code>: with it as \`plan-digest\``);
  expect(body.endsWith(`\nOf commit 0fe1dab: [the whole run](${run.url})\n`)).toBe(true);
});

test('each action and each environment has a comment of its own', () => {
  const { environment: _, ...nowhere } = blocked;
  const markers = [blocked, { ...blocked, environment: 'staging' }, { ...blocked, action: 'deploy' }, nowhere].map(
    (r) => comment(r).marker,
  );
  expect(new Set(markers).size).toBe(4);
});

test('each region of an environment that has several has a comment of its own', () => {
  const regional: Report = { ...blocked, isOneOfRegions: true };
  expect(comment({ ...regional, region: 'us-west-2' }).marker).toBe('<!-- spaceport preflight (prod.20.us.2d.west.2d.2) -->');
  expect(comment({ ...regional, region: 'eu-west-1' }).marker).toBe('<!-- spaceport preflight (prod.20.eu.2d.west.2d.1) -->');
});

test('the comment of a run that did not get as far as an environment is replaced by the next that does', () => {
  const { environment: _, ...nowhere } = blocked;
  expect(comment(blocked).replaces).toEqual([comment(blocked).marker, comment(nowhere).marker]);
  expect(comment(nowhere).replaces).toEqual([comment(nowhere).marker]);
});

test.each(['--> <script>', 'a--b', '@octocat', 'a\n-->'])('an environment that is named %j cannot end its marker', (environment) => {
  const { marker } = comment({ ...blocked, environment });
  expect(marker).toMatch(/^<!-- spaceport preflight \([\w.]*\) -->$/);
});

describe('a comment that would be too long', () => {
  const many = (count: number, text: string): Report => ({
    ...blocked,
    findings: Array.from({ length: count }, (_, i) => finding('PF130', `${i} ${text}`, { stack: 'Shop' })),
  });

  test.each<[string, Report]>([
    ['thousands of findings', many(5_000, 'a')],
    ['letters that take more than one byte', many(100, '日本語'.repeat(500))],
    ['one giant text', many(1, 'x'.repeat(1_000_000))],
    ['giant names', { ...blocked, findings: [finding('PF130', 'm', { constructPath: '/x'.repeat(100_000) })] }],
  ])('stays below the limit of GitHub: %s', (_name, report) => {
    expect(comment(report).body.length).toBeLessThan(65_536);
    expect(Buffer.byteLength(comment(report).body)).toBeLessThan(65_536);
    expect(comment(report).body).toContain('\nOf commit 0fe1dab');
  });

  test('is cut at a row, and says how many rows are missing', () => {
    const { body } = comment(many(5_000, 'a'));
    const shown = body.split('\n').filter((l) => l.startsWith('| ❌')).length;
    const [, missing] = /(\d+) more rows are left out/.exec(body) ?? [];
    expect(shown).toBeGreaterThan(100);
    const others = 8; // the rows of the tables that come after
    expect(Number(missing)).toBe(5_000 - shown + others);
  });

  test('shows the rest of a report that has one giant text', () => {
    const { body } = comment({ ...many(1, 'x'.repeat(1_000_000)) });
    expect(body).toContain('### Plan');
    expect(body).not.toContain('left out');
  });
});

describe('the plan that a comment keeps', () => {
  const { plan } = blocked;
  const kept = (report: Report) => readKeptPlan(comment(report).body);
  const preflight = (more: Partial<Report> = {}): Report => ({
    ...blocked,
    depth: 'read',
    ...(plan ? { planDigest: toPlanDigest(plan) } : {}),
    ...more,
  });
  /** Text that hardly gets smaller. */
  const noise = Array.from({ length: 1_500 }, (_, i) => toSha256(String(i))).join('');
  /** As many stacks as `count`, each with resources whose digests do not compress. */
  const large = (count: number, each: number): Report => {
    const delta = (s: number) =>
      Object.fromEntries(Array.from({ length: each }, (_, r) => [`Resources/R${r}`, toSha256(`${s} ${r}`).slice(0, 32)]));
    const stacks = Array.from({ length: count }, (_, s) => planned(`Shop${s}`, { delta: delta(s), tags: { noise } }));
    const much: Plan = { schema: 1, environment: 'prod', decisions: [], stacks };
    return preflight({ plan: much, planDigest: toPlanDigest(much) });
  };

  test('is that of the run, with its commit and depth', () => {
    expect(kept(preflight())).toMatchObject({ plan, commit: run.commit, depth: 'read' });
  });

  test.each<[string, Partial<Report>]>([
    ['of another action', { action: 'deploy' }],
    ['of a plan that is not what its digest says', { planDigest: 'f'.repeat(64) }],
    ['of a branch that was only mapped', { depth: 'none' }],
  ])('is none in a comment %s', (_name, more) => expect(kept(preflight(more))).toBeUndefined());

  test.each<[string, Report, string]>([
    ['resources', large(1, 10), 'digests of what it changes'],
    ['stacks', large(20, 200), 'digests of its stacks'],
  ])('leaves room for readers when it is large, and says that it is shortened to %s', (_name, report, words) => {
    const findings = Array.from({ length: 5_000 }, (_, i) => finding('PF130', `${i}`, { stack: 'Shop' }));
    const { body } = comment({ ...report, findings });
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain(words);
    expect(body).toContain('more rows are left out');
    expect(readKeptPlan(body)).toMatchObject({ commit: run.commit });
  });
});
