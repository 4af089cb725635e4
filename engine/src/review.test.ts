import { describe, expect, test } from '@jest/globals';
import { planned } from '../../test/fakes/reports.ts';
import { createFakeWorld, type FakeWorldOptions } from '../../test/fakes/world.ts';
import { known, unknown } from './answer.ts';
import { keepPlan, type KeptPlan } from './plan/keep.ts';
import { toPlanDigest } from './plan/plan-tree.ts';
import type { Plan } from './plan/plan.ts';
import { findReview } from './review.ts';
import type { OwnComment, Pull } from './reviews.ts';

const plan: Plan = { schema: 1, environment: 'prod', decisions: [], stacks: [planned('Shop', {})] };
const digest = toPlanDigest(plan);
const head = 'c0de'.repeat(10);
const sha = createFakeWorld().world.run.sha;
const merged: Pull = { number: 7, head, mergeCommit: sha };
const url = 'https://github.com/org/app/pull/7#issuecomment-1';
const marker = '<!-- spaceport preflight (prod) -->';
const bodyOf = (more: Partial<Pick<KeptPlan, 'commit' | 'depth' | 'digest'>> = {}, of = plan) =>
  `${marker}\n## Plan\n${keepPlan(of, { commit: head, depth: 'read', digest, ...more }, 20_000)?.text}\n`;
const withComment = (more: Partial<OwnComment> = {}): FakeWorldOptions => ({
  pulls: [known([merged])],
  comments: { [`7 ${marker}`]: known({ url, body: bodyOf(), ...more }) },
});
const find = (options: FakeWorldOptions) => findReview({ name: 'prod', regions: [] }, 'us-west-2', createFakeWorld(options).world);
const denied = (resource: string) => unknown({ call: 'pull-requests: read', resource, why: 'denied', message: 'no' });

test('the review is the comment on the pull request whose merging made the commit', async () => {
  const others = [
    { number: 3, head },
    { number: 4, head, mergeCommit: 'another' },
  ];
  const found = await find({ ...withComment(), pulls: [known([...others, merged])] });
  expect(found).toMatchObject({ review: { pull: 7, url, kept: { digest, commit: head, plan } } });
});

test('the review of an environment with several regions is that of the region', async () => {
  const body = bodyOf().replace(marker, '<!-- spaceport preflight (prod.20.eu.2d.west.2d.1) -->');
  const options: FakeWorldOptions = {
    pulls: [known([merged])],
    comments: { '7 <!-- spaceport preflight (prod.20.eu.2d.west.2d.1) -->': known({ url, body }) },
  };
  const place = { name: 'prod', regions: ['us-west-2', 'eu-west-1'] };
  expect(await findReview(place, 'eu-west-1', createFakeWorld(options).world)).toMatchObject({ review: { kept: { digest } } });
  expect(await findReview(place, 'us-west-2', createFakeWorld(options).world)).toMatchObject({
    problem: { code: 'DP103', message: 'Pull request 7 has no comment of our own preflight about prod in us-west-2.' },
  });
});

test('a commit that GitHub does not know yet is asked for again, a few times', async () => {
  const made = createFakeWorld({ ...withComment(), pulls: [known([]), known([{ number: 7, head }]), known([merged])] });
  expect(await findReview({ name: 'prod', regions: [] }, 'us-west-2', made.world)).toMatchObject({ review: { pull: 7 } });
  const never = createFakeWorld({ ...withComment(), pulls: [known([]), known([]), known([]), known([merged])] });
  expect(await findReview({ name: 'prod', regions: [] }, 'us-west-2', never.world)).toMatchObject({ problem: { code: 'DP103' } });
});

describe('there is no review', () => {
  test.each<[string, FakeWorldOptions, RegExp]>([
    ['of a commit that was pushed', {}, /^DP103 The commit \w+ was not made by merging a pull request\.$/],
    [
      'of a commit within a pull request',
      {
        pulls: [
          known([
            { number: 3, head },
            { number: 4, head, mergeCommit: 'another' },
          ]),
        ],
      },
      /^DP103 .*; it is part of pull request 3 and pull request 4\.$/,
    ],
    ['where two were merged into one commit', { pulls: [known([merged, { ...merged, number: 8 }])] }, /^DP104 .* pull requests 7 and 8\.$/],
    ['without a comment', { pulls: [known([merged])] }, /^DP103 Pull request 7 has no comment of our own preflight about prod\.$/],
    ['in a comment that keeps no plan', withComment({ body: `${marker}\nThe config is wrong.` }), /^DP103 .* keeps no plan/],
    [
      'in a comment of another commit',
      withComment({ body: bodyOf({ commit: 'beef' }) }),
      /^DP105 .* is of commit beef; c0de\w+ was merged\.$/,
    ],
    ['in a look that asked nothing of AWS', withComment({ body: bodyOf({ depth: 'static' }) }), /^DP103 .* depth `static`/],
    ['in a comment that somebody changed', withComment({ editor: 'mallory' }), /^DP106 .* was changed by mallory afterwards\.$/],
    [
      'in a comment whose plan is not what its digest says',
      withComment({ body: bodyOf({ digest: 'f'.repeat(64) }) }),
      /^DP106 .* not what its digest says/,
    ],
    [
      'in a comment of another environment',
      withComment({ body: bodyOf({ digest: toPlanDigest({ ...plan, environment: 'dev' }) }, { ...plan, environment: 'dev' }) }),
      /^DP106 /,
    ],
    [
      'where the pull requests cannot be read',
      { pulls: [denied('org/app')] },
      /^DP106 The pull requests of \w+: needs the permission pull-requests: read on org\/app/,
    ],
    [
      'where the comments cannot be read',
      { pulls: [known([merged])], comments: { [`7 ${marker}`]: denied('org/app#7') } },
      /^DP106 The comments on pull request 7: needs the permission/,
    ],
  ])('%s', async (_name, options, message) => {
    const found = await find(options);
    if (!('problem' in found)) throw new Error('a review was found');
    expect(`${found.problem.code} ${found.problem.message}`).toMatch(message);
  });
});
