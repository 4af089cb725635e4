import { createStacks } from '../../emulator/stacks.ts';
import type { ActionResult } from '../../tools/runner.ts';
import { queue, toAssemblyFiles } from '../fakes/assembly.ts';
import { startFakeGithub, type FakeGithub } from '../fakes/github.ts';
import { account, createStage, type Stage } from './stage.ts';

/* A plan that is reviewed on a pull request, and the push that merging it makes. The app is one of two stacks; a number is how long a queue waits. */
const version = (name: string, delay: number) =>
  toAssemblyFiles(name, {
    Net: { resources: { Topic: { Type: 'AWS::SNS::Topic' } } },
    Shop: { dependencies: ['Net'], resources: { Queue: queue(delay) } },
  });
const head = 'c0de'.repeat(10);
const merge = (pull: number): string => String(pull).padStart(40, 'a');

let github: FakeGithub;
let stage: Stage;
beforeAll(async () => {
  github = await startFakeGithub();
  stage = await createStage({ ...version('v1', 1), ...version('v2', 2), ...version('v3', 3), ...version('v4', 4) });
  const { outputs, log } = await stage.run('deploy', { 'cdk-out': 'v1' }, push(0));
  if (outputs['verdict'] !== 'deployed') throw new Error(log);
});
afterAll(async () => {
  await stage?.end();
  await github?.stop();
});

const env = (more: Record<string, string> = {}) => ({ GITHUB_API_URL: github.url, ...more });
const push = (pull: number) => ({ event: { name: 'push', ref: 'refs/heads/main' }, env: env({ GITHUB_SHA: merge(pull) }) });
const token = { 'github-token': 'g'.repeat(40) };

/** Runs the preflight of a pull request, and gives the comment that it leaves. */
async function review(pull: number, folder: string): Promise<{ readonly id: number; readonly body: string }> {
  const payload = { pull_request: { number: pull, base: { ref: 'main', sha: 'b'.repeat(40) }, head: { sha: head } } };
  const { outputs, log } = await stage.run(
    'preflight',
    { 'cdk-out': folder, ...token },
    { event: { name: 'pull_request', payload }, env: env() },
  );
  if (outputs['verdict'] !== 'ready') throw new Error(log);
  const comment = github.comments.get(pull)?.at(-1);
  if (!comment) throw new Error('there is no comment');
  return comment;
}

/** Deploys what merging a pull request made. */
async function deploy(pull: number, folder: string, digest = 'reviewed'): Promise<ActionResult & { readonly writes: readonly string[] }> {
  github.pulls.set(merge(pull), [{ number: pull, head, mergeCommit: merge(pull) }]);
  await stage.emulator.clearCalls();
  const result = await stage.run('deploy', { 'cdk-out': folder, 'plan-digest': digest, ...token }, push(pull));
  return { ...result, writes: (await stage.writes()).filter((call) => call.startsWith('cloudformation:')) };
}

test('what the comment of a pull request keeps is deployed after the merge; again there is nothing to do', async () => {
  const { body } = await review(1, 'v2');
  expect(body).toMatch(/\n<!-- spaceport-plan-1 [A-Za-z0-9+/=]+ -->\n/);
  expect(body).toContain('`plan-digest: reviewed`');
  const first = await deploy(1, 'v2');
  expect({ outputs: first.outputs, log: first.log }).toMatchObject({
    outputs: { verdict: 'deployed', deployed: '["Shop"]', unchanged: '["Net"]' },
  });
  expect(first.summary).toMatch(/reviewed in \[#1\]\(https:\/\/github\.com\/acme\/shop\/pull\/1#issuecomment-\d+\)/);
  expect((await deploy(1, 'v2')).outputs).toMatchObject({ verdict: 'unchanged' });
});

test('nothing is deployed when somebody has changed the stack since: log and summary say what differs', async () => {
  await review(2, 'v3');
  const drifted = JSON.stringify({ Resources: { Queue: queue(9) } });
  expect((await createStacks(stage.emulator, account).deploy('Shop', drifted)).status).toBe('UPDATE_COMPLETE');
  const { outputs, code, log, summary, writes } = await deploy(2, 'v3');
  expect({ code, ...outputs }).toMatchObject({ code: 1, verdict: 'failed', 'failure-reason': 'plan-changed' });
  expect(log).toContain('DelaySeconds: reviewed 2 → 3; now 9 → 3');
  expect(summary).toContain('### Since the review');
  expect(summary).toMatch(
    /\| Shop \| <code>Shop\/Queue<\/code> \| different \| .*<code>2<\/code> → <code>3<\/code> \| .*<code>9<\/code> → <code>3<\/code> \|/,
  );
  expect(writes).toEqual([]);
});

test('a comment that somebody else wrote or changed counts for nothing, however much it looks like ours', async () => {
  const { id, body } = await review(3, 'v4');
  github.write(4, 'mallory', body);
  const forged = await deploy(4, 'v4');
  expect(forged.outputs).toMatchObject({ verdict: 'failed', 'failure-reason': 'not-reviewed' });
  expect(forged.log).toContain('Pull request 4 has no comment of our own preflight about prod');
  github.edit(id, 'mallory', body);
  const edited = await deploy(3, 'v4');
  expect(edited.log).toMatch(/DP106 .*was changed by mallory afterwards/);
  expect([...forged.writes, ...edited.writes]).toEqual([]);
  await review(3, 'v4'); // written anew by us it counts again
  expect((await deploy(3, 'v4')).outputs).toMatchObject({ verdict: 'deployed' });
});

test('a token that may not read pull requests deploys nothing, and is told what it lacks', async () => {
  github.denied.add('pulls: read');
  const { outputs, log, writes } = await deploy(5, 'v3');
  github.denied.clear();
  expect(outputs).toMatchObject({ verdict: 'failed', 'failure-reason': 'not-reviewed' });
  expect(log).toMatch(/DP106 .*needs the permission pull-requests: read/);
  expect(writes).toEqual([]);
});
