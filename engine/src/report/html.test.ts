import { describe, expect, test } from '@jest/globals';
import { blocked, promoted, rolledBack } from '../../../test/fakes/reports.ts';
import { finding } from '../finding.ts';
import { toHtml } from './html.ts';
import { palette } from './page-style.ts';
import type { Report } from './report.ts';
import { toDocument } from './to-document.ts';

const page = (report: Report) => toHtml(toDocument(report, '/repo'), report.version);
const reports: readonly [string, Report][] = [
  ['a preflight', blocked],
  ['a deployment', rolledBack],
  ['a promotion', promoted],
];

describe.each(reports)('the page of %s', (_name, report) => {
  const html = page(report);

  test('says in its title and its first heading what the run came to', () => {
    expect(html).toContain(`<title>${report.action}: ${report.verdict} · ${report.environment}</title>`);
    expect(html).toMatch(new RegExp(`<h1>${report.action} ${report.environment}: .*${report.verdict}</span></h1>`));
  });

  test('needs nothing beside itself', () => {
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|@import|url\(/i);
    expect(html).toMatch(/http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[\w+/=]+'/);
  });

  test('closes every element that it opens', () => {
    const count = (pattern: RegExp) => html.match(pattern)?.length ?? 0;
    for (const name of ['section', 'details', 'table', 'tr', 'td', 'th', 'code', 'div', 'span', 'h2'])
      expect([name, count(new RegExp(`<${name}[ >]`, 'g'))]).toEqual([name, count(new RegExp(`</${name}>`, 'g'))]);
  });

  test('is the same for equal reports, to the byte', () => expect(page(structuredClone(report))).toBe(html));
});

test('a giant text is clipped', () => {
  const html = page({ ...blocked, findings: [finding('PF130', 'x'.repeat(1_000_000), { constructPath: '/y'.repeat(500_000) })] });
  expect(html.length).toBeLessThan(50_000);
  expect(html).toContain('…');
});

test('the page has all that the report says', () => {
  const html = page({ ...blocked, verdict: 'ready', depth: 'read' });
  for (const text of ['PF130', 'lib/shop.ts:12', 'files-prod', blocked.planDigest ?? '', 'KeySchema', 'only lowercase letters are allowed'])
    expect(html).toContain(text);
});

test('its timeline begins with the first bar, and ends with the last', () => {
  const [first, second] = rolledBack.stacks;
  if (!first || !second) throw new Error('the sample has no stacks');
  const stacks = [
    { ...first, startSeconds: 40, seconds: 10 },
    { ...second, startSeconds: 50, seconds: 20 },
  ];
  const bars = [...page({ ...rolledBack, stacks }).matchAll(/<rect class="\w+" x="([\d.]+)" width="([\d.]+)"/g)];
  expect(bars.map(([, x, width]) => [Number(x), Number(width)])).toEqual([
    [0, 200],
    [200, 400],
  ]);
});

test('what a program said is shown line by line, and inert', () => {
  const html = page({ ...blocked, findings: [{ ...finding('RT052', 'no'), output: ['Error: <b>no', '  at x'] }] });
  expect(html).toContain('<pre>Error: &#60;b&#62;no\n  at x</pre>');
});

/** Gives the relative luminance of a colour. @source WCAG 2.2, relative luminance */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((i) => parseInt(colour.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

describe.each(Object.entries(palette))('the %s colours', (_scheme, c) => {
  test.each<[string, string, string, number]>([
    ['text on a card', c.text, c.card, 4.5],
    ['text on the page', c.text, c.page, 4.5],
    ['soft text on a card', c.soft, c.card, 4.5],
    ['soft text on the page', c.soft, c.page, 4.5],
    ['a link on a card', c.link, c.card, 4.5],
    ['code', c.text, c.code, 4.5],
    ['soft text in code', c.soft, c.code, 4.5],
    ['a good verdict', c.good, c['good-ground'], 4.5],
    ['a bad verdict', c.bad, c['bad-ground'], 4.5],
    ['a bar on a card', c.bar, c.card, 3],
    ['the focus on the page', c.link, c.page, 3],
  ])('are told apart by weak eyes: %s', (_what, front, back, least) => expect(contrast(front, back)).toBeGreaterThanOrEqual(least));
});
