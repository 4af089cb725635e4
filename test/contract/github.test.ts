import { createComments, type Comments } from '../../engine/src/github/comments.ts';
import { createDeployments } from '../../engine/src/github/deployments.ts';
import { createIssues } from '../../engine/src/github/issues.ts';
import { createReviews } from '../../engine/src/github/reviews.ts';
import { createStatuses } from '../../engine/src/github/statuses.ts';
import type { Comment } from '../../engine/src/report/comment.ts';
import { self, startFakeGithub, type FakeGithub } from '../fakes/github.ts';

const marker = '<!-- spaceport preflight (prod) -->';
const early = '<!-- spaceport preflight () -->';
const toComment = (text: string): Comment => ({ marker, replaces: [marker, early], body: `${marker}\n${text}` });

let github: FakeGithub;
let comments: Comments;
beforeAll(async () => {
  github = await startFakeGithub();
  process.env['GITHUB_API_URL'] = github.url; // read by GitHub's client when it is first used, after this
  comments = createComments('token', 'acme/shop');
});
afterAll(async () => {
  delete process.env['GITHUB_API_URL'];
  await github.stop();
});
const bodies = (pull: number) => github.comments.get(pull)?.map((c) => c.body);

describe('the comment on a pull request', () => {
  test('is made once, and written anew from then on', async () => {
    expect(await comments.put(1, toComment('one'))).toEqual({ kind: 'known', value: 'created' });
    expect(await comments.put(1, toComment('two'))).toEqual({ kind: 'known', value: 'updated' });
    expect(bodies(1)).toEqual([`${marker}\ntwo`]);
  });

  test('is found on the last of many pages', async () => {
    for (let i = 0; i < 7; i++) github.write(2, 'octocat', `Comment ${i}`);
    github.write(2, self, `${marker}\nold`);
    await comments.put(2, toComment('new'));
    expect(bodies(2)?.slice(6)).toEqual(['Comment 6', `${marker}\nnew`]);
  });

  test('is never one of somebody else, whatever marker that has', async () => {
    github.write(3, 'mallory', `${marker}\nAll is well, merge me.`);
    await comments.put(3, toComment('blocked'));
    expect(bodies(3)).toEqual([`${marker}\nAll is well, merge me.`, `${marker}\nblocked`]);
  });

  test('is never one of our own that only quotes the marker', async () => {
    github.write(4, self, `As I said:\n${marker}\nold`);
    expect(await comments.put(4, toComment('new'))).toEqual({ kind: 'known', value: 'created' });
  });

  test('is not that of another environment or action', async () => {
    github.write(5, self, marker.replace('prod', 'staging'));
    github.write(5, self, marker.replace('preflight', 'deploy'));
    await comments.put(5, toComment('new'));
    expect(bodies(5)).toHaveLength(3);
  });

  test('takes the place of the one from before the environment was known, and of what two runs at once have left', async () => {
    github.write(6, self, `${early}\nThe config is wrong.`);
    await comments.put(6, toComment('right'));
    expect(bodies(6)).toEqual([`${marker}\nright`]);
    github.write(6, self, `${marker}\ntwin`);
    github.write(6, self, `${early}\nThe config is wrong.`);
    await comments.put(6, toComment('last'));
    expect(bodies(6)).toEqual([`${marker}\nlast`]);
  });
});

test('a right that the token lacks is an answer that names it', async () => {
  github.denied.add('pull-requests').add('statuses');
  const because = { why: 'denied', message: expect.stringContaining('Resource not accessible by integration') };
  expect(await comments.put(8, toComment('x'))).toEqual({
    kind: 'unknown',
    because: { ...because, call: 'pull-requests: write', resource: 'acme/shop#8' },
  });
  const status = { context: 'spaceport/preflight/prod', state: 'success', description: 'ready', url: '' } as const;
  expect(await createStatuses('token', 'acme/shop').set('c0de', status)).toMatchObject({ because: { call: 'statuses: write' } });
  github.denied.clear();
});

test('without a token nothing is asked', async () => {
  const before = github.requests.length;
  expect(await createComments(undefined, 'acme/shop').put(9, toComment('x'))).toMatchObject({
    because: { why: 'denied', message: 'no github-token' },
  });
  expect(github.requests).toHaveLength(before);
});

test('a commit has its pull requests', async () => {
  github.pulls.set('c0de', [{ number: 3 }, { number: 4 }]);
  expect(await comments.pullsOf('c0de')).toEqual({ kind: 'known', value: [3, 4] });
  expect(await comments.pullsOf('beef')).toEqual({ kind: 'known', value: [] });
});

