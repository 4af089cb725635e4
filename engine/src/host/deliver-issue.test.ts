import { describe, expect, test } from '@jest/globals';
import { createFakeWorld, type FakeWorldOptions } from '../../../test/fakes/world.ts';
import { known, unknown } from '../answer.ts';
import { finding } from '../finding.ts';
import type { Issues } from '../github/issues.ts';
import type { Report } from '../report/report.ts';
import { deliverIssue, type IssueChoice } from './deliver-issue.ts';

const drift = finding('PF206', 'Orders differs @octocat <img>', { constructPath: 'Shop/Orders' });
const report = (more: Partial<Report> = {}): Report => ({
  schema: 1,
  action: 'preflight',
  version: '1',
  verdict: 'drifted',
  depth: 'drift',
  environment: 'prod',
  region: 'us-west-2',
  findings: [drift],
  decisions: [],
  stacks: [],
  ...more,
});
const clean = report({ verdict: 'no-changes', findings: [] });

/** What was asked of the issues. */
async function deliver(given: Report, choice: IssueChoice = 'auto', options: FakeWorldOptions = {}, refused = false) {
  const asked: string[] = [];
  const no = unknown({ call: 'issues: write', resource: 'acme/shop', why: 'denied', message: '' });
  const issues: Issues = {
    put: async ({ title, body }) => (asked.push(`put ${title}\n${body}`), refused ? no : known('opened')),
    close: async (marker, word) => (asked.push(`close ${marker} ${word}`), refused ? no : known('closed')),
  };
  const made = createFakeWorld(options);
  return { told: await deliverIssue(given, choice, '/repo', issues, made.world), asked, lines: made.lines };
}

describe('the issue on drift', () => {
  test('says what drifted, with its marker first and foreign text inert', async () => {
    const { asked, told, lines } = await deliver(report());
    expect(told).toEqual([]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/^put Drift in prod \(us-west-2\)\n<!-- spaceport drift \(prod\.20\.us\.2d\.west\.2d\.2\) -->\n/);
    expect(asked[0]).toContain('PF206');
    expect(asked[0]).not.toMatch(/@octocat|<img/);
    expect(lines).toEqual(['📌 The issue "Drift in prod (us-west-2)" is opened']);
  });

  test('is closed with a word when nothing drifted', async () => {
    const { asked } = await deliver(clean);
    expect(asked).toEqual([
      'close <!-- spaceport drift (prod.20.us.2d.west.2d.2) --> No drift any more: https://github.com/org/app/actions/runs/42',
    ]);
  });

  test('stays as it is when a stack could not be looked at', async () => {
    expect((await deliver(report({ verdict: 'no-changes', findings: [finding('PF001', 'denied')] }))).asked).toEqual([]);
  });

  test('that cannot be written costs one warning', async () => {
    const { told } = await deliver(report(), 'auto', {}, true);
    expect(told.map((f) => `${f.code} ${f.message}`)).toEqual([
      'RT071 Drift in prod (us-west-2): needs the permission issues: write on acme/shop.',
    ]);
  });

  test.each<[string, Report, IssueChoice, FakeWorldOptions]>([
    ['issue: never', report(), 'never', {}],
    ['another depth', report({ depth: 'read' }), 'auto', {}],
    ['a run that failed', report({ verdict: 'failed' }), 'auto', {}],
    ['a pull request', report(), 'auto', { event: { name: 'pull_request', branch: 'main', isPullRequest: true } }],
  ])('is left alone by %s', async (_name, given, choice, options) => expect((await deliver(given, choice, options)).asked).toEqual([]));
});
