import { describe, expect, test } from '@jest/globals';
import { bucket, queue, readSampleStack, type SampleStack } from '../../../test/fakes/assembly.ts';
import { gatherSample, type FactsOptions } from '../../../test/fakes/facts.ts';
import type { FakeWorld } from '../../../test/fakes/world.ts';
import { comparePlans, type ReviewedPlan, type StackDifference } from './compare.ts';
import { keepPlan, readKeptPlan } from './keep.ts';
import { makePlan } from './make-plan.ts';
import { toPlanDigest, toStackId } from './plan-tree.ts';
import type { Plan } from './plan.ts';

type Stacks = Readonly<Record<string, SampleStack>>;
const plan = async (stacks: Stacks, options: FactsOptions = {}): Promise<Plan> => makePlan(await gatherSample(stacks, options));
const live =
  (stacks: Stacks, status = 'CREATE_COMPLETE') =>
  ({ aws }: FakeWorld) =>
    Object.entries(stacks).forEach(([id, s]) => aws.put(readSampleStack(s, id), { status }));

/** Gives a plan as it comes back from where it was reviewed: with as much of it as so many characters hold. */
function keep(reviewed: Plan, limit = 100_000): ReviewedPlan {
  const digest = toPlanDigest(reviewed);
  const kept = readKeptPlan(keepPlan(reviewed, { commit: 'c', depth: 'read', digest }, limit)?.text ?? '');
  if (!kept || kept === 'broken') throw new Error('the plan was not kept');
  return kept;
}
/** Gives a plan as it comes back in one of the shorter forms. */
function keepShort(reviewed: Plan, form: 'resources' | 'stacks'): ReviewedPlan {
  const { nodes } = keep(reviewed);
  return { nodes: form === 'resources' ? nodes : nodes.map(({ after: _a, parts: _p, leaves: _l, ...rest }) => rest) };
}
const nowhere = new Set<string>();
const told = (differences: readonly StackDifference[]) =>
  differences.map((d) => [d.name, d.difference, ...d.parts, ...d.entries.map((e) => `${e.path} ${e.difference}`)].join(', '));

const cdk = (analytics: string) => ({ Type: 'AWS::CDK::Metadata', Properties: { Analytics: analytics } });
const net: SampleStack = { resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } } };
const before: Stacks = {
  Net: net,
  Shop: { dependencies: ['Net'], resources: { Queue: queue(1), Files: bucket('files') }, assets: ['a1'] },
};
const shop = (more: Partial<SampleStack>): Stacks => ({ ...before, Shop: { ...before['Shop'], ...more } });
/** What is reviewed: the queue of Shop waits longer. */
const after = shop({ resources: { Queue: queue(5), Files: bucket('files') }, assets: ['a1'] });

