import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { finding } from '../../engine/src/finding.ts';
import { toHtml } from '../../engine/src/report/html.ts';
import type { Report } from '../../engine/src/report/report.ts';
import { toDocument } from '../../engine/src/report/to-document.ts';
import { blocked, rolledBack } from '../fakes/reports.ts';
import { chromium, startChromium, type Page } from './chromium.ts';

/* The page of a report as a reader's browser has it. Nothing here runs on a machine without Chromium. */
const onlyWithChromium = chromium ? describe : describe.skip;

const nasty = `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script><a href="javascript:alert(1)">x</a> ' onfocus='x`;
const foreign: Report = {
  ...blocked,
  environment: nasty,
  region: nasty,
  findings: [finding('PF130', nasty, { constructPath: nasty, file: `/repo/${nasty}`, line: 1 }), finding('PF171', nasty, { stack: nasty })],
  decisions: [{ id: 'x', type: 'AWS::S3::Bucket', stack: nasty, name: nasty, kind: 'create' }],
};

onlyWithChromium('the page of a report (apt install chromium brings the browser)', () => {
  let page: Page;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'spaceport-page-'));
    page = await startChromium(chromium ?? '');
  });
  afterAll(async () => {
    await page?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the page of a report; gives the requests and complaints that came of it. */
  async function open(name: string, report: Report) {
    const [requests, complaints] = [page.requests.length, page.complaints.length];
    const path = join(folder, `${name}.html`);
    writeFileSync(path, toHtml(toDocument(report, '/repo'), report.version));
    await page.open(pathToFileURL(path).href);
    return { requests: page.requests.slice(requests), complaints: page.complaints.slice(complaints), url: pathToFileURL(path).href };
  }
  const title = () => page.evaluate<string>('document.title');

  test('opens without a complaint, and asks for nothing but itself', async () => {
    for (const [name, report] of Object.entries({ blocked, rolledBack })) {
      const { requests, complaints, url } = await open(name, report);
      expect({ requests, complaints }).toEqual({ requests: [url], complaints: [] });
      expect(await title()).toBe(`${report.action}: ${report.verdict} · prod`);
    }
  });

  test('has the landmarks, headings and tables that a screen reader goes by', async () => {
    await open('landmarks', blocked);
    const seen = await page.accessible();
    const names = (role: string) => seen.filter((n) => n.role === role).map((n) => n.name);
    for (const landmark of ['banner', 'main', 'contentinfo']) expect([landmark, names(landmark).length]).toEqual([landmark, 1]);
    expect(names('region')).toEqual(['Findings', 'Data resources', 'Plan']);
    expect(names('heading').slice(0, 2)).toEqual(['preflight prod: blocked', 'Findings']);
    expect(names('table')).toContain('Findings');
    expect(names('columnheader').slice(0, 4)).toEqual(['finding', 'where', 'what', 'what to do']);
    expect(names('rowheader')).toContain('error PF130');
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
  });

  test.each(['light', 'dark'] as const)('keeps its tables and does not scroll sideways on a narrow screen, %s', async (scheme) => {
    await open(`narrow-${scheme}`, blocked);
    await page.show(scheme, 360);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    const roles = (await page.accessible()).map((n) => n.role);
    for (const role of ['table', 'columnheader', 'rowheader', 'cell']) expect(roles).toContain(role);
  });

  test('takes the colours of the reader', async () => {
    await open('schemes', blocked);
    const colours: unknown[] = [];
    for (const scheme of ['light', 'dark'] as const) {
      await page.show(scheme, 1000);
      colours.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
    }
    expect(colours).toEqual(['rgb(246, 247, 249)', 'rgb(17, 22, 29)']);
  });

  test('is gone through by the keyboard: first the link to the report, then what can be opened, each with its outline', async () => {
    await open('keyboard', blocked);
    const focused = `(() => { const e = document.activeElement; return [e.tagName, getComputedStyle(e).outlineStyle, e.getBoundingClientRect().top >= 0]; })()`;
    await page.press('Tab');
    expect(await page.evaluate(focused)).toEqual(['A', 'solid', true]);
    await page.press('Enter');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('MAIN');
    const reached = new Set<unknown>();
    for (let i = 0; i < 20; i++) {
      await page.press('Tab');
      const [tag, outline] = await page.evaluate<[string, string]>(focused);
      reached.add(`${tag} ${outline}`);
    }
    expect([...reached]).toEqual(expect.arrayContaining(['DIV solid', 'A solid', 'SUMMARY solid']));
  });

  test('shows foreign text as it is and does nothing of what it says', async () => {
    const { requests, complaints, url } = await open('foreign', foreign);
    expect({ requests, complaints }).toEqual({ requests: [url], complaints: [] });
    expect(await title()).toBe(`preflight: blocked · ${nasty}`);
    expect(await page.evaluate('document.querySelectorAll("img, script, [onerror], [onfocus], a[href^=javascript]").length')).toBe(0);
    expect(await page.evaluate('document.querySelector("section td:nth-child(3)").textContent')).toBe(nasty);
  });
});
