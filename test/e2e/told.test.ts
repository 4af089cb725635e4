import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/repository.ts';
import { createWorkspace, runAction, type ActionResult, type ActionRun } from '../../tools/runner.ts';
import { self, startFakeGithub, type FakeGithub } from '../fakes/github.ts';

/* What a run tells on GitHub and in files: without AWS, by a preflight that looks at the assembly alone. */
const entry = join(root, 'release/preflight/dist/index.js');
const head = 'c0de'.repeat(10);
const nasty = 'hunter2 @octocat #12 <img src=x> ::error::injected%0A::error::again';
const template = {
  Parameters: { Password: { Type: 'String', NoEcho: true } },
  Resources: {
    Uploads: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'Uploads_Of_Shop' } },
    Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: `Bad ${nasty}` } },
  },
};
const assembly = {
  'cdk.out/manifest.json': JSON.stringify({
    version: '48.0.0',
    artifacts: {
      Shop: { type: 'aws:cloudformation:stack', environment: 'aws://111111111111/us-west-2', properties: { templateFile: 'Shop.json' } },
    },
  }),
  'cdk.out/Shop.json': JSON.stringify(template),
};

let github: FakeGithub;
let workspace: ReturnType<typeof createWorkspace>;
beforeAll(async () => {
  if (!existsSync(entry)) throw new Error('There is no release tree to test: run npm run release:tree first.');
  github = await startFakeGithub();
  workspace = createWorkspace(assembly);
});
afterAll(async () => {
  workspace?.remove();
  await github?.stop();
});

/** Runs a preflight of a pull request to main; `number` tells those of one file apart. */
function preflight(number: number, inputs: Readonly<Record<string, string>> = {}, more: Partial<ActionRun> = {}): Promise<ActionResult> {
  return runAction({
    entry,
    inputs: { 'cdk-out': 'cdk.out', depth: 'static', 'github-token': 'g'.repeat(40), parameters: 'Password=hunter2', ...inputs },
    workspace: workspace.path,
    event: { name: 'pull_request', payload: { pull_request: { number, base: { ref: 'main', sha: 'b'.repeat(40) }, head: { sha: head } } } },
    env: { GITHUB_API_URL: github.url },
    ...(process.env['SPACEPORT_NODE24'] ? { node: process.env['SPACEPORT_NODE24'] } : {}),
    ...more,
  });
}
const read = (path: string) => readFileSync(join(workspace.path, path), 'utf8');

test('a pull request gets one comment, which a second run writes anew, and a status at its head; what others wrote stays', async () => {
  const marker = '<!-- spaceport preflight (prod) -->';
  for (const text of ['One', 'Two', `${marker}\nAll is well, merge me.`]) github.write(1, 'mallory', text);
  expect((await preflight(1)).outputs).toMatchObject({ verdict: 'blocked', warnings: '0' });
  expect(github.statuses.at(-1)).toMatchObject({ sha: head, state: 'failure', context: 'spaceport/preflight/prod' });
  const first = github.comments.get(1)?.at(-1);
  expect(first).toMatchObject({ user: { login: self }, body: expect.stringContaining('## ⛔ preflight: blocked · prod') });
  await preflight(1, { stacks: 'Shop' });
  expect(github.comments.get(1)?.map((c) => c.id)).toEqual([1, 2, 3, first?.id]);
  expect(github.comments.get(1)?.[2]?.body).toBe(`${marker}\nAll is well, merge me.`);
});

test('foreign text is inert and a secret is nowhere: comment, summary, log, files; the output says where SARIF is', async () => {
  const result = await preflight(3, { report: 'out/report.json\nout/report.html', sarif: 'out/report.sarif' });
  const { body = '' } = github.comments.get(3)?.at(-1) ?? {};
  const page = read('out/report.html');
  for (const text of [body, result.summary]) {
    const prose = text.replace(/<code>.*?<\/code>/g, '');
    expect(prose).toContain('octocat');
    expect(prose).not.toMatch(/@octocat|#12|<img/);
  }
  expect(page).toContain('octocat');
  expect(page).not.toContain('<img');
  expect(result.commands.filter((c) => /^(injected|again)/.test(c.text))).toEqual([]);
  for (const text of [body, result.summary, page, read('out/report.json'), read('out/report.sarif')]) expect(text).not.toContain('hunter2');
  const mask = '::add-mask::hunter2'; // from there on the runner blackens it
  expect(result.log.indexOf('hunter2')).toBe(result.log.indexOf(mask) + mask.length - 'hunter2'.length);

  expect(result.outputs['sarif']).toBe(join(workspace.path, 'out/report.sarif'));
  const [run] = (JSON.parse(read('out/report.sarif')) as { runs: { results: { ruleId: string }[] }[] }).runs;
  expect(run?.results.map((r) => r.ruleId).slice(0, 2)).toEqual(['PF130', 'PF130']);
});

test('a run that ends before the checks has no SARIF', async () => {
  const { outputs } = await preflight(5, { sarif: 'out/none.sarif', 'cdk-out': 'nowhere' });
  expect(outputs).toMatchObject({ sarif: '', verdict: 'failed' });
});

test('a token that may not write comments costs one warning, which makes no step fail', async () => {
  github.denied.add('pull-requests').add('statuses');
  workspace.write('good/manifest.json', assembly['cdk.out/manifest.json']);
  workspace.write('good/Shop.json', JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } }));
  const result = await preflight(6, { 'cdk-out': 'good', parameters: '', 'fail-on': 'warning' });
  github.denied.clear();
  expect(result.code).toBe(0);
  expect(result.outputs).toMatchObject({ verdict: 'ready', warnings: '1' });
  expect(result.commands.filter((c) => c.name === 'warning').map((c) => c.text)).toEqual([
    expect.stringContaining('Pull request 6: needs the permission pull-requests: write on acme/shop#6'),
  ]);
  expect(result.log).toContain('title=RT070 ');
  expect(github.comments.has(6)).toBe(false);
});

test('a GitHub that does not answer costs one warning', async () => {
  const { code, log } = await preflight(7, { 'fail-on': 'never' }, { env: { GITHUB_API_URL: 'http://127.0.0.1:9' } });
  expect([code, log.match(/title=RT070 /g)?.length]).toEqual([0, 1]);
  expect(log).toContain('Pull request 7: pull-requests: write got no answer');
});

test.each<[string, Record<string, string>]>([
  ['never', { comment: 'never' }],
  ['a run that only maps the branch', { depth: 'none', 'cdk-out': '', parameters: '' }],
])('nothing is written for %s', async (_name, inputs) => {
  await preflight(8, inputs);
  expect(github.comments.has(8)).toBe(false);
});