describe('no alarm', () => {
  const rows: [string, { stacks?: Stacks; options?: FactsOptions }][] = [
    ['the same again', {}],
    [
      'another order of stacks and resources',
      {
        stacks: { Shop: { ...after['Shop'], resources: { Files: bucket('files'), Queue: queue(5) } }, Net: net },
      },
    ],
    ['another time', { options: { before: (made) => (live(before)(made), void made.clock.sleep(3_600_000)) } }],
    [
      'a stack of which nothing is chosen',
      { stacks: { ...after, Extra: { resources: { Queue: queue() } } }, options: { only: ['Net', 'Shop'] } },
    ],
    ['a live stack of somebody else', { options: { before: live({ ...before, Other: net }) } }],
    [
      'an asset in another place under the same hash',
      {
        stacks: shop({
          resources: { Queue: queue(5), Files: bucket('files') },
          assetManifest: { files: { a1: { displayName: 'Code (built again)', source: { path: 'asset.zip' } } } },
        }),
      },
    ],
    [
      'the template as an asset of its own, whose hash has every space in it',
      {
        stacks: shop({
          resources: { Queue: queue(5), Files: bucket('files') },
          assetManifest: { files: { a1: {}, '77f0': { source: { path: 'Shop.template.json' } } } },
        }),
      },
    ],
    ['metadata of the CDK', { stacks: shop({ resources: { Queue: queue(5), Files: bucket('files'), CDKMetadata: cdk('v2:x') } }) }],
    [
      'another line of source',
      {
        stacks: shop({
          resources: { Queue: queue(5), Files: bucket('files') },
          metadata: { '/Shop/Moved': [{ type: 'aws:cdk:logicalId', data: 'Queue' }] },
        }),
      },
    ],
  ];
  test.each(rows)('by %s: the digest is the same', async (_name, { stacks = after, options = {} }) => {
    const reviewed = await plan(after, { before: live(before) });
    const now = await plan(stacks, { before: live(before), ...options });
    expect(toPlanDigest(now)).toBe(toPlanDigest(reviewed));
    expect(comparePlans(keep(reviewed), now, nowhere)).toEqual([]);
  });

  test('by a stack that changes nothing but metadata of the CDK: it is no part of the digest', async () => {
    const upgraded: Stacks = { ...after, Net: { resources: { ...net.resources, CDKMetadata: cdk('v2:new') } } };
    const [reviewed, now] = [await plan(after, { before: live(before) }), await plan(upgraded, { before: live(before) })];
    expect(now.stacks.map((s) => [s.name, s.action, s.touched])).toEqual([
      ['Net', 'update', false],
      ['Shop', 'update', true],
    ]);
    expect(toPlanDigest(now)).toBe(toPlanDigest(reviewed));
  });

  test('by a live change of a stack that the plan does not touch: others deployed it in the meantime', async () => {
    const moved: Stacks = { ...after, Net: { resources: { ...net.resources, Gate: { Type: 'AWS::EC2::InternetGateway' } } } };
    const reviewed = await plan(after, { before: live(before) });
    const now = await plan(moved, { before: live({ ...before, Net: moved['Net'] ?? {} }) });
    expect(toPlanDigest(now)).toBe(toPlanDigest(reviewed));
  });

  test('by another change of the same stack that is live by now, when what this one does is the same', async () => {
    const both = (delay: number): Stacks =>
      shop({ resources: { Queue: queue(delay), Files: bucket('files'), More: queue() }, assets: ['a1'] });
    const reviewed = await plan(after, { before: live(before) });
    const now = await plan(both(5), { before: live(both(1)) });
    expect(toPlanDigest(now)).toBe(toPlanDigest(reviewed));
  });

  test.each<[string, Stacks, FactsOptions['before']]>([
    ['all of it ran already', after, live(after)],
    ['a part of it ran already', after, live({ Net: net })],
    ['a creation failed and left a shell', after, live(after, 'ROLLBACK_COMPLETE')],
  ])('by an equal deployment of new stacks: %s', async (_name, stacks, now) => {
    const reviewed = await plan(stacks);
    expect(comparePlans(keep(reviewed), await plan(stacks, { before: now ?? (() => {}) }), nowhere)).toEqual([]);
  });

  test('by an equal deployment of a stack with a hidden parameter, of which nobody can say that it is unchanged', async () => {
    const hidden = shop({ ...after['Shop'], more: { Parameters: { Key: { Type: 'String', NoEcho: true } } } });
    const options = { parameters: { Key: 'hunter22' } };
    const reviewed = await plan(hidden, options);
    const now = await plan(hidden, { ...options, before: live(hidden) });
    expect(now.stacks.map((s) => [s.action, s.touched])).toEqual([
      ['unchanged', false],
      ['update', true],
    ]);
    expect(comparePlans(keep(reviewed), now, nowhere)).toEqual([]);
  });

  test('by stacks that this run does not choose, in whatever form the plan was kept', async () => {
    const reviewed = await plan(after);
    const now = await plan(after, { only: ['Shop'] });
    const elsewhere = new Set(reviewed.stacks.filter((s) => s.name === 'Net').map(toStackId));
    expect(comparePlans(keep(reviewed), now, elsewhere)).toEqual([]);
    expect(comparePlans(keepShort(reviewed, 'resources'), now, elsewhere)).toEqual([]);
    expect(
      comparePlans(
        keepShort(reviewed, 'stacks'),
        await plan(after, { only: ['Net'] }),
        new Set([...elsewhere, toStackId(reviewed.stacks[1] ?? fail())]),
      ),
    ).toEqual([]);
  });
});

const fail = (): never => {
  throw new Error('the plan has too few stacks');
};

