import { createComments, type Comments } from '../../engine/src/github/comments.ts';
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
  github.pulls.set('c0de', [3, 4]);
  expect(await comments.pullsOf('c0de')).toEqual({ kind: 'known', value: [3, 4] });
  expect(await comments.pullsOf('beef')).toEqual({ kind: 'known', value: [] });
});
