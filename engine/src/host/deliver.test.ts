import { describe, expect, test } from '@jest/globals';
import { blocked } from '../../../test/fakes/reports.ts';
import { createFakeWorld, type FakeWorldOptions } from '../../../test/fakes/world.ts';
import { known, unknown, type NotRead } from '../answer.ts';
import type { Comments } from '../github/comments.ts';
import type { Deployments } from '../github/deployments.ts';
import type { Statuses } from '../github/statuses.ts';
import type { JobDeployment } from '../report/job-deployment.ts';
import type { Report } from '../report/report.ts';
import { deliver, type CommentChoice, type Delivery } from './deliver.ts';

const pull = { name: 'pull_request', branch: 'main', isPullRequest: true, pull: { number: 7, headSha: 'c0de' } };
const push = { name: 'push', branch: 'main', isPullRequest: false };
const denied: NotRead = { call: 'pull-requests: write', resource: 'acme/shop#7', why: 'denied', message: 'Resource not accessible' };

interface Scene {
  readonly event?: FakeWorldOptions['event'];
  readonly comment?: CommentChoice;
  readonly more?: Partial<Delivery>;
  /** Pull requests of the commit. */
  readonly pulls?: readonly number[];
  readonly deny?: readonly ('put' | 'pullsOf' | 'set' | 'update')[];
  readonly cancelled?: boolean;
}

/** Delivers a report in a scene; gives what was told, and to whom. */
async function deliverIn({ event = pull, comment = 'auto', more = {}, pulls = [], deny = [], cancelled }: Scene) {
  const { world, lines, cancel } = createFakeWorld({ event });
  if (cancelled) cancel();
  const written: number[] = [];
  const bodies: string[] = [];
  const statuses: [string, string, string][] = [];
  const comments: Comments = {
    pullsOf: async () => (deny.includes('pullsOf') ? unknown(denied) : known(pulls)),
    put: async (number, { body }) => {
      if (deny.includes('put')) return unknown(denied);
      written.push(number);
      bodies.push(body);
      return known('created');
    },
  };
  const set: Statuses['set'] = async (commit, { state, context }) => {
    if (deny.includes('set')) return unknown({ ...denied, call: 'statuses: write' });
    statuses.push([commit, state, context]);
    return known('written');
  };
  const deployed: [string, JobDeployment][] = [];
  const update: Deployments['update'] = async (run, deployment) => {
    if (deny.includes('update')) return unknown({ ...denied, call: 'deployments: write' });
    deployed.push([run.id, deployment]);
    return known('updated');
  };
  const receivers = { comments, statuses: { set }, deployments: { update } };
  const findings = await deliver({ report: blocked, comment, failed: true, root: '/repo', ...more }, receivers, world);
  return { findings, written, bodies, statuses, deployed, lines, run: world.run, sha: world.run.sha };
}

describe('the comment of a run', () => {
  test.each<[string, Scene, readonly number[]]>([
    ['auto, on a pull request', {}, [7]],
    ['auto, on a push, though the commit belongs to one', { event: push, pulls: [3] }, []],
    ['always, on a push', { event: push, comment: 'always', pulls: [3, 4] }, [3, 4]],
    ['always, on a push of a commit that belongs to none', { event: push, comment: 'always' }, []],
    ['always, on a pull request, which goes before', { comment: 'always', pulls: [3] }, [7]],
    ['never', { comment: 'never' }, []],
    ['auto, of a run that only maps a branch', { more: { report: { ...blocked, depth: 'none' } } }, []],
    ['auto, of a run that was cancelled', { cancelled: true }, []],
  ])('goes where it is asked for: %s', async (_name, scene, numbers) => {
    const { written, findings } = await deliverIn(scene);
    expect(written).toEqual(numbers);
    expect(findings).toEqual([]);
  });

  test('names the commit at the head of the pull request', async () =>
    expect((await deliverIn({})).bodies[0]).toContain('\nOf commit c0de: '));

  test.each<[string, Scene]>([
    ['the token may not write', { deny: ['put'] }],
    ['the pull requests of the commit cannot be read', { event: push, comment: 'always', deny: ['pullsOf'] }],
    ['the token may not write to one of several', { event: push, comment: 'always', pulls: [3, 4], deny: ['put'] }],
  ])('is one warning, with the right that is missing, when %s', async (_name, scene) => {
    const { findings } = await deliverIn(scene);
    expect(findings.map((f) => [f.code, f.severity])).toEqual([['RT070', 'warning']]);
    expect(findings[0]?.message).toContain('needs the permission pull-requests: write on acme/shop#7');
    expect(findings[0]?.remedy).toContain('`pull-requests: write`');
  });
});

describe('the deployment of a job', () => {
  const report: Report = {
    ...blocked,
    action: 'deploy',
    verdict: 'deployed',
    githubEnvironment: 'production',
    environmentUrl: 'https://shop.example.com',
    stacks: [],
  };

  test('gets the address of the environment', async () => {
    const { deployed, run } = await deliverIn({ event: push, more: { report } });
    const wanted = { environment: 'production', state: 'success', description: 'deployed', url: 'https://shop.example.com' };
    expect(deployed).toEqual([[run.id, expect.objectContaining({ ...wanted, description: expect.stringMatching(/^deployed/) })]]);
  });

  test('is left alone by what deploys nothing, and where the environment is none of GitHub', async () => {
    const { githubEnvironment: _, ...bare } = report;
    expect((await deliverIn({ more: { report: { ...report, action: 'preflight' } } })).deployed).toEqual([]);
    expect((await deliverIn({ more: { report: bare } })).deployed).toEqual([]);
  });

  test('that the token may not write is nothing to warn of', async () => {
    expect((await deliverIn({ event: push, more: { report }, deny: ['update'] })).findings).toEqual([]);
  });
});

describe('the status of a commit', () => {
  test('is written to the head of a pull request', async () =>
    expect((await deliverIn({})).statuses).toEqual([['c0de', 'failure', 'spaceport/preflight/prod']]));

  test('is written to the commit of a push', async () => {
    const { statuses, sha } = await deliverIn({ event: push, more: { failed: false } });
    expect(statuses).toEqual([[sha, 'success', 'spaceport/preflight/prod']]);
  });

  test('is nothing to warn of when the token may not write it', async () => {
    const { findings, lines } = await deliverIn({ deny: ['set'] });
    expect(findings).toEqual([]);
    expect(lines.filter((l) => l.includes('statuses: write'))).toEqual([
      expect.stringMatching(/^debug: no commit status: needs the permission/),
    ]);
  });

  test.each<[string, Scene]>([
    ['a run that only maps a branch', { more: { report: { ...blocked, depth: 'none' } } }],
    ['a run that was cancelled', { cancelled: true }],
  ])('is not written by %s', async (_name, scene) => expect((await deliverIn(scene)).statuses).toEqual([]));
});