describe('what our own runs left', () => {
  const reviews = createReviews('token', 'acme/shop');
  const url = (pull: number, id = 0) => `https://github.com/acme/shop/pull/${pull}#issuecomment-${id}`;
  const lastOf = (pull: number) => github.comments.get(pull)?.at(-1)?.id ?? 0;

  test('is on the pull requests of a commit, with what was merged and what that made', async () => {
    github.pulls.set('beefed', [
      { number: 20, head: 'abc', mergeCommit: 'beefed' },
      { number: 21, head: 'def' },
      { number: 22, head: 'aaa' },
    ]);
    expect(await reviews.pullsOf('beefed')).toEqual({
      kind: 'known',
      value: [
        { number: 20, head: 'abc', mergeCommit: 'beefed' },
        { number: 21, head: 'def' },
        { number: 22, head: 'aaa' },
      ],
    });
  });

  test('is the comment of our own user alone, on whatever page, also when we wrote it anew', async () => {
    github.write(23, 'mallory', `${marker}\nforged`);
    for (let i = 0; i < 5; i++) github.write(23, 'octocat', `Comment ${i}`);
    expect(await reviews.commentOf(23, marker)).toEqual({ kind: 'known', value: undefined });
    await comments.put(23, toComment('one'));
    await comments.put(23, toComment('two'));
    github.write(23, 'mallory', `${marker}\nforged again`);
    const { id } = github.comments.get(23)?.[6] ?? { id: 0 };
    expect(await reviews.commentOf(23, marker)).toEqual({ kind: 'known', value: { url: url(23, id), body: `${marker}\ntwo` } });
  });

  test('is not that of another environment', async () => {
    await comments.put(24, toComment('one'));
    expect(await reviews.commentOf(24, marker.replace('prod', 'staging'))).toEqual({ kind: 'known', value: undefined });
  });

  test('says who else has changed it', async () => {
    await comments.put(25, toComment('one'));
    github.edit(lastOf(25), 'mallory', `${marker}\nforged`);
    expect(await reviews.commentOf(25, marker)).toMatchObject({ value: { body: `${marker}\nforged`, editor: 'mallory' } });
  });

  test('is an answer that names the right that the token lacks', async () => {
    github.denied.add('pulls: read').add('comments: read');
    const because = { call: 'pull-requests: read', why: 'denied' };
    expect(await reviews.pullsOf('beefed')).toMatchObject({ kind: 'unknown', because: { ...because, resource: 'acme/shop@beefed' } });
    expect(await reviews.commentOf(25, marker)).toMatchObject({ kind: 'unknown', because: { ...because, resource: 'acme/shop#25' } });
    github.denied.clear();
  });
});

describe('the deployment that the environment of a job made', () => {
  const sha = 'd'.repeat(40);
  const run = { id: '42', sha, url: 'https://github.com/acme/shop/actions/runs/42' };
  const log = (id: number) => ({ state: 'in_progress', log_url: `https://github.com/acme/shop/actions/runs/${id}/job/7` });
  const deployment = { environment: 'production', state: 'success', description: 'deployed', url: 'https://shop.example.com' } as const;
  const { update } = createDeployments('token', 'acme/shop');

  test('is found by its run among those of one commit, and gets addresses and outcome', async () => {
    const kept = (id: number, of: number) => ({ id, environment: 'production', sha, statuses: [log(of)] });
    github.deployments.push(kept(1, 423), kept(2, 42), kept(3, 4));
    expect(await update(run, deployment)).toEqual({ kind: 'known', value: 'updated' });
    expect(github.deployments.map((d) => d.statuses.length)).toEqual([1, 2, 1]);
    expect(github.deployments[1]?.statuses[0]).toEqual({
      state: 'success',
      description: 'deployed',
      log_url: run.url,
      environment_url: 'https://shop.example.com',
      auto_inactive: false,
    });
  });

  test('is never made by us', async () => {
    expect(await update({ ...run, id: '43' }, deployment)).toEqual({ kind: 'known', value: 'none' });
    expect(await update({ ...run, sha: 'e'.repeat(40) }, deployment)).toEqual({ kind: 'known', value: 'none' });
    expect(github.requests.filter((r) => /POST .*deployments$/.test(r))).toEqual([]);
  });

  test('cannot be written without the right, which is named', async () => {
    github.denied.add('deployments');
    expect(await update(run, deployment)).toMatchObject({ kind: 'unknown', because: { call: 'deployments: write', why: 'denied' } });
    github.denied.delete('deployments');
  });
});

describe('the issue of a marker', () => {
  const issue = (body: string) => ({ marker: '<!-- m -->', title: 'Drift in prod', body: `<!-- m -->\n${body}` });
  const own = () => github.issues.filter((i) => i.user.login === self).map((i) => [i.state, i.body]);

  test('is opened once, written anew, found behind others on a later page, and closed with a word', async () => {
    const issues = createIssues('token', 'acme/shop');
    for (let i = 0; i < 3; i++) github.open(self, 'Other', `no ${i}`);
    github.open('mallory', 'Drift in prod', '<!-- m -->\nAll is well.');
    expect(await issues.close('<!-- m -->', 'bye')).toEqual({ kind: 'known', value: 'none' });
    expect(await issues.put(issue('one'))).toEqual({ kind: 'known', value: 'opened' });
    expect(await issues.put(issue('two'))).toEqual({ kind: 'known', value: 'updated' });
    expect(own().slice(3)).toEqual([['open', '<!-- m -->\ntwo']]);
    expect(await issues.close('<!-- m -->', 'No drift any more')).toEqual({ kind: 'known', value: 'closed' });
    expect(own().slice(3)).toEqual([['closed', '<!-- m -->\ntwo']]);
    expect(github.comments.get(104)?.map((c) => c.body)).toEqual(['No drift any more']);
    expect(github.issues.find((i) => i.user.login === 'mallory')?.state).toBe('open');
    expect(await issues.put(issue('again'))).toEqual({ kind: 'known', value: 'opened' });
  });

  test('is found after somebody edited it on the page, which changes the ends of lines', async () => {
    github.open(self, 'Drift in stage', '<!-- edited -->\r\nold');
    const edited = { ...issue(''), marker: '<!-- edited -->', body: '<!-- edited -->\nnew' };
    expect(await createIssues('token', 'acme/shop').put(edited)).toEqual({ kind: 'known', value: 'updated' });
  });

  test('that may not be written is an answer', async () => {
    github.denied.add('issues');
    expect(await createIssues('token', 'acme/shop').put(issue('x'))).toMatchObject({ kind: 'unknown', because: { call: 'issues: write' } });
    github.denied.delete('issues');
  });
});
