import { describe, expect, test } from '@jest/globals';
import { blocked } from '../../../test/fakes/reports.ts';
import { finding } from '../finding.ts';
import { toComment } from './comment.ts';
import type { Report } from './report.ts';

const run = { url: 'https://github.com/acme/shop/actions/runs/1', commit: '0fe1dab' };
const comment = (report: Report) => toComment(report, '/repo', run);

test('a comment begins with its marker, says what the summary says, and ends with its commit and run', () => {
  const { marker, body } = comment(blocked);
  expect(marker).toBe('<!-- spaceport preflight (prod) -->');
  expect(body.startsWith(`${marker}\n## ⛔ preflight: blocked · prod\n`)).toBe(true);
  expect(body).toContain('| ❌ [PF130]');
  expect(body).toContain(`Digest <code>${blocked.planDigest}</code>: with it as \`plan-digest\``);
  expect(body.endsWith(`\nOf commit 0fe1dab: [the whole run](${run.url})\n`)).toBe(true);
});

test('each action and each environment has a comment of its own', () => {
  const { environment: _, ...nowhere } = blocked;
  const markers = [blocked, { ...blocked, environment: 'staging' }, { ...blocked, action: 'deploy' }, nowhere].map(
    (r) => comment(r).marker,
  );
  expect(new Set(markers).size).toBe(4);
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