describe('an alarm', () => {
  const reviewed = () => plan(after, { before: live(before) });
  const watching = (...alarms: string[]) => ({ rollback: { alarms, monitoringMinutes: 5 } });

  test.each<[string, FactsOptions['environment'], boolean]>([
    ['the same alarms, in another order', watching('latency', 'errors'), false],
    ['one alarm less', watching('errors'), true],
    ['none any more', {}, true],
    ['another time after the deployment', { rollback: { alarms: ['errors', 'latency'], monitoringMinutes: 0 } }, true],
  ])('when a stack that was reviewed with alarms is watched by %s', async (_name, environment, isOther) => {
    const watched = await plan(after, { before: live(before), environment: watching('errors', 'latency') });
    const now = await plan(after, { before: live(before), environment: environment ?? {} });
    for (const kept of [keep(watched), keepShort(watched, 'resources')])
      expect(told(comparePlans(kept, now, nowhere))).toEqual(isOther ? ['Shop, different, alarms'] : []);
  });

  test('when only a part of what was reviewed is left, and would be deployed without its alarms', async () => {
    const both = shop({ resources: { Queue: queue(5), Files: bucket('files') }, outputs: { Url: { Value: 'x' } } });
    const half = shop({ resources: { Queue: queue(5), Files: bucket('files') } });
    const watched = keep(await plan(both, { before: live(before), environment: watching('errors') }));
    const rest = (environment: FactsOptions['environment']) => plan(both, { before: live(half), environment: environment ?? {} });
    expect(comparePlans(watched, await rest(watching('errors')), nowhere)).toEqual([]);
    expect(comparePlans(watched, await rest({}), nowhere)).toHaveLength(1);
  });

  test.each<[string, Stacks, FactsOptions, string[]]>([
    [
      'the live state has drifted',
      after,
      { before: live(shop({ resources: { Queue: queue(3), Files: bucket('files') } })) },
      ['Shop, different, Shop/Queue different'],
    ],
    [
      'the change is another one',
      shop({ resources: { Queue: queue(6), Files: bucket('files') }, assets: ['a1'] }),
      {},
      ['Shop, different, Shop/Queue different'],
    ],
    [
      'more is changed',
      shop({ resources: { Queue: queue(5), Files: bucket('files'), Topic: { Type: 'AWS::SNS::Topic' } }, assets: ['a1'] }),
      {},
      ['Shop, different, Shop/Topic added'],
    ],
    ['the change is gone', before, {}, ['Shop, gone, Shop/Queue gone']],
    [
      'it is instead another change',
      shop({ resources: { Queue: queue(1), Files: bucket('other') }, assets: ['a1'] }),
      {},
      ['Shop, different, Shop/Files added, Shop/Queue gone'],
    ],
    ['an output is new', shop({ ...after['Shop'], outputs: { Url: { Value: 'x' } } }), {}, ['Shop, different, Outputs/Url added']],
    ['the code is another', shop({ ...after['Shop'], assets: ['b2'] }), {}, ['Shop, different, assets']],
    ['a tag is another', after, { tags: { cost: '1' } }, ['Net, added', 'Shop, different, tags']],
    [
      'the topics for events are others',
      shop({ ...after['Shop'], properties: { notificationArns: ['arn:aws:sns:us-west-2:111111111111:a'] } }),
      {},
      ['Shop, different, settings'],
    ],
    ['the protection is another', shop({ ...after['Shop'], protected: true }), {}, ['Shop, different, settings']],
    ['an alarm is watched that was not', after, { environment: watching('errors') }, ['Shop, different, alarms']],
    ['a stack is new', { ...after, New: { resources: { Queue: queue() } } }, {}, ['New, added, New/Queue added']],
    ['a stack of the plan is no longer in the app', { Net: net }, {}, ['Shop, gone, Shop/Queue gone']],
  ])('when %s', async (_name, stacks, options, differences) => {
    const now = await plan(stacks, { before: live(before), ...options });
    expect(told(comparePlans(keep(await reviewed()), now, nowhere))).toEqual(differences);
    expect(comparePlans(keepShort(await reviewed(), 'resources'), now, nowhere)).toHaveLength(differences.length);
    expect(comparePlans(keepShort(await reviewed(), 'stacks'), now, nowhere)).toHaveLength(differences.length);
  });

  test('when a stack that had a change is unchanged now, but does not come to the same', async () => {
    const now = await plan(before, { before: live(before) });
    expect(told(comparePlans(keepShort(await reviewed(), 'stacks'), now, nowhere))).toEqual(['Shop, gone']);
  });

  test('says what was to become of a property, and what is to become of it now', async () => {
    const now = await plan(after, { before: live(shop({ resources: { Queue: queue(3), Files: bucket('files') } })) });
    const [difference] = comparePlans(keep(await reviewed()), now, nowhere);
    expect(difference?.entries[0]?.properties).toEqual([
      {
        path: 'DelaySeconds',
        reviewed: { path: 'DelaySeconds', before: 1, after: 5, replaces: 'no' },
        now: { path: 'DelaySeconds', before: 3, after: 5, replaces: 'no' },
      },
    ]);
  });

  test('says of a plan that was kept without values which resource it is, and of one of digests of stacks that nobody can say', async () => {
    const now = await plan(shop({ resources: { Queue: queue(6), Files: bucket('files') }, assets: ['a1'] }), { before: live(before) });
    const [fine] = comparePlans(keepShort(await reviewed(), 'resources'), now, nowhere);
    expect(fine).toMatchObject({ isCoarse: false, entries: [{ path: 'Shop/Queue', properties: [{ now: { after: 6 } }] }] });
    const [coarse] = comparePlans(keepShort(await reviewed(), 'stacks'), now, nowhere);
    expect(coarse).toMatchObject({ name: 'Shop', isCoarse: true, entries: [] });
  });
});
